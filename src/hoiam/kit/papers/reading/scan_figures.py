"""Dates on a scanned page, read again: a digit the readings tell apart stands as "?", so that it makes no day."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hoiam.kit.papers.reading.scan_pages import LINE_SIZES, MORE_SIZES
from hoiam.kit.papers.reading.scan_words import Columns, Word
from hoiam.kit.vietnamese import fold

UNSURE_DATES = "Máy đọc chưa chắc chữ số của ngày tháng ở {places}: chữ số chưa chắc ghi là “?” và hạn để trống; hãy điền theo bản gốc."
UNKNOWN = "?"
MOST_LINES = 24  # of one page read again
_MOST_TOLD = 3  # places in the sentence
_DATE = re.compile(
    r"\d\s?[/.-]\s?\S{1,2}\s?[/.-]\s?\S{2}|\d\s?/\s?\d|\b(?:ngay|thang|quy|nam)\s+\S?\d|\d\s*thang\b|\b(?:19|20)\d\d\b"
)
_DUE = re.compile(r"\b(?:truoc|cham|muon|han|het|vao|hoan thanh|gui|nop)\b")
_ITEM = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})*[.)]+")
# What the machine sees where a digit stands.
_DIGITS = str.maketrans("OoQlI|]", "0001111")
_OF_FIGURES = re.compile(r"[\dOoQlI|\]]+(?:[/.-][\dOoQlI|\]]*)*")
_WHOLE = re.compile(r"(?<!\d)(?P<d>\d{1,2})(?P<one>[/.-])(?P<m>\d{1,2})[/.-]\d{4}(?!\d)")
_EDGES = " .,:;'’`\"“”()[]-–_"
_OVERLAP = 0.5  # of the narrower of two words: they are one word of two readings

Line = Sequence[Word]
Again = Callable[[Sequence[Line], Sequence[float]], list[list[list[Word]]]]


@dataclass(frozen=True)
class Checked:
    """The columns of a page with the dates its readings stand for, and the words round each digit they do not."""

    columns: Columns
    unsure: tuple[str, ...] = ()


def checked_dates(columns: Columns, again: Again) -> Checked:
    """The lines below a letterhead, each date in them as most readings tell it.

    Args:
        columns: the lines of a page.
        again: other readings of lines, at these sizes, on the places of the page: of every reading the lines in their order.
    """
    held = [at for at, line in enumerate(columns.below) if _DATE.search(_said(line))]
    # Deadlines first: a page of nothing but dates is a table of days, not orders.
    held.sort(key=lambda at: _DUE.search(_said(columns.below[at])) is None)
    if not held:
        return Checked(columns)
    held = held[:MOST_LINES]
    below = list(columns.below)
    readings = [*zip(*again([below[at] for at in held], LINE_SIZES), strict=True)]
    told = [
        (at, others, voted(below[at], others)) for at, others in zip(held, readings, strict=True)
    ]
    made = {at: line for at, _, line in told}
    if doubted := [(at, others) for at, others, line in told if _unsure_in(line, below[at])]:
        more = zip(*again([below[at] for at, _ in doubted], MORE_SIZES), strict=True)
        for (at, others), further in zip(doubted, more, strict=True):
            made[at] = voted(below[at], [*others, *further])
    unsure = list[str]()
    for at in held:
        line = [replace(word, text=_possible(word.text)) for word in made[at]]
        unsure += _unsure_in(line, below[at])
        below[at] = line
    return Checked(Columns(columns.left, columns.right, below), tuple(unsure))


def problem_of(places: Sequence[str]) -> tuple[str, ...]:
    """The sentence that names the first places, none where all is sure."""
    told = ", ".join(f"“{place}”" for place in dict.fromkeys(places[:_MOST_TOLD]))
    return (UNSURE_DATES.format(places=told),) if places else ()


def _said(line: Sequence[Word]) -> str:
    return fold(" ".join(word.text for word in line))


def _unsure_in(line: Sequence[Word], before: Sequence[Word]) -> list[str]:
    """Each word that got a sign of doubt, with those before it, so that a person finds the place."""
    return [
        " ".join(each.text for each in line[max(0, at - 3) : at + 1]).strip(_EDGES)
        for at, word in enumerate(line)
        if UNKNOWN in word.text and word not in before
    ]


def voted(line: Sequence[Word], others: Sequence[Sequence[Word]]) -> list[Word]:
    """The line; each word of figures as most of the readings tell it, "?" for digits none stands for.

    Args:
        line: as first read.
        others: the same line of other readings, on the same places.
    """
    is_item = _ITEM.fullmatch(line[0].text) is not None  # told by the order of items
    return [
        *line[:is_item],
        *(_settled(word, [_at(word, other) for other in others]) for word in line[is_item:]),
    ]


def _at(word: Word, other: Sequence[Word]) -> str:
    """What another reading has where this word stands."""
    return "".join(
        each.text for each in other
        if min(word.right, each.right) - max(word.left, each.left) > _OVERLAP * min(word.width, each.width)
    )  # fmt: skip


def _settled(word: Word, others: Sequence[str]) -> Word:
    """The word as most readings tell it; letters are left to the first."""
    said = [_core(word.text), *(_core(other) for other in others if other)]
    if not any(sign.isdigit() for sign in said[0]) and not all(
        map(_OF_FIGURES.fullmatch, said[1:])
    ):
        return word
    best, count = Counter(fold(each) for each in said).most_common(1)[0]
    if count < 2 or count * 2 <= len(said):
        return replace(word, text=_with(word.text, _blotted(said[0], said[1:])))
    return replace(word, text=_with(word.text, next(each for each in said if fold(each) == best)))


def _possible(text: str) -> str:
    """A word; the day or month in it that no calendar has blotted out.

    >>> _possible("35/3/2026,"), _possible("31/12/2026."), _possible("3456/UBND")
    ('??/3/2026,', '31/12/2026.', '3456/UBND')
    """
    found = _WHOLE.search(text)
    if found is None:
        return text
    day, month = (
        said if 1 <= int(said) <= most else UNKNOWN * len(said)
        for said, most in ((found["d"], 31), (found["m"], 12))
    )
    return f"{text[: found.start()]}{day}{found['one']}{month}{text[found.end('m') :]}"


def _core(text: str) -> str:
    """The digits and what parts them, signs at the ends away, look-alikes of digits mended among digits."""
    core = text.strip(_EDGES)
    is_figures = _OF_FIGURES.fullmatch(core) and any(sign.isdigit() for sign in core)
    return core.translate(_DIGITS) if is_figures else core


def _with(text: str, core: str) -> str:
    """Another core between the signs at the ends of a word."""
    start, end = len(text) - len(text.lstrip(_EDGES)), len(text.rstrip(_EDGES))
    return text[:start] + core + text[end:]


def _blotted(core: str, others: Sequence[str]) -> str:
    """The core, "?" for each digit that a reading as long as it tells otherwise; for every digit where none is as long.

    >>> _blotted("15/10/2023", ["16/10/2023"]), _blotted("15/10/2023", ["5/10/2023"])
    ('1?/10/2023', '??/??/????')
    """
    same = [each for each in others if len(each) == len(core)]
    return "".join(
        UNKNOWN if sign.isdigit() and (not same or any(each[at] != sign for each in same)) else sign
        for at, sign in enumerate(core)
    )
