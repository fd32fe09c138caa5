"""What an article is about, as weighted terms: syllables, pairs of syllables, names and numbers."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import yaml

from hoiam.kit.news.syllables import syllables

_NAME = re.compile(r"\b[^\W\d_a-zà-ỹ][\w-]*(?:[ \t]+[^\W\d_a-zà-ỹ][\w-]*){1,5}")
_CODE = re.compile(r"\b(?=\w*\d)\w+(?:[.,/-]\w+)*|\b[A-ZĐ]{2,}\b")
_DATELINE = re.compile(r"^\s*\(?[\w.\s]{2,20}\)?\s*[-–—]\s+")
_KEPT = 64
_LEAD = 1600
_TITLE_WEIGHT = 2
_COMMON_SHARE = 0.12
# Terms whose frequencies are kept; about 60 MB.
_REMEMBERED = 400_000


@dataclass(frozen=True)
class Terms:
    """A unit vector over terms, and the names and numbers that tell events apart."""

    weights: dict[str, float]
    names: frozenset[str]


@dataclass
class Frequencies:
    """In how many of the items seen so far each term occurs."""

    items: int = 0

    def __post_init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def learn(self, terms: set[str]) -> None:
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
        parts = term.split(" ")
        common = sum(part in common_syllables() for part in parts)
        prior = _COMMON_SHARE if common == len(parts) else 0.002
        if common and common < len(parts):
            prior = 0.006
        # A prior of 400 imagined items keeps the first hundred real ones from looking all-important.
        share = (self._counts[term] + 400 * prior) / (self.items + 400)
        return max(0.0, -math.log(share * 2.5)) if share < 0.4 else 0.0


def counted(title: str, sapo: str, text: str) -> Counter[str]:
    """The terms of an item and how often they occur; the title counts twice."""
    counts: Counter[str] = Counter()
    for words, weight in ((title, _TITLE_WEIGHT), (sapo, 1), (text[:_LEAD], 1)):
        units = syllables(_DATELINE.sub("", words))
        for unit in [*units, *map(" ".join, pairwise(units))]:
            counts[unit] += weight
    return counts


def weighted(counts: Counter[str], frequencies: Frequencies, names: frozenset[str]) -> Terms:
    """The strongest terms of an item as a unit vector."""
    raw = {term: (1 + math.log(count)) * frequencies.weight(term) for term, count in counts.items()}
    strongest = sorted(raw.items(), key=lambda pair: (-pair[1], pair[0]))[:_KEPT]
    length = math.sqrt(sum(value * value for _, value in strongest)) or 1.0
    return Terms({term: value / length for term, value in strongest if value > 0}, names)


def names_of(title: str, sapo: str, text: str) -> frozenset[str]:
    """Names of people and places, codes and numbers, lower-case.

    >>> sorted(names_of("Kê biên nhà bà Lê Thị Sen", "", "Lô 27 tại huyện Tân Sông"))
    ['27', 'lê thị sen', 'tân sông']
    """
    whole = "\n".join((title, sapo, text[:_LEAD]))
    found = {" ".join(name.lower().split()) for name in _NAME.findall(whole)}
    found.update(code.lower() for code in _CODE.findall(whole) if len(code) > 1)
    return frozenset(found)


@lru_cache(maxsize=1)
def common_syllables() -> frozenset[str]:
    """The hand-written list of syllables that say nothing about an event."""
    source = files("hoiam.kit.news").joinpath("data/common.yaml").read_text("utf-8")
    return frozenset(yaml.safe_load(source)["syllables"].split())
