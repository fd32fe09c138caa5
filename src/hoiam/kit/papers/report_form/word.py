"""The form as a Word file, and what a filled one says.

Each section opens with a heading that ends with its code in ⟦…⟧. Text is written below the heading; figures and tables
stand in tables. The code of the form is in the file's properties and in its last line.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from hoiam.kit.papers.form.ink import lay_table, put, size_row
from hoiam.kit.papers.form.page import new_document
from hoiam.kit.papers.form.settings import text_width
from hoiam.kit.papers.pack import pack
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
from hoiam.kit.vietnamese import read_number

_CODE = re.compile(r"⟦([^⟦⟧]+)⟧\s*$")
_MARK = re.compile(r"DBC-[\w]+-[0-9A-F]{6}")
_LARGEST = 40 * 1024 * 1024
_BROKEN = "Không đọc được tệp Word này: tệp hỏng hoặc có mật khẩu. Hãy mở bằng Word, lưu lại dạng .docx rồi tải lên."
_BLANK_ROWS = 3
HOW = "Điền vào chỗ trống dưới mỗi đề mục và trong bảng. Giữ nguyên đề mục cùng mã nhỏ trong ngoặc ⟦ ⟧ ở cuối: tệp tải lên được đọc theo mã."


def write_word_form(
    spec: FormSpec, content: Content, *, unit: str = "", tasks: Sequence[TaskLine] = ()
) -> bytes:
    """The form as a .docx file, with what is answered already."""
    document = new_document(draft=False)
    put(document, spec.title.upper(), "Subject")
    for line in (unit, spec.due):
        if line:
            put(document, line, "AnnexSource")
    put(document, HOW, "Note")
    for place, section in enumerate(spec.typed(), start=1):
        _heading(document, f"{place}. {section.title}", section.key)
        if section.help:
            put(document, section.help, "Note")
        _WRITERS[section.kind](document, section, content, tasks)
    _small(document, f"Mã mẫu: {spec.mark} (không xóa dòng này)")
    document.core_properties.keywords = spec.mark
    return pack(document, title=spec.title, author=unit or spec.title, day=None)


def _heading(document: Paper, title: str, key: str) -> None:
    paragraph = put(document, f"{cell_text(title)} ", "Heading")
    _grey(paragraph.add_run(f"⟦{key}⟧"))


def _grey(run: Any) -> None:
    run.font.size, run.font.bold = Pt(8), False
    run.font.color.rgb = RGBColor(0x80, 0x80, 0x80)


def _small(document: Paper, text: str) -> None:
    _grey(put(document, "", "Cell").add_run(text))


def _write_text(
    document: Paper, section: FormSection, content: Content, tasks: Sequence[TaskLine]
) -> None:
    for line in cell_text(answer(content, section.key)).split("\n"):
        put(document, line, "Body")


def _write_figure(
    document: Paper, section: FormSection, content: Content, tasks: Sequence[TaskLine]
) -> None:
    row = {"value": answer(content, section.key)}
    _table(document, [f"Số liệu{f' ({section.unit})' if section.unit else ''}"], [[row["value"]]])


def _write_table(
    document: Paper, section: FormSection, content: Content, tasks: Sequence[TaskLine]
) -> None:
    rows = opening_rows(section, content, tasks)
    rows += [{} for _ in range(0 if section.per_task else _BLANK_ROWS)]
    cells = [[row.get(column.name, "") for column in section.columns] for row in rows]
    labels = [column.label for column in section.columns]
    _table(document, labels, cells, [column.width for column in section.columns])


_WRITERS = {TEXT: _write_text, FIGURE: _write_figure, TABLE: _write_table}


def _table(
    document: Paper,
    labels: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float] = (1,),
) -> None:
    """A table of the width of the text, each column with its share of it."""
    table = document.add_table(1, len(labels))
    widths = [text_width() * share / sum(shares) for share in shares]
    lay_table(table, widths, lines=True, padding=1.5)
    for cell, label in zip(table.rows[0].cells, labels, strict=True):
        put(cell, label, "CellHeading")
    for row in rows:
        added = table.add_row()
        size_row(added._tr, widths)
        for cell, text in zip(added.cells, row, strict=True):
            for line in cell_text(text).split("\n"):
                put(cell, line, "Cell")
    put(document, "", "Spacer")


def read_word_form(spec: FormSpec, data: bytes) -> FormReading:
    """What a filled .docx form says.

    Raises:
        NotThisForm: it is not a form of this round, or something in it cannot be read; nothing is taken.
    """
    document = _open(data)
    check_mark(_mark_of(document), spec.mark)
    problems, content = Problems(), dict[str, Any]()
    found = dict(_by_code(document))
    for section in spec.typed():
        if section.key not in found:
            problems.add(
                f"Không còn đề mục “{section.title}” (mã ⟦{section.key}⟧) của mẫu. "
                "Hãy giữ nguyên các đề mục và mã ở cuối đề mục."
            )
            continue
        content[section.key] = _READERS[section.kind](section, found[section.key], problems)
    if problems.found:
        raise NotThisForm(problems.found)
    return FormReading(content)


def _open(data: bytes) -> Paper:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            too_large = sum(part.file_size for part in archive.infolist()) > _LARGEST
        if not too_large:
            return Document(io.BytesIO(data))
    except BROKEN as error:
        raise NotThisForm([_BROKEN]) from error
    raise NotThisForm(
        ["Tệp Word quá lớn cho một báo cáo. Hãy bỏ ảnh trong tệp và tải riêng ở phần kèm theo."]
    )


def _mark_of(document: Paper) -> str:
    kept = _MARK.search(document.core_properties.keywords or "")
    if kept is None:
        lines = " ".join(p.text for p in document.paragraphs[-3:])
        kept = _MARK.search(lines)
    return kept[0] if kept else ""


Piece = Paragraph | Table


def _by_code(document: Paper) -> Iterator[tuple[str, list[Piece]]]:
    """What stands under each coded heading, in order; what stands before the first one is left aside."""
    key, pieces = "", list[Piece]()
    for piece in document.iter_inner_content():
        code = _CODE.search(piece.text) if isinstance(piece, Paragraph) else None
        if code:
            if key:
                yield key, pieces
            key, pieces = code[1].strip(), []
        else:
            pieces.append(piece)
    if key:
        yield key, pieces


def _read_text(section: FormSection, pieces: Sequence[Piece], problems: Problems) -> str:
    lines = []
    for piece in pieces:
        if isinstance(piece, Table):
            lines += [" | ".join(cell.text.strip() for cell in row.cells) for row in piece.rows]
        elif piece.text.strip() != section.help.strip() and not _MARK.search(piece.text):
            lines.append(piece.text)
    return cell_text("\n".join(lines))


def _read_figure(section: FormSection, pieces: Sequence[Piece], problems: Problems) -> str:
    table = next((piece for piece in pieces if isinstance(piece, Table)), None)
    if table is None or len(table.rows) < 2:
        problems.add(f"Mục “{section.title}” không còn ô số liệu của mẫu.")
        return ""
    text = cell_text(table.rows[1].cells[0].text)
    if text and read_number(text) is None:
        problems.add(
            f"Mục “{section.title}” ghi “{text[:40]}”, không phải một con số. Viết như 1.234 hoặc 12,5."
        )
    return text


def _read_table(
    section: FormSection, pieces: Sequence[Piece], problems: Problems
) -> list[dict[str, str]]:
    tables = [piece for piece in pieces if isinstance(piece, Table)]
    if not tables:
        problems.add(f"Mục “{section.title}” không còn bảng của mẫu.")
        return []
    rows: list[dict[str, str]] = []
    # A table that Word broke in two stays one table for its reader.
    for table in tables:
        if _is_merged(table):
            problems.add(f"Bảng “{section.title}” có ô gộp. Hãy bỏ gộp ô rồi tải lại.")
            return []
        rows += _rows(section, table, problems)
    return told_rows(section, rows)


def _is_merged(table: Table) -> bool:
    spans = table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge"), qn("w:hMerge"))
    return any(
        span.tag != qn("w:gridSpan") or span.get(qn("w:val")) not in (None, "1") for span in spans
    )


def _rows(section: FormSection, table: Table, problems: Problems) -> Iterator[dict[str, str]]:
    labels = [column.label for column in section.columns]
    for place, row in enumerate(table.rows):
        texts = [cell_text(cell.text) for cell in row.cells]
        if len(texts) != len(labels):
            problems.add(
                f"Bảng “{section.title}” có {len(texts)} cột ở dòng {place + 1}; mẫu có {len(labels)} cột."
            )
            return
        if [t.casefold() for t in texts] == [cell_text(label).casefold() for label in labels]:
            continue
        given = dict(zip((c.name for c in section.columns), texts, strict=True))
        for column in section.columns:
            _check_kind(section, column.kind, column.label, given[column.name], place, problems)
        yield given


def _check_kind(
    section: FormSection, kind: str, label: str, text: str, place: int, problems: Problems
) -> None:
    if not text:
        return
    where = f"Bảng “{section.title}”, dòng {place}, cột “{label}” ghi “{text[:40]}”"
    if kind == NUMBER and read_number(text) is None:
        problems.add(f"{where}, không phải một con số. Viết như 1.234 hoặc 12,5.")
    if kind == DATE and day_of(text) is None:
        problems.add(f"{where}, không đọc được là ngày. Viết như 05/04/2026.")


_READERS: dict[str, Any] = {TEXT: _read_text, FIGURE: _read_figure, TABLE: _read_table}
