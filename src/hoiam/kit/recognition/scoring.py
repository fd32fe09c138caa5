"""Points for relevance: every rule met, every phrase masked, each a hit with its place and weight."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from .grammar import Mention
from .lexicon import Lexicon
from .rules import Hit, Rule
from .source import Source

_NO_PATTERN: Final = re.compile(r"(?!)")
_BEFORE: Final = 45
# Other bodies in the sentence that make it a list.
_FEWEST_LISTED: Final = 2


@dataclass(frozen=True)
class Score:
    """The points of a document and the hits they come from; `relevance` is 0..1."""

    points: float
    relevance: float
    hits: tuple[Hit, ...]
    all_hits: tuple[Hit, ...] = ()


NO_SCORE: Final = Score(0.0, 0.0, ())


def zone_of(source: Source, start: int) -> str:
    """The zone of a place: title, sapo, lead (the opening of the text) or text."""
    if source.field != "text":
        return source.field
    if source.again <= start < source.sapo_end:
        return "sapo"
    return "lead" if start < source.lead_end else "text"


def score(sources: Sequence[Source], named: Sequence[Mention], lexicon: Lexicon) -> Score:
    """The relevance of a document to enforcement of civil and administrative judgments.

    Agencies named come first, then the phrases that mean something else (masked), then the rules in
    the order of the lexicon; a word counts once. Of each rule only its heaviest hits count, up to
    its limit. Bias: a little to the wide side; a person screens what is shown.
    """
    hits = list(_agency_hits(named, lexicon))
    fields = lexicon.settings["relevance"]["fields"]
    taken = {source.field: _Taken(len(source.low)) for source in sources}
    for mention in (m for m in named if m.is_specific):
        taken[mention.source.field].take(mention.start, mention.end)
    for rule in (*lexicon.tables["mask"], *lexicon.tables["relevance"]):
        for source in sources:
            if _is_met(rule, source, sources):
                hits.extend(_met(rule, source, taken[source.field], fields))
    kept = heaviest(_discounted(hits, lexicon.settings["relevance"]))
    short = lexicon.settings["relevance"]["short"]
    if sum(len(source.low) for source in sources) < short["under"]:
        kept = tuple(replace(hit, weight=hit.weight * short["factor"]) for hit in kept)
    if _is_passing(kept, sources, lexicon):
        kept = (*kept, *_lightened(kept, lexicon.settings["relevance"]["passing"]))
    points = sum(hit.weight for hit in kept)
    threshold = float(lexicon.settings["relevance"]["threshold"])
    return Score(points, min(1.0, max(0.0, points / (2 * threshold))), kept, tuple(hits))


def _discounted(hits: Sequence[Hit], relevance: Mapping[str, Any]) -> Sequence[Hit]:
    """The hits, the common ones made light in a text that speaks of prisons or foreign lands only."""
    foes = sum(hit.rule.foe for hit in hits)
    is_own = any(not hit.rule.weak and hit.weight > 0 for hit in hits)
    if is_own or foes < int(relevance["weak_after"]):
        return hits
    share = float(relevance["weak_share"])
    return [replace(h, weight=h.weight * share) if h.rule.weak else h for h in hits]


def _lightened(kept: Sequence[Hit], passing: Mapping[str, Any]) -> Iterable[Hit]:
    """What a mention in passing takes away again, said at the first of the words."""
    own = [hit for hit in kept if hit.weight > 0]
    if own:
        rule = mark("nhac-qua", "Cơ quan, việc thi hành án chỉ được nhắc qua")
        taken = (float(passing["share"]) - 1) * sum(hit.weight for hit in own)
        yield replace(own[0], rule=rule, weight=taken)


def _is_passing(kept: Sequence[Hit], sources: Sequence[Source], lexicon: Lexicon) -> bool:
    """Whether enforcement is only named in passing: in the body alone, within a few sentences."""
    own = [hit for hit in kept if hit.weight > 0 and hit.rule.id != "ban-dau-gia"]
    relevance = lexicon.settings["relevance"]
    acts = any(hit.rule.id == "co-quan-hanh-dong" for hit in own)
    most = relevance["passing"]["sentences_acting" if acts else "sentences"]
    met = {hit.source.sentence_at(hit.start) for hit in own}
    if any(hit.zone != "text" for hit in own):
        # A short text is all opening: there one later sentence is a mention in passing.
        length = sum(len(source.low) for source in sources)
        is_short = relevance["passing"]["short_from"] <= length < relevance["short"]["under"]
        if acts or not is_short or len(met) > 1 or not all(map(_is_behind_the_first, own)):
            return False
    elif len(met) > most:
        return False
    rule = lexicon.never_passing
    return not any(rule.pattern(source).search(source.low) for source in sources)


def _is_behind_the_first(hit: Hit) -> bool:
    """Whether a hit stands in the text, below its first sentence."""
    return hit.source.field == "text" and hit.source.sentence_at(hit.start)[0] > 0


def heaviest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Of each rule the heaviest hits up to its limit, in the order met."""
    by_rule: dict[str, list[Hit]] = {}
    for hit in hits:
        by_rule.setdefault(hit.rule.id, []).append(hit)
    kept: list[Hit] = []
    for found in by_rule.values():
        limit = found[0].rule.limit or len(found)
        ranked = sorted(found, key=lambda hit: -abs(hit.weight))[:limit]
        kept.extend(hit for hit in found if hit in ranked)
    return tuple(kept)


