"""The matrix as its page draws it: one short sign a cell, its word beside it, and lines joined once for forty thousand cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from hoiam.agencies.models import Agency
from hoiam.kit.vietnamese import show_date, show_number
from hoiam.scheme.queries.matrix import SIGNS, Matrix, Row, Totals

# By place in SIGNS: shape is work, "!" late, "›" due, "?" long unheard; colour only repeats it.
GLYPHS = ("○!", "●!", "○›", "●›", "○?", "●?", "○", "●", "✓!", "✓", "‖", "·")
LEGEND = tuple(
    (f"ha-l{place}", GLYPHS[place], light.words)
    for place, light in enumerate(SIGNS)
)  # fmt: skip
# No closing tags: HTML allows it, and a page of forty thousand cells is a third lighter.
_CELLS = (
    *(f'<td class=ha-l{n} title="{light.words}">{GLYPHS[n]}' for n, light in enumerate(SIGNS)),
    "<td>",
)


@dataclass(frozen=True)
class Group:
    """A heading over some columns."""

    title: str
    width: int


@dataclass(frozen=True)
class Grid:
    """What the template puts together: headings, and the lines as they stand."""

    groups: list[Group]
    columns: SafeString
    lines: SafeString
    foot: SafeString
    width: int
    rows: int
    totals: Totals


def grid(
    matrix: Matrix,
    rows: Sequence[Row],
    *,
    today: date,
    opened: int | None = None,
    fold_url: str = "",
) -> Grid:
    """The table of these rows.

    Args:
        opened: the province whose units stand beneath it.
        fold_url: where a province opens, its key to be added; empty when rows are units.
    """
    told = [
        Group(title, len(list(each)))
        for title, each in groupby(task.group for task in matrix.tasks)
    ]
    totals = [row.totals for row in rows]
    lines = [
        _lines(row, total, today, opened, fold_url)
        for row, total in zip(rows, totals, strict=True)
    ]  # fmt: skip
    whole = _sum(totals)
    return Grid(
        groups=told if any(group.title for group in told) else [],
        columns=mark_safe("".join(_column(task.pk, task.ref, task.title) for task in matrix.tasks)),
        lines=mark_safe("\n".join(lines)),
        foot=_foot(matrix.column_totals(), whole),
        width=len(matrix.lights),
        rows=len(matrix.rows),
        totals=whole,
    )


def _sum(totals: Iterable[Totals]) -> Totals:
    parts = [(each.asked, each.done, each.due, each.late) for each in totals]
    return (
        Totals(*(sum(column) for column in zip(*parts, strict=True)))
        if parts
        else Totals(0, 0, 0, 0)
    )


def _column(pk: int, ref: str, title: str) -> str:
    return f'<th scope=col><a href="{_address("desk-task-page", pk)}" title="{escape(title)}">{escape(ref)}</a>'


def _lines(row: Row, totals: Totals, today: date, opened: int | None, fold_url: str) -> str:
    if not fold_url:
        return _unit_line(row, totals, today)
    is_open = row.agency.pk == opened
    head = _folding(row, is_open, fold_url)
    cells = "".join(_share(cell, *share) for cell, share in zip(row.cells, row.shares, strict=True))
    line = f"<tr><th scope=row>{head}{cells}{_ends(totals)}"
    if is_open:
        line += "".join(
            "\n" + _unit_line(unit, unit.totals, today, "ha-gunit") for unit in row.units
        )
    return line


def _folding(row: Row, is_open: bool, fold_url: str) -> str:
    name = row.agency.name
    if len(row.units) == 1 and row.units[0].agency.pk == row.agency.pk:
        return _name(row.units[0].agency, None)
    if is_open:
        return format_html('<a href="{}" aria-expanded=true>▾ {}</a>', fold_url, name)
    return format_html(
        '<a id=d{} href="{}&mo={}#d{}" aria-expanded=false>▸ {}</a> <small>{}</small>',
        row.agency.pk, fold_url, row.agency.pk, row.agency.pk, name, f"{len(row.units)} đơn vị",
    )  # fmt: skip


def _share(cell: int, done: int, asked: int) -> str:
    if not asked:
        return _CELLS[cell]
    words = f"{SIGNS[cell].words}; xong {done} trên {asked} đơn vị"
    return f'<td class=ha-l{cell} title="{words}">{GLYPHS[cell]}<small>{done}/{asked}</small>'


def _unit_line(row: Row, totals: Totals, today: date, kind: str = "") -> str:
    cells = "".join(map(_CELLS.__getitem__, row.cells))
    opening = f"<tr class={kind}>" if kind else "<tr>"
    return f"{opening}<th scope=row>{_name(row.agency, today)}{cells}{_ends(totals)}"


def _name(place: Agency, today: date | None) -> str:
    gone = place.valid_to is not None and today is not None and place.valid_to < today
    until = f" <small>đến {show_date(place.valid_to)}</small>" if gone and place.valid_to else ""
    return f'<a href="{_address("desk-task-unit", place.pk)}">{escape(place.name)}</a>{until}'


def _address(name: str, pk: int) -> str:
    """The address of a row; the pattern is looked up once, for a page may name five hundred."""
    return _pattern(name).replace("/0/", f"/{pk}/")


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[0])


def _ends(totals: Totals) -> str:
    late = f"<b>{show_number(totals.late)}</b>" if totals.late else "0"
    return (
        f"<td class=ha-gsum>{show_number(totals.done)}/{show_number(totals.asked)}"
        f"<td class=ha-gsum>{show_number(totals.due)}<td class=ha-gsum>{late}"
    )


def _foot(columns: Sequence[Totals], whole: Totals) -> SafeString:
    told = "".join(
        f'<td title="xong {each.done} trên {each.asked}, quá hạn {each.late}">{_percent(each)}'
        for each in columns
    )
    return mark_safe(f"<tr><th scope=row>Đã xong, %{told}{_ends(whole)}")


def _percent(totals: Totals) -> str:
    return f"{totals.done * 100 // totals.asked}" if totals.asked else "–"


@dataclass(frozen=True)
class TaskLine:
    """One task with what its column adds up to."""

    pk: int
    ref: str
    title: str
    period: str
    totals: Totals


def task_lines(matrix: Matrix) -> list[TaskLine]:
    """The columns as a list, for a phone and for reading."""
    columns = matrix.column_totals() or [Totals(0, 0, 0, 0)] * len(matrix.lights)
    return [
        TaskLine(each.task.pk, each.task.ref, each.task.title, each.period.words, totals)
        for each, totals in zip(matrix.lights, columns, strict=True)
    ]


def sheet(matrix: Matrix) -> list[list[str | int]]:
    """The matrix as lines of a spreadsheet: words in cells, totals at the ends."""
    head = ["Đơn vị", *(f"{task.ref} {task.title}" for task in matrix.tasks), "Phải làm", "Đã xong", "Đến hạn", "Quá hạn"]  # fmt: skip
    words = (*(light.words for light in SIGNS), "")
    lines: list[list[str | int]] = [[*head]]
    for row in matrix.rows:
        lines.append([row.agency.name, *(words[cell] for cell in row.cells), *_figures(row.totals)])
    columns = matrix.column_totals()
    for label, pick in (("Phải làm", "asked"), ("Đã xong", "done"), ("Đến hạn", "due"), ("Quá hạn", "late")):  # fmt: skip
        lines.append([label, *(int(getattr(each, pick)) for each in columns)])
    return lines


def _figures(totals: Totals) -> list[int]:
    return [totals.asked, totals.done, totals.due, totals.late]
