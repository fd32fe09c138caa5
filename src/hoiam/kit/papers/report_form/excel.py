"""The form as an Excel file, and what a filled one says.

Text and figures stand on the first sheet, each table on its own, and a hidden sheet carries the code of the form. A
formula is taken by the value Excel kept for it and is named; what cannot be read keeps the whole file out.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from hoiam.kit.papers.errors import PaperError
from hoiam.kit.papers.report_form.checking import answer, day_of
from hoiam.kit.papers.report_form.faults import BROKEN, NotThisForm, check_mark
from hoiam.kit.papers.report_form.model import (
    DATE,
    FIGURE,
    NUMBER,
    TABLE,
    TEXT,
    Content,
    FormReading,
    FormSection,
    FormSpec,
    Problems,
    TaskLine,
)
from hoiam.kit.papers.report_form.rows import cell_text, opening_rows, told_rows
from hoiam.kit.vietnamese import read_number, show_date, show_number

MAIN, HIDDEN = "Báo cáo", "_ma"
_HEAD, _FIRST, _TABLE_HEAD = 5, 6, 4
_LONGEST_CELL = 32_767  # what one cell of Excel holds
_MOST_ROWS = 2_000
_LARGEST_SHEET = 40 * 1024 * 1024  # unpacked; a filled form is a thousandth of it
_BROKEN = "Không đọc được tệp Excel này: tệp hỏng hoặc có mật khẩu. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi tải lên."
_INK = PatternFill("solid", fgColor="DDE5F0")


def write_excel_form(
    spec: FormSpec, content: Content, *, unit: str = "", tasks: Sequence[TaskLine] = ()
) -> bytes:
    """The form as an .xlsx file, with what is answered already.

    Raises:
        PaperError: an answer is longer than a cell of Excel can hold.
    """
    book = Workbook()
    main = book.worksheets[0]
    main.title = MAIN
    for place, text in enumerate((spec.title, unit, spec.due), start=1):
        _put(main, place, 1, text).font = Font(bold=place == 1)
    _head(main, _HEAD, ["Mã", "Nội dung yêu cầu", "Trả lời", "Đơn vị tính"], [14, 50, 80, 14])
    for place, section in enumerate(spec.typed()):
        row = _FIRST + place
        _put(main, row, 1, section.key).font = Font(color="808080", size=8)
        hint = f"\n({section.help})" if section.help else ""
        _put(main, row, 2, f"{section.title}{hint}")
        _put(main, row, 4, section.unit)
        if section.kind == TABLE:
            _put(main, row, 3, f"(điền ở trang tính “{_sheet(spec, section)}”)")
            _put_table(book, spec, section, content, tasks)
        else:
            _put(main, row, 3, answer(content, section.key), numeric=section.kind == FIGURE)
    hidden = book.create_sheet(HIDDEN)
    hidden.sheet_state = "veryHidden"
    _put(hidden, 1, 1, spec.mark)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _sheet(spec: FormSpec, section: FormSection) -> str:
    tables = [each.key for each in spec.typed() if each.kind == TABLE]
    return f"Bảng {tables.index(section.key) + 1}"


def _head(sheet: Any, row: int, labels: Sequence[str], widths: Sequence[float]) -> None:
    for place, (label, width) in enumerate(zip(labels, widths, strict=True), start=1):
        cell = _put(sheet, row, place, label)
        cell.font, cell.fill = Font(bold=True), _INK
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = sheet.cell(row + 1, 1)


def _put(sheet: Any, row: int, column: int, text: str, *, numeric: bool = False) -> Any:
    shown = cell_text(text)
    if len(shown) > _LONGEST_CELL:
        raise PaperError(
            "Có mục dài hơn một ô Excel giữ được (32.767 ký tự). Hãy dùng mẫu Word cho báo cáo này."
        )
    cell = sheet.cell(row, column)
    number = read_number(shown) if numeric else None
    cell.value = number if number is not None else shown or None
    if number is None and shown:
        cell.data_type = "s"  # "=…" typed by a person is text, never a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _put_table(
    book: Workbook,
    spec: FormSpec,
    section: FormSection,
    content: Content,
    tasks: Sequence[TaskLine],
) -> None:
    sheet = book.create_sheet(_sheet(spec, section))
    _put(sheet, 1, 1, section.title).font = Font(bold=True)
    _put(sheet, 2, 1, section.help)
    labels = [column.label for column in section.columns]
    _head(sheet, _TABLE_HEAD, labels, [max(12, column.width / 2) for column in section.columns])
    for place, row in enumerate(opening_rows(section, content, tasks), start=_TABLE_HEAD + 1):
        for at, column in enumerate(section.columns, start=1):
            _put(sheet, place, at, row.get(column.name, ""), numeric=column.kind == NUMBER)


def read_excel_form(spec: FormSpec, data: bytes) -> FormReading:
    """What a filled .xlsx form says.

    Raises:
        NotThisForm: it is not a form of this round, or something in it cannot be read; nothing is taken.
    """
    formulas, values = _open(data)
    check_mark(_mark_of(values), spec.mark)
    problems, notices, content = Problems(), list[str](), dict[str, Any]()
    if MAIN not in values.sheetnames:
        raise NotThisForm([_no_sheet(MAIN)])
    reader = _Reader(problems, notices)
    _read_main(spec, formulas[MAIN], values[MAIN], reader, content)
    for section in spec.typed():
        if section.kind == TABLE:
            name = _sheet(spec, section)
            if name not in values.sheetnames:
                problems.add(_no_sheet(name))
                continue
            content[section.key] = _read_table(section, formulas[name], values[name], reader)
    if problems.found:
        raise NotThisForm(problems.found)
    return FormReading(content, tuple(notices))


def _no_sheet(name: str) -> str:
    return (
        f"Thiếu trang tính “{name}”. Hãy dùng đúng tệp mẫu, không xóa và không đổi tên trang tính."
    )


def _open(data: bytes) -> tuple[Any, Any]:
    """The workbook with its formulas, and the one with the values Excel kept for them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST_SHEET:
                raise NotThisForm(
                    [
                        "Tệp Excel quá lớn cho một báo cáo. Hãy chép nội dung vào tệp mẫu mới rồi tải lên."
                    ]
                )
        return (load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(data), data_only=True))
    except NotThisForm:
        raise
    except (InvalidFileException, *BROKEN) as error:
        raise NotThisForm([_BROKEN]) from error


