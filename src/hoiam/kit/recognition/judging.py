"""Stance, kind and severity of an item, each from rules of the lexicon with its reasons."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .lexicon import Lexicon
from .rules import Hit, Rule
from .scoring import Score, heaviest, zone_of
from .source import Source

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
STANCES = frozenset({NEGATIVE, NEUTRAL, POSITIVE})
_OPENING = frozenset({"title", "sapo", "lead"})


@dataclass(frozen=True)
class View:
    """The sources of a document with the sentences that speak of enforcement of judgments."""

    sources: tuple[Source, ...]
    subjects: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, sources: Sequence[Source], score: Score) -> "View":
        """The view that a score gives: its positive hits mark the sentences."""
        found = {
            (hit.source.field, hit.source.sentence_at(hit.start)[0])
            for hit in score.all_hits
            if hit.weight > 0
        }
        return cls(tuple(sources), frozenset(found))

    def met(self, rule: Rule, fields: Mapping[str, float]) -> Iterable[Hit]:
        """Where a rule is met, its conditions on sentence and zone kept."""
        for source in self.sources:
            for found in rule.pattern(source).finditer(source.low):
                zone = zone_of(source, found.start())
                if rule.fields and zone not in rule.fields:
                    continue
                if self._counts(rule, source, found):
                    weight = rule.weight * float(fields[zone])
                    yield Hit(rule, source, found.start(), found.end(), zone, weight)

    def _counts(self, rule: Rule, source: Source, found: re.Match[str]) -> bool:
        start, end = source.sentence_at(found.start())
        if rule.subject and (source.field, start) not in self.subjects:
            return False
        return rule.unless is None or rule.unless.search(source.low, start, end) is None

    def total(
        self, table: Iterable[Rule], vote: str, fields: Mapping[str, float]
    ) -> tuple[Hit, ...]:
        """The hits of a table's rules that vote for one conclusion, as heavy as their votes."""
        return heaviest(
            replace(hit, weight=hit.weight * rule.votes[vote])
            for rule in table
            if vote in rule.votes
            for hit in self.met(rule, fields)
        )


def stance_of(view: View, lexicon: Lexicon) -> tuple[str, tuple[Hit, ...]]:
    """The stance toward the System and the hits it rests on; neutral when nothing weighs enough.

    The debtor's fault, a delay of the obliged Ủy ban or of a company is not the System's.
    """
    settings, rules = lexicon.settings["stance"], lexicon.tables["evidence"]
    against = view.total(rules, NEGATIVE, settings["fields"])
    praise = view.total(rules, POSITIVE, settings["fields"])
    bad, good = _sum(against), _sum(praise)
    if bad >= float(settings["negative_from"]) and bad >= good:
        return NEGATIVE, against
    if good >= float(settings["positive_from"]) and good > bad:
        return POSITIVE, praise
    return NEUTRAL, ()


def kind_of(view: View, stance: str, lexicon: Lexicon) -> tuple[str, tuple[Hit, ...]]:
    """The kind of a relevant item: the one with most votes, else `vu_viec` or, told against the System,
    `phan_anh`."""
    settings, rules = lexicon.settings["kind"], lexicon.tables["evidence"]
    best: str = settings["default_negative" if stance == NEGATIVE else "default"]
    found: tuple[Hit, ...] = ()
    most = float(settings["from"])
    for kind in _voted(rules, but=STANCES):
        if stance not in settings["needs"].get(kind, [stance]):
            continue
        hits = view.total(rules, kind, settings["fields"])
        if hits and _sum(hits) >= most:
            best, found, most = kind, hits, _sum(hits) + 1e-9
    return best, found


def near_kind_of(view: View, lexicon: Lexicon) -> tuple[str, tuple[Hit, ...]]:
    """The kind of an item that is not relevant but speaks of something close."""
    settings, rules = lexicon.settings["kind"], lexicon.tables["near"]
    ranked = [(view.total(rules, kind, settings["fields"]), kind) for kind in _voted(rules)]
    hits, kind = max(ranked, key=lambda pair: _sum(pair[0]))
    return (kind, hits) if hits else (settings["default_near"], ())


def _voted(rules: Iterable[Rule], but: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """What the rules vote for, in the order of the lexicon."""
    return tuple(dict.fromkeys(v for rule in rules for v in rule.votes if v not in but))


@dataclass(frozen=True)
class Facts:
    """What severity leans on."""

    kind: str
    stance: str
    is_named: bool


def severity_of(view: View, facts: Facts, lexicon: Lexicon) -> tuple[int, tuple[Hit, ...]]:
    """How urgent the item is for the communication office (0–3) and the hits that decided."""
    settings = lexicon.settings["severity"]
    for rule in sorted(lexicon.tables["severity"], key=lambda rule: -rule.level):
        if rule.level == 0 and facts.stance == NEGATIVE:
            continue
        hits = heaviest(_fitting(view, rule, facts, settings["fields"]))
        if hits and not _is_excused(view, rule):
            usual = _default(facts, settings) if rule.level == 1 else 0
            return max(rule.level, usual), hits
    return _default(facts, settings), ()


def _fitting(view: View, rule: Rule, facts: Facts, fields: Mapping[str, float]) -> Iterable[Hit]:
    if rule.kinds and facts.kind not in rule.kinds:
        return
    if ("named" in rule.needs and not facts.is_named) or (
        "negative" in rule.needs and facts.stance != NEGATIVE
    ):
        return
    for hit in view.met(rule, fields):
        if "opening" not in rule.needs or hit.zone in _OPENING:
            yield hit


def _is_excused(view: View, rule: Rule) -> bool:
    """Whether a word anywhere in the item lowers the level (an appeal, not a first trial)."""
    if rule.document_unless is None:
        return False
    return any(rule.document_unless.search(source.low) for source in view.sources)


def _default(facts: Facts, settings: Mapping[str, Any]) -> int:
    if facts.stance == NEGATIVE:
        return int(settings["negative_named" if facts.is_named else "negative_unnamed"])
    if facts.stance == POSITIVE:
        return int(settings["positive"])
    return int(settings["by_kind"].get(facts.kind, settings["default"]))


def _sum(hits: Sequence[Hit]) -> float:
    return sum(hit.weight for hit in hits)
