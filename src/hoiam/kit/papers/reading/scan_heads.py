"""The number and the day of a scanned letterhead, read several times: what no two readings tell stays empty."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from hoiam.kit.papers.reading.scan_words import Columns, Word, columns_of
from hoiam.kit.vietnamese import fold

UNSURE = "Máy đọc chưa chắc số hoặc ngày của văn bản nên để trống; hãy điền theo bản gốc."
_TOP_WORDS = 40
_TITLES = ("cong hoa xa hoi", "doc lap - tu do", "dang cong san")
_SURE = 85.0  # of 100, where two readings differ
_MARGIN = 5.0
_PLAIN = 85.0  # of two that tell the same
_LEAST_SURE = 45.0  # of a place only one reading tells
# What the machine sees where a digit stands.
_DIGITS = str.maketrans("OoQlI|]", "0001111")
_NUMBER_OPENS = re.compile(r"[S5§][ốôồổỗöoóòõ06][:.;]*", re.I)
_SYMBOL = re.compile(r"(?P<no>[\dOoQlI|\]]{1,5})(?P<rest>\s?/.*)")
_SIGNS = str.maketrans({"|": "1", "]": "1", "—": "-", "–": "-"})
_LETTERS = {"5": "S", "0": "O", "8": "B"}
_YEAR = re.compile(r"(?:19|20)\d\d")

Told = tuple[str, float]
Again = Callable[[Sequence[Word]], list[list[Word]]]


def has_state_title(words: Sequence[Word]) -> bool:
    """Whether a page opens as state papers do."""
    top = sorted(words, key=lambda word: word.top)[:_TOP_WORDS]
    said = fold(
        " ".join(word.text for word in sorted(top, key=lambda word: (word.line, word.left)))
    )
    return any(title in said for title in _TITLES)


def checked(
    columns: Columns, left: Sequence[Word], right: Sequence[Word], again: Again | None = None
) -> tuple[Columns, bool]:
    """The columns with the number and the day the readings stand for, and whether one of the two had to be left empty.

    Args:
        columns: the page as first read.
        left: the words of its left column read again by itself, on the places of the page.
        right: those of its right one.
        again: more readings of one line, asked where two do not tell the same; None when there are no more.
    """
    one, is_first_unsure = _settled(columns.left, left, _NUMBER, again)
    two, is_second_unsure = _settled(columns.right, right, _DAY, again)
    return Columns(one, two, columns.below), is_first_unsure or is_second_unsure


def _settled(
    lines: list[list[Word]], other: Sequence[Word], place: _Place, again: Again | None
) -> tuple[list[list[Word]], bool]:
    """The lines of a column with what the readings tell; the line as good as empty where they differ."""
    others = columns_of(other, None).below
    first = next(((line, told) for line in lines if (told := place.told_in(line))), None)
    second = next(((line, told) for line in others if (told := place.told_in(line))), None)
    line = (first or second or (None,))[0] or _looks_so((*lines, *others), place)
    if line is None:
        return lines, False
    one, two = first[1] if first else None, second[1] if second else None
    if again is not None and not _is_plain(one, two):
        said = majority([one, two, *(place.told_in(each) for each in again(line))])
    elif one is None and two is None:
        return lines, False
    else:
        said = agreed(one, two)
    made = _rewritten(line, said or place.empty)
    height, middle = median(word.height for word in line), _middle(line)
    before = [each for each in lines if _middle(each) < middle - height * 0.6]
    after = [each for each in lines if _middle(each) > middle + height * 0.6]
    return [*before, *([made] if said or place.empty else []), *after], said is None


def _looks_so(lines: Sequence[list[Word]], place: _Place) -> list[Word] | None:
    """The line that stands for the place although nothing can be read in it."""
    return next((x for x in lines if place.looks.match(fold(" ".join(w.text for w in x)))), None)


def _is_plain(one: Told | None, two: Told | None) -> bool:
    """Whether both readings tell the same and are sure of it."""
    if one is None or two is None or _figures(one[0]) != _figures(two[0]):
        return False
    return min(one[1], two[1]) >= _PLAIN


def majority(told: Sequence[Told | None]) -> str | None:
    """What most readings tell, at least two and more than tell any other; what one alone tells only where it is sure.

    >>> majority([("12", 60.0), ("72", 95.0), ("12", 40.0)]), majority([("12", 60.0), ("72", 95.0), None])
    ('12', None)
    """
    said = [each for each in told if each]
    ranked = Counter(_figures(words) for words, _ in said).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    if ranked[0][1] < 2 and said[0][1] < _PLAIN:
        return None
    same = [each for each in said if _figures(each[0]) == ranked[0][0]]
    return max(same, key=lambda each: each[1])[0]


def _middle(line: Sequence[Word]) -> float:
    return median(word.middle for word in line)


def number_in(line: Sequence[Word]) -> Told | None:
    """The number a line of the letterhead tells behind "Số:", and how sure; look-alikes of digits mended before the stroke.

    None where the line is no such line or its number has no such shape.
    """
    opened = next((at for at, word in enumerate(line[:3]) if _NUMBER_OPENS.match(word.text)), None)
    if opened is None:
        return None
    rest = line[opened + 1 :]
    words = _NUMBER_OPENS.sub("", line[opened].text, count=1) + " ".join(w.text for w in rest)
    found = _SYMBOL.match(words.strip(" .:"))
    if found is None:
        return None
    symbol = found["rest"].translate(_SIGNS).rstrip(" .,;:'’")
    # A symbol opens with a letter.
    symbol = re.sub(r"(?<=/)[508](?=[A-ZĐ])", lambda sign: _LETTERS[sign.group()], symbol)
    number = found["no"].translate(_DIGITS)
    return f"Số: {number}{symbol}", min(word.sure for word in (rest or line[opened:]))


def day_in(line: Sequence[Word]) -> Told | None:
    """The place and day a line of the letterhead tells ("Hà Nội, ngày 05 tháng 3 năm 2026"), and how sure its figures are."""
    said = [fold(word.text).strip(".,:;-") for word in line]
    at = next((i for i, word in enumerate(said) if word.endswith("ngay")), None)
    if at is None or at == 0 or len(said) < at + 6 or not said[at + 2].startswith("th"):
        return None
    parts = [line[at + step] for step in (1, 3, 5)]
    day, month, year = (word.text.strip(".,:;") for word in parts)
    told = _only(day, 31), _only(month, 12), _only(year, 2999)
    if None in told or not _YEAR.fullmatch(told[2] or ""):
        return None
    day, month, year = (each or "" for each in told)
    place = " ".join(word.text for word in line[:at]).strip(" -.,;:")
    return f"{place}, ngày {day} tháng {month} năm {year}", min(word.sure for word in parts)


def _only(said: str, most: int) -> str | None:
    """The one number from 1 to `most` these signs can be, None for none or several: a slanting 1 and 7 both look like T.

    >>> _only("TT", 12), _only("2T", 31), _only("O5", 31)
    ('11', None, '05')
    """
    said = said.translate(_DIGITS)
    fit = {
        one for one in _mixed(said) if len(one) < 5 and one.isdecimal() and 1 <= int(one) <= most
    }
    return fit.pop() if len(fit) == 1 else None


def _mixed(said: str) -> set[str]:
    """Each T of two by itself as 1 or 7."""
    signs = [("1", "7") if sign == "T" else (sign,) for sign in said]
    return {"".join(each) for each in itertools.product(*signs)} if len(said) < 5 else set()


def agreed(one: Told | None, two: Told | None) -> str | None:
    """What two readings of one place say together: the same, else the surer by far, else nothing.

    >>> agreed(("12", 40.0), ("12", 90.0)), agreed(("12", 95.0), ("72", 60.0)), agreed(("12", 90.0), ("72", 89.0))
    ('12', '12', None)
    """
    if one is None or two is None or _figures(one[0]) == _figures(two[0]):
        told = max((each for each in (one, two) if each), key=lambda each: each[1])
        return told[0] if (one and two) or told[1] >= _LEAST_SURE else None
    first, second = sorted((one, two), key=lambda each: -each[1])
    return first[0] if first[1] >= _SURE and first[1] - second[1] >= _MARGIN else None


def _figures(words: str) -> str:
    """What must be the same: of a day its figures, of a number all its signs."""
    return "".join(words.split()) if "/" in words else re.sub(r"\D", " ", words)


def _rewritten(line: Sequence[Word], words: str) -> list[Word]:
    """The line as one word of these words on its place."""
    first, last = line[0], line[-1]
    return [replace(first, width=last.right - first.left, text=words, sure=100.0)]


@dataclass(frozen=True)
class _Place:
    """What a line of the letterhead holds: how it is told, how it looks where it cannot be, what stands there when empty."""

    told_in: Callable[[Sequence[Word]], Told | None]
    looks: re.Pattern[str]
    empty: str


_NUMBER = _Place(number_in, re.compile(r"\W*so\s?[:.;]\W*\w"), "Số:")
_DAY = _Place(day_in, re.compile(r".{2,40}\bngay\b.{1,8}\bth\w{1,4}\b"), "")
