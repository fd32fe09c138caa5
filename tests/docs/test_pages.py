"""What the documents name exists: paths, links, decisions, make targets, verbs, environment variables."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoiam.config.cli import VERBS
from tools.docs import DOCS, ROOT, broken_links, pages

BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
PATH = re.compile(r"(?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|py|toml|yaml|csv|txt)")
MADE_AT_RUN_TIME = {"./var", ".venv/bin/hoiam"}
PAGES = [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages()]


def inline(text: str) -> list[str]:
    """What stands in backquotes outside blocks of code."""
    return INLINE.findall(BLOCK.sub("", text))


def commands(text: str, program: str) -> Iterator[str]:
    """The first word after the program's name, in backquotes or at the start of a line of a block."""
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    for code in inline(text) + lines:
        if found := re.match(rf"{program} ([a-z][a-z-]*)", code):
            yield found[1]


def exists(page: Path, name: str) -> bool:
    """Whether the path is there from the root, the page or the package; a bare file name, anywhere in the package."""
    package = ROOT / "src" / "hoiam"
    roots = (ROOT, page.parent, package)
    return any((root / name).exists() for root in roots) or (
        "/" not in name and next(package.rglob(name), None) is not None
    )


def missing_paths(page: Path, text: str) -> list[str]:
    named = {code for code in inline(text) if PATH.fullmatch(code)} - MADE_AT_RUN_TIME
    return sorted(name for name in named if not exists(page, name))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def variables(source: str) -> Iterator[str]:
    """Environment variables this source reads, by name."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case (
                ast.Call(args=[ast.Constant(value=str() as name), *_])
                | ast.Subscript(slice=ast.Constant(value=str() as name), ctx=ast.Load())
            ) if re.search(r"\b(environ|environment|getenv|text)\b", ast.unparse(node)):
                if re.fullmatch(r"HOIAM_[A-Z_]+|DATABASE_URL", name):
                    yield name


def test_the_readers_see_what_they_should():
    text = "`make run`, `src/hoiam`, `/desk/`\n```\nhoiam up --port 1\nmake docs\n```\n`hoiam no-such` `gone/x.py`"
    assert list(commands(text, "make")) == ["run", "docs"]
    assert list(commands(text, "hoiam")) == ["no-such", "up"]
    assert missing_paths(ROOT / "README.md", text) == ["gone/x.py"]
    assert list(
        broken_links(ROOT / "README.md", "[a](gone.md) [b](LICENSE) [c](https://x.example)")
    ) == ["gone.md"]
    assert list(
        variables(
            'os.environ.get("HOIAM_A", "")\ntext("HOIAM_B")\nos.environ["HOIAM_C"]\nsay("HOIAM_D")'
        )
    ) == [
        "HOIAM_A",
        "HOIAM_B",
        "HOIAM_C",
    ]


@pytest.mark.parametrize("page", PAGES)
def test_paths_and_links_named_on_a_page_exist(page):
    text = page.read_text()
    assert missing_paths(page, text) == []
    assert list(broken_links(page, text)) == []


@pytest.mark.parametrize("page", PAGES)
def test_commands_named_on_a_page_exist(page):
    text = page.read_text()
    assert sorted(set(commands(text, "make")) - targets()) == []
    assert sorted(set(commands(text, "hoiam")) - set(VERBS)) == []


def test_every_make_target_is_told_to_newcomers():
    told = set(commands((ROOT / "CONTRIBUTING.md").read_text(), "make"))
    assert targets() - told == {"help"}


def test_every_verb_is_documented():
    told = set(commands((DOCS / "developer" / "command-line.md").read_text(), "hoiam"))
    assert told == set(VERBS)


def test_every_decision_is_in_the_index_under_its_number():
    records = sorted(path.name for path in (DOCS / "adr").glob("0*.md"))
    listed = re.findall(
        r"^\| (\d+) \| \[.+\]\((.+)\) \|$", (DOCS / "adr" / "README.md").read_text(), re.MULTILINE
    )
    assert listed == [(str(int(name[:4])), name) for name in records]
    numbers = [int(number) for number, _ in listed]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("record", sorted((DOCS / "adr").glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_has_its_parts_and_fits_a_page(record):
    text = record.read_text()
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Measured",
        "Consequences",
    ]
    assert text.startswith(f"# {int(record.name[:4])}. ")
    assert len(text.splitlines()) < 60


def test_the_readme_lists_every_environment_variable():
    read = {name for path in (ROOT / "src").rglob("*.py") for name in variables(path.read_text())}
    told = set(re.findall(r"`((?:HOIAM|DATABASE)_[A-Z_]+)`", (ROOT / "README.md").read_text()))
    assert read - told == set()
    assert told - read == {"HOIAM_TEST_DATABASE_URL"}


def test_every_guide_page_is_in_its_index():
    index = (DOCS / "guide" / "README.md").read_text()
    assert [
        p.name
        for p in (DOCS / "guide").glob("*.md")
        if p.name != "README.md" and f"({p.name})" not in index
    ] == []
