"""The kind of an item that does not concern the System but may speak of something close."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from .lexicon import Lexicon
from .phrasing import delivered, phrases_of_sources
from .rules import Hit
from .scoring import heaviest, zone_of
from .source import Source
from .weighing import signs_of, spoken, weighed

UNRELATED: Final = "unrelated"
_NEAR: Final = "near_word"


@dataclass(frozen=True)
class NearRows:
    """What the rows alone say of a text outside the System: the hits for each kind, the kind they choose, and
    whether a word of the neighbourhood stands anywhere.
    """

    ranked: Mapping[str, list[Hit]]
    kind: str
    is_near: bool

    @property
    def signs(self) -> dict[str, float]:
        """What they say, for the model of wording."""
        chosen = [self.kind, _NEAR] if self.is_near else [self.kind]
        return signs_of({kind: _sum(found) for kind, found in self.ranked.items()}, chosen)


def near_rows(sources: Sequence[Source], lexicon: Lexicon) -> NearRows:
    """The near kind with most votes, or `unrelated`.

    With a word of the neighbourhood (`near_words`) anywhere, the best kind is taken; without one the
    title and the opening must speak clearly by themselves.
    """
    settings = lexicon.settings["kind"]
    is_near = any(lexicon.near_words.pattern(s).search(s.low) for s in sources)
    ranked: dict[str, list[Hit]] = {}
    for hit in heaviest(_hits(sources, lexicon, is_near=is_near)):
        for kind, vote in hit.rule.votes.items():
            ranked.setdefault(kind, []).append(replace(hit, weight=hit.weight * vote))
    best = max(ranked, key=lambda kind: _sum(ranked[kind]), default=UNRELATED)
    if ranked and not is_near and _sum(ranked[best]) < _enough(best, sources, settings):
        best = UNRELATED
    return NearRows(ranked, best, is_near)


def near_kind_of(sources: Sequence[Source], lexicon: Lexicon) -> tuple[str, tuple[Hit, ...]]:
    """The near kind that rows and wording speak for, or `unrelated`, and the hits that decided."""
    rows = near_rows(sources, lexicon)
    if "phrasing" not in lexicon.settings:
        return rows.kind, tuple(rows.ranked.get(rows.kind, ()))
    found = weighed(delivered()["near"].says(phrases_of_sources(sources), rows.signs), {})
    # What has a word of the neighbourhood, and a row for it, is near something.
    near = [
        kind for kind in found.points if kind != UNRELATED or not (rows.is_near and rows.ranked)
    ]
    best = max(near, key=found.points.__getitem__)
    if best == UNRELATED:
        return UNRELATED, ()
    return best, (*rows.ranked.get(best, ()), *spoken(found, best))


def _enough(kind: str, sources: Sequence[Source], settings: Mapping[str, Any]) -> float:
    """The votes that make a text near without any word of the neighbourhood; a short text has fewer."""
    short, wanted = settings["near_from_short"], settings["near_from"]
    if sum(len(source.low) for source in sources) < short["under"]:
        return float(short["from"])
    return float(wanted.get(kind, wanted["default"]))


def _hits(sources: Sequence[Source], lexicon: Lexicon, *, is_near: bool) -> Iterator[Hit]:
    fields = lexicon.settings["kind"]["fields"]
    for rule in lexicon.tables["near"]:
        if "near_word" in rule.needs and not is_near:
            continue
        for source in sources:
            end = len(source.low) if is_near or source.field != "text" else source.lead_end
            for met in rule.pattern(source).finditer(source.low, source.again, end):
                zone = zone_of(source, met.start())
                if not rule.fields or zone in rule.fields:
                    weight = rule.weight * float(fields[zone])
                    yield Hit(rule, source, met.start(), met.end(), zone, weight)


def _sum(hits: Sequence[Hit]) -> float:
    return sum(hit.weight for hit in hits)
