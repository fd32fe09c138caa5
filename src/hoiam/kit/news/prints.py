"""Our own texts found again in what others printed: whole, shortened, under another headline, or quoted in a longer story.

Unlike copies among papers (`duplicates`) the two texts may differ much in length. What is counted are passages: runs of
syllables that stand in ours in the same order. Two reports of one event share names and titles, which are short; whoever
prints our text again takes over whole sentences. A match may be wrong: a person confirms it before anybody is told.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hoiam.kit.news.syllables import hashed, numbers, shingles, syllable_spans, syllables
from hoiam.kit.news.thresholds import thresholds

_LINES = thresholds("prints")
_WIDTH = 3  # syllables of a shingle
_SAMPLE = 4  # every fourth shingle proposes; all of them decide
_COMPARED = 4
_LEAST_HITS = 3


@dataclass(frozen=True)
class Printed:
    """Which of our texts was printed again, and what shows it.

    Attributes:
        of: the id our text was kept under.
        of_ours: share of our text that stands in theirs, 0 to 1.
        of_theirs: share of their text that is ours, 0 to 1.
        passages: where the runs taken over stand in their text, in characters.
    """

    of: str
    of_ours: float
    of_theirs: float
    passages: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Ours:
    shingles: "array[int]"
    numbers: frozenset[str]


class PrintIndex:
    """Our texts, to be looked for in what others print; a few thousand of them.

    >>> index = PrintIndex()
    >>> ours = " ".join(f"từ{n}" for n in range(90))
    >>> index.add("bài 1", ours)
    >>> index.find("Báo bạn viết. " + ours).of
    'bài 1'
    """

    def __init__(self) -> None:
        self._kept: dict[str, _Ours] = {}
        self._holders: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, id: str, text: str) -> None:
        """Keep one of our texts (title, lead and body as plain text), in place of what stood under this id."""
        self.drop(id)
        words = syllables(text)
        own = array("I", sorted(set(hashed(shingles(words)))))
        self._kept[id] = _Ours(own, numbers(words))
        for one in own:
            if one % _SAMPLE == 0:
                self._holders.setdefault(one, []).append(id)

    def drop(self, id: str) -> None:
        """Forget one of our texts."""
        kept = self._kept.pop(id, None)
        for one in kept.shingles if kept is not None else ():
            holders = self._holders.get(one)
            if holders is not None and id in holders:
                holders.remove(id)
                if not holders:
                    del self._holders[one]

    def find(self, text: str, admits: Callable[[str], bool] = bool) -> Printed | None:
        """The one of our texts most of which stands in this one; None when it is nobody's copy.

        Args:
            text: what they printed, as plain text.
            admits: asked with the id of one of ours whether it may be it at all (was it published before?).
        """
        words = syllables(text)
        theirs = hashed(shingles(words))
        best: tuple[float, str, list[tuple[int, int]], float] | None = None
        for id in filter(admits, self._proposed(theirs)):
            ours = self._kept[id]
            runs = list(_runs(theirs, frozenset(ours.shingles)))
            of_ours, of_theirs = _shares(theirs, runs, len(ours.shingles), len(words))
            if not _is_print(runs, of_ours, of_theirs) or _is_sister(ours, words, theirs):
                continue
            if best is None or of_ours > best[0]:
                best = (of_ours, id, runs, of_theirs)
        if best is None:
            return None
        spans = syllable_spans(text)
        passages = tuple((spans[first][0], spans[last][1]) for first, last in best[2])
        return Printed(best[1], round(best[0], 4), round(best[3], 4), passages)

    def _proposed(self, theirs: list[int]) -> list[str]:
        hits: Counter[str] = Counter()
        for one in set(theirs):
            holders = self._holders.get(one) if one % _SAMPLE == 0 else None
            if holders is not None and len(holders) <= _LINES["common"]:
                hits.update(holders)
        return [id for id, times in hits.most_common(_COMPARED) if times >= _LEAST_HITS]


def _runs(theirs: list[int], ours: frozenset[int]) -> Iterator[tuple[int, int]]:
    """First and last syllable of each run of their text that stands in ours."""
    start: int | None = None
    for at, one in enumerate([*theirs, -1]):
        if one in ours:
            start = at if start is None else start
        elif start is not None:
            if at - start + _WIDTH - 1 >= _LINES["run"]:
                yield start, at + _WIDTH - 2
            start = None


def _shares(
    theirs: list[int], runs: list[tuple[int, int]], size: int, length: int
) -> tuple[float, float]:
    taken = {theirs[at] for first, last in runs for at in range(first, last - _WIDTH + 2)}
    return len(taken) / max(1, size), _taken(runs) / max(1, length)


def _taken(runs: list[tuple[int, int]]) -> int:
    return sum(last - first + 1 for first, last in runs)


def _is_print(runs: list[tuple[int, int]], of_ours: float, of_theirs: float) -> bool:
    taken = _taken(runs)
    if taken >= _LINES["least"]:
        return of_ours >= _LINES["of_ours"] or of_theirs >= _LINES["of_theirs"]
    whole = of_ours >= _LINES["teaser_share"]
    return taken >= _LINES["teaser"] and (whole or of_theirs >= _LINES["teaser_share"])


def _is_sister(ours: _Ours, words: list[str], theirs: list[int]) -> bool:
    """Two short notices of one form: each names a number the other lacks ("phiên ngày 5", "phiên ngày 6")."""
    if max(len(ours.shingles), len(theirs)) >= _LINES["short"]:
        return False
    said = numbers(words)
    return bool(said - ours.numbers) and bool(ours.numbers - said)
