"""Parts of a long report, given as data: headings, text, tables with their own columns, charts, annexes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hoiam.kit.papers.words import clean_text, clean_value, one_line
from hoiam.kit.vietnamese import read_number

HEADING, SUBHEADING, TEXT, TABLE, CHART, ANNEX = (
    "heading", "subheading", "text", "table", "chart", "annex",
)  # fmt: skip
KINDS = (HEADING, SUBHEADING, TEXT, TABLE, CHART, ANNEX)
_MOST_BARS = 40
_MOST_COLUMNS = 60  # Word draws 63
_MOST_WIDTH = 400.0  # mm: A3 lies 420 wide
_MOST_DIGITS, _MOST_PLACES = 15, 6  # of a bar: before and behind the comma


@dataclass(frozen=True)
class PartColumn:
    """One column of a table: `width` in mm (0: its share of what is left), `number` sets figures in the middle."""

    label: str
    width: float = 0
    number: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar of a chart."""

    label: str
    value: Decimal


@dataclass(frozen=True)
class Part:
    """One part; `text` is its words or its title, the rest belongs to tables, charts and annexes."""

    kind: str
    text: str
    columns: tuple[PartColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    bars: tuple[Bar, ...] = ()
    landscape: bool = False


def read_parts(raw: object, label: str) -> tuple[tuple[Part, ...], list[str]]:
    """The parts a list of mappings describes, and what cannot be read in it.

    >>> read_parts([{"heading": "Kết quả"}, {"text": "Đã xong."}], "Các phần")[0][1]
    Part(kind='text', text='Đã xong.', columns=(), rows=(), bars=(), landscape=False)
    """
    if not isinstance(raw, list | tuple):
        return (), [f"{label}: hãy nhập từng phần của báo cáo"]
    parts, problems = list[Part](), list[str]()
    for place, each in enumerate(raw, start=1):
        try:
            parts.append(_part(each))
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
            problems.append(f"{label}: phần thứ {place} không đọc được")
    return tuple(parts), problems


def _part(raw: Mapping[str, Any]) -> Part:
    kind = next((name for name in KINDS if name in raw), "")
    text = clean_value(str(raw[kind])) if kind == TEXT else one_line(str(raw[kind]))
    columns = tuple(
        PartColumn(one_line(str(c["label"])), _width(c.get("width", 0)), bool(c.get("number")))
        for c in raw.get("columns", ())
    )
    rows = tuple(_row(row, len(columns)) for row in raw.get("rows", ()))
    bars = tuple(Bar(one_line(str(name)), _number(value)) for name, value in raw.get("bars", ()))
    if kind == TABLE and not 0 < len(columns) <= _MOST_COLUMNS:
        raise ValueError("a table without columns, or with more than can be drawn")
    return Part(kind, text, columns, rows, bars[:_MOST_BARS], bool(raw.get("landscape")))


def _row(cells: Sequence[Any], count: int) -> tuple[str, ...]:
    if len(cells) != count:
        raise ValueError("a row of another length than its head")
    return tuple(clean_text("" if cell is None else str(cell)) for cell in cells)


def _width(value: Any) -> float:
    width = float(value)
    # Written so that what is no number is refused as well.
    if not 0 <= width <= _MOST_WIDTH:
        raise ValueError("a column wider than any page")
    return width


def _number(value: Any) -> Decimal:
    number = read_number(value) if isinstance(value, str) else Decimal(str(value))
    if number is None or not number.is_finite():
        raise ValueError("a bar without a number")
    # A few signs may stand for a number of millions of digits, which nobody can draw.
    if number.adjusted() >= _MOST_DIGITS or int(number.as_tuple().exponent) < -_MOST_PLACES:
        raise ValueError("a bar of more digits than a chart can show")
    return number


def split_annexes(parts: Sequence[Part]) -> tuple[list[Part], list[tuple[Part, list[Part]]]]:
    """What stands in the body, and each annex with the parts in it."""
    body, annexes = list[Part](), list[tuple[Part, list[Part]]]()
    for part in parts:
        if part.kind == ANNEX:
            annexes.append((part, []))
        else:
            (annexes[-1][1] if annexes else body).append(part)
    return body, annexes


def told(parts: Sequence[Part]) -> Iterator[str]:
    """Every text of the parts, for what looks through a paper's words."""
    for part in parts:
        yield part.text
        yield from (cell for row in part.rows for cell in row)
