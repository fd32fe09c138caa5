"""PDF files as paragraphs and tables: two columns of the letterhead parted, page numbers away, lines joined."""

import logging
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTLayoutContainer, LTPage, LTTextLine
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import PDFException
from pdfminer.psexceptions import PSException

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.pdf_tables import Raster, rasters_of
from hoiam.kit.papers.reading.refusals import NotReadable
from hoiam.kit.papers.reading.sheet import Block
from hoiam.kit.vietnamese import nfc

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

MOST_PAGES = 300
FEW_LETTERS = 25  # a page: fewer are a stamp or a page number over a picture
# What pdfminer raises on broken bytes: its own families, and what its parsers let through on nonsense.
BROKEN = (
    PDFException, PSException, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError,
    NotImplementedError, RecursionError, EOFError, OSError, struct.error, zlib.error,
)  # fmt: skip
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–\s]*", re.I)
_MARKER = re.compile(
    r"(?:[-–•+*▪]\s|\(?(?:[ivx]{1,6}|\d{1,2}(?:\.\d{1,2}){0,4}|[a-zđ])\)?[.)]\s|Điều\s+\d|[IVX]+\s*[.-]\s|Căn cứ )",
    re.I,
)
_INDENT = 12.0  # points
_LINE_STEP = 20.0  # points from one line of a column to the next, at most
_MIDDLE = 70.0  # points left of the middle at which a right column may begin
_SHORT = (
    0.12  # of the width of the page: a line that ends so far from the margin ends its paragraph
)


@dataclass(frozen=True)
class Piece:
    """Words on one height of a page."""

    x0: float
    x1: float
    y: float
    text: str


_Item = Piece | Raster


def blocks_of(data: bytes) -> list[Block]:
    """The paragraphs and tables of a PDF; an empty list when its pages are pictures.

    Raises:
        NotReadable: damaged, password-protected, or of too many pages.
    """
    try:
        pages, width = list[list[_Item]](), 0.0
        for page in extract_pages(
            BytesIO(data), laparams=LAParams(boxes_flow=None), maxpages=MOST_PAGES + 1
        ):
            pages.append(_page(page))
            width = page.width
    except PDFPasswordIncorrect as error:
        raise NotReadable(refusals.PASSWORD) from error
    except BROKEN as error:
        raise NotReadable(refusals.DAMAGED) from error
    if len(pages) > MOST_PAGES:
        raise NotReadable(refusals.TOO_MANY_PAGES.format(most=MOST_PAGES))
    letters = sum(len(each.text) for items in pages for each in items if isinstance(each, Piece))
    cells = sum(
        len(box.text)
        for items in pages
        for each in items
        if isinstance(each, Raster)
        for row in each.grid()
        for box in row
    )
    if letters + cells < FEW_LETTERS * max(len(pages), 1):
        return []
    return list(_paragraphs(_whole_foot(pages, width)))


def _page(page: LTPage) -> list[_Item]:
    """Pieces and tables of a page from top to bottom, columns parted."""
    rasters = rasters_of(page)
    pieces: list[Piece] = []
    for line in _lines(page):
        free: list[LTChar] = []
        for char in (each for each in line if isinstance(each, LTChar)):
            raster = next((each for each in rasters if each.holds(char)), None)
            if raster is None:
                free.append(char)
            else:
                raster.take(char)
        if free and (text := _words(line, free)):
            pieces.append(Piece(free[0].x0, free[-1].x1, (line.y0 + line.y1) / 2, text))
    pieces = _without_page_number(pieces, page.height)
    kept: list[_Item] = [*_ordered(pieces, page.width)]
    for raster in rasters:
        at = next(
            (i for i, each in enumerate(kept) if isinstance(each, Piece) and each.y < raster.top),
            len(kept),
        )
        kept.insert(at, raster)
    return kept


def _lines(container: LTLayoutContainer | LTPage) -> Iterator[LTTextLine]:
    waiting = list(reversed(list(container)))
    while waiting:
        node = waiting.pop()
        if isinstance(node, LTTextLine):
            yield node
        elif hasattr(node, "__iter__") and not isinstance(node, LTChar):
            waiting += reversed(list(node))


def _words(line: LTTextLine, free: Sequence[LTChar]) -> str:
    if len(free) == sum(isinstance(each, LTChar) for each in line):
        return nfc(" ".join(line.get_text().split()))
    return nfc(" ".join("".join(char.get_text() for char in free).split()))


