"""A second look at an item the rows nearly found: a linear model of its wording and of the rows it met may lift it over.

It looks only at what the gate admits and the rows leave below the threshold, and it never pushes a found item down. It was taught on the
team's own texts alone, like the wording (`phrasing.py`); where it may speak and how sure it must be is in `settings.yaml`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from .evidence import View
from .lexicon import Lexicon
from .phrasing import Phrase, delivered, phrases_of_skeletons
from .rules import Hit
from .scoring import Score, mark, zone_of
from .source import Source

RULE: Final = "nhin-lai"
YES, NO = "yes", "no"
_REASON: Final = "Cả lối viết và các từ gặp cho thấy bài nói việc thi hành án, dù ít điểm"
# Signs a text cannot hold, so no phrase is taken for the name of a row.
_ROW: Final = "#"


def marks_of(view: View, points: Score) -> Iterator[Phrase]:
    """What the model looks at: the phrases of the skeletons, and the rows for relevance that were met."""
    yield from phrases_of_skeletons(view.skeletons)
    for hit in points.all_hits:
        yield Phrase(f"{_ROW}{hit.rule.id}", hit.source, hit.start, hit.end)


def may_look(sources: Sequence[Source], points: Score, lexicon: Lexicon) -> bool:
    """Whether an item is near enough below the threshold to be looked at again."""
    settings = lexicon.settings.get("second_look")
    if settings is None or points.points >= float(lexicon.settings["relevance"]["threshold"]):
        return False
    return points.relevance >= float(settings["from"]) and not _is_made_lighter(sources, lexicon)


def _is_made_lighter(sources: Sequence[Source], lexicon: Lexicon) -> bool:
    """Whether officials' changes take weight from words of this text; then what they decided stands."""
    taken = 0.0
    for table in ("mask", "relevance"):
        for rules, sign in zip(lexicon.changed(table), (1.0, -1.0), strict=True):
            met = (r for r in rules if any(r.pattern(s).search(s.low) for s in sources))
            taken += sign * sum(rule.weight for rule in met)
    return taken < 0


def looked_again(view: View, points: Score, lexicon: Lexicon) -> Score:
    """The score, lifted to the threshold when the model is sure; else as it was.

    The hits that say so stand at the words that spoke most, and weigh together what was lacking.
    """
    settings = lexicon.settings["second_look"]
    said = delivered()["relevance"].says(marks_of(view, points))
    if said.points[YES] < float(settings["sure"]):
        return points
    told = [phrase for phrase, _ in said.reasons(YES)] or _firsts(points.all_hits)
    if not told:
        return points
    threshold = float(lexicon.settings["relevance"]["threshold"])
    rule, share = mark(RULE, _REASON), (threshold - points.points) / len(told)
    hits = tuple(
        Hit(rule, p.source, p.start, p.end, zone_of(p.source, p.start), share) for p in told
    )
    return replace(points, points=threshold, relevance=0.5, hits=(*points.hits, *hits))


def _firsts(hits: Sequence[Hit]) -> list[Phrase]:
    """The first words the rows met, for a reason when no phrase spoke loudly enough by itself."""
    return [Phrase(hit.rule.id, hit.source, hit.start, hit.end) for hit in hits[:1]]
