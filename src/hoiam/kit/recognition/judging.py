"""Stance, kind and severity of an item, each from evidence that gives its reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from .evidence import OPENING, View, Votes
from .lexicon import Lexicon
from .phrasing import delivered, phrases_of_skeletons
from .rules import Hit, Rule
from .scoring import heaviest
from .skeleton import OFFICER
from .weighing import Weighed, edited_points, signs_of, spoken, weighed

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
CORE: Final = "core"
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


@dataclass(frozen=True)
class ByRows:
    """What the rows alone conclude, with their votes."""

    votes: Votes
    stance: Decision
    kind: Decision
    is_short: bool


def by_rows(view: View, lexicon: Lexicon) -> ByRows:
    """Stance and kind as the rows of evidence alone conclude."""
    votes = view.votes(lexicon.tables["evidence"])
    is_short = view.length < lexicon.settings["stance"]["short"]["under"]
    stance = stance_of(votes, lexicon, is_short=is_short)
    return ByRows(votes, stance, kind_of(votes, stance.value, lexicon), is_short)


def signs_in(found: ByRows, lexicon: Lexicon, edited: Mapping[str, float]) -> dict[str, float]:
    """What the rows say, for the model of wording; what officials changed is left to be counted in full."""
    points = {}
    for table in ("stance", "kind"):
        heavy = found.votes.weighed(lexicon.settings[table]["fields"])
        names = (one for one in heavy.conclusions() if (one in STANCES) == (table == "stance"))
        points.update({one: heavy.sum(one) - edited.get(one, 0.0) for one in names})
    core = [CORE] if found.votes.has_core(NEGATIVE) else []
    return signs_of(points, [found.stance.value, found.kind.value, *core])


def judged(view: View, lexicon: Lexicon) -> tuple[Decision, Decision]:
    """Stance and kind together: what the rows vote for and what the wording speaks for, the pair that fits best."""
    rows = by_rows(view, lexicon)
    if "phrasing" not in lexicon.settings:
        return rows.stance, rows.kind
    stances, kinds = _weighed(view, rows, lexicon)
    kinds = _founded(kinds, view, rows.votes, lexicon.settings["kind"])
    told, said = _fitting_pair(stances, kinds, lexicon.settings["kind"])
    return (
        _decision(told, rows.stance, rows.votes, stances),
        _decision(said, rows.kind, rows.votes, kinds),
    )


def _weighed(view: View, rows: ByRows, lexicon: Lexicon) -> tuple[Weighed, Weighed]:
    edited = {}
    for table in ("stance", "kind"):
        changed = edited_points(view, lexicon, lexicon.settings[table]["fields"])
        edited.update({k: v for k, v in changed.items() if (k in STANCES) == (table == "stance")})
    phrases, signs = tuple(phrases_of_skeletons(view.skeletons)), signs_in(rows, lexicon, edited)
    models = delivered()
    usual = _usual(rows, lexicon.settings["phrasing"])
    stances, kinds = models["stance"].says(phrases, signs), models["kind"].says(phrases, signs)
    return weighed(stances, edited, usual), weighed(kinds, edited, usual)


def _usual(rows: ByRows, settings: Mapping[str, Any]) -> Mapping[str, float]:
    """What is given beforehand: to what is common in the press, and in a short item to what the rows alone conclude."""
    usual = dict(settings["prior"])
    if rows.is_short:
        for name, chosen in (("stance", rows.stance.value), ("kind", rows.kind.value)):
            usual[chosen] = usual.get(chosen, 0.0) + float(settings["short"][name])
    return usual


def _founded(kinds: Weighed, view: View, votes: Votes, settings: Mapping[str, Any]) -> Weighed:
    """The kinds without those that need an officer, where no row speaks for them and no officer is told of."""
    needing = [kind for kind in settings.get("needs_officer", ()) if not votes.of(kind)]
    if not needing or any(OFFICER in skeleton.text for skeleton in view.skeletons):
        return kinds
    left = {name: points for name, points in kinds.points.items() if name not in needing}
    return replace(kinds, points=left) if left else kinds


def _fitting_pair(stances: Weighed, kinds: Weighed, settings: Mapping[str, Any]) -> tuple[str, str]:
    needs = settings["needs"]
    # What officials changed about the stance is heard first, whatever the kind.
    told_first = stances.points if not stances.is_edited else {stances.best: 0.0}
    pairs = [
        (one + other, told, said)
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
