"""Pieces of words on their places of a page, made into paragraphs: columns parted, page numbers away, lines joined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hoiam.kit.papers.reading.pdf_tables import Raster
from hoiam.kit.papers.reading.sheet import Block

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


Item = Piece | Raster


def without_page_number(pieces: list[Piece], height: float) -> list[Piece]:
    """The pieces of a page, the number at its head or foot away."""
    return [
        each for each in pieces
        if not (_PAGE_NUMBER.fullmatch(each.text) and (each.y > height * 0.9 or each.y < height * 0.1))
    ]  # fmt: skip


def ordered(pieces: list[Piece], width: float) -> Iterator[Piece]:
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


def whole_foot(pages: list[list[Item]], width: float) -> list[Item]:
    """All items in order; where a page cuts "Nơi nhận" and the signature beside it, each column goes on over the page."""
    items: list[Item] = []
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


def _words_of(item: Item) -> str:
    return item.text if isinstance(item, Piece) else ""


def _is_right(item: Item, width: float) -> bool:
    return isinstance(item, Piece) and item.x0 > width / 2 - _MIDDLE


def paragraphs(items: list[Item]) -> Iterator[Block]:
    """The lines joined to paragraphs, tables between them."""
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
