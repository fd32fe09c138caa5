"""The glossary is one-to-one, and the words it refuses stay out of the code."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "glossary.md"
SRC = ROOT / "src" / "hoiam"
COLUMNS = ["Vietnamese", "Code", "Not", "Note"]


@dataclass(frozen=True)
class Row:
    """One line of a glossary table."""

    term: str
    codes: tuple[str, ...]
    refused: tuple[str, ...]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows(page: str) -> list[Row]:
    tables = [cells(line) for line in page.splitlines() if line.startswith("|")]
    body = [row for row in tables if row != COLUMNS and set("".join(row)) != {"-"}]
    assert [row for row in body if len(row) != len(COLUMNS)] == []
    return [Row(row[0], tuple(words(row[1])), tuple(words(row[2]))) for row in body]


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def terms(row: Row) -> Iterator[str]:
    """The Vietnamese terms of one row, without what stands in brackets: "hạn / đồng hồ hạn" holds two."""
    for part in re.sub(r"\(.*?\)", "", row.term).split(" / "):
        yield " ".join(part.lower().split())


def refused_words(found: list[Row]) -> set[str]:
    """Words of the Not column that stand for nothing else: no name in the code may hold one."""
    own = {code for row in found for code in row.codes}
    return {word for row in found for word in row.refused} - own


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every name this code gives to something: functions, classes, arguments, variables, fields, aliases."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr
            case ast.alias(asname=str() as name):
                yield 0, name


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def offences(source: str, refused: set[str]) -> list[tuple[int, str, str]]:
    """Line, name and refused word, for each name of this source that holds one (plural included)."""
    any_of = re.compile(rf"(?:^|_)(?:{'|'.join(refused)})s?(?:_|$)")
    return [
        (line, name, word)
        for line, name in names(ast.parse(source))
        if any_of.search(snake(name))
        for word in sorted(refused)
        if re.search(rf"(?:^|_){word}s?(?:_|$)", snake(name))
    ]


FOUND = rows(PAGE.read_text())
REFUSED = refused_words(FOUND)


def test_the_glossary_is_read_whole():
    assert len(FOUND) > 100
    assert Row("người phát ngôn", ("spokesperson",), ("spokesman",)) in FOUND


def test_no_term_has_two_rows():
    counted = Counter(term for row in FOUND for term in terms(row))
    assert [term for term, count in counted.items() if count > 1] == []


def test_every_code_word_has_one_meaning():
    counted = Counter(code for row in FOUND for code in row.codes)
    assert [code for code, count in counted.items() if count > 1] == []


def test_code_words_are_names_in_english():
    both = [word for row in FOUND for word in row.codes + row.refused]
    assert [word for word in both if not re.fullmatch(r"[a-z]+(_[a-z]+)*", word)] == []


def test_no_word_is_refused_by_its_own_row():
    assert [row.term for row in FOUND if set(row.codes) & set(row.refused)] == []


def test_a_word_with_a_row_of_its_own_is_not_refused_everywhere():
    assert {"journalist", "sentiment", "alert"} <= REFUSED
    assert {"erratum", "task", "response", "article"} & REFUSED == set()


def test_a_refused_word_is_seen_in_functions_fields_and_arguments():
    planted = (
        "class JournalistList(Model):\n"
        "    alert_text = CharField()\n"
        "    def show(self, snapshots): self.sentiment = 1\n"
        "    reporter = journalistic = alertness = 2\n"
    )
    assert sorted(offences(planted, {"journalist", "alert", "snapshot", "sentiment"})) == [
        (1, "JournalistList", "journalist"),
        (2, "alert_text", "alert"),
        (3, "sentiment", "sentiment"),
        (3, "snapshots", "snapshot"),
    ]


def test_refused_words_stay_out_of_the_code():
    files = [path for path in SRC.rglob("*.py") if "migrations" not in path.parts]
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}: '{word}' is refused by the glossary"
        for path in files
        for line, name, word in offences(path.read_text(), REFUSED)
    ]
    assert files
    assert found == []
