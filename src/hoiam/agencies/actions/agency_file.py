"""Reading a list of agencies from a CSV file, with one sentence for each cell that cannot be used.

Columns: code, name, level, province, parent, valid_from, valid_to, predecessors, districts. Lists inside a cell are
separated by ";". Dates are dd/mm/yyyy (or yyyy-mm-dd).
"""

import csv
import io
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime

from hoiam.agencies.states import Level
from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import fold, nfc, repair, squash

COLUMNS = (
    "code",
    "name",
    "level",
    "province",
    "parent",
    "valid_from",
    "valid_to",
    "predecessors",
    "districts",
)
REQUIRED = ("code", "name", "level", "province")
# How long a cell may be: what the register's columns hold.
ROOM = {"code": 80, "name": 200, "province": 60}
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Headings people write, folded, and the column they mean.
HEADINGS = {
    "ma": "code",
    "ma co quan": "code",
    "ten": "name",
    "ten co quan": "name",
    "cap": "level",
    "tinh": "province",
    "tinh, thanh pho": "province",
    "co quan cap tren": "parent",
    "truc thuoc": "parent",
    "hieu luc tu": "valid_from",
    "tu ngay": "valid_from",
    "hieu luc den": "valid_to",
    "den ngay": "valid_to",
    "tien than": "predecessors",
    "huyen cu": "districts",
    "dia ban": "districts",
} | {name: name for name in COLUMNS}
LEVELS = {fold(nfc(level.label)): level.value for level in Level} | {
    level.value: level.value for level in Level
}
LEVELS |= {"khu vuc": "region", "tinh": "province", "huyen": "district", "trung uong": "centre"}


@dataclass(frozen=True)
class RowProblem:
    """One cell that cannot be used: `row` counts from 1 with the heading line as row 1."""

    row: int
    column: str
    said: str
    sentence: str

    def as_json(self) -> dict[str, object]:
        """For the import's page."""
        return asdict(self)


@dataclass(frozen=True)
class AgencyRow:
    """One agency as a file names it."""

    row: int
    code: str
    name: str
    level: str
    province: str
    parent: str
    valid_from: date | None
    valid_to: date | None
    predecessors: tuple[str, ...]
    districts: tuple[str, ...]


def decode(data: bytes) -> str:
    """The file's text whatever Excel saved it as.

    Raises:
        InvalidInput: the file is no text, or its letters cannot be read.
    """
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise InvalidInput(
            "Đây là tệp Excel hoặc Word. Trong Excel hãy chọn Lưu thành… → CSV UTF-8 rồi tải lại.",
            "file",
        )
    for encoding in (
        ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1258")
    ):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        repaired = repair(text)
        if "\x00" not in text and repaired.problem is None:
            return nfc(repaired.text)
    raise InvalidInput("Không đọc được bảng mã của tệp. Hãy lưu lại thành CSV UTF-8.", "file")


def read(data: bytes) -> tuple[list[AgencyRow], list[RowProblem]]:
    """The rows that can be used and the problems of the others.

    Raises:
        InvalidInput: not a CSV with the columns needed; the sentence names those missing.
    """
    text = decode(data)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InvalidInput(
            "Tệp có dấu ngoặc kép không khép hoặc ô quá dài. Hãy mở bằng Excel rồi lưu lại thành CSV UTF-8.",
            "file",
        ) from error
    lines = [line for line in lines if line] or [[]]
    columns = [HEADINGS.get(fold(squash(cell)), "") for cell in lines[0]]
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise InvalidInput(
            f"Tệp thiếu cột {', '.join(missing)}. Dòng đầu phải là tên cột: {', '.join(COLUMNS)}.",
            "file",
        )
    if not any(cell.strip() for cells in lines[1:] for cell in cells):
        raise InvalidInput("Tệp chỉ có dòng tên cột. Điền ít nhất một cơ quan rồi tải lại.", "file")
    rows: list[AgencyRow] = []
    problems = _unknown(lines[0], columns)
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row, faults = _row(number, dict(zip(columns, cells, strict=False)))
        faults += _surplus(number, cells[len(columns) :])
        row = None if faults else row
        problems += faults
        rows += [row] if row else []
    return rows, problems + _repeated(rows) + _self_named(rows)


