"""Tables of periodic reports (kỳ báo cáo, hạn gửi, nơi nhận): each row with a day or a rhythm asks for a report."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from hoiam.kit.papers.reading.dates import DAY, day_of, due_in
from hoiam.kit.papers.reading.sheet import Grid, Line, Sheet, Table
from hoiam.kit.papers.reading.values import Due, Found, Obligation
from hoiam.kit.vietnamese import fold

_HEADER_ROWS = 3
_LONGEST_HEADING = 90
# What a column holds, by its heading without marks, in the order they are tried.
_KINDS = (
    ("due", re.compile(r"(?:thoi )?han (?:cuoi )?(?:phai )?(?:gui|nop|bao cao)\b|(?:thoi (?:gian|diem|han)|ngay|moc) (?:phai )?(?:gui|nop)\b|han chot")),
    ("who", re.compile(r"(?:don vi|co quan|doi tuong|to chuc|noi|ben) (?:phai |chiu trach nhiem |thuc hien )?(?:bao cao|gui|lap|thuc hien|nop)\b|chu the bao cao")),
    ("to", re.compile(r"(?:noi|don vi|co quan|dia chi) (?:tiep )?nhan\b|gui (?:ve|den|cho)\b|noi gui den")),
    ("channel", re.compile(r"(?:hinh thuc|phuong thuc|cach thuc|kenh) (?:gui|bao cao|nop)|^hinh thuc$|^phuong thuc$")),
    ("what", re.compile(r"(?:ten|loai|noi dung|danh muc|cac|ky|che do)?[ /]*(?:loai |ky )?(?:bao cao|bieu(?: mau)?|ho so)\b")),
)  # fmt: skip
_PERIOD = re.compile(r"(?:ky|chu ky|thoi ky|dinh ky|tan suat)\b")
_NOTHING = re.compile(r"[\W_]*|(?:nt|nhu tren)\W*")
Columns = dict[str, int]


def columns_of(rows: Sequence[Sequence[str]]) -> tuple[Columns, int] | None:
    """The columns of a table of reports and how many rows its heading takes; None when it is no such table.

    Args:
        rows: the cells' words without marks.
    """
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        found: Columns = {}
        for column, heading in enumerate(row):
            kind = _kind_of(heading)
            # "Kỳ báo cáo" beside "Tên báo cáo" only tells the period; alone it names the report.
            if kind == "what" and _PERIOD.match(heading.strip()) and _names_later(row, column):
                continue
            if kind is not None:
                found.setdefault(kind, column)
        if {"due", "what"} <= set(found):
            return found, at + 1
    return None


def _kind_of(heading: str) -> str | None:
    said = " ".join(heading.split()).strip(" .:*")
    if not said or len(said) > _LONGEST_HEADING:
        return None
    return next((kind for kind, shape in _KINDS if shape.match(said)), None)


def _names_later(row: Sequence[str], column: int) -> bool:
    others = (each for at, each in enumerate(row) if at != column)
    return any(_kind_of(each) == "what" and not _PERIOD.match(each.strip()) for each in others)


def is_report_grid(grid: Grid) -> bool:
    """Whether a table of a file is one of reports to send."""
    return columns_of([[fold(box.text) for box in row] for row in grid[:_HEADER_ROWS]]) is not None


def table_obligations(sheet: Sheet) -> list[Obligation]:
    """What the rows of every such table ask, in order."""
    return [each for table in sheet.tables for each in _asked(table)]


def _asked(table: Table) -> Iterator[Obligation]:
    known = columns_of([[cell.folded for cell in row] for row in table.rows])
    if known is None:
        return
    columns, depth = known
    for row in table.rows[depth:]:
        what, due = _found(row, columns, "what"), _due(row, columns)
        if what is None or due is None:
            continue
        yield Obligation(
            _found(row, columns, "who"),
            what,
            due,
            _found(row, columns, "to"),
            _found(row, columns, "channel"),
        )


def _cell(row: Sequence[Line], columns: Columns, kind: str) -> Line | None:
    at = columns.get(kind, len(row))
    cell = row[at] if at < len(row) else None
    return None if cell is None or _NOTHING.fullmatch(cell.folded) else cell


def _found(row: Sequence[Line], columns: Columns, kind: str) -> Found[str] | None:
    cell = _cell(row, columns, kind)
    return cell.found(0, len(cell.text)) if cell else None


def _due(row: Sequence[Line], columns: Columns) -> Due | None:
    """The last day to send: a day alone under "Hạn gửi" is the last one; other words stay as they are."""
    cell = _cell(row, columns, "due")
    words = cell.found(0, len(cell.text)) if cell else None
    if cell is None or words is None:
        return None
    told = due_in(cell.text, cell.folded, cell.start)
    if told is not None:
        return told.due
    day = _day(cell)
    return Due(words, day, "by") if day else Due(words)


def _day(cell: Line) -> date | None:
    found = DAY.search(cell.folded)
    return day_of(found) if found else None
