"""What an article is about, as weighted terms: syllables, pairs of syllables, names and numbers."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from hoiam.kit.lists import yaml_of
from hoiam.kit.news.syllables import syllables, without_dateline
from hoiam.kit.news.thresholds import thresholds

_KEPT = 64
_LEAD = 1600
_TITLE_WEIGHT = 2
_COMMON_SHARE = 0.12
# Terms whose frequencies are kept; about 60 MB.
_REMEMBERED = 400_000
_HEAVIEST = thresholds("stories")["heaviest"]


@dataclass(frozen=True)
class Terms:
    """A unit vector over terms, and the names and numbers that tell events apart."""

    weights: dict[str, float]
    names: frozenset[str]
    places: frozenset[str] = frozenset()


@dataclass
class Frequencies:
    """In how many of the items seen so far each term occurs."""

    items: int = 0

    def __post_init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def learn(self, terms: Iterable[str]) -> None:
        """Count one more item."""
        self.items += 1
        self._counts.update(terms)
        if len(self._counts) > _REMEMBERED:
            self._forget()

    def _forget(self) -> None:
        """Halve everything: rare terms of long ago leave, usual ones stay usual."""
        self.items //= 2
        halved = {term: count // 2 for term, count in self._counts.items() if count > 1}
        self._counts = Counter(halved)

    def weight(self, term: str) -> float:
        """How much sharing the term says; words everybody uses say next to nothing."""
        # A prior of 400 imagined items keeps the first hundred real ones from looking all-important.
        share = (self._counts[term] + 400 * _prior(term)) / (self.items + 400)
        if share >= 0.4:
            return 0.0
        # What is met once weighs the same after a hundred items and after a million: likeness keeps its meaning.
        return min(_HEAVIEST, max(0.0, -math.log(share * 2.5)))


@lru_cache(maxsize=100_000)
def _prior(term: str) -> float:
    """The share of items a term is expected in before any was seen."""
    parts = term.split(" ")
    common = sum([part in common_syllables() for part in parts])
    if common == len(parts):
        return _COMMON_SHARE
    return 0.006 if common else 0.002


def counted(title: str, sapo: str, text: str) -> Counter[str]:
    """The terms of an item and how often they occur; the title counts twice."""
    counts: Counter[str] = Counter()
    for words, weight in ((title, _TITLE_WEIGHT), (sapo, 1), (text[:_LEAD], 1)):
        units = syllables(without_dateline(words))
        for unit in [*units, *map(" ".join, pairwise(units))]:
            counts[unit] += weight
    return counts


def weighted(
    counts: Counter[str],
    frequencies: Frequencies,
    names: frozenset[str],
    places: frozenset[str] = frozenset(),
) -> Terms:
    """The strongest terms of an item as a unit vector."""
    raw = {term: (1 + math.log(count)) * frequencies.weight(term) for term, count in counts.items()}
    strongest = sorted(raw.items(), key=lambda pair: (-pair[1], pair[0]))[:_KEPT]
    length = math.sqrt(sum(value * value for _, value in strongest)) or 1.0
    return Terms({term: value / length for term, value in strongest if value > 0}, names, places)


@lru_cache(maxsize=1)
def common_syllables() -> frozenset[str]:
    """The hand-written list of syllables that say nothing about an event."""
    source = files("hoiam.kit.news").joinpath("data/common.yaml").read_text("utf-8")
    return frozenset(yaml_of(source)["syllables"].split())
