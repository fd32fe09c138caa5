"""The foot: who receives the paper and who signs it, and the annexes behind (ô 7, 9b, Phụ lục)."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Paper
from docx.enum.section import WD_SECTION
from docx.shared import Pt
from docx.table import _Cell

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
    """The last line of Nơi nhận: the unit that drafted and how many copies are kept."""

    unit: str = ""
    copies: str = ""

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

    Without an `archive` (an inner sheet) no recipients are drawn. `gap` is the room for the
    signature and the seal, in points.
    """
    put(document, "", "Spacer").paragraph_format.keep_with_next = True
    table = document.add_table(1, 2)
    lay_table(table, form()["columns"]["foot"], lines=False)
    keep_row(table.rows[0])
    left, right = table.rows[0].cells
    if archive is not None:
        _put_recipients(left, recipients, archive)
    _put_signature(right, signature, gap)


def put_annexes(
    document: Paper, annexes: Sequence[tuple[str, str]], source: str, style: str
) -> None:
    """Add each annex on pages of its own, numbered from 1; Roman when there are several."""
    for place, (title, text) in enumerate(annexes, start=1):
        section = document.add_section(WD_SECTION.NEW_PAGE)
        # The paragraph that ends the pages before must not open a page of its own.
        document.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1].style = "Rule"
        set_page(section)
        number_pages(section)
        several = f" {roman(place)}" if len(annexes) > 1 else ""
        put(document, words("annex") + several, "AnnexNumber")
        put(document, title.upper(), "AnnexTitle")
        put(document, source, "AnnexSource")
        for line in text.split("\n"):
            put(document, line, style)


def _put_recipients(cell: _Cell, recipients: Sequence[str], archive: Archive) -> None:
    put(cell, words("recipients"), "RecipientsHeading")
    for each in recipients:
        put(cell, f"- {each.removeprefix('- ').rstrip(' ;,.')};", "Recipient")
    put(cell, archive.line(), "Recipient")


def _put_signature(cell: _Cell, signature: Signature, gap: float) -> None:
    size, room = form()["styles"]["SignerTitle"]["size"], form()["columns"]["foot"][1]
    for title in signature.lines():
        for line in balanced(title, size, room - 2):
            put(cell, line, "SignerTitle")
    put(cell, signature.signer, "SignerName").paragraph_format.space_before = Pt(gap)
