"""An empty document with the page, the styles and the page numbers of the form."""

import io
from functools import cache
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section, _Header
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from hoiam.kit.papers.form.ink import element, put
from hoiam.kit.papers.form.settings import form, words

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def new_document(*, draft: bool, contact: str = "") -> Paper:
    """An empty document in the form; a draft says so at the top of its first page."""
    document = Document(io.BytesIO(_blank()))
    section = document.sections[0]
    if draft:
        put(section.first_page_header, words("draft"), "DraftMark")
    if contact:
        put(section.first_page_footer, contact, "Contact")
    return document


@cache
def _blank() -> bytes:
    """The page, its numbers and the styles as a file, made once: opening it again is eight times quicker."""
    document = Document()
    _set_defaults(document)
    for key, spec in form()["styles"].items():
        _add_style(document, key, spec)
    set_page(document.sections[0])
    number_pages(document.sections[0])
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def set_page(section: Section) -> None:
    """Give the section the paper size and margins of the form."""
    page = form()["page"]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
    section.header_distance = section.footer_distance = Mm(page["number_from_edge"])


def number_pages(section: Section) -> None:
    """Count the section's pages from 1 in the middle of the top margin, page 1 without a number."""
    section.different_first_page_header_footer = True
    parts = (section.header, section.first_page_header, section.footer, section.first_page_footer)
    for part in parts:
        part.is_linked_to_previous = False
    _put_page_number(section.header)
    start = element("w:pgNumType", {"w:start": "1"})
    section._sectPr.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")


def _put_page_number(header: _Header) -> None:
    paragraph = put(header, "", "PageNumber")
    field = element("w:fldSimple", {"w:instr": "PAGE"})
    run = element("w:r")
    run.append(element("w:t"))
    run[0].text = "2"  # what shows until Word counts; page 1 never shows one
    field.append(run)
    paragraph._p.append(field)


def _set_defaults(document: Paper) -> None:
    """One font for every script, the language, and no spacing the form does not ask for."""
    styles = document.styles.element
    fonts = styles.find(".//" + qn("w:docDefaults") + "//" + qn("w:rFonts"))
    fonts.attrib.clear()
    _set_font(fonts)
    styles.find(".//" + qn("w:docDefaults") + "//" + qn("w:lang")).attrib.update(
        {qn(f"w:{name}"): form()["language"] for name in ("val", "eastAsia", "bidi")}
    )
    normal = document.styles["Normal"]
    _set_font(normal.element.get_or_add_rPr().get_or_add_rFonts())
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0


def _set_font(fonts: Any) -> None:
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), form()["font"])


def _add_style(document: Paper, key: str, spec: dict[str, Any]) -> None:
    style = document.styles.add_style(spec["name"], WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), key)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _set_type(style, spec)
    _set_paragraph(style, spec)


def _set_type(style: ParagraphStyle, spec: dict[str, Any]) -> None:
    """Font, size and weight, for Latin letters and for complex scripts alike."""
    font = style.font
    font.size = Pt(spec["size"])
    font.bold, font.italic = spec.get("bold", False), spec.get("italic", False)
    font.cs_bold, font.cs_italic = font.bold, font.italic
    properties = style.element.get_or_add_rPr()
    _set_font(properties.get_or_add_rFonts())
    size = element("w:szCs", {"w:val": str(round(spec["size"] * 2))})
    properties.find(qn("w:sz")).addnext(size)


def _set_paragraph(style: ParagraphStyle, spec: dict[str, Any]) -> None:
    shape = style.paragraph_format
    shape.alignment = _ALIGN[spec["align"]]
    shape.space_before, shape.space_after = Pt(spec.get("before", 0)), Pt(spec.get("after", 0))
    shape.line_spacing = float(spec.get("line", 1))
    shape.keep_with_next = spec.get("next", False)
    hang = spec.get("hang", 0)
    shape.left_indent = Mm(spec.get("left", 0) + hang)
    shape.first_line_indent = Mm(-hang if hang else spec.get("first", 0))
    if spec.get("bar"):
        bar = element("w:pBdr")
        bar.append(element("w:left", {"w:val": "single", "w:sz": "12", "w:space": "6"}))
        style.element.get_or_add_pPr().insert_element_before(
            bar, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
        )
