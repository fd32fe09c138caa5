"""Spans of time that law sets are asked of the rulebook: the domain rooms hold no literal number of days or hours."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "agencies",
    "monitoring",
    "handling",
    "letters",
    "newsroom",
    "scheme",
    "desk",
    "portal",
    "api",
    "workbench",
)
SPAN = re.compile(r"(?:^|_)(?:days|hours|weeks)$", re.IGNORECASE)
ESCAPE = re.compile(r"#\s*not-law: *\w+")


def holds_number(value: ast.AST | None) -> bool:
    """Whether a number above one is written out here; a factor that only changes the unit does not count."""
    match value:
        case ast.Constant(value=int() | float() as number):
            return abs(number) > 1
        case ast.UnaryOp(operand=operand):
            return holds_number(operand)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            return holds_number(left) or holds_number(right)
        case ast.IfExp(body=left, orelse=right):
            return holds_number(left) or holds_number(right)
        case ast.BinOp(left=left, right=right):
            return holds_number(left) and holds_number(right)
    return False


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def spans(tree: ast.AST) -> Iterator[tuple[str, ast.AST, ast.AST]]:
    """The name, the value and the place of everything that is a number of days, hours or weeks."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(args=args, keywords=keywords):
                yield from (
                    (k.arg, k.value, node) for k in keywords if k.arg and SPAN.search(k.arg)
                )
                if called(node) == "timedelta":
                    yield from (("timedelta", arg, node) for arg in args[:1])
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if SPAN.search(name):
                yield name, value, node
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if SPAN.search(
                name
            ):
                yield name, value, node
            case ast.arguments(args=args, defaults=defaults, kwonlyargs=only, kw_defaults=of_only):
                pairs = [
                    *zip(args[len(args) - len(defaults) :], defaults, strict=True),
                    *zip(only, of_only, strict=True),
                ]
                yield from ((a.arg, value, a) for a, value in pairs if value and SPAN.search(a.arg))


def offences(source: str) -> list[tuple[int, str]]:
    """Line and name of each literal span without the typed remark `# not-law: reason` on one of its lines."""
    lines = source.splitlines()
    return [
        (place.lineno, name)
        for name, value, place in spans(ast.parse(source))
        if holds_number(value)
        and not any(ESCAPE.search(line) for line in lines[place.lineno - 1 : place.end_lineno])
    ]


@pytest.mark.parametrize(
    ("why", "source", "expected"),
    [
        ("a span of days", "due = start + timedelta(days=15)", [(1, "days")]),
        ("backwards", "timedelta(days=-5)", [(1, "days")]),
        ("without the keyword", "datetime.timedelta(30)", [(1, "timedelta")]),
        ("as a product", "timedelta(hours=3 * 8)", [(1, "hours")]),
        ("added to a rule", "timedelta(days=rule.number + 5)", [(1, "days")]),
        ("as a constant", "RESPONSE_DAYS = 15", [(1, "RESPONSE_DAYS")]),
        ("typed", "limit_hours: int = 24", [(1, "limit_hours")]),
        ("as a default", "def due(start, *, working_days=10): ...", [(1, "working_days")]),
        ("as an argument", "calendar.add(start, working_days=10)", [(1, "working_days")]),
        ("a remark without a reason", "timedelta(days=7)  # not-law:", [(1, "days")]),
    ],
)
def test_a_literal_span_is_found(why, source, expected):
    assert offences(source) == expected


@pytest.mark.parametrize(
    ("why", "source"),
    [
        ("the next day", "tomorrow = today + timedelta(days=1)"),
        ("asked of the rulebook", "timedelta(days=rule.number)"),
        ("a change of unit", "window_hours = window.total_seconds() / 3600"),
        ("not a span", "PAGE_SIZE = 50"),
        ("a remark with a reason", "timedelta(days=7)  # not-law: how far back the list looks"),
        (
            "a remark inside a long call",
            "move(\n    days=7,  # not-law: how far back the list looks\n)",
        ),
    ],
)
def test_what_is_not_a_literal_span_passes(why, source):
    assert offences(source) == []


@pytest.mark.parametrize("room", ROOMS)
def test_the_domain_rooms_hold_no_literal_span(room):
    files = [
        p for p in (ROOT / "src" / "hoiam" / room).rglob("*.py") if "migrations" not in p.parts
    ]
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}: ask the rulebook, or say '# not-law: reason'"
        for path in files
        for line, name in offences(path.read_text())
    ]
    assert files
    assert found == []
