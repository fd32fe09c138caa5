"""Rows and wording weighed together: a row that officials changed counts in full, above both."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .evidence import View, Votes
from .lexicon import Lexicon
from .phrasing import RULE, Said
from .rules import Hit
from .scoring import mark, zone_of

_REASON: Final = "Lối diễn đạt thường gặp ở loại tin này"


# How loud the rows speak beside the wording; the model was taught with it, so another value wants it taught anew.
_SHARE: Final = 0.3
# Signs a text cannot hold, so no phrase is taken for what the rows say.
_VOTED, _CHOSEN = "#", "#="


@dataclass(frozen=True)
class Weighed:
    """The points of each conclusion, what wording and rows said, and whether officials' changes spoke."""

    points: Mapping[str, float]
    said: Said
    is_edited: bool

    @property
    def best(self) -> str:
        """The conclusion with most points."""
        return max(self.points, key=self.points.__getitem__)


def signs_of(points: Mapping[str, float], chosen: Iterable[str]) -> dict[str, float]:
    """What the rows say, as the model reads it beside the phrases.

    Args:
        points: the votes of the rows for each conclusion.
        chosen: what the rows alone conclude.

    >>> signs_of({"vu_viec": 0.0}, ["vu_viec"])
    {'#vu_viec': 0.0, '#=vu_viec': 0.3}
    """
    voted = {
        f"{_VOTED}{name}": _SHARE * math.log1p(max(0.0, sum_)) for name, sum_ in points.items()
    }
    return voted | {f"{_CHOSEN}{name}": _SHARE for name in chosen}


def weighed(
    said: Said, edited: Mapping[str, float], usual: Mapping[str, float] | None = None
) -> Weighed:
    """What speaks for each conclusion.

    Args:
        said: what wording and rows speak for.
        edited: what officials' changes added or took; it counts in full.
        usual: what is given to conclusions beforehand.
    """
    first = usual or {}
    points = {
        name: spoke + edited.get(name, 0.0) + first.get(name, 0.0)
        for name, spoke in said.points.items()
    }
    return Weighed(points, said, any(edited.get(name) for name in points))


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