def _without_page_number(pieces: list[Piece], height: float) -> list[Piece]:
    return [
        each for each in pieces
        if not (_PAGE_NUMBER.fullmatch(each.text) and (each.y > height * 0.9 or each.y < height * 0.1))
    ]  # fmt: skip


def _ordered(pieces: list[Piece], width: float) -> Iterator[Piece]:
    """From top to bottom; where two columns stand beside each other, the left one first."""
    middle = width / 2
    run: list[Piece] = []
    for each in sorted(pieces, key=lambda piece: (-round(piece.y / 3), piece.x0)):
        is_half = each.x1 < middle + 20 or each.x0 > middle - _MIDDLE
        if not is_half:
            yield from _parted(run, middle)
            run = []
            yield each
        else:
            run.append(each)
    yield from _parted(run, middle)


def _parted(run: list[Piece], middle: float) -> list[Piece]:
    right = [each for each in run if each.x0 > middle - _MIDDLE]
    left = [each for each in run if each.x0 <= middle - _MIDDLE]
    if not any(abs(one.y - two.y) < 8 for one in left for two in right):
        return run
    foot = min(each.y for each in right) - 8
    beside = [each for each in left if each.y >= foot]
    for each in (each for each in left if each.y < foot):
        if beside and beside[-1].y - each.y > _LINE_STEP:
            break
        beside.append(each)
    return beside + right + left[len(beside) :]


def _whole_foot(pages: list[list[_Item]], width: float) -> list[_Item]:
    """All items in order; where a page cuts "Nơi nhận" and the signature beside it, each column goes on over the page."""
    items: list[_Item] = []
    for page in pages:
        at = len(items)
        while at and _is_right(items[at - 1], width):
            at -= 1
        below = next((i for i, each in enumerate(page) if _is_right(each, width)), None)
        is_cut = at < len(items) and at and _RECIPIENTS.match(_words_of(items[at - 1])) is not None
        if is_cut and below and all(_BULLET.match(_words_of(each)) for each in page[:below]):
            items = [*items[:at], *page[:below], *items[at:], *page[below:]]
        else:
            items += page
    return items


_RECIPIENTS = re.compile(r"\s*(?:Nơi nhận|[-–•+])", re.I)
_BULLET = re.compile(r"\s*[-–•+]")


def _words_of(item: _Item) -> str:
    return item.text if isinstance(item, Piece) else ""


def _is_right(item: _Item, width: float) -> bool:
    return isinstance(item, Piece) and item.x0 > width / 2 - _MIDDLE


def _paragraphs(items: list[_Item]) -> Iterator[Block]:
    pieces = [each for each in items if isinstance(each, Piece)]
    left, right = _margins(pieces)
    open_words, before = "", None
    for each in items:
        if isinstance(each, Raster):
            if open_words:
                yield open_words
            open_words, before = "", None
            yield each.grid()
            continue
        if before is not None and _goes_on(before, each, open_words, left, right):
            open_words = f"{open_words} {each.text}"
        else:
            if open_words:
                yield open_words
            open_words = each.text
        before = each
    if open_words:
        yield open_words


def _margins(pieces: Sequence[Piece]) -> tuple[float, float]:
    if not pieces:
        return 0.0, 0.0
    wide = sorted(pieces, key=lambda piece: piece.x1 - piece.x0)[len(pieces) // 2 :]
    return min(each.x0 for each in wide), sorted(each.x1 for each in wide)[
        len(wide) * 9 // 10 if len(wide) > 9 else -1
    ]


def _goes_on(before: Piece, piece: Piece, words: str, left: float, right: float) -> bool:
    if words.isupper() or piece.text.isupper() or _MARKER.match(piece.text):
        return False
    if max(before.x0, piece.x0) > left + 0.35 * (
        right - left
    ):  # the right column, or a centred title
        return False
    is_full = before.x1 > right - _SHORT * (right - left)
    if piece.x0 - left > _INDENT:
        # An indented line opens a paragraph, except inside a column that is indented as a whole.
        return (
            abs(piece.x0 - before.x0) < 3 and piece.text[:1].islower() and words[-1:] not in ".;:"
        )
    if (
        piece.text[:1] in ")]"
        or "@" in piece.text.split()[0]
        or (piece.text[:1].islower() and (is_full or words[-1:] not in ".;:"))
    ):
        return True
    return is_full and not words.endswith(("./.", ";", ":"))
