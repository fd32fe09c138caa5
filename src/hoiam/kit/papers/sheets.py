"""Plain tables as files to keep: Excel, and text with commas. What a person typed is never run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from hoiam.kit.papers.words import clean_text

Cell = str | int | float | Decimal | None
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME, _LONGEST_CELL = 31, 32_767
_WIDTH = 18.0


def excel_table(
    title: str, labels: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float] = ()
) -> bytes:
    """An .xlsx file of one sheet: the title, a line left free, the head, the rows with their lines broken."""
    book, sheet = _book("Bảng", freeze="A4")
    _set_widths(sheet, widths, len(labels))
    sheet.append([_cell(sheet, title, font=Font(bold=True, size=13))])
    sheet.append([])
    sheet.append([_cell(sheet, label, font=Font(bold=True)) for label in labels])
    broken = Alignment(wrap_text=True, vertical="top")
    for row in rows:
        sheet.append([_cell(sheet, value, alignment=broken) for value in row])
    return _saved(book)


def write_sheet(
    rows: Sequence[Sequence[Cell]],
    *,
    name: str = "Bảng",
    paper: str = "A4",
    first_width: float = 40,
) -> bytes:
    """An .xlsx file of one wide table: first row bold, first row and column kept in sight, printed across A4 or A3.

    >>> write_sheet([["Đơn vị", "Xong"], ["THADS tỉnh Thanh Giang", 5]])[:2]
    b'PK'
    """
    book, sheet = _book(name, freeze="B2")
    _set_widths(sheet, [first_width], 1)
    sheet.page_setup.paperSize = 8 if paper == "A3" else 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for place, row in enumerate(rows):
        style = {"font": Font(bold=True)} if place == 0 else {}
        sheet.append([_cell(sheet, value, **style) for value in row])
    return _saved(book)


def csv_table(labels: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A .csv file as Excel opens it in Viet Nam: with a mark of UTF-8; what Excel would run is made text.

    >>> csv_table(["Tên"], [["=1+1"]]).decode("utf-8-sig").splitlines()
    ['Tên', "'=1+1"]
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(labels)
    writer.writerows([_quiet(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _book(name: str, *, freeze: str) -> tuple[Workbook, Worksheet]:
    book = Workbook(
        write_only=True
    )  # rows are written as they come: 40,000 cells need no tree of cells
    plain = _NOT_IN_A_NAME.sub(" ", name).strip(" '")[:_LONGEST_NAME]
    sheet = book.create_sheet(plain or "Bảng")
    sheet.freeze_panes = freeze
    return book, sheet


def _set_widths(sheet: Worksheet, widths: Sequence[float], columns: int) -> None:
    for at in range(1, columns + 1):
        width = widths[at - 1] if at <= len(widths) else _WIDTH
        sheet.column_dimensions[get_column_letter(at)].width = width


def _cell(sheet: Worksheet, value: Cell, **style: object) -> Any:
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # its stub forgets Decimal
    else:
        cell = WriteOnlyCell(sheet, value=clean_text(value)[:_LONGEST_CELL])
        cell.data_type = "s"  # never a formula, whatever it begins with
    for name, worth in style.items():
        setattr(cell, name, worth)
    return cell


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _quiet(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
