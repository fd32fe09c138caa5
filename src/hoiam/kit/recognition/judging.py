"""Stance, kind and severity of an item, each from evidence that gives its reasons."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from .evidence import OPENING, View, Votes
from .lexicon import Lexicon
from .phrasing import delivered, phrases_of_skeletons
from .rules import Hit, Rule
from .scoring import heaviest
from .skeleton import OFFICER
from .weighing import Weighed, edited_points, spoken, weighed

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
STANCES: Final = frozenset({NEGATIVE, NEUTRAL, POSITIVE})


@dataclass(frozen=True)
class Decision:
    """What was decided and the hits it rests on."""

    value: str
    hits: tuple[Hit, ...] = ()


def stance_of(votes: Votes, lexicon: Lexicon, *, is_short: bool) -> Decision:
    """The stance toward the System; neutral when nothing weighs enough.

    The debtor's fault, a delay of the obliged Ủy ban or of a company is not the System's.
    """
    settings = lexicon.settings["stance"]
    votes = votes.weighed(settings["fields"])
    factor = float(settings["short"]["factor"]) if is_short else 1.0
    bad, good = factor * votes.sum(NEGATIVE), factor * votes.sum(POSITIVE)
    if not votes.has_core(NEGATIVE):
        bad *= float(settings["without_core"])
    if bad >= float(settings["negative_from"]) and bad >= good:
        return Decision(NEGATIVE, votes.of(NEGATIVE))
    if good >= float(settings["positive_from"]) and good > bad:
        return Decision(POSITIVE, votes.of(POSITIVE))
    return Decision(NEUTRAL)


def kind_of(votes: Votes, stance: str, lexicon: Lexicon) -> Decision:
    """The kind of a relevant item: the one with most votes, else what is usual for its stance."""
    settings = lexicon.settings["kind"]
    votes = votes.weighed(settings["fields"])
    allowed = [
        kind
        for kind in votes.conclusions()
        if kind not in STANCES and stance in settings["needs"].get(kind, [stance])
    ]
    shares = settings["shares"].get(stance, {})
    points = {kind: _points(votes, kind, settings) * shares.get(kind, 1.0) for kind in allowed}
    best = max(allowed, key=points.__getitem__, default=None)
    if best is None or points[best] < float(settings["from"]):
        usual = settings["default"]
        return Decision(usual if best == usual else settings.get(f"default_{stance}", usual))
    return Decision(best, votes.of(best))


def _points(votes: Votes, kind: str, settings: Mapping[str, Any]) -> float:
    """The votes for a kind; one that is told by its form counts for less when the opening does not show it."""
    points = votes.sum(kind)
    formal = settings["formal"]
    if kind in formal["kinds"] and not any(hit.zone in OPENING for hit in votes.of(kind)):
        return points * float(formal["below_opening"])
    return points


def judged(view: View, lexicon: Lexicon) -> tuple[Decision, Decision]:
    """Stance and kind together: what the rows vote for and what the wording speaks for, the pair that fits best."""
    votes = view.votes(lexicon.tables["evidence"])
    is_short = view.length < lexicon.settings["stance"]["short"]["under"]
    stance = stance_of(votes, lexicon, is_short=is_short)
    kind = kind_of(votes, stance.value, lexicon)
    if "phrasing" not in lexicon.settings:
        return stance, kind
    stances, kinds = _weighed(view, votes, lexicon, stance.value, kind.value)
    kinds = _founded(kinds, view, votes, lexicon.settings["kind"])
    told, said = _fitting_pair(stances, kinds, lexicon.settings["kind"])
    return _decision(told, stance, votes, stances), _decision(said, kind, votes, kinds)


def _weighed(
    view: View, votes: Votes, lexicon: Lexicon, stance: str, kind: str
) -> tuple[Weighed, Weighed]:
    phrases, found = tuple(phrases_of_skeletons(view.skeletons)), []
    for table, chosen in (("stance", stance), ("kind", kind)):
        model, settings = delivered()[table], lexicon.settings["phrasing"][table]
        settings_of = lexicon.settings[table]
        fields = settings_of["fields"]
        points = {name: votes.weighed(fields).sum(name) for name in model.classes}
        if table == "stance" and not votes.has_core(NEGATIVE):
            points[NEGATIVE] *= float(settings_of["without_core"])
        edited = edited_points(view, lexicon, fields)
        found.append(weighed(model.says(phrases), points, edited, chosen, settings))
    return found[0], found[1]


def _founded(kinds: Weighed, view: View, votes: Votes, settings: Mapping[str, Any]) -> Weighed:
    """The kinds without those that need an officer, where no row speaks for them and no officer is told of."""
    needing = [kind for kind in settings.get("needs_officer", ()) if not votes.of(kind)]
    if not needing or any(OFFICER in skeleton.text for skeleton in view.skeletons):
        return kinds
    left = {name: points for name, points in kinds.points.items() if name not in needing}
    return replace(kinds, points=left) if left else kinds


def _fitting_pair(stances: Weighed, kinds: Weighed, settings: Mapping[str, Any]) -> tuple[str, str]:
    needs, shares = settings["needs"], settings["shares"]
    # What officials changed about the stance is heard first, whatever the kind.
    told_first = stances.points if not stances.is_edited else {stances.best: 0.0}
    pairs = [
        (one + other + math.log(shares.get(told, {}).get(said, 1.0)), told, said)
        for told, one in told_first.items()
        for said, other in kinds.points.items()
        if told in needs.get(said, (told,))
    ]
    return max(pairs)[1:]


def _decision(value: str, by_rows: Decision, votes: Votes, all_points: Weighed) -> Decision:
    """The decision with the hits of the rows that voted for it and the phrases that spoke for it."""
    hits = by_rows.hits if by_rows.value == value else votes.of(value)
    return Decision(value, (*(hit for hit in hits if hit.weight > 0), *spoken(all_points, value)))


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
        if (rule.level, facts.stance) in {(0, NEGATIVE), (1, POSITIVE)}:
            continue
        hits = heaviest(_fitting(view, rule, facts, settings["fields"]))
        if hits:
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
    for hit in view.met(rule):
        if "opening" in rule.needs and hit.zone not in OPENING:
            continue
        if "fresh" in rule.needs and view.is_old(hit.source, hit.start):
            continue
        yield replace(hit, weight=hit.weight * rule.weight * float(fields[hit.zone]))


def _default(facts: Facts, settings: Mapping[str, Any]) -> int:
    if facts.stance == NEGATIVE:
        return int(settings["negative_named" if facts.is_named else "negative_unnamed"])
    if facts.stance == POSITIVE:
        return int(settings["positive"])
    return int(settings["by_kind"].get(facts.kind, settings["default"]))
