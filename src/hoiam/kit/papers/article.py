"""An article as a Word file for newsrooms: plain styles, one column, pictures named where they stand and sent beside.

An editor copies text out of such a file, so nothing is drawn that must be taken away again: no frames, no letterhead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

from docx.document import Document as Paper
from docx.text.paragraph import Paragraph

from hoiam.kit.papers.form.ink import lay_table, put
from hoiam.kit.papers.form.page import new_document
from hoiam.kit.papers.form.settings import text_width
from hoiam.kit.papers.pack import pack
from hoiam.kit.papers.words import one_line, writable

_BLOCKS = {
    "p": "Body", "li": "Body", "h2": "Heading", "h3": "Heading", "h4": "Heading",
    "blockquote": "Note", "figcaption": "Picture", "caption": "TableTitle",
}  # fmt: skip
_STRONG, _SLANTED = {"strong", "b"}, {"em", "i"}


@dataclass(frozen=True)
class PressPicture:
    """One picture beside the text: the name of its file, what it shows, whose it is."""

    file_name: str
    caption: str
    credit: str = ""


@dataclass(frozen=True)
class PressArticle:
    """What goes into the file. `notes` stand above the title (embargo, correction), `sources` below the text."""

    title: str
    lead: str = ""
    body: str = ""
    byline: str = ""
    agency: str = ""
    day: date | None = None
    notes: Sequence[str] = ()
    sources: Sequence[str] = ()
    pictures: Sequence[PressPicture] = field(default=())


def write_article(article: PressArticle) -> bytes:
    """The Word file of one article; the same article gives the same bytes.

    Args:
        article: its body is the safe HTML of a published article; what is not text, list, table or heading is left out.
    """
    document = new_document(draft=False)
    for note in article.notes:
        put(document, one_line(note), "Note")
    put(document, one_line(article.title), "TypeName")
    if article.lead:
        put(document, one_line(article.lead), "Heading")
    _Body(document).feed_all(article.body)
    if article.byline:
        put(document, one_line(article.byline), "Body").runs[0].bold = True
    _put_pictures(document, article.pictures)
    for source in article.sources:
        put(document, one_line(source), "Cell")
    return pack(
        document, title=one_line(article.title), author=one_line(article.agency), day=article.day
    )


def _put_pictures(document: Paper, pictures: Sequence[PressPicture]) -> None:
    if not pictures:
        return
    put(document, "Ảnh gửi kèm", "Heading")
    for number, picture in enumerate(pictures, start=1):
        credit = f" Ảnh: {picture.credit}." if picture.credit else ""
        line = f"{number}. {picture.caption.rstrip('.')}.{credit} (Tệp: {picture.file_name})"
        put(document, one_line(line), "Body")


class _Body(HTMLParser):
    """Draws the body block by block; letters keep their bold and slant."""

    def __init__(self, document: Paper) -> None:
        super().__init__(convert_charrefs=True)
        self._document = document
        self._paragraph: Paragraph | None = None
        self._style, self._bold, self._slanted = "Body", 0, 0
        self._lists: list[int | None] = []
        self._rows: list[list[str]] | None = None

    def feed_all(self, html: str) -> None:
        """Draw the whole text."""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins, a letter turns bold, a table opens."""
        if tag == "table":
            self._rows = []
        elif self._rows is not None and tag == "tr":
            self._rows.append([])
        elif self._rows is not None and tag in {"td", "th"}:
            if not self._rows:
                self._rows.append([])
            self._rows[-1].append("")
        elif tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
        elif tag in _BLOCKS:
            self._begin(tag)
        elif tag == "br":
            self._write("\n")
        self._weigh(tag, 1)

    def handle_endtag(self, tag: str) -> None:
        """A block ends; a table is drawn."""
        if tag == "table" and self._rows is not None:
            rows, self._rows = self._rows, None
            _draw_table(self._document, rows)
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag in _BLOCKS:
            self._paragraph, self._style = None, "Body"
        self._weigh(tag, -1)

    def handle_data(self, data: str) -> None:
        """Letters of the block or the cell now open."""
        if self._rows is not None and self._rows and self._rows[-1]:
            self._rows[-1][-1] += data
        elif data.strip() or self._paragraph is not None:
            self._write(" ".join(data.split("\n")))

    def _begin(self, tag: str) -> None:
        # A paragraph within a quotation keeps the quotation's style.
        if not (tag == "p" and self._style == "Note"):
            self._style = _BLOCKS[tag]
        self._paragraph = None
        if tag == "li":
            number = self._lists[-1] if self._lists else None
            if number is None:
                self._write("– ")
            else:
                self._write(f"{number}. ")
                self._lists[-1] = number + 1

    def _weigh(self, tag: str, by: int) -> None:
        if tag in _STRONG:
            self._bold += by
        elif tag in _SLANTED:
            self._slanted += by

    def _write(self, letters: str) -> None:
        if self._paragraph is None:
            if not letters.strip():
                return
            self._paragraph = put(self._document, "", self._style)
            letters = letters.lstrip()
        run = self._paragraph.add_run(writable(letters))
        if self._bold > 0:
            run.bold = True
        if self._slanted > 0:
            run.italic = True


def _draw_table(document: Paper, rows: list[list[str]]) -> None:
    rows = [row for row in rows if row]
    width = max(map(len, rows), default=0)
    if not width:
        return
    table = document.add_table(len(rows), width)
    lay_table(table, [text_width() / width] * width, lines=True, padding=1.5)
    for drawn, row in zip(table.rows, rows, strict=True):
        for cell, words in zip(drawn.cells, row, strict=False):
            put(cell, one_line(words), "Cell")
    put(document, "", "Spacer")
