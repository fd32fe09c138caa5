"""Stories: the items of one event, folded online inside a window of days, with the reasons of every link.

A leader-and-centroid clustering on weighted syllable terms. Guards keep a story from swallowing its neighbours: old items
leave, the line rises with the size of a story and with time, and is higher where no name, office or sum of money is shared.
What a person decided about two items goes before all of it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from hoiam.kit.news.decisions import Decisions
from hoiam.kit.news.duplicates import Duplicate, DuplicateIndex
from hoiam.kit.news.keys import names_of
from hoiam.kit.news.links import Story, margin, shared
from hoiam.kit.news.moments import Clock
from hoiam.kit.news.terms import Frequencies, Terms, counted, weighted

_PROBES = 24
_LEAST_SHARED = 3
_COMPARED = 16
_SWEEPS = 48


@dataclass(frozen=True)
class StoryItem:
    """One item as the folding sees it.

    ``places`` and ``names`` are what the caller knows beside the text: provinces the matter lies in, offices recognised.
    """

    id: str
    title: str
    sapo: str = ""
    text: str = ""
    published_at: datetime | None = None
    url: str = ""
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoryLink:
    """Which story an item belongs to and why; ``story`` is the id of the story's first item.

    ``by_person`` says that a decision put it there; then nothing need be shared.
    """

    id: str
    story: str
    duplicate_of: str | None = None
    score: float = 1.0
    shared: tuple[str, ...] = ()
    by_person: bool = False


class StoryIndex:
    """The stories of the last days; items come in time order, a few late ones do no harm.

    Args:
        window_hours: how long a story waits for another item; memory is bounded by what comes in that time.
        decisions: pairs of items a person put together or apart.
    """

    def __init__(self, window_hours: float = 96, decisions: Decisions | None = None) -> None:
        self._window = timedelta(hours=window_hours)
        self._decisions = decisions or Decisions()
        self._clock = Clock()
        self._swept: datetime | None = None
        self._duplicates = DuplicateIndex(days=window_hours / 24)
        self._frequencies = Frequencies()
        self._stories: dict[str, Story] = {}
        # Ordered, so that the same items give the same stories in every process.
        self._by_term: dict[str, dict[str, None]] = {}
        self._story_of: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._stories)

    def add(self, item: StoryItem) -> StoryLink:
        """Fold one item: a copy, another report of a known event, or the first of a new story."""
        terms = self._read(item)
        copy = self._copied(item)
        link, story = self._decided(item, copy) or self._link(item, terms, copy)
        self._join(story, item, terms)
        return link

    def place(self, item: StoryItem, story: str) -> None:
        """Put an item where it is known to belong, under the caller's own name for the story."""
        terms = self._read(item)
        self._copied(item)
        self._join(self._stories.setdefault(story, Story(story)), item, terms)

    def _read(self, item: StoryItem) -> Terms:
        self._expire(self._clock.see(item.published_at))
        counts = counted(item.title, item.sapo, item.text)
        names = names_of(item.title, item.sapo, item.text) | {n.lower() for n in item.names}
        self._frequencies.learn(counts.keys() | names)
        return weighted(counts, self._frequencies, names, frozenset(item.places))

    def _copied(self, item: StoryItem) -> Duplicate | None:
        whole = "\n".join((item.title, item.sapo, item.text))
        return self._duplicates.find_or_add(item.id, whole, url=item.url, at=self._clock.now)

    def _decided(self, item: StoryItem, copy: Duplicate | None) -> tuple[StoryLink, Story] | None:
        for other in self._decisions.together_with(item.id):
            if other in self._story_of:
                story = self._stories[self._story_of[other]]
                of, score = (copy.of, copy.score) if copy else (None, 1.0)
                return StoryLink(item.id, story.id, of, score, by_person=True), story
        return None

    def _link(
        self, item: StoryItem, terms: Terms, copy: Duplicate | None
    ) -> tuple[StoryLink, Story]:
        barred = {self._story_of.get(other) for other in self._decisions.apart_from(item.id)}
        home = self._story_of.get(copy.of) if copy else None
        if copy is not None and home is not None and home not in barred:
            story = self._stories[home]
            return StoryLink(item.id, home, copy.of, copy.score, shared(terms, story)), story
        best, score = self._best(item, terms, barred)
        of = copy.of if copy and home is not None else None
        if best is None:
            fresh = self._stories[item.id] = Story(item.id)
            return StoryLink(item.id, item.id, of), fresh
        return StoryLink(item.id, best.id, of, round(score, 4), shared(terms, best)), best

    def _best(
        self, item: StoryItem, terms: Terms, barred: set[str | None]
    ) -> tuple[Story | None, float]:
        best, most, likeness = None, 0.0, 0.0
        for story in self._candidates(terms):
            if story.id in barred or self._is_past(story, item.published_at):
                continue
            over, alike = margin(terms, item.published_at, story, self._frequencies)
            if over >= most:
                best, most, likeness = story, over, alike
        return best, likeness

    def _is_past(self, story: Story, at: datetime | None) -> bool:
        return at is not None and story.seen is not None and abs(at - story.seen) > self._window

    def _candidates(self, terms: Terms) -> Iterable[Story]:
        hits: Counter[str] = Counter()
        for term in list(terms.weights)[:_PROBES]:
            hits.update(iter(self._by_term.get(term, ())))
        likely = [pair for pair in hits.items() if pair[1] >= _LEAST_SHARED]
        likely.sort(key=itemgetter(1), reverse=True)
        return [self._stories[id] for id, _ in likely[:_COMPARED]]

    def _join(self, story: Story, item: StoryItem, terms: Terms) -> None:
        story.take(terms, item.published_at or self._clock.now)
        for term in terms.weights:
            self._by_term.setdefault(term, {})[story.id] = None
        self._story_of[item.id] = story.id

    def _expire(self, now: datetime | None) -> None:
        # Looking at every story for each item would cost more than all the rest: what is past joins nothing anyway.
        if now is None or (self._swept and abs(now - self._swept) < self._window / _SWEEPS):
            return
        self._swept = now
        for story in self._stories.values():
            story.seen = story.seen or now
            story.first = story.first or now
        past = [one for one in self._stories.values() if one.seen and one.seen < now - self._window]
        for story in past:
            self._forget(story)
        if past:
            self._story_of = {k: v for k, v in self._story_of.items() if v in self._stories}

    def _forget(self, story: Story) -> None:
        del self._stories[story.id]
        for term in story.met:
            holders = self._by_term.get(term)
            if holders is not None:
                holders.pop(story.id, None)
                if not holders:
                    del self._by_term[term]
