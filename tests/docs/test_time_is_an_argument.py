"""Below the rim nobody asks for the clock: the kit, and the files of a domain room that decide, are told the moment."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "hoiam"
ROOMS = ("agencies", "monitoring", "handling", "letters", "newsroom", "scheme")
DECIDING = ("states", "models", "policies", "queries", "actions", "forms")
OWNERS = {"timezone", "datetime", "date"}
CLOCKS = {"now", "today", "utcnow"}
CONVERTERS = {"localdate", "localtime"}  # they read the clock only when they are given nothing


def asked(source: str) -> list[int]:
    """Lines that ask for the clock (`timezone.now`, `date.today`), called or handed on, or let the database do it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
                if owner in OWNERS and name in CLOCKS:
                    found.append(node.lineno)
            case ast.Call(func=ast.Attribute(attr=name), args=[], keywords=[]) if (
                name in CONVERTERS
            ):
                found.append(node.lineno)
            case ast.keyword(arg="auto_now" | "auto_now_add"):
                found.append(node.value.lineno)
    return found


def below_the_rim() -> list[Path]:
    rooms = [SRC / room / part for room in ROOMS for part in DECIDING]
    files = [path for folder in (SRC / "kit", *rooms) for path in folder.rglob("*.py")]
    return files + [path for part in rooms if (path := part.with_suffix(".py")).exists()]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("at = timezone.now()", [1]),
        ("x = 1\nday = date.today()", [2]),
        ("at = datetime.datetime.now(UTC)", [1]),
        ("at = DateTimeField(default=timezone.now)", [1]),
        ("at = DateTimeField(auto_now_add=True)", [1]),
        ("day = timezone.localdate()", [1]),
        ("day = timezone.localdate(item.published_at)", []),
        ("def close(case, *, actor, now): case.closed_at = now", []),
    ],
)
def test_the_clock_is_seen(source, expected):
    assert asked(source) == expected


def test_nobody_below_the_rim_asks_for_the_clock():
    files = below_the_rim()
    found = [
        f"{path.relative_to(SRC)}:{line}" for path in files for line in asked(path.read_text())
    ]
    assert len(files) > 30
    assert found == []
