"""Rows and wording weighed together: a row that officials changed counts in full, above both."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .evidence import View, Votes
from .lexicon import Lexicon
from .phrasing import RULE, Said
from .rules import Hit
from .scoring import mark, zone_of

_REASON: Final = "Lối diễn đạt thường gặp ở loại tin này"


@dataclass(frozen=True)
class Weighed:
    """The points of each conclusion, what the wording said, and whether officials' changes spoke."""

    points: Mapping[str, float]
    said: Said
    is_edited: bool

    @property
    def best(self) -> str:
        """The conclusion with most points."""
        return max(self.points, key=self.points.__getitem__)


def weighed(
    said: Said,
    points: Mapping[str, float],
    edited: Mapping[str, float],
    chosen: str,
    settings: Mapping[str, Any],
) -> Weighed:
    """What speaks for each conclusion.

    Args:
        said: what the wording speaks for.
        points: the votes of the rows.
        edited: the part of them that officials' changes added or took.
        chosen: what the rows alone decide.
        settings: `points` and `choice` say how much the rows count beside the wording, `prior` what is usual.
    """
    share, choice, prior = settings["points"], settings["choice"], settings.get("prior", {})
    found = {}
    for name, spoke in said.points.items():
        changed = edited.get(name, 0.0)
        rows = share * math.log1p(max(0.0, points.get(name, 0.0) - changed))
        found[name] = spoke + rows + changed + choice * (name == chosen) + prior.get(name, 0.0)
    return Weighed(found, said, any(edited.get(name) for name in found))


def edited_points(view: View, lexicon: Lexicon, fields: Mapping[str, float]) -> dict[str, float]:
    """What officials' changes of the evidence add to, or take from, each conclusion in this text."""
    new, gone = lexicon.changed("evidence")
    if not new and not gone:
        return {}
    found: dict[str, float] = {}
    for rules, sign in ((new, 1.0), (gone, -1.0)):
        votes: Votes = view.votes(rules).weighed(fields)
        for name in votes.conclusions():
            found[name] = found.get(name, 0.0) + sign * votes.sum(name)
    return found


def spoken(found: Weighed, conclusion: str) -> tuple[Hit, ...]:
    """The phrases that spoke most for a conclusion, as hits with their places."""
    if conclusion not in found.points:
        return ()
    rule = mark(RULE, _REASON)
    return tuple(
        Hit(rule, p.source, p.start, p.end, zone_of(p.source, p.start), weight)
        for p, weight in found.said.reasons(conclusion)
    )
