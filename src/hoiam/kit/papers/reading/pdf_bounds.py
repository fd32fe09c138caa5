"""Bounds of PDF files: what streams unpack to, and how many letters and strokes one page may hold."""

import itertools
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTPage
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.limits import MIB
from hoiam.kit.papers.reading.pdf_tokens import CountedParser
from hoiam.kit.papers.reading.refusals import NotReadable

MOST_OF_ONE, MOST_OF_ALL = (
    12 * MIB,
    48 * MIB,
)  # pictures left out: the reader of words never unpacks them
MOST_LETTERS, MOST_STROKES = (
    60_000,
    60_000,
)  # of one page: it holds five thousand letters; maps, ten thousand strokes
MOST_FIGURES = 5_000  # of one page: figures may draw each other, twice as many at each level
# Of one stream: a page has fewer letters, twelve million random bytes fewer brackets. A string is joined anew at each one.
MOST_BRACKETS = 150_000
_ENDLESS = 2 * MIB
_STEP = MIB
_DICTIONARY = 2000  # bytes before a stream in which its dictionary stands
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl\b)")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")


def refuse_bombs(data: bytes) -> None:
    """Nothing for a PDF of ordinary size.

    Raises:
        NotReadable: one stream, or all of them, would unpack to too much.
    """
    if any(_is_endless(data, at) for at in range(0, len(data) - _ENDLESS, _ENDLESS)):
        raise NotReadable(refusals.CROWDED)
    whole = 0
    for found in _STREAM.finditer(data):
        said = data[max(0, found.start() - _DICTIONARY) : found.start()].rpartition(b" obj")[2]
        filters = len(_FLATE.findall(said))
        if _PICTURE.search(said):
            continue
        if filters == 0:
            _refuse_brackets(data.count(b"(", found.end(), data.find(b"endstream", found.end())))
            continue
        whole += _unpacked(data, found.end(), filters)
        if whole > MOST_OF_ALL:
            raise NotReadable(refusals.BOMB)


def _is_endless(data: bytes, at: int) -> bool:
    """Whether no line ends in so many bytes: what a line holds is joined anew at each piece read."""
    return data.find(b"\n", at, at + _ENDLESS) < 0 and data.find(b"\r", at, at + _ENDLESS) < 0


def _unpacked(data: bytes, start: int, filters: int) -> int:
    """How many bytes the stream at this place gives, kept nowhere; 0 for what is no such stream."""
    first, count = zlib.decompressobj(), 0
    later = zlib.decompressobj() if filters > 1 else None
    brackets = 0
    rest: bytes = data[start : start + _STEP]
    at = start + len(rest)
    try:
        while rest and not first.eof:
            out = first.decompress(rest, _STEP)
            out = out if later is None else later.decompress(out, MOST_OF_ONE + 1)
            count, brackets = count + len(out), brackets + out.count(b"(")
            _refuse_brackets(brackets)
            if count > MOST_OF_ONE:
                raise NotReadable(refusals.BOMB)
            rest = first.unconsumed_tail
            if not rest:
                rest = data[at : at + _STEP]
                at += len(rest)
    except zlib.error:
        return count
    return count


def _refuse_brackets(count: int) -> None:
    if count > MOST_BRACKETS:
        raise NotReadable(refusals.CROWDED)


class _Counted(PDFPageAggregator):
    """The layout of pages, counted while it is made: its time grows faster than the letters of a page."""

    letters = strokes = figures = 0

    def begin_page(self, *args: Any, **named: Any) -> None:
        """A page begins: nothing is on it."""
        self.letters = self.strokes = self.figures = 0
        super().begin_page(*args, **named)

    def render_char(self, *args: Any, **named: Any) -> float:
        """One letter."""
        self.letters += 1
        if self.letters > MOST_LETTERS:
            raise NotReadable(refusals.CROWDED)
        return super().render_char(*args, **named)

    def begin_figure(self, *args: Any, **named: Any) -> None:
        """One figure."""
        self.figures += 1
        if self.figures > MOST_FIGURES:
            raise NotReadable(refusals.CROWDED)
        super().begin_figure(*args, **named)

    def paint_path(self, *args: Any, **named: Any) -> None:
        """One stroke."""
        self.strokes += 1
        if self.strokes > MOST_STROKES:
            raise NotReadable(refusals.CROWDED)
        super().paint_path(*args, **named)


def pages_of(data: bytes, most: int) -> Iterator[LTPage]:
    """The laid out pages of a PDF, no more than `most`.

    Raises:
        NotReadable: a page holds more letters or strokes than any paper's.
    """
    resources = PDFResourceManager(caching=True)
    device = _Counted(resources, laparams=LAParams(boxes_flow=None))
    interpreter = PDFPageInterpreter(resources, device)
    document = PDFDocument(CountedParser(BytesIO(data)))
    for page in itertools.islice(PDFPage.create_pages(document), most):
        interpreter.process_page(page)
        yield device.get_result()
