"""The strokes every part is drawn with: a styled paragraph, a short rule, a table, a stamp."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from hoiam.kit.papers.form.settings import form


class Holder(Protocol):
    """What takes paragraphs: a document, a cell, a header."""

    def add_paragraph(self, text: str = "", style: Any = None) -> Paragraph: ...


def element(tag: str, attributes: Mapping[str, str] | None = None) -> Any:
    """A new XML element of the Word vocabulary."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    return made


def put(holder: Holder, text: str, style: str) -> Paragraph:
    """Add one paragraph in a style of the form; `text` becomes letters, never a field."""
    paragraph = holder.add_paragraph()
    # By its id, which the form gives (page.py): by its name python-docx looks through every style, each time.
    paragraph._p.style = style
    if text:
        paragraph.add_run(text)
    _drop_opening_blank(paragraph)
    return paragraph


def put_rule(holder: Holder, length: float, room: float) -> Paragraph:
    """Draw a rule `length` mm long in the middle of a column `room` mm wide."""
    paragraph = put(holder, "", "Rule")
    shape, rule = paragraph.paragraph_format, form()["rule"]
    side = max(room - length, 0) / 2
    shape.left_indent = shape.right_indent = Mm(side)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(rule["height"])
    shape.space_before = Pt(3)
    border = element("w:pBdr")
    line = {"w:val": "single", "w:sz": str(rule["eighths_of_point"]), "w:space": "0"}
    border.append(element("w:top", {**line, "w:color": "000000"}))
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )
    return paragraph


def lay_table(table: Table, widths: Sequence[float], *, lines: bool, padding: float = 0) -> None:
    """Fix the column widths (mm); with or without lines; `padding` is left and right of a cell."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    properties = table._tbl.tblPr
    properties.append(_borders(lines=lines))
    properties.append(element("w:tblLayout", {"w:type": "fixed"}))
    properties.append(_margins(padding))
    _order(properties)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table._tbl.tr_lst:
        size_row(row, widths)


def size_row(row: Any, widths: Sequence[float]) -> None:
    """Write the column widths on a row, as Word wants them on every cell."""
    for cell, width in zip(row.tc_lst, widths, strict=True):
        cell.width = Length(Mm(width))


def keep_row(row: _Row) -> None:
    """Keep the row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def put_stamp(cell: _Cell, urgency: str) -> None:
    """Draw the stamp of urgency (độ khẩn) in red, at its legal size."""
    width, height = form()["stamps"][urgency]
    put(cell, "", "Spacer")
    table = cell.add_table(1, 1)
    lay_table(table, [width], lines=True)
    row = table.rows[0]
    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.EXACTLY
    inner = table.cell(0, 0)
    inner._tc.get_or_add_tcPr().append(element("w:vAlign", {"w:val": "center"}))
    paragraph = put(inner, urgency, "Stamp")
    red = element("w:color", {"w:val": form()["red"]})
    paragraph.runs[0]._r.get_or_add_rPr().append(red)
    for line in table._tbl.tblPr.xpath("./w:tblBorders/*"):
        line.set(qn("w:color"), form()["red"])
    # Word asks for a paragraph after a table inside a cell, and python-docx has put one there.
    cell.paragraphs[-1].style = form()["styles"]["Spacer"]["name"]


_OPENING_STYLES = ("Header", "Footer")


def _drop_opening_blank(paragraph: Paragraph) -> None:
    """Drop the empty paragraph every new cell and header opens with."""
    holder: Any = paragraph._p.getparent()
    before: Any = paragraph._p.getprevious()
    if before is None or before.tag != qn("w:p") or holder.tag == qn("w:body"):
        return
    if len(before) == 0 or before.style in _OPENING_STYLES:
        holder.remove(before)


def _borders(*, lines: bool) -> Any:
    borders = element("w:tblBorders")
    kind = "single" if lines else "nil"
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = {"w:val": kind, "w:sz": "4", "w:space": "0", "w:color": "000000"}
        borders.append(element(f"w:{side}", border))
    return borders


def _margins(padding: float) -> Any:
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        width = str(round(padding * 1440 / 25.4))
        margins.append(element(f"w:{side}", {"w:w": width, "w:type": "dxa"}))
    return margins


_TABLE_ORDER = ("tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook")


def _order(properties: Any) -> None:
    """Put a table's properties in the order of the schema, one of each: Word refuses others."""
    by_tag = {child.tag: child for child in properties}
    for child in list(properties):
        properties.remove(child)
    for name in _TABLE_ORDER:
        if qn(f"w:{name}") in by_tag:
            properties.append(by_tag[qn(f"w:{name}")])
