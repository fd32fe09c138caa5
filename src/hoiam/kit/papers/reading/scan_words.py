"""What the machine read on a scanned page, as pieces of words on their places: specks and the grain of a stamp left out."""

import itertools
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from hoiam.kit.papers.reading.flow import Item, Piece, ordered, without_page_number
from hoiam.kit.papers.reading.scan_pages import ENLARGED, FRAME, LONG_SIDE, Lane, Part, Strips
from hoiam.kit.papers.reading.scan_repair import about_of, body_of, mended, office_of
from hoiam.kit.vietnamese import nfc

POINT = 842 / LONG_SIDE  # of one dot
_WORD_ROW = "5"  # of tesseract's table: the level of single words
_LEAST_SURE, _LEAST_SURE_SIGN = 25.0, 60.0  # of 100
_GAP = 2.0  # times the height of its letters: wider is another column
_NARROW = 0.9  # times it: between two columns there is more
_LOW, _TALL = 0.35, 2.6  # times the height of letters: lower is a speck, taller a stamp
_MIDDLE = 0.25  # of a strip, up and down from its middle: there stands its line
_SIGN = re.compile(r"(?:[^\w]|_)+")
_PLAIN_WORD = re.compile(r"[^\W\d_]{3,}\W*")


@dataclass(frozen=True)
class Word:
    """One word: its box in dots from the upper left corner, its line, how sure the machine is."""

    left: int
    top: int
    width: int
    height: int
    line: tuple[str, ...]
    sure: float
    text: str

    @property
    def right(self) -> int:
        """Where it ends."""
        return self.left + self.width

    @property
    def middle(self) -> float:
        """Half its height down."""
        return self.top + self.height / 2


def words_of(table: str) -> list[Word]:
    """The words of tesseract's table (`tsv`); rows that are no words of it are passed over."""
    words = []
    for row in table.split("\n"):
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD_ROW or not (text := nfc(cells[11]).strip()):
            continue
        try:
            left, top, width, height = (int(cell) for cell in cells[6:10])
            words.append(Word(left, top, width, height, tuple(cells[1:5]), float(cells[10]), text))
        except ValueError:
            continue
    return words


def back_on_page(words: Sequence[Word], part: Part) -> list[Word]:
    """Words of an enlarged part on the places they have on the page."""
    return [
        replace(
            word,
            left=round((word.left - FRAME) / ENLARGED) + part.x,
            top=round((word.top - FRAME) / ENLARGED) + part.y,
            width=round(word.width / ENLARGED),
            height=round(word.height / ENLARGED),
        )
        for word in words
    ]


def box_of(line: Sequence[Word]) -> tuple[int, int, int, int]:
    """The corners of a line on its page, with room round it."""
    high = max(word.height for word in line)
    top, foot = min(word.top for word in line), max(word.top + word.height for word in line)
    return line[0].left - high, top - high // 2, line[-1].right + high, foot + high // 2


def back_on_lines(words: Sequence[Word], strips: Strips) -> list[list[Word]]:
    """Words of lines set one under the other on the places they have on the page, line by line."""
    lines: list[list[Word]] = [[] for _ in strips.lefts]
    for word in words:
        at = bisect(strips.tops, word.middle) - 1
        top, foot = strips.tops[at : at + 2]
        # The tails of the lines above and below stand at the edges.
        if abs(word.middle - (top + foot) / 2) < _MIDDLE * (foot - top):
            left = round((word.left - FRAME) / strips.times) + strips.lefts[at]
            lines[at].append(replace(word, left=left, width=round(word.width / strips.times)))
    return [sorted(line, key=lambda word: word.left) for line in lines]


@dataclass(frozen=True)
class Columns:
    """The lines of a page: those of the letterhead's left and right column, and those below."""

    left: list[list[Word]]
    right: list[list[Word]]
    below: list[list[Word]]


def columns_of(words: Sequence[Word], lane: Lane | None) -> Columns:
    """The lines of a page parted at the lane; a line that runs on across it ends the letterhead."""
    made = Columns([], [], [])
    lines = sorted(_lines(_clean(words)), key=lambda line: median(word.middle for word in line))
    for line in lines:
        beside = [word for word in line if lane and word.left + word.width / 2 < lane.x]
        behind = line[len(beside) :]
        if lane is None or made.below or _top(line) >= lane.foot or _crosses(beside, behind):
            made.below.append(line)
            continue
        made.left.extend([beside] if beside else [])
        made.right.extend([behind] if behind else [])
    return made


def _top(line: Sequence[Word]) -> float:
    return median(word.middle for word in line)


def _crosses(left: Sequence[Word], right: Sequence[Word]) -> bool:
    if not left or not right:
        return False
    usual = median(word.height for word in (*left, *right))
    return right[0].left - left[-1].right < _NARROW * usual


def items_of(columns: Columns, size: tuple[int, int]) -> list[Item]:
    """The pieces of a page in reading order, the letterhead's left column before its right one.

    Args:
        columns: its lines.
        size: the page's width and height in dots.
    """
    height = size[1] * POINT
    left = [_piece(line, height) for line in columns.left]
    head = [replace(each, text=body_of(about_of(each.text))) for each in left]
    head += [_piece(line, height) for line in columns.right]
    pieces = [_piece(run, height) for line in columns.below for run in runs_of(line)]
    middle = size[0] * POINT / 2
    pieces = [
        replace(each, text=office_of(each.text)) if each.x1 > middle else each for each in pieces
    ]
    return [*head, *ordered(without_page_number(pieces, height), size[0] * POINT)]


def _clean(words: Sequence[Word]) -> list[Word]:
    heights = [word.height for word in words if len(word.text) > 1 and word.sure > 60]
    usual = median(heights) if heights else 0
    return [word for word in words if _is_read(word, usual)]


def _is_read(word: Word, usual: float) -> bool:
    if usual and word.height > _TALL * usual:
        return False
    if _SIGN.fullmatch(word.text):
        # A dash opens an item; other signs alone are specks.
        return word.text in ("-", "–", "+") and word.sure >= _LEAST_SURE_SIGN
    is_sure = word.sure >= _LEAST_SURE or _PLAIN_WORD.fullmatch(word.text) is not None
    return is_sure and word.height >= _LOW * usual


def runs_of(line: Sequence[Word]) -> Iterator[list[Word]]:
    """Words of one line that stand close."""
    usual = median(word.height for word in line)
    run = [line[0]]
    for before, word in itertools.pairwise(line):
        if word.left - before.right > _GAP * usual:
            yield run
            run = []
        run.append(word)
    yield run


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words of one height from left to right, whatever blocks the machine saw them in."""
    by_line: dict[tuple[str, ...], list[Word]] = {}
    for word in words:
        by_line.setdefault(word.line, []).append(word)
    for line in by_line.values():
        yield sorted(line, key=lambda word: word.left)


def _piece(words: Sequence[Word], height: float) -> Piece:
    return Piece(
        words[0].left * POINT,
        words[-1].right * POINT,
        height - median(word.middle for word in words) * POINT,
        mended(" ".join(word.text for word in words)),
    )