class _Taken:
    """Which letters of a field already counted."""

    def __init__(self, size: int) -> None:
        self._taken = bytearray(size)

    def take(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\1" * (end - start)

    def is_free(self, start: int, end: int) -> bool:
        return not any(self._taken[start:end])


def _met(rule: Rule, source: Source, taken: _Taken, fields: Mapping[str, float]) -> Iterable[Hit]:
    for found in rule.pattern(source).finditer(source.low):
        if not taken.is_free(*found.span()) or _is_silenced(rule, source, found.start()):
            continue
        taken.take(*found.span())
        zone = zone_of(source, found.start())
        weight = rule.weight * (fields[zone] if rule.weight > 0 else 1.0)
        yield Hit(rule, source, found.start(), found.end(), zone, weight)


def _is_met(rule: Rule, source: Source, sources: Sequence[Source]) -> bool:
    """Whether a rule that asks something of the whole item is met here and the item has it; true of any other rule."""
    if rule.document_beside is None and rule.document_unless is None:
        return True
    if rule.pattern(source).search(source.low) is None:
        return False
    if rule.document_beside and not any(rule.document_beside.search(s.low) for s in sources):
        return False
    unless = rule.document_unless
    return unless is None or not any(unless.search(s.low) for s in sources)


def _is_silenced(rule: Rule, source: Source, place: int) -> bool:
    if rule.unless is None:
        return False
    return rule.unless.search(source.low, *source.sentence_at(place)) is not None


def _agency_hits(named: Sequence[Mention], lexicon: Lexicon) -> Iterable[Hit]:
    fields, agency = (
        lexicon.settings["relevance"]["fields"],
        lexicon.settings["relevance"]["agency"],
    )
    rule = _plain("co-quan-dich-danh", "Gọi đích danh cơ quan thi hành án", agency["named"])
    acts = _plain("co-quan-hanh-dong", "Cơ quan làm, nói, được yêu cầu hoặc bị nêu", agency["acts"])
    after, before, past = lexicon.around_agencies
    share = float(agency["past"]["share"])
    for mention in (m for m in named if m.is_specific):
        source, zone = mention.source, zone_of(mention.source, mention.start)
        sentence = source.sentence_at(mention.start)
        is_past = past.pattern(source).search(source.low, sentence[0], mention.start) is not None
        is_past = is_past or _is_listed(mention, sentence, lexicon.other_bodies)
        weight = rule.weight * fields[zone] * (share if is_past else 1.0)
        yield Hit(rule, source, mention.start, mention.end, zone, weight)
        act = _act(mention, after, before, min(sentence[1], mention.end + agency["acts"]["within"]))
        if act is not None and not is_past:
            yield Hit(acts, source, *act, zone, acts.weight * fields[zone])


def _is_listed(mention: Mention, sentence: tuple[int, int], bodies: Rule | None) -> bool:
    """Whether an agency is one of a list of bodies of the State, with nothing said of it alone."""
    low, (start, end) = mention.source.low, sentence
    before, behind = low[start : mention.start].rstrip(), low[mention.end : end].lstrip()
    if bodies is None or not before.endswith((",", " và", ";")):
        return False
    if behind and not behind.startswith((",", "và ", ".", ";", "tỉnh", "huyện", "vẫn", "chuyển")):
        return False
    return len(bodies.pattern(mention.source).findall(low, start, end)) >= _FEWEST_LISTED


def _act(mention: Mention, after: Rule, before: Rule, end: int) -> tuple[int, int] | None:
    """Where the words stand that say the agency acts: behind its name, else right before it."""
    source = mention.source
    behind = after.pattern(source).search(source.low, mention.end, end)
    if behind is not None:
        return behind.span()
    start = max(0, mention.start - _BEFORE)
    for found in before.pattern(source).finditer(source.low, start, mention.start):
        if not source.low[found.end() : mention.start].strip(" -–,"):
            return found.span()
    return None


def _plain(name: str, reason: str, row: Mapping[str, Any]) -> Rule:
    return replace(mark(name, reason), weight=float(row["weight"]), limit=int(row["limit"]))


def mark(name: str, reason: str) -> Rule:
    """A rule that is no row of the lexicon: it says what the engine itself saw."""
    return Rule(name, name, reason, 0.0, 1, _NO_PATTERN)
