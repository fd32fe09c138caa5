"""The house as a whole: contracts between floors, nothing of a machine in its files, Vietnamese in NFC, permissive licences."""

import re
import subprocess
import sys
import unicodedata
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together from pieces, so that this file does not hold what it looks for.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"(?<![\w.\-/])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "tm" + "p"]) + r")(?:/|\b)",
            r"(?-i:\." + "library" + r"\b)",
            "before" + "-" + "stop",
            "farm" + "-" + "(?:bench|studio)",
            "pypi" + r"\." + "org",
            "files" + r"\." + "pythonhosted",
            "deb" + r"\." + "debian" + r"\." + "org",
            "registry" + r"\." + "npmjs",
            r"\b(?:"
            + "|".join(["clau" + "de", "anth" + "ropic", "chat" + "gpt", "co" + "pilot"])
            + r")\b",
        ]
    ),
    re.IGNORECASE,
)


def house_files() -> list[Path]:
    """Files that are or would be committed; outside a git checkout (an unpacked archive), those of the known folders."""
    if not (ROOT / ".git").exists():
        folders = ("src", "tests", "docs", "tools", "benchmarks", "requirements")
        return [path for name in folders for path in (ROOT / name).rglob("*") if path.is_file()]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """The file's text; nothing for pictures, documents and other bytes."""
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8", errors="replace")


def forbidden(text: str) -> list[str]:
    return sorted({found[0] for found in FORBIDDEN.finditer(text)})


def copyleft(licence: str) -> bool:
    """Whether no choice the licence offers ("MPL-1.1 OR GPL-2.0-only" offers two) is free of the GPL family."""
    return all(
        re.search(r"\b[AL]?GPL|General Public License", choice) for choice in licence.split(" OR ")
    )


def licence_of(package: str) -> str:
    meta = distribution(package).metadata
    told = meta.get("License-Expression") or meta.get("License")
    return told or " ".join(meta.get_all("Classifier") or [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see /" + "work/shared", ["/" + "work/"]),
        ("index-url = https://pypi" + ".org/simple", ["pypi" + ".org"]),
        ("made by Chat" + "GPT", ["Chat" + "GPT"]),
        ("the desk at /desk/, the network/work room, https://bao.example/tmp", []),
    ],
)
def test_forbidden_words_are_seen(text, expected):
    assert forbidden(text) == expected


def test_no_file_names_a_machine_a_tool_or_a_registry():
    files = house_files()
    found = {
        str(path.relative_to(ROOT)): words for path in files if (words := forbidden(text_of(path)))
    }
    assert len(files) > 50
    assert found == {}


def test_every_text_of_the_house_is_nfc():
    files = [
        path for path in house_files() if path.parts[len(ROOT.parts)] in {"src", "docs", "tools"}
    ]
    broken = [
        str(path.relative_to(ROOT))
        for path in files
        if not unicodedata.is_normalized("NFC", text_of(path))
    ]
    assert files
    assert broken == []


def test_the_import_contracts_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("LGPL-3.0-only", True),
        ("GPL-2.0-only OR AGPL-3.0-only", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False),
        ("BSD-3-Clause", False),
    ],
)
def test_copyleft_is_seen(licence, expected):
    assert copyleft(licence) is expected


def test_the_default_set_holds_no_copyleft_package():
    """Packages pinned for other systems only are not installed here and are passed over."""
    pins = (ROOT / "requirements" / "base.txt").read_text()
    packages = re.findall(r"^([\w.-]+)==[^;\n]+$", pins, re.MULTILINE)
    assert len(packages) > 20
    assert {name: licence_of(name) for name in packages if copyleft(licence_of(name))} == {}
