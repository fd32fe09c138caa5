"""Tasks written as the rows of a table, also one broken over pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from hoiam.kit.papers.reading.labels import products_in
from hoiam.kit.papers.reading.outline import mark_of
from hoiam.kit.papers.reading.report_tables import columns_of as report_columns
from hoiam.kit.papers.reading.report_tables import is_report_grid
from hoiam.kit.papers.reading.sheet import Box, Grid, Line, Sheet, Table, trimmed
from hoiam.kit.papers.reading.task_parts import task_of
from hoiam.kit.papers.reading.units import units_in
from hoiam.kit.papers.reading.values import Found, Task
from hoiam.kit.papers.reading.words import listed
from hoiam.kit.vietnamese import fold

_HEADER_ROWS = 4
_ORDER = (
    "ref",
    "both",
    "coordinating",
    "lead",
    "does",
    "time",
    "product",
    "budget",
    "title",
    "note",
)
_NEEDED = frozenset({"lead", "does", "both", "coordinating", "time", "product"})
_NOTHING = re.compile(r"[\s\-–—_.…/]*|khong|khong co|nt|[‘'\"”]+")


@cache
def _column_names() -> dict[str, re.Pattern[str]]:
    words = listed("labels")
    shapes = {
        kind: words[kind]
        for kind in ("both", "coordinating", "lead", "does", "time", "product", "budget")
    }
    return {
        kind: re.compile(rf"(?:{shape})") for kind, shape in {**shapes, **words["columns"]}.items()
    }


def column_kind(heading: str) -> str | None:
    """What a column holds, by its heading without marks; None when it is none of ours."""
    said = " ".join(heading.split()).strip(" .:*")
    said = re.sub(r"\s*\([^()]*\)", "", said)
    if said.startswith(("du kien ", "cac ")):
        said = said.split(" ", 1)[1]
    for kind in _ORDER:
        if _column_names()[kind].fullmatch(said):
            return kind
    for kind, words in (("both", "chu tri.{0,12}phoi hop"), ("coordinating", "phoi hop"), ("lead", "chu tri|trach nhiem|co quan thuc hien|don vi thuc hien|phan cong"),
                        ("time", "thoi gian|thoi han|tien do|hoan thanh|thoi diem"), ("product", "san pham|ket qua|dau ra"), ("title", "nhiem vu|noi dung|cong viec|hoat dong")):  # fmt: skip
        if re.search(words, said) and len(said) < 90:
            return kind
    return None


Columns = dict[str, list[int]]


def columns_of(rows: Sequence[Sequence[str]]) -> tuple[Columns, int] | None:
    """What each column holds and how many rows the heading takes; None when this is no table of tasks.

    Args:
        rows: the cells' words without marks.
    """
    for at in range(min(_HEADER_ROWS, len(rows))):
        kinds = _kinds([rows[at]])
        if not _is_heading(kinds):
            continue
        depth = at + 1
        if depth < len(rows) and (deeper := _second_row(rows[at], rows[depth])) is not None:
            kinds, depth = deeper, depth + 1
        if depth < len(rows) and _is_count(rows[depth]):  # (1) (2) (3)
            depth += 1
        return kinds, depth
    return None


def _kinds(rows: Sequence[Sequence[str]]) -> Columns:
    found: Columns = {}
    for column, heading in enumerate(rows[0]):
        kind = column_kind(heading)
        if kind is not None:
            found.setdefault(kind, []).append(column)
    return found


def _is_heading(kinds: Columns) -> bool:
    return "title" in kinds and bool(_NEEDED & set(kinds))


def _second_row(above: Sequence[str], row: Sequence[str]) -> Columns | None:
    """ "Phân công thực hiện" over "Chủ trì" and "Phối hợp": the lower row names the columns."""
    if len(row) != len(above) or not any(one != two for one, two in zip(above, row, strict=True)):
        return None
    changed = [two for one, two in zip(above, row, strict=True) if one != two and two]
    if (
        not changed
        or any(len(each) > 60 for each in changed)
        or not all(column_kind(each) for each in changed)
    ):
        return None
    return _kinds([[two or one for one, two in zip(above, row, strict=True)]])


def _is_count(row: Sequence[str]) -> bool:
    return (
        sum(bool(re.fullmatch(r"\(?\d{1,2}\)?", cell.strip())) for cell in row if cell.strip())
        == sum(bool(c.strip()) for c in row)
        > 2
    )


def is_task_grid(grid: Grid) -> bool:
    """Whether a table of a file is one of tasks; one of reports to send is not."""
    return (
        not is_report_grid(grid)
        and columns_of([[fold(box.text) for box in row] for row in grid[:_HEADER_ROWS]]) is not None
    )


def put_together(blocks: Sequence[str | Grid]) -> Iterator[str | Grid]:
    """The blocks with task tables made whole where a page broke them; other tables come back as they were."""
    held: Grid | None = None
    for block in blocks:
        if isinstance(block, str):
            if held is not None and not block.strip():
                continue
            if held is not None:
                yield held
                held = None
            yield block
        elif held is not None and _width(block) == _width(held):
            held = _joined(held, _without_heading(block))
        else:
            if held is not None:
                yield held
                held = None
            if is_task_grid(block):
                held = [list(row) for row in block]
            else:
                yield block
    if held is not None:
        yield held


def _width(grid: Grid) -> int:
    return max((len(row) for row in grid), default=0)


def _without_heading(grid: Grid) -> Grid:
    known = columns_of([[fold(box.text) for box in row] for row in grid[:_HEADER_ROWS]])
    return [list(row) for row in (grid[known[1] :] if known else grid)]


def _joined(held: Grid, more: Grid) -> Grid:
    """Both halves of a table; a row the page cut in two (no number, goes on in lower case) is one again."""
    known = columns_of([[fold(box.text) for box in row] for row in held[:_HEADER_ROWS]])
    ref = known[0].get("ref", [None])[0] if known else None
    if more and ref is not None and ref < len(more[0]) and not more[0][ref].text.strip():
        said = [box.text for box in more[0] if box.text.strip()]
        if said and all(words[0].islower() for words in said):
            row = [
                Box(f"{one.text} {two.text}") if two.text.strip() else one
                for one, two in zip(held[-1], more[0], strict=False)
            ]
            return [*held[:-1], row, *more[1:]]
    return held + more


def table_tasks(sheet: Sheet) -> list[Task]:
    """The tasks of every table, in order."""
    return [task for table in sheet.tables for task in _tasks(sheet, table)]


def _tasks(sheet: Sheet, table: Table) -> Iterator[Task]:
    said = [[cell.folded for cell in row] for row in table.rows]
    known = None if report_columns(said) else columns_of(said)
    if known is None:
        return
    columns, depth = known
    rows = [row for row in table.rows[depth:] if not _repeats_heading(row, table.rows[:depth])]
    groups: list[str] = []
    refs = [_ref(row, columns) for row in rows]
    counted = Counter(
        ref for row, ref in zip(rows, refs, strict=True) if not _is_group(row, columns)
    )
    begins_anew = any(ref and count > 1 for ref, count in counted.items())
    for row, ref in zip(rows, refs, strict=True):
        if _is_group(row, columns):
            groups = [ref] if ref else groups
            continue
        whole = f"{groups[-1]}.{ref}" if ref and begins_anew and groups else ref
        if (task := _task(sheet, row, columns, whole)) is not None:
            yield task


def _repeats_heading(row: Sequence[Line], heading: Sequence[Sequence[Line]]) -> bool:
    said = [cell.folded for cell in row]
    return any(said == [cell.folded for cell in each] for each in heading) or _is_count(said)


def _cells(row: Sequence[Line], columns: Columns, *kinds: str) -> list[Line]:
    cells: list[Line] = []
    for kind in kinds:
        for column in columns.get(kind, ()):
            if (
                column < len(row)
                and not _NOTHING.fullmatch(row[column].folded)
                and row[column] not in cells
            ):
                cells.append(row[column])
    return cells


def _ref(row: Sequence[Line], columns: Columns) -> str:
    cells = _cells(row, columns, "ref")
    if cells and len(cells[0].text) <= 12:
        return cells[0].text.strip(" .)")
    title = _cells(row, columns, "title")
    mark = mark_of(title[0].text) if title else None
    return mark.value if mark and not mark.is_bullet else ""


def _is_group(row: Sequence[Line], columns: Columns) -> bool:
    """A row that only names what the next rows are about."""
    parts = _cells(row, columns, *_NEEDED)
    title = _cells(row, columns, "title")
    return not parts or (bool(title) and all(part == title[0] for part in parts))


def _task(sheet: Sheet, row: Sequence[Line], columns: Columns, ref: str) -> Task | None:
    titles = _cells(row, columns, "title")
    if not titles:
        return None
    mark = mark_of(titles[0].text)
    title = trimmed(sheet.text, titles[0].start + (mark.end if mark else 0), titles[0].end)
    if title is None:
        return None
    leads, coordinating = _who(row, columns)
    products = [
        each
        for cell in _cells(row, columns, "product")
        for each in products_in(cell.text, cell.start)
    ]
    times = [
        found for cell in _cells(row, columns, "time") if (found := cell.found(0, len(cell.text)))
    ]
    return task_of(
        ref,
        title,
        products=tuple(products),
        times=times,
        leads=leads,
        coordinating=tuple(coordinating),
    )


_BOTH = re.compile(
    r"(?:-\s*|\+\s*)?(?:(?:don vi |co quan )?chu tri\s*:\s*)?(?P<lead>.+?)(?:\s+(?:la (?:don vi|co quan) )?chu tri)?[.;,]?\s+(?:-\s*|\+\s*)?(?:don vi |co quan )?phoi hop\s*(?:voi|cung|:)?\s*(?P<help>.+)",
    re.S,
)


def _who(row: Sequence[Line], columns: Columns) -> tuple[list[Found[str]], list[Found[str]]]:
    """Lead and coordinating units; one column for both is parted at "phối hợp"."""
    leads: list[Found[str]] = []
    helps = [
        each
        for cell in _cells(row, columns, "coordinating")
        for each in units_in(cell.text, cell.start)
    ]
    for cell in _cells(row, columns, "lead", "both", "does"):
        parted = _BOTH.fullmatch(cell.folded)
        if parted is None:
            leads += [found] if (found := cell.found(0, len(cell.text))) else []
            continue
        leads += [found] if (found := cell.found(*parted.span("lead"))) else []
        start, end = parted.span("help")
        helps += units_in(cell.text[start:end], cell.start + start)
    return leads, helps
