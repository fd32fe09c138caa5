"""When an item belongs to a story: likeness of words, nearness in time, and what the two name alike."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter

from hoiam.kit.news.keys import telling
from hoiam.kit.news.terms import Frequencies, Terms
from hoiam.kit.news.thresholds import thresholds

_LINES = thresholds("stories")
_HALF_LIFE = timedelta(hours=_LINES["half_life_hours"])
_DAY = timedelta(days=1)
_SHOWN = 6
_RECENT = 6
_MOST_TERMS = 400
_FADED = 4


@dataclass
class Story:
    """What is kept of a story while items may still join it."""

    id: str
    size: int = 0
    first: datetime | None = None
    seen: datetime | None = None
    centroid: dict[str, float] = field(default_factory=dict)
    length: float = 1.0
    met: set[str] = field(default_factory=set)
    """Every term it ever had; the weak ones leave the centroid of a big story."""
    names: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    recent: list[Terms] = field(default_factory=list)

    def take(self, terms: Terms, at: datetime | None) -> None:
        """Let an item join: earlier ones fade, its names and places become the story's."""
        fade = _fade(self.seen, at)
        merged = {term: value * fade for term, value in self.centroid.items()}
        for term, value in terms.weights.items():
            merged[term] = merged.get(term, 0.0) + value
        if len(merged) > _MOST_TERMS:
            merged = dict(
                sorted(merged.items(), key=itemgetter(1), reverse=True)[: _MOST_TERMS // 2]
            )
        self.centroid = merged
        self.met.update(terms.weights)
        self.length = math.sqrt(sum(value * value for value in merged.values())) or 1.0
        self.names |= terms.names
        self.places |= terms.places
        self.size += 1
        self.first = self.first or at
        self.seen = max(filter(None, (self.seen, at)), default=None)
        self.recent = [*self.recent[-_RECENT + 1 :], terms]


def margin(
    terms: Terms, at: datetime | None, story: Story, frequencies: Frequencies
) -> tuple[float, float]:
    """By how much an item passes the story's line (below 0 it does not belong), and the bare likeness.

    The line rises with the story's size, its age and the days since its last item: a daily column is no event, however alike
    its issues are. Names, offices and sums of money in common lower it from the line for texts that share none; another
    place raises it again.
    """
    line = _line(terms, at, story, frequencies)
    likeness = _likeness(terms, story, line)
    return likeness - line, likeness


def _line(terms: Terms, at: datetime | None, story: Story, frequencies: Frequencies) -> float:
    named = _named(terms, story, frequencies)
    line = _LINES["base"] + (1 - named) * (_LINES["without_name"] - _LINES["base"])
    line += _LINES["per_doubling"] * math.log2(max(1, story.size))
    line += _LINES["per_crowded"] * max(0, story.size - _LINES["crowd"])
    line += _LINES["per_day"] * _days(story.seen, at)
    line += _LINES["per_day_old"] * max(0.0, _days(story.first, at) - _LINES["young_days"])
    if terms.places and story.places and not terms.places & story.places:
        return max(line, _LINES["other_place"])
    return line


def shared(terms: Terms, story: Story) -> tuple[str, ...]:
    """What an item has in common with a story, for people: names and sums first, then the strongest terms."""
    names = sorted(terms.names & story.names, key=lambda name: (-telling(name), -len(name), name))
    common = [
        (-value * story.centroid[term], term)
        for term, value in terms.weights.items()
        if term in story.centroid
    ]
    paired = {part for _, term in common if " " in term for part in term.split(" ")}
    common = [pair for pair in common if pair[1] not in paired]
    shown: list[str] = []
    for term in [*names[: _SHOWN // 2], *(term for _, term in sorted(common))]:
        if not any(f" {term} " in f" {other} " for other in shown):
            shown.append(term)
    return tuple(shown[:_SHOWN])


def _likeness(terms: Terms, story: Story, line: float) -> float:
    """The mean of likeness to the whole story and to its nearest item; an upper bound of it where that stays below the line."""
    central = _dot(terms.weights, story.centroid)
    whole = central / story.length
    if story.size == 1:
        return whole
    # No item weighs more in the story than in itself, but for fading: looking at each of them would be for nothing.
    most = (whole + min(1.0, central * _FADED)) / 2
    if most < line:
        return most
    nearest = max((_dot(terms.weights, other.weights) for other in story.recent), default=0.0)
    return (whole + nearest) / 2


def _named(terms: Terms, story: Story, frequencies: Frequencies) -> float:
    """How much two texts name alike, 0–1; a name everybody writes about says little."""
    # Exact, so that the order of a set (another in every process) never decides.
    weight = math.fsum(
        telling(name) * frequencies.weight(name) for name in terms.names & story.names
    )
    return min(1.0, weight / _LINES["named_enough"])


def _dot(some: dict[str, float], other: dict[str, float]) -> float:
    return sum([value * other[term] for term, value in some.items() if term in other])


def _days(seen: datetime | None, at: datetime | None) -> float:
    if seen is None or at is None:
        return 0.0
    return abs(at - seen) / _DAY


def _fade(before: datetime | None, now: datetime | None) -> float:
    if before is None or now is None or now <= before:
        return 1.0
    return float(0.5 ** ((now - before) / _HALF_LIFE))
