"""Charts drawn on the server as SVG, and the tile grid of the provinces. No script, no inline style.

Every function is pure: the same figures give the same drawing. A chart never stands alone; the
rows of `day_rows` go into a table beside it.
"""

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hoiam.kit.vietnamese import show_date, show_number, show_weekday

TILES_FILE = Path(__file__).parent / "data" / "tiles.csv"

WIDTH, HEIGHT, LEFT, TOP, FOOT = 520, 240, 34, 26, 26
NOTE_WIDTH = 190  # of "▲ 27/11: 14 bài" in the larger letters of a phone


@dataclass(frozen=True)
class DayCount:
    """How many on one Vietnamese civil day."""

    day: date
    count: int


@dataclass(frozen=True)
class DayRow:
    """One line of the table that stands beside the bars."""

    day: str
    weekday: str
    count: str
    is_odd: bool


@dataclass(frozen=True)
class Tile:
    """A province's place on the grid: equal squares in rough geographic order, never a drawn map."""

    code: str
    name: str
    col: int
    row: int

    @property
    def place(self) -> str:
        """The classes that put the tile where it belongs."""
        return f"ha-c{self.col} ha-r{self.row}"


@cache
def tiles() -> tuple[Tile, ...]:
    """The 34 provinces and cities from north to south, as `data/tiles.csv` lays them out."""
    with TILES_FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(Tile(r["code"], r["name"], int(r["col"]), int(r["row"])) for r in rows)


def day_rows(days: Iterable[DayCount], odd: Collection[date] = ()) -> list[DayRow]:
    """The figures of the bars as table rows, in the order given."""
    return [
        DayRow(
            show_date(each.day),
            _capital(show_weekday(each.day)),
            show_number(each.count),
            each.day in odd,
        )
        for each in days
    ]


def day_bars(
    days: Sequence[DayCount],
    *,
    unit: str,
    label: str,
    band: tuple[float, float] | None = None,
    odd: Collection[date] = (),
) -> SafeString:
    """One bar a day with its title, the usual band behind, odd days marked by colour and sign.

    `unit` is what is counted ("bài"), `label` what a screen reader says for the whole drawing.
    """
    top = _ceiling([each.count for each in days], band)
    scale = (HEIGHT - TOP - FOOT) / top
    return format_html(
        '<svg class="ha-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        label,
        _band(band, scale),
        _scale_lines(top, scale),
        _bars(days, unit, scale, odd),
    )


def _bars(days: Sequence[DayCount], unit: str, scale: float, odd: Collection[date]) -> SafeString:
    pitch = (WIDTH - LEFT) / max(1, len(days))
    every = max(1, -(-len(days) // 5))
    worded = _worded(days, odd, pitch)
    parts = []
    for index, each in enumerate(days):
        left, middle = LEFT + index * pitch, LEFT + (index + 0.5) * pitch
        parts.append(_bar(each, unit, left + pitch * 0.12, pitch * 0.76, scale, each.day in odd))
        if index in worded:
            parts.append(_odd_note(each, unit, middle, scale))
        elif each.day in odd:
            parts.append(_text(middle, _base() - each.count * scale - 6, "▲", "middle", "ha-note"))
        if index % every == 0:
            anchor = "start" if index == 0 else "middle"
            at = left if index == 0 else middle
            parts.append(_text(at, HEIGHT - 6, _short_day(each.day), anchor))
    return format_html_join("", "{}", ((part,) for part in parts))


def _worded(days: Sequence[DayCount], odd: Collection[date], pitch: float) -> set[int]:
    """Which odd days have room for their words: the greatest first; the others keep the sign, and the table."""
    kept: dict[int, float] = {}
    for index in sorted(range(len(days)), key=lambda index: -days[index].count):
        centre = _note_centre(LEFT + (index + 0.5) * pitch)
        near = (abs(centre - other) < NOTE_WIDTH for other in kept.values())
        if days[index].day in odd and not any(near):
            kept[index] = centre
    return set(kept)


def _note_centre(middle: float) -> float:
    """Where the words over a bar have their middle: they never leave the drawing."""
    half = NOTE_WIDTH / 2
    return min(max(middle, LEFT + half), WIDTH - half)


def _bar(
    each: DayCount, unit: str, left: float, width: float, scale: float, is_odd: bool
) -> SafeString:
    height = each.count * scale
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}: {} {}{}</title></rect>',
        "ha-bar is-odd" if is_odd else "ha-bar",
        _n(left),
        _n(_base() - height),
        _n(width),
        _n(height),
        _short_day(each.day),
        show_number(each.count),
        unit,
        ", ngày bất thường" if is_odd else "",
    )


