"""The foot: who receives the paper and who signs it, and the annexes behind (ô 7, 9b, Phụ lục)."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Paper
from docx.enum.section import WD_SECTION
from docx.section import Section
from docx.shared import Pt
from docx.table import Table, _Cell

from hoiam.kit.papers.form.ink import keep_row, lay_table, put
from hoiam.kit.papers.form.page import number_pages, set_page
from hoiam.kit.papers.form.settings import balanced, form, words
from hoiam.kit.papers.kinds import signing
from hoiam.kit.papers.words import roman


@dataclass(frozen=True)
class Signature:
    """Who signs and how; `for_whom` is the head or the body signed for, one post a line."""

    signer: str
    signer_title: str
    form: str = "none"
    for_whom: str = ""
    secretary: str = ""

    def lines(self) -> tuple[str, ...]:
        """The lines above the signature.

        >>> Signature("Trần Thị Mẫu", "Phó Cục trưởng", "KT", "Cục trưởng").lines()
        ('KT. CỤC TRƯỞNG', 'PHÓ CỤC TRƯỞNG')
        """
        spec = signing()["forms"][self.form]
        chain = self.for_whom.split("\n") if spec["for_whom"] else []
        first, *rest = [*chain, self.signer_title]
        return tuple(line.upper() for line in (spec["prefix"] + first, *rest))


@dataclass(frozen=True)
class Archive:
    """The last line of Nơi nhận: the unit that drafted, how many copies are kept; below it the drafter's mark (ô 12)."""

    unit: str = ""
    copies: str = ""
    mark: str = ""

    def line(self) -> str:
        """The line itself, "- Lưu: VT, <đơn vị soạn> (số bản)." and nothing after it."""
        unit = f", {self.unit}" if self.unit else ""
        copies = f" ({self.copies})" if self.copies else ""
        return f"- {words('archive')}{unit}{copies}."


def put_foot(
    document: Paper,
    signature: Signature,
    recipients: Sequence[str],
    archive: Archive | None,
    gap: float,
) -> None:
    """Draw recipients and signature side by side, kept on one page.

    Without an `archive` (an inner sheet) no recipients are drawn; beside a secretary who signs too
    they stand below. `gap` is the room for the signature and the seal, in points.
    """
    put(document, "", "Spacer").paragraph_format.keep_with_next = True
    table = document.add_table(2 if signature.secretary else 1, 2)
    lay_table(table, form()["columns"]["foot"], lines=False)
    for row in table.rows:
        keep_row(row)
    left, right = table.rows[0].cells
    if signature.secretary:
        _put_signer(left, [words("secretary")], signature.secretary, gap)
    if archive is not None:
        _put_recipients(table.rows[-1].cells[0], recipients, archive)
    _put_signature(right, signature, gap)
    _keep_rows_together(table)
    # Word ends every document with a paragraph: a thin one opens no page of its own.
    put(document, "", "Close")


def put_annexes(
    document: Paper, annexes: Sequence[tuple[str, str]], source: str, style: str, total: int = 0
) -> None:
    """Add each annex on pages of its own, numbered from 1; Roman when there are several (`total` with others behind)."""
    for place, (title, text) in enumerate(annexes, start=1):
        open_annex(document, title, source, place, total or len(annexes))
        for line in text.split("\n"):
            put(document, line, style)


def open_annex(document: Paper, title: str, source: str, place: int, total: int) -> Section:
    """Begin an annex on a new page, numbered from 1, with its heading; its section, to be turned if it lies."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that ends the pages before must not open a page of its own.
    document.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1].style = "Rule"
    set_page(section)
    number_pages(section)
    several = f" {roman(place)}" if total > 1 else ""
    put(document, words("annex") + several, "AnnexNumber")
    put(document, title.upper(), "AnnexTitle")
    put(document, source, "AnnexSource")
    return section


def _keep_rows_together(table: Table) -> None:
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _put_recipients(cell: _Cell, recipients: Sequence[str], archive: Archive) -> None:
    put(cell, words("recipients"), "RecipientsHeading")
    for each in recipients:
        put(cell, f"- {each.removeprefix('- ').rstrip(' ;,.')};", "Recipient")
    put(cell, archive.line(), "Recipient")
    if archive.mark:
        put(cell, archive.mark, "DrafterMark")


def _put_signature(cell: _Cell, signature: Signature, gap: float) -> None:
    size, room = form()["styles"]["SignerTitle"]["size"], form()["columns"]["foot"][1]
    lines = [line for title in signature.lines() for line in balanced(title, size, room - 2)]
    _put_signer(cell, lines, signature.signer, gap)


def _put_signer(cell: _Cell, lines: Sequence[str], name: str, gap: float) -> None:
    for line in lines:
        put(cell, line, "SignerTitle")
    put(cell, name, "SignerName").paragraph_format.space_before = Pt(gap)