def _unknown(headings: list[str], columns: list[str]) -> list[RowProblem]:
    """Headings nobody understands: their cells would be left out without a word."""
    sentence = f"Không hiểu tên cột này. Sửa thành một trong: {', '.join(COLUMNS)}; hoặc xóa cột."
    return [
        RowProblem(1, "", squash(said)[:80], sentence)
        for said, column in zip(headings, columns, strict=True)
        if squash(said) and not column
    ]


def _row(number: int, cells: dict[str, str]) -> tuple[AgencyRow | None, list[RowProblem]]:
    said = {name: squash(cells.get(name, "")) for name in COLUMNS}
    problems = [
        RowProblem(number, name, "", "Ô trống. Nếu tệp có ô gộp, hãy bỏ gộp và điền đủ từng dòng.")
        for name in REQUIRED
        if not said[name]
    ]
    problems += _unfit(number, said)
    level = LEVELS.get(fold(said["level"]), "")
    if said["level"] and not level:
        choices = ", ".join(item.value for item in Level)
        problems.append(
            RowProblem(number, "level", said["level"], f"Cấp phải là một trong: {choices}.")
        )
    dates: dict[str, date | None] = {}
    for name in ("valid_from", "valid_to"):
        dates[name], fault = _date(number, name, said[name])
        problems += fault
    start, end = dates["valid_from"], dates["valid_to"]
    if start and end and end < start:
        problems.append(
            RowProblem(
                number, "valid_to", said["valid_to"], "Ngày hết hiệu lực trước ngày có hiệu lực."
            )
        )
    if level == Level.REGION and not said["parent"]:
        problems.append(
            RowProblem(
                number,
                "parent",
                "",
                "Phòng khu vực phải ghi mã THADS tỉnh quản lý nó, ví dụ thads-ha-noi.",
            )
        )
    if problems:
        return None, problems
    return (
        AgencyRow(
            row=number,
            code=said["code"].lower(),
            name=said["name"],
            level=level,
            province=said["province"],
            parent=said["parent"].lower(),
            valid_from=start,
            valid_to=end,
            predecessors=_list(said["predecessors"].lower()),
            districts=_list(said["districts"]),
        ),
        [],
    )


def _unfit(number: int, said: dict[str, str]) -> list[RowProblem]:
    """Cells that the register has no room for, and codes people could not type again."""
    found = [
        RowProblem(number, name, said[name][:80], f"Dài quá {room} chữ. Hãy rút gọn.")
        for name, room in ROOM.items()
        if len(said[name]) > room
    ]
    if said["code"] and not CODE.fullmatch(said["code"].lower()):
        sentence = "Mã chỉ gồm chữ không dấu, chữ số và gạch nối, ví dụ thads-ha-noi."
        found.append(RowProblem(number, "code", said["code"][:80], sentence))
    return found


def _surplus(number: int, cells: list[str]) -> list[RowProblem]:
    said = " ".join(cell.strip() for cell in cells).strip()
    sentence = "Dòng có nhiều ô hơn số cột. Ô có dấu phẩy phải đặt trong ngoặc kép."
    return [RowProblem(number, "", said[:80], sentence)] if said else []


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (squash(piece) for piece in cell.split(";")) if part)


def _date(number: int, column: str, said: str) -> tuple[date | None, list[RowProblem]]:
    if not said:
        return None, []
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(said, pattern).date(), []  # noqa: DTZ007 -- a civil date has no zone
        except ValueError:
            continue
    return None, [
        RowProblem(
            number,
            column,
            said,
            "Ngày phải viết dd/mm/yyyy, ví dụ 01/07/2025 (không phải số của Excel).",
        )
    ]


def _repeated(rows: list[AgencyRow]) -> list[RowProblem]:
    first: dict[str, int] = {}
    return [
        RowProblem(row.row, "code", row.code, f"Mã này đã có ở dòng {first[row.code]}.")
        for row in rows
        if first.setdefault(row.code, row.row) != row.row
    ]


def _self_named(rows: list[AgencyRow]) -> list[RowProblem]:
    found = []
    for row in rows:
        if row.parent == row.code:
            found.append(
                RowProblem(row.row, "parent", row.parent, "Cơ quan không thể trực thuộc chính nó.")
            )
        if row.code in row.predecessors:
            found.append(
                RowProblem(
                    row.row,
                    "predecessors",
                    row.code,
                    "Cơ quan không thể là tiền thân của chính nó.",
                )
            )
    return found
