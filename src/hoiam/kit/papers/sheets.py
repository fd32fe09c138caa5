"""Plain tables as files to keep: Excel, and text with commas."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from hoiam.kit.papers.words import clean_text

Cell = str | int | Decimal | None
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def excel_table(
    title: str, labels: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float] = ()
) -> bytes:
    """An .xlsx file of one sheet; text that looks like a formula stays text, figures stay figures."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Bảng"
    sheet.cell(1, 1, title).font = Font(bold=True, size=13)
    for at, label in enumerate(labels, start=1):
        sheet.cell(3, at, label).font = Font(bold=True)
        width = widths[at - 1] if at <= len(widths) else 18
        sheet.column_dimensions[get_column_letter(at)].width = width
    for place, row in enumerate(rows, start=4):
        for at, value in enumerate(row, start=1):
            cell = sheet.cell(place, at)
            cell.value = clean_text(value) if isinstance(value, str) else value
            if isinstance(value, str) and value:
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A4"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def csv_table(labels: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A .csv file as Excel opens it in Viet Nam: with a mark of UTF-8; what Excel would run is made text.

    >>> csv_table(["Tên"], [["=1+1"]]).decode("utf-8-sig").splitlines()
    ['Tên', "'=1+1"]
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(labels)
    writer.writerows([_quiet(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _quiet(value: Cell) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
