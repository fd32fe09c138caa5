"""PDF files as paragraphs and tables: two columns of the letterhead parted, page numbers away, lines joined."""

import logging
import struct
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdfminer.layout import LTChar, LTLayoutContainer, LTPage, LTTextLine
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import PDFException
from pdfminer.psexceptions import PSException

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.flow import (
    Item,
    Piece,
    ordered,
    paragraphs,
    whole_foot,
    without_page_number,
)
from hoiam.kit.papers.reading.pdf_bounds import pages_of, refuse_bombs
from hoiam.kit.papers.reading.pdf_tables import Raster, rasters_of
from hoiam.kit.papers.reading.pdf_tokens import stop_after, stop_never
from hoiam.kit.papers.reading.refusals import NotReadable
from hoiam.kit.papers.reading.sheet import Block
from hoiam.kit.vietnamese import nfc

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

MOST_PAGES = 300
SECONDS = 7.0  # of computing, for the pages of one file: about a hundred full ones
_GRACE = 2.0  # for the page it stands at
FEW_LETTERS = 25  # a page: fewer are a stamp or a page number over a picture
# What pdfminer raises on broken bytes: its own families, and what its parsers let through on nonsense.
BROKEN = (
    PDFException, PSException, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError,
    NotImplementedError, RecursionError, EOFError, OSError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The paragraphs and tables of a PDF, none when its pages are pictures, and what of it was left unread."""

    blocks: list[Block]
    problems: tuple[str, ...] = ()


def words_of(data: bytes) -> Words:
    """What a PDF says, its first pages where reading all would take too long.

    Raises:
        NotReadable: damaged, password-protected, or of too many pages, or its streams unpack to too much.
    """
    refuse_bombs(data)
    start, problems = time.thread_time(), tuple[str, ...]()
    pages, width = list[list[Item]](), 0.0
    stop_after(SECONDS + _GRACE)
    try:
        for page in pages_of(data, MOST_PAGES + 1):
            if pages and time.thread_time() - start > SECONDS:
                problems = (refusals.UNREAD_PAGES.format(last=len(pages)),)
                break
            pages.append(_page(page))
            width = page.width
    except PDFPasswordIncorrect as error:
        raise NotReadable(refusals.PASSWORD) from error
    except NotReadable:  # a bound of ours, which says more than "damaged"
        if not pages:
            raise
        problems = (refusals.UNREAD_PAGES.format(last=len(pages)),)
    except BROKEN as error:
        raise NotReadable(refusals.DAMAGED) from error
    finally:
        stop_never()
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
        return Words([], problems)
    return Words(list(paragraphs(whole_foot(pages, width))), problems)


def _page(page: LTPage) -> list[Item]:
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
    pieces = without_page_number(pieces, page.height)
    kept: list[Item] = [*ordered(pieces, page.width)]
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
