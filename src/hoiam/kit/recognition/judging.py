"""Stance, kind and severity of an item, each from rules of the lexicon with its reasons."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .lexicon import Hit, Lexicon, Rule
from .scoring import Score, heaviest, zone_of
from .source import Source

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
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

    def total(self, rules: Iterable[Rule], fields: Mapping[str, float]) -> tuple[Hit, ...]:
        """The hits that count of several rules."""
        return heaviest(hit for rule in rules for hit in self.met(rule, fields))


def stance_of(view: View, lexicon: Lexicon) -> tuple[str, tuple[Hit, ...]]:
    """The stance toward the System and the hits it rests on; neutral when nothing weighs enough.

    The debtor's fault, a delay of the obliged Ủy ban or of a company is not the System's.
    """
    fields = lexicon.stance["fields"]
    against = view.total(lexicon.stances[NEGATIVE], fields)
    praise = view.total(lexicon.stances[POSITIVE], fields)
    bad, good = _sum(against), _sum(praise)
    if bad >= float(lexicon.stance["negative_from"]) and bad >= good:
        return NEGATIVE, against
    if good >= float(lexicon.stance["positive_from"]) and good > bad:
        return POSITIVE, praise
    return NEUTRAL, ()


def kind_of(view: View, stance: str, lexicon: Lexicon) -> tuple[str, tuple[Hit, ...]]:
    """The kind of a relevant item: the heaviest kind of the lexicon, else `vu_viec` or, told against the
    System, `phan_anh`."""
    fields = lexicon.kind["fields"]
    best: str = lexicon.kind["default_negative" if stance == NEGATIVE else "default"]
    found: tuple[Hit, ...] = ()
    most = float(lexicon.kind["from"])
    for kind, rules in lexicon.kinds.items():
        if stance not in lexicon.kind["needs"].get(kind, [stance]):
            continue
        hits = view.total(rules, fields)
        if hits and _sum(hits) >= most:
            best, found, most = kind, hits, _sum(hits) + 1e-9
    return best, found


def near_kind_of(view: View, lexicon: Lexicon) -> tuple[str, tuple[Hit, ...]]:
    """The kind of an item that is not relevant but speaks of something close."""
    fields = lexicon.kind["fields"]
    ranked = [(view.total(rules, fields), kind) for kind, rules in lexicon.near_kinds.items()]
    hits, kind = max(ranked, key=lambda pair: _sum(pair[0]))
    return (kind, hits) if hits else (lexicon.kind["default_near"], ())


@dataclass(frozen=True)
class Facts:
    """What severity leans on."""

    kind: str
    stance: str
    is_named: bool


def severity_of(view: View, facts: Facts, lexicon: Lexicon) -> tuple[int, tuple[Hit, ...]]:
    """How urgent the item is for the communication office (0–3) and the hits that decided."""
    fields = lexicon.severity["fields"]
    for level, row, rule in sorted(lexicon.severities, key=lambda entry: -entry[0]):
        if level == 0 and facts.stance == NEGATIVE:
            continue
        hits = heaviest(_fitting(view, row, rule, facts, fields))
        if hits and not _is_excused(view, row, rule):
            return max(level, _default(facts, lexicon) if level == 1 else level), hits
    return _default(facts, lexicon), ()


def _fitting(
    view: View, row: Mapping[str, Any], rule: Rule, facts: Facts, fields: Mapping[str, float]
) -> Iterable[Hit]:
    needs = row["needs"]
    if "kinds" in row and facts.kind not in row["kinds"]:
        return
    if ("named" in needs and not facts.is_named) or (
        "negative" in needs and facts.stance != NEGATIVE
    ):
        return
    for hit in view.met(rule, fields):
        if "opening" not in needs or hit.zone in _OPENING:
            yield hit


def _is_excused(view: View, row: Mapping[str, Any], rule: Rule) -> bool:
    """Whether a word anywhere in the item lowers the level (an appeal, not a first trial)."""
    if rule.document_unless is None:
        return False
    return any(rule.document_unless.search(source.low) for source in view.sources)


def _default(facts: Facts, lexicon: Lexicon) -> int:
    severity = lexicon.severity
    if facts.stance == NEGATIVE:
        return int(severity["negative_named" if facts.is_named else "negative_unnamed"])
    if facts.stance == POSITIVE:
        return int(severity["positive"])
    return int(severity["by_kind"].get(facts.kind, severity["default"]))


def _sum(hits: Sequence[Hit]) -> float:
    return sum(hit.weight for hit in hits)