def _mark_of(book: Any) -> str:
    return str(book[HIDDEN].cell(1, 1).value or "") if HIDDEN in book.sheetnames else ""


class _Reader:
    """Reads single cells: their value in the form's own writing, and what is to be said of them."""

    def __init__(self, problems: Problems, notices: list[str]) -> None:
        self.problems, self.notices = problems, notices

    def read(self, formula: Any, value: Any, kind: str) -> str:
        """The cell as text; figures as Vietnamese papers write them, dates as dd/mm/yyyy."""
        where = f"Ô {value.coordinate}, trang tính “{value.parent.title}”"
        if formula.data_type == "f":
            if value.value is None:
                self.problems.add(
                    f"{where} là công thức chưa có kết quả. Hãy mở bằng Excel rồi lưu lại, hoặc gõ thẳng con số."
                )
                return ""
            self.notices.append(f"{where} là công thức; đã lấy kết quả “{_plain(value.value)}”.")
        if value.data_type == "e":
            self.problems.add(f"{where} đang báo lỗi {value.value}. Hãy sửa công thức hoặc gõ số.")
            return ""
        return self._of_kind(value.value, kind, where)

    def _of_kind(self, raw: Any, kind: str, where: str) -> str:
        text = _plain(raw)
        if not text:
            return ""
        if kind in (NUMBER, FIGURE) and read_number(text) is None:
            what = "là ngày" if isinstance(raw, date) else f"ghi “{text[:40]}”"
            self.problems.add(f"{where} {what}, không phải một con số. Viết như 1.234 hoặc 12,5.")
        if kind == DATE and day_of(text) is None:
            self.problems.add(
                f"{where} ghi “{text[:40]}” không đọc được là ngày. Viết như 05/04/2026."
            )
        return text


def _plain(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "Có" if raw else "Không"
    if isinstance(raw, datetime | date):
        return show_date(raw.date() if isinstance(raw, datetime) else raw)
    if isinstance(raw, int | float | Decimal):
        return show_number(Decimal(str(raw)))
    return cell_text(str(raw))


def _read_main(
    spec: FormSpec, formulas: Any, values: Any, reader: _Reader, content: dict[str, Any]
) -> None:
    places = {str(values.cell(row, 1).value or "").strip(): row for row in _rows(values, _FIRST)}
    merged = _merged(values, _FIRST)
    if merged:
        reader.problems.add(_merged_words(values, merged))
    for section in spec.typed():
        row = places.get(section.key)
        if row is None:
            reader.problems.add(
                f"Trang tính “{MAIN}” không còn dòng của mục “{section.title}” (mã {section.key}). "
                "Hãy giữ nguyên cột Mã của mẫu."
            )
        elif section.kind in (TEXT, FIGURE):
            content[section.key] = reader.read(
                formulas.cell(row, 3), values.cell(row, 3), section.kind
            )


def _rows(sheet: Any, first: int) -> Iterator[int]:
    return iter(range(first, min(sheet.max_row, first + _MOST_ROWS) + 1))


def _merged(sheet: Any, first: int) -> str:
    """The first merged range that reaches into the part people fill, "" when none does."""
    return next((str(r) for r in sheet.merged_cells.ranges if r.max_row >= first), "")


def _merged_words(sheet: Any, merged: str) -> str:
    return f"Trang tính “{sheet.title}” có ô gộp {merged}. Hãy bỏ gộp ô rồi tải lại."


def _read_table(
    section: FormSection, formulas: Any, values: Any, reader: _Reader
) -> list[dict[str, str]]:
    merged = _merged(values, _TABLE_HEAD)
    if merged:
        reader.problems.add(_merged_words(values, merged))
        return []
    heads = {
        cell_text(str(cell.value or "")).casefold(): cell.column for cell in values[_TABLE_HEAD]
    }
    places = {c.name: heads.get(cell_text(c.label).casefold()) for c in section.columns}
    for column in section.columns:
        if places[column.name] is None:
            reader.problems.add(
                f"Trang tính “{values.title}” không còn cột “{column.label}” ở dòng {_TABLE_HEAD}. "
                "Hãy giữ nguyên dòng đầu của bảng."
            )
            return []
    if values.max_row > _TABLE_HEAD + _MOST_ROWS:
        reader.problems.add(f"Trang tính “{values.title}” có hơn 2.000 dòng. Hãy bỏ các dòng thừa.")
        return []
    rows = [
        {
            c.name: reader.read(
                formulas.cell(at, places[c.name]), values.cell(at, places[c.name]), c.kind
            )
            for c in section.columns
        }
        for at in _rows(values, _TABLE_HEAD + 1)
    ]
    return told_rows(section, rows)
