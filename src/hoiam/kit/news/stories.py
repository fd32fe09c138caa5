"""Stories: the items of one event, folded online inside a window of days, with the reasons of every link.

A leader-and-centroid clustering on weighted syllable terms. Three guards keep a story from swallowing its neighbours:
old items leave, the threshold rises with the size of a story, and a link needs a shared name, place or number unless the
texts are very alike.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hoiam.kit.news.duplicates import DuplicateIndex
from hoiam.kit.news.terms import Frequencies, Terms, counted, names_of, weighted
from hoiam.kit.news.thresholds import thresholds

_LINES = thresholds("stories")
_BASE, _PER_DOUBLING = _LINES["base"], _LINES["per_doubling"]
_WITHOUT_NAME = _LINES["without_name"]
_HALF_LIFE = timedelta(hours=_LINES["half_life_hours"])
_PROBES = 24
_LEAST_SHARED = 3
_SHOWN = 6
_RECENT = 6


@dataclass(frozen=True)
class StoryItem:
    """One item as the folding sees it."""

    id: str
    title: str
    sapo: str = ""
    text: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True)
class StoryLink:
    """Which story an item belongs to and why; ``story`` is the id of the story's first item."""

    id: str
    story: str
    duplicate_of: str | None = None
    score: float = 1.0
    shared: tuple[str, ...] = ()


@dataclass
class _Story:
    id: str
    size: int
    seen: datetime | None
    centroid: dict[str, float]
    names: set[str]
    recent: list[Terms] = field(default_factory=list)


class StoryIndex:
    """The stories of the last days; items must come in time order."""

    def __init__(self, window_hours: float = 96) -> None:
        self._window = timedelta(hours=window_hours)
        self._duplicates = DuplicateIndex(days=window_hours / 24)
        self._frequencies = Frequencies()
        self._stories: dict[str, _Story] = {}
        self._by_term: dict[str, set[str]] = {}
        self._story_of: dict[str, str] = {}

    def add(self, item: StoryItem) -> StoryLink:
        """Fold one item: a copy, another report of a known event, or the first of a new story."""
        self._expire(item.published_at)
        counts = counted(item.title, item.sapo, item.text)
        self._frequencies.learn(set(counts))
        names = names_of(item.title, item.sapo, item.text)
        terms = weighted(counts, self._frequencies, names)
        whole = "\n".join((item.title, item.sapo, item.text))
        copy = self._duplicates.find_or_add(item.id, whole, at=item.published_at)
        if copy is not None and copy.of in self._story_of:
            story = self._stories[self._story_of[copy.of]]
            link = StoryLink(item.id, story.id, copy.of, copy.score, _shared(terms, story))
        else:
            link, story = self._link(item, terms)
        self._join(story, item, terms)
        return link

    def _link(self, item: StoryItem, terms: Terms) -> tuple[StoryLink, _Story]:
        best, score = self._best(terms)
        if best is None:
            story = _Story(item.id, 0, item.published_at, {}, set())
            self._stories[item.id] = story
            return StoryLink(item.id, item.id), story
        shared = _shared(terms, best)
        return StoryLink(item.id, best.id, None, round(score, 4), shared), best

    def _best(self, terms: Terms) -> tuple[_Story | None, float]:
        best, best_margin, best_score = None, 0.0, 0.0
        for story in self._candidates(terms):
            score = _score(terms, story)
            margin = score - _threshold(terms, story)
            if margin >= best_margin:
                best, best_margin, best_score = story, margin, score
        return best, best_score

    def _candidates(self, terms: Terms) -> Iterable[_Story]:
        hits: dict[str, int] = {}
        for term in list(terms.weights)[:_PROBES]:
            for id in self._by_term.get(term, ()):
                hits[id] = hits.get(id, 0) + 1
        return [self._stories[id] for id, count in hits.items() if count >= _LEAST_SHARED]

    def _join(self, story: _Story, item: StoryItem, terms: Terms) -> None:
        fade = _fade(story.seen, item.published_at)
        merged = {term: value * fade for term, value in story.centroid.items()}
        for term, value in terms.weights.items():
            merged[term] = merged.get(term, 0.0) + value
            self._by_term.setdefault(term, set()).add(story.id)
        story.centroid = merged
        story.names |= terms.names
        story.size += 1
        story.seen = item.published_at or story.seen
        story.recent = [*story.recent[-_RECENT + 1 :], terms]
        self._story_of[item.id] = story.id

    def _expire(self, now: datetime | None) -> None:
        if now is None:
            return
        oldest = now - self._window
        gone = [one for one in self._stories.values() if one.seen is not None and one.seen < oldest]
        for story in gone:
            self._forget(story)
        if gone:
            self._story_of = {k: v for k, v in self._story_of.items() if v in self._stories}

    def _forget(self, story: _Story) -> None:
        del self._stories[story.id]
        for term in story.centroid:
            holders = self._by_term.get(term)
            if holders is not None:
                holders.discard(story.id)
                if not holders:
                    del self._by_term[term]


def _score(terms: Terms, story: _Story) -> float:
    length = math.sqrt(sum(value * value for value in story.centroid.values())) or 1.0
    central = (
        sum(value * story.centroid.get(term, 0.0) for term, value in terms.weights.items()) / length
    )
    nearest = max((_cosine(terms.weights, other.weights) for other in story.recent), default=0.0)
    return (central + nearest) / 2


def _cosine(some: dict[str, float], other: dict[str, float]) -> float:
    return sum(value * other[term] for term, value in some.items() if term in other)


def _threshold(terms: Terms, story: _Story) -> float:
    grown = _BASE + _PER_DOUBLING * math.log2(max(1, story.size))
    return grown if terms.names & story.names else max(grown, _WITHOUT_NAME)


def _shared(terms: Terms, story: _Story) -> tuple[str, ...]:
    """What an item has in common with a story, for people: names first, then the strongest terms."""
    names = sorted(terms.names & story.names, key=lambda name: (-len(name), name))
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


def _fade(before: datetime | None, now: datetime | None) -> float:
    if before is None or now is None or now <= before:
        return 1.0
    return float(0.5 ** ((now - before) / _HALF_LIFE))
