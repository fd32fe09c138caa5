"""A file of rows, CSV or JSON, whatever program saved it: heading names and cells as text."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hoiam.agencies.actions.agency_file import decode
from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import squash
from hoiam.monitoring.actions.uploads.columns import limits, wrappers

EMPTY = "Tệp không có dòng nào. Dòng đầu là tên cột, mỗi dòng sau là một bài."
TOO_MANY = "Tệp có hơn {most} dòng. Hãy chia thành nhiều tệp nhỏ."
BAD_JSON = "Tệp JSON hỏng ở dòng {line}. Hãy xuất lại tệp rồi tải lên."
NOT_ROWS = "Tệp JSON phải là danh sách các đối tượng, mỗi đối tượng một dòng."
UNCLOSED = (
    "Tệp có dấu ngoặc kép không khép hoặc ô quá dài. Hãy mở bằng Excel rồi lưu lại thành CSV UTF-8."
)


@dataclass(frozen=True)
class TableRow:
    """One row by its number in the file (the heading line is 1), its cells by heading, and cells beyond the last heading."""

    number: int
    cells: Mapping[str, str]
    surplus: str = ""


@dataclass(frozen=True)
class Table:
    """The headings in their order and the rows that hold something."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read_table(data: bytes) -> Table:
    """The file as rows of text cells.

    Raises:
        InvalidInput: at the field "file": not CSV or JSON, unreadable letters, no rows, or too many.
    """
    text = decode(data)
    table = _of_json(text) if text.lstrip()[:1] in ("[", "{") else _of_csv(text)
    most = limits()["rows"]
    if not table.rows:
        raise InvalidInput(EMPTY, "file")
    if len(table.rows) > most:
        raise InvalidInput(TOO_MANY.format(most=f"{most:,}".replace(",", ".")), "file")
    return table


def _of_csv(text: str) -> Table:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InvalidInput(UNCLOSED, "file") from error
    columns = tuple(squash(cell) for cell in lines[0]) if lines else ()
    rows = [
        TableRow(
            number,
            dict(zip(columns, (cell.strip() for cell in cells), strict=False)),
            " ".join(cells[len(columns) :]).strip(),
        )
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    return Table(columns, tuple(rows))


def _of_json(text: str) -> Table:
    listed = _listed(text)
    if not all(isinstance(one, dict) for one in listed):
        raise InvalidInput(NOT_ROWS, "file")
    rows = tuple(
        TableRow(number, cells)
        for number, one in enumerate(listed, start=1)
        if any((cells := _flat(one)).values())
    )
    columns = dict.fromkeys(name for row in rows for name in row.cells)
    return Table(tuple(columns), rows)


def _listed(text: str) -> list[Any]:
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return _by_line(text)
    if isinstance(value, dict):
        held = next((value[name] for name in wrappers() if isinstance(value.get(name), list)), None)
        value = held if held is not None else [value]
    return value if isinstance(value, list) else [value]


def _by_line(text: str) -> list[Any]:
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except (json.JSONDecodeError, RecursionError):
                raise InvalidInput(BAD_JSON.format(line=number), "file") from None
    return rows


def _flat(one: Mapping[str, Any]) -> dict[str, str]:
    """Cells as text; one level of objects inside becomes "from.name"."""
    cells: dict[str, str] = {}
    for name, value in one.items():
        inner = value.items() if isinstance(value, dict) else ()
        cells.update({f"{name}.{key}": _word(part) for key, part in inner})
        if not isinstance(value, dict):
            cells[squash(name)] = _word(value)
    return cells


def _word(value: object) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value).strip()
