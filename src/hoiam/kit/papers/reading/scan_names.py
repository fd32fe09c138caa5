"""The signer's name on a scan: read again by itself, and only a personal name that readings agree on is one."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from statistics import median

from hoiam.kit.papers.reading.scan_repair import is_office
from hoiam.kit.papers.reading.scan_words import Columns, Word, runs_of
from hoiam.kit.papers.reading.words import listed
from hoiam.kit.vietnamese import fold, is_syllable

UNSIGNED = "Máy đọc chưa chắc tên người ký nên để trống; hãy điền theo bản gốc."
_LEAST_SURE = 60.0  # of 100: the surest of the readings that agree
_REACH = 16.0  # times the height of a line: from the office down to the name, stamp and pen between
_STOPS = ("c", "ch", "p", "t")  # a syllable that ends so has a tone
_SHORTEST, _LONGEST = 2, 5  # syllables
_MOST = 4  # lines of one page read again

Again = Callable[[Sequence[Word]], list[list[Word]]]


def names_of(columns: Columns, width: int, again: Again) -> list[str]:
    """The personal names under the offices of a page that more readings than one tell.

    Args:
        columns: the lines of the page.
        width: of the page in dots.
        again: other readings of a line.
    """
    named = []
    for run in _below_office(columns, width)[-_MOST:]:
        told = [name_in(reading) for reading in (run, *again(run))]
        if name := voted([each for each in told if each]):
            named.append(name)
    return named


def _below_office(columns: Columns, width: int) -> list[list[Word]]:
    """What stands in the right half under an office and may be a name."""
    right = [run for line in columns.below for run in runs_of(line) if run[-1].right > width / 2]
    found: list[list[Word]] = []
    foot = 0.0
    for run in right:
        high = median(word.height for word in run)
        if is_office(" ".join(word.text for word in run)):
            foot = run[0].middle + _REACH * high
        elif run[0].middle < foot and 1 < len(_letters(run)) <= _LONGEST + 1:
            found.append(run)
    return found


def _letters(run: Sequence[Word]) -> list[Word]:
    """The words, specks at both ends away."""
    return [word for word in run if any(sign.isalpha() for sign in word.text)]


def name_in(words: Sequence[Word]) -> tuple[str, float] | None:
    """The personal name these words are, and how sure the machine is of the least sure of them; None when they are none."""
    kept = _letters(words)
    said = [word.text.strip(" .,:;'’`\"-–_|") for word in kept]
    if said:
        said[0] = _family(said[0])
    name = " ".join(said)
    return (name, min(word.sure for word in kept)) if is_personal_name(name) else None


def _family(said: str) -> str:
    """A family name with its marks, where only one has these letters."""
    names = _families()
    same = [name for name in names if fold(name) == fold(said)]
    return same[0] if said not in names and len(same) == 1 else said


def is_personal_name(name: str) -> bool:
    """Whether this is spelt as a Vietnamese person's name: a family name first, each part a syllable with its tone.

    >>> is_personal_name("Hồ Sỹ Tùng"), is_personal_name("Vy MỤpM"), is_personal_name("Phạm Quoc Vượng")
    (True, False, False)
    """
    parts = name.split()
    return (
        _SHORTEST <= len(parts) <= _LONGEST
        and parts[0] in _families()
        and all(part.istitle() and _is_toned(part.lower()) for part in parts)
    )


def _is_toned(syllable: str) -> bool:
    if not is_syllable(syllable):
        return False
    parts = unicodedata.normalize("NFD", syllable)
    return not syllable.endswith(_STOPS) or "\u0301" in parts or "\u0323" in parts


@cache
def _families() -> frozenset[str]:
    return frozenset((*listed("units")["surnames"], *listed("slips")["families"]))


def voted(told: Sequence[tuple[str, float]]) -> str | None:
    """The name more readings tell than any other, at least two; None when there is none or the machine was never sure.

    >>> voted([("Hồ Sý Tùng", 70.0), ("Hồ Sỹ Tùng", 90.0), ("Hồ Sỹ Tùng", 50.0)]), voted([("Hồ Sỹ Tùng", 90.0)])
    ('Hồ Sỹ Tùng', None)
    """
    ranked = Counter(name for name, _ in told).most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    best = ranked[0][0]
    return best if max(sure for name, sure in told if name == best) >= _LEAST_SURE else None
