"""Where the rules of evidence are met in a document: who does what to whom, where it stands, how old it is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any, Final

from .agency_register import Register
from .grammar import Mention, mentions
from .lexicon import Lexicon
from .naming import with_names
from .rules import SKELETON, Hit, Rule
from .scoring import Score, heaviest, mark, score, zone_of
from .skeleton import Skeleton, skeleton_of
from .source import Source, sources_of
from .values import Document

OPENING: Final = frozenset({"title", "sapo", "lead"})
_ZONES: Final = {
    "title": frozenset({"title"}),
    "sapo": frozenset({"sapo"}),
    "text": frozenset({"sapo", "lead", "text"}),
}
# Of one rule in one field; more would tell nothing new.
_MOST_PLACES: Final = 60
_SENTENCES_BACK: Final = 3
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class View:
    """The skeletons of a document with the sentences that speak of enforcement of judgments.

    `year` is the year the item is of; sentences of much older years tell an old story again.
    """

    skeletons: tuple[Skeleton, ...]
    subjects: frozenset[tuple[str, int]]
    year: int | None
    retold: Mapping[str, Any]
    present: Rule
    short: int = 0

    @classmethod
    def of(
        cls,
        sources: Sequence[Source],
        named: Sequence[Mention],
        score: Score,
        lexicon: Lexicon,
        year: int | None,
    ) -> "View":
        """The view that a score gives: its positive hits mark the sentences."""
        skeletons = with_names(
            [
                skeleton_of(source, [m for m in named if m.source is source], lexicon.roles)
                for source in sources
            ]
        )
        found = {
            (hit.source.field, hit.source.sentence_at(hit.start)[0])
            for hit in score.all_hits
            if hit.weight > 0
        }
        newest = year or _newest(sources)
        retold = lexicon.settings["retold"]
        short = int(lexicon.settings["stance"]["short"]["under"])
        return cls(skeletons, frozenset(found), newest, retold, lexicon.still_going_on, short)

    def met(self, rule: Rule) -> Iterable[Hit]:
        """Where a rule is met, its conditions on sentence and zone kept; in an old story it weighs less."""
        hits = self._met(rule)
        first = next(hits, None)
        # What a row asks of the whole item is asked last: most rows are met nowhere.
        if first is not None and self._admits(rule):
            yield first
            yield from hits

    def _met(self, rule: Rule) -> Iterator[Hit]:
        for skeleton in self.skeletons:
            source = skeleton.source
            for start, end, sentence in _places(rule, skeleton):
                zone = zone_of(source, start)
                if start < source.again or (rule.fields and zone not in rule.fields):
                    continue
                if self._counts(rule, source, start, sentence):
                    share = float(self.retold["share"]) if self.is_old(source, start) else 1.0
                    yield Hit(rule, source, start, end, zone, share)

    def _admits(self, rule: Rule) -> bool:
        """Whether the item as a whole has what a rule asks of it, and nothing that forbids it."""
        if rule.document_beside and not self.speaks(rule.document_beside):
            return False
        return not (rule.document_unless and self.speaks(rule.document_unless))

    def speaks(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern is met anywhere in the document."""
        if pattern not in self._spoken:
            self._spoken[pattern] = any(pattern.search(one.text) for one in self.skeletons)
        return self._spoken[pattern]

    @cached_property
    def _spoken(self) -> dict[re.Pattern[str], bool]:
        """What was asked before: many rows ask the same of the whole document."""
        return {}

    def _counts(self, rule: Rule, source: Source, place: int, sentence: str) -> bool:
        # What is urgent is not missed for a sentence that stands early: all of a short item is about its matter.
        is_about = rule.level > 0 and self.length < self.short
        if rule.subject and not is_about and not self._is_subject(source, place):
            return False
        if rule.unless and rule.unless.search(sentence):
            return False
        return rule.beside is None or rule.beside.search(sentence) is not None

    def _is_subject(self, source: Source, place: int) -> bool:
        """Whether the sentence, or one of the two before it, speaks of enforcement of judgments.

        The title and summary of an item that concerns the System always do.
        """
        if source.field in {"title", "sapo"}:
            return True
        start = source.sentence_at(place)[0]
        for _ in range(_SENTENCES_BACK):
            if (source.field, start) in self.subjects:
                return True
            start = source.sentence_at(start - 1)[0] if start else start
        return False

    def is_old(self, source: Source, place: int) -> bool:
        """Whether a sentence below the title tells of years long before the item."""
        return self._old_year(source, place) is not None

    def _old_year(self, source: Source, place: int) -> re.Match[str] | None:
        """The newest year named in a sentence, when it lies long before the item."""
        if source.field == "title" or self.year is None:
            return None
        sentence = source.sentence_at(place)
        if self.present.pattern(source).search(source.low, *sentence):
            return None
        years = list(_YEAR.finditer(source.low, *sentence))
        newest = max(years, key=lambda met: int(met.group()), default=None)
        if newest is None or int(newest.group()) > self.year - int(self.retold["years"]):
            return None
        return newest

    def retold_in(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """Of the hits that stand in sentences of an old story: the years that show it, each once."""
        found: dict[tuple[str, int], Hit] = {}
        for hit in hits:
            year = self._old_year(hit.source, hit.start)
            if year is not None:
                rule = mark("chuyen-cu", "Câu kể lại chuyện nhiều năm trước")
                at = replace(hit, rule=rule, start=year.start(), end=year.end(), weight=0.0)
                found[hit.source.field, year.start()] = at
        return tuple(found.values())

    def votes(self, rules: Iterable[Rule]) -> "Votes":
        """All hits of the rules that vote."""
        return Votes(tuple(hit for rule in rules for hit in self.met(rule)))

    @cached_property
    def length(self) -> int:
        """How many letters the document has."""
        return sum(len(skeleton.source.low) for skeleton in self.skeletons)


def view_of(document: Document, lexicon: Lexicon, known: Register) -> View:
    """The view of a document, whatever its relevance."""
    sources = sources_of(document)
    named = tuple(m for source in sources for m in mentions(source, known.gazetteer))
    year = document.published_on.year if document.published_on else None
    return View.of(sources, named, score(sources, named, lexicon), lexicon, year)


@dataclass(frozen=True)
class Votes:
    """Hits that speak for conclusions: a hit is worth its rule's weight × vote × zone."""

    hits: tuple[Hit, ...]

    def weighed(self, fields: Mapping[str, float]) -> "Votes":
        """The hits as heavy as their zones, each rule up to its limit."""
        return Votes(
            heaviest(replace(hit, weight=hit.weight * float(fields[hit.zone])) for hit in self.hits)
        )

    def of(self, conclusion: str) -> tuple[Hit, ...]:
        """The hits that speak for or against one conclusion, as heavy as their votes."""
        return tuple(
            replace(hit, weight=hit.weight * hit.rule.weight * hit.rule.votes[conclusion])
            for hit in self.hits
            if conclusion in hit.rule.votes
        )

    def sum(self, conclusion: str) -> float:
        """The points of one conclusion."""
        return sum(hit.weight for hit in self.of(conclusion))

    def has_core(self, conclusion: str) -> bool:
        """Whether a hit that blames by itself speaks for the conclusion, not only ones that colour it."""
        return any(hit.rule.core and hit.rule.votes.get(conclusion, 0) > 0 for hit in self.hits)

    def conclusions(self) -> tuple[str, ...]:
        """What the hits vote for, in the order met."""
        return tuple(dict.fromkeys(vote for hit in self.hits for vote in hit.rule.votes))


def _places(rule: Rule, skeleton: Skeleton) -> Iterable[tuple[int, int, str]]:
    """Where a rule's pattern stands in the copies of the source, with the sentence as the rule reads it."""
    source = skeleton.source
    if rule.fields and not rule.fields & _ZONES.get(source.field, _ZONES["text"]):
        return
    if rule.on == SKELETON:
        end_of = (
            len(skeleton.text) if not rule.fields or "text" in rule.fields else skeleton.opening
        )
        found = rule.pattern(source).finditer(skeleton.text, 0, end_of)
        for met in islice(found, _MOST_PLACES):
            start, end = skeleton.sentence(met.start())
            yield *skeleton.place(*met.span()), skeleton.text[start:end]
        return
    for met in islice(rule.pattern(source).finditer(source.low), _MOST_PLACES):
        start, end = source.sentence_at(met.start())
        yield *met.span(), source.low[start:end]


def _newest(sources: Sequence[Source]) -> int | None:
    years = [int(year) for source in sources for year in _YEAR.findall(source.low)]
    return max(years, default=None)