def _odd_note(each: DayCount, unit: str, middle: float, scale: float) -> SafeString:
    words = f"▲ {_short_day(each.day)}: {show_number(each.count)} {unit}"
    return _text(_note_centre(middle), _base() - each.count * scale - 6, words, "middle", "ha-note")


def _band(band: tuple[float, float] | None, scale: float) -> SafeString:
    if band is None:
        return SafeString("")
    low, high = sorted(band)
    return format_html(
        '<rect class="ha-band" x="{}" y="{}" width="{}" height="{}"/>',
        LEFT,
        _n(_base() - high * scale),
        WIDTH - LEFT,
        _n((high - low) * scale),
    )


def _scale_lines(top: float, scale: float) -> SafeString:
    step = _step(top)
    marks = [step * index for index in range(int(top / step) + 1)]
    return format_html_join(
        "",
        '<line x1="{}" x2="{}" y1="{}" y2="{}"/>{}',
        ((LEFT, WIDTH, y := _n(_base() - mark * scale), y, _tick(mark, scale)) for mark in marks),
    )


def _tick(mark: int, scale: float) -> SafeString:
    return _text(LEFT - 6, _base() - mark * scale + 4, show_number(mark), "end")


def _text(x: float, y: float, words: str, anchor: str, kind: str = "") -> SafeString:
    role = format_html(' class="{}"', kind) if kind else ""
    return format_html(
        '<text{} x="{}" y="{}" text-anchor="{}">{}</text>', role, _n(x), _n(y), anchor, words
    )


def sparkline(values: Sequence[int], *, label: str) -> SafeString:
    """A row of small bars, the last one marked; `label` says the figures in words."""
    top, pitch = max([1, *values]), 72 / max(1, len(values))
    bars = format_html_join(
        "",
        '<rect{} x="{}" y="{}" width="{}" height="{}"/>',
        (
            (
                SafeString(' class="is-last"') if index == len(values) - 1 else "",
                _n(index * pitch),
                _n(20 - height),
                _n(pitch * 0.8),
                _n(height),
            )
            for index, height in enumerate(max(1, 20 * value / top) for value in values)
        ),
    )
    return format_html(
        '<svg class="ha-spark" viewBox="0 0 72 20" role="img" aria-label="{}">{}</svg>', label, bars
    )


def share_bar(count: int, top: int, *, before: int | None = None, label: str = "") -> SafeString:
    """One line of a ranking as a bar; a thin mark stands where the period before stood. The figures stand beside it.

    `top` is the greatest figure of the ranking, marks included.
    """
    room, height = 160, 14
    scale = (room - 2) / max(1, top)
    mark = (
        format_html('<rect class="is-mark" x="{}" y="0" width="2" height="{}"/>', _n(before * scale), height)
        if before is not None
        else SafeString("")
    )  # fmt: skip
    return format_html(
        '<svg class="ha-share" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect x="0" y="2" width="{}" height="{}"/>{}</svg>',
        room,
        height,
        label,
        _n(max(2, count * scale) if count else 0),
        height - 4,
        mark,
    )


def _ceiling(counts: Sequence[int], band: tuple[float, float] | None) -> float:
    return max([1, *counts, *(band or ())])


def _step(top: float) -> int:
    """The round distance between scale lines that leaves at most four of them."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if top <= 4 * factor * size:
                return factor * size
        size *= 10


def _base() -> int:
    return HEIGHT - FOOT


def _short_day(day: date) -> str:
    return f"{day:%d/%m}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
