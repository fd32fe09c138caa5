"""The body: addressees, legal bases, paragraphs and tables (ô 6, 9a)."""

from collections.abc import Callable, Mapping, Sequence

from docx.document import Document as Paper
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from hoiam.kit.papers.draft import Block
from hoiam.kit.papers.form.ink import element, keep_row, lay_table, put, size_row
from hoiam.kit.papers.form.settings import form, words
from hoiam.kit.papers.kinds import Column

_NUMBER_COLUMN = 12.0
_ROW_KEPT = 900  # a cell of more characters may need a page of its own, so its row may break
_ENDS = " ;,.:"


def put_addressees(document: Paper, addressees: Sequence[str]) -> None:
    """Kính gửi: one addressee on the line; several below it, "- …;" and a full stop at the last."""
    if len(addressees) == 1:
        put(document, f"{words('addressees')} {addressees[0].rstrip(_ENDS)}", "Addressee")
        return
    put(document, words("addressees"), "Addressees")
    for line in _listed(addressees):
        put(document, f"- {line}", "AddresseeItem")


def put_legal_bases(document: Paper, bases: Sequence[str]) -> None:
    """Căn cứ: one a line, ";" after each and a full stop after the last."""
    for line in _listed(bases):
        put(document, line, "LegalBasis")


def put_blocks(
    document: Paper, blocks: Sequence[Block], drawings: Mapping[str, Callable[[Paper], None]]
) -> None:
    """Draw the paragraphs of a body, and where a table's marker stands its drawing; the last paragraph stays with the signature."""
    last: Paragraph | None = None
    for block in blocks:
        if block.table:
            drawings[block.table](document)
            last = None
        else:
            last = put(document, block.text, block.style)
    if last is not None:
        last.paragraph_format.keep_with_next = True


def put_table(
    document: Paper, columns: Sequence[Column], rows: Sequence[Mapping[str, str]]
) -> None:
    """Draw a numbered table whose head row comes back on every page."""
    put_lines_table(
        document,
        [column.label for column in columns],
        [column.style for column in columns],
        [_NUMBER_COLUMN, *(column.width for column in columns)],
        [[row[column.name] for column in columns] for row in rows],
    )


def put_lines_table(
    document: Paper,
    labels: Sequence[str],
    styles: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
) -> None:
    """Draw a numbered table of plain rows; `widths` (mm) begins with the column of numbers."""
    put(document, "", "Spacer").paragraph_format.keep_with_next = True
    table = document.add_table(1, len(labels) + 1)
    lay_table(table, widths, lines=True, padding=1.5)
    for cell, label in zip(table.rows[0].cells, ["TT", *labels], strict=True):
        put(cell, label, "CellHeading")
    keep_row(table.rows[0])
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for place, row in enumerate(rows, start=1):
        added = table.add_row()
        size_row(added._tr, widths)
        if max(map(len, row)) < _ROW_KEPT:
            keep_row(added)
        cells = added.cells
        put(cells[0], str(place), "CellNumber")
        for cell, text, style in zip(cells[1:], row, styles, strict=True):
            for line in text.split("\n"):
                put(cell, line, style)
    put(document, "", "Spacer")


def put_opinion_box(document: Paper) -> None:
    """Draw the box where the head writes an opinion on a briefing sheet (phiếu trình)."""
    opinion = form()["opinion"]
    put(document, "", "Spacer")
    table = document.add_table(1, 1)
    lay_table(table, [sum(form()["columns"]["foot"])], lines=True, padding=2)
    keep_row(table.rows[0])
    cell = table.cell(0, 0)
    put(cell, opinion["heading"], "BoxHeading")
    put(cell, opinion["choices"], "Box")
    put(cell, opinion["signed"], "Box").paragraph_format.space_before = Pt(opinion["height"])
    put(document, "", "Rule")


def _listed(items: Sequence[str]) -> tuple[str, ...]:
    """Items ending ";", the last ending "."."""
    bare = [item.removeprefix("- ").rstrip(_ENDS) for item in items]
    return (*(f"{item};" for item in bare[:-1]), *(f"{item}." for item in bare[-1:]))
