"""Parts of a long report drawn: numbered headings, text, tables, charts, and annexes of their own pages."""

from collections.abc import Sequence
from io import BytesIO

from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from hoiam.kit.papers.form.content import put_lines_table
from hoiam.kit.papers.form.foot import open_annex
from hoiam.kit.papers.form.ink import put
from hoiam.kit.papers.form.settings import form, text_width
from hoiam.kit.papers.parts import CHART, HEADING, SUBHEADING, TABLE, Part, PartColumn
from hoiam.kit.papers.pictures import bar_chart
from hoiam.kit.papers.words import roman
from hoiam.kit.vietnamese import show_number

_NUMBER_COLUMN = 12.0


def put_parts(document: Paper, parts: Sequence[Part], *, room: float = 0) -> None:
    """Draw the parts in order; `room` is the width for tables in mm, by default the text's own."""
    upper, lower, charts = 0, 0, 0
    for part in parts:
        if part.kind == HEADING:
            upper, lower = upper + 1, 0
            put(document, f"{roman(upper)}. {part.text.upper()}", "Heading")
        elif part.kind == SUBHEADING:
            lower += 1
            put(document, f"{lower}. {part.text}", "Heading")
        elif part.kind == TABLE:
            _put_table(document, part, room or text_width())
        elif part.kind == CHART:
            charts += 1
            _put_chart(document, part, charts)
        else:
            for line in part.text.split("\n"):
                put(document, line, "Body")


def _put_table(document: Paper, part: Part, room: float) -> None:
    if part.text:
        put(document, part.text, "TableTitle")
    if not part.rows:
        put(document, "(Không có số liệu.)", "Cell")
        return
    widths = _widths(part.columns, room - _NUMBER_COLUMN)
    labels = [column.label for column in part.columns]
    styles = ["CellNumber" if column.number else "Cell" for column in part.columns]
    put_lines_table(document, labels, styles, [_NUMBER_COLUMN, *widths], part.rows)


def _widths(columns: Sequence[PartColumn], room: float) -> list[float]:
    """The widths asked for; columns without one share what is left, and all shrink when it is too little."""
    fixed, open_ = sum(c.width for c in columns), sum(not c.width for c in columns)
    share = max(15.0, (room - fixed) / open_) if open_ else 0
    widths = [c.width or share for c in columns]
    return [width * room / sum(widths) for width in widths]


def _put_chart(document: Paper, part: Part, number: int) -> None:
    put(document, f"Biểu đồ {number}. {part.text}", "TableTitle")
    picture = put(document, "", "Picture")
    shape = picture.add_run().add_picture(
        BytesIO(bar_chart([bar.value for bar in part.bars])), width=Mm(text_width())
    )
    # Read aloud by a screen reader, and what stands there when the picture cannot be shown.
    words = "; ".join(f"{bar.label}: {show_number(bar.value)}" for bar in part.bars)
    shape._inline.docPr.set("descr", f"{part.text}: {words}"[:2000])
    legend = "; ".join(f"{place}: {bar.label}" for place, bar in enumerate(part.bars, start=1))
    put(document, f"Ghi chú: {legend}.", "Cell")


def put_annex_parts(
    document: Paper, annexes: Sequence[tuple[Part, list[Part]]], source: str, first: int, total: int
) -> None:
    """Draw each annex on pages of its own, lying when it asks so; numbered from `first` of `total`."""
    page = form()["page"]
    for place, (annex, parts) in enumerate(annexes, start=first):
        section = open_annex(document, annex.text, source, place, total)
        room = text_width()
        if annex.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(page["height"]), Mm(page["width"])
            room = page["height"] - page["left"] - page["right"]
        put_parts(document, parts, room=room)
