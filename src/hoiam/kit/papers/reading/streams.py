"""Tables that a copied web page has broken into one cell a line: made rows again by their running numbers."""

import re
from collections.abc import Sequence

from hoiam.kit.papers.reading.sheet import Block, Box, Grid
from hoiam.kit.papers.reading.table_tasks import Columns, columns_of
from hoiam.kit.vietnamese import fold

_FIRST_HEADING = re.compile(r"(?:stt|tt|so tt|so thu tu|s\.?t\.?t)\.?")
_REF = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-H])[.)]?")
_TIME = re.compile(
    r"(?:trong |truoc |den |het |tu |ca |nam |quy |thang |hang |hang |dinh ky|thuong xuyen|cham nhat|theo |khi co|ngay |giai doan )|\d{1,2}/\d{4}|20\d\d"
)
_MOST_COLUMNS = 10
_MOST_LOOKS = 300  # tables of one text; each look reads some thousand lines


def with_tables(lines: Sequence[str]) -> list[Block]:
    """The lines, with those that were cells of a task table as tables."""
    blocks: list[Block] = []
    at, looks = 0, 0
    while at < len(lines):
        is_heading = len(lines[at]) < 30 and _FIRST_HEADING.fullmatch(fold(lines[at]).strip())
        if is_heading and looks < _MOST_LOOKS:
            looks += 1
            grid, after = _table(lines, at)
            if grid is not None:
                blocks.append(grid)
                at = after
                continue
        blocks.append(lines[at])
        at += 1
    return blocks


def _table(lines: Sequence[str], at: int) -> tuple[Grid | None, int]:
    cells, ends = _cells(lines, at)
    width = next(
        (i for i, cell in enumerate(cells[: _MOST_COLUMNS + 1]) if i >= 3 and _REF.fullmatch(cell)),
        0,
    )
    known = columns_of([[fold(cell) for cell in cells[:width]]]) if width else None
    if known is None:
        return None, at
    grid: Grid = [[Box(cell) for cell in cells[:width]]]
    index = width
    while index < len(cells) and _REF.fullmatch(cells[index]):
        stop = _next_ref(cells, index, width)
        row = _aligned(cells[index + 1 : stop], known[0], width)
        if row is None:
            break
        grid.append([Box(each) for each in (cells[index], *row)])
        index = stop
    return (grid, ends[index - 1]) if len(grid) > 1 else (None, at)


def _cells(lines: Sequence[str], at: int) -> tuple[list[str], list[int]]:
    """Cells from line `at` on, and the line each ends at: between bars where the page kept them, else one a line."""
    has_bars = any(line.strip() == "|" for line in lines[at : at + 4])
    cells: list[str] = []
    ends: list[int] = []
    held: list[str] = []
    for index in range(at, min(len(lines), at + 4000)):
        words = lines[index].strip()
        if words == "|":
            cells.append("\n".join(held))
            ends.append(index + 1)
            held = []
        elif words and has_bars:
            held.append(words)
        elif words:
            cells.append(words)
            ends.append(index + 1)
    return cells, ends


def _next_ref(cells: Sequence[str], index: int, width: int) -> int:
    """Where the next row begins: after a whole row, or earlier at the number that must follow."""
    wanted = _following(cells[index])
    for at in range(index + 2, min(len(cells), index + 2 * width + 2)):
        if _REF.fullmatch(cells[at]) and (cells[at].rstrip(".)") in wanted or at == index + width):
            return at
    return min(index + width, len(cells))


def _following(ref: str) -> set[str]:
    said = ref.rstrip(".)")
    head, _, last = said.rpartition(".")
    if last.isdecimal():
        more = f"{head}.{int(last) + 1}" if head else str(int(last) + 1)
        return {more, f"{said}.1", "I", "II", "III", "IV", "V", "VI", "VII", "VIII"}
    return {"1", "1.1", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"}


def _aligned(parts: Sequence[str], columns: Columns, width: int) -> list[str] | None:
    """The cells of one row behind its number, each in its column; a column left empty is found by the time beside it."""
    merged = _without_continued(parts, width - 1)
    if len(merged) == width - 1:
        return merged
    if len(merged) <= 1:
        return [*merged, *[""] * (width - 1 - len(merged))]
    at = columns.get("time", [0])[0] - 1
    found = next(
        (i for i, part in enumerate(merged) if i and _TIME.match(fold(part).strip())), None
    )
    if at <= 0 or found is None or found > at or len(merged) - found > width - 1 - at:
        return None
    row = [""] * (width - 1)
    row[:found] = merged[:found]
    row[at : at + len(merged) - found] = merged[found:]
    return row


def _without_continued(parts: Sequence[str], wanted: int) -> list[str]:
    made: list[str] = []
    for index, part in enumerate(parts):
        surplus = len(parts) - index + len(made) > wanted
        if made and surplus and (part[:1].islower() or part.startswith(("-", "+"))):
            made[-1] = (
                f"{made[-1]}\n{part}" if part.startswith(("-", "+")) else f"{made[-1]} {part}"
            )
        else:
            made.append(part)
    return made
