"""Surprise: is today's count of stories more than chance, in words an official reads at a glance.

A Gamma-Poisson model with forgetting: each day the past counts a little less (discount 0.97 a day, about a month of
memory). A prior taken from the province or the whole System keeps a quiet agency from alarming on its first item.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hoiam.kit.news.thresholds import thresholds
from hoiam.kit.vietnamese import show_number

_LINES = thresholds("surprise")
_DISCOUNT, _PRIOR_DAYS = _LINES["discount"], _LINES["prior_days"]
_DAYS_A_WEEK = 7
_CERTAIN = 1e-9


@dataclass(frozen=True)
class Surprise:
    """What was usual, what came, and how likely chance alone would bring as much."""

    usual_per_week: float
    count: int
    chance: float
    words: str

    @property
    def is_unusual(self) -> bool:
        """True for two stories or more that chance would bring less than once in about two months."""
        return self.count >= _LINES["least_stories"] and self.chance < _LINES["unusual_chance"]


def surprise(past: Sequence[int], today: int, *, prior_per_day: float = 0.03) -> Surprise:
    """How surprising today's count is after the past daily counts.

    Args:
        past: counts of earlier days, the oldest first.
        today: the count of the last 24 hours.
        prior_per_day: the usual rate of offices of this kind, for those with little past.

    >>> surprise([0, 0, 1] * 20, 3).words
    'thường 2,2 tin/tuần; 24 giờ qua 3 tin; khả năng ngẫu nhiên 1/190'
    """
    weight, events = _PRIOR_DAYS, prior_per_day * _PRIOR_DAYS
    for count in past:
        weight, events = weight * _DISCOUNT + 1, events * _DISCOUNT + count
    chance = _at_least(today, events, weight)
    usual = events / weight * _DAYS_A_WEEK
    return Surprise(usual, today, chance, _words(usual, today, chance))


def group_rate(stories: int, office_days: float, *, above: float) -> float:
    """The daily rate of one office as its group knows it, drawn toward the group above where the group knows little.

    Asked of a province with the nation as `above`, then given to its offices as their prior: 360 quiet offices share
    what none of them has alone.

    Args:
        stories: of all offices of the group together.
        office_days: offices times days looked at.
        above: the daily rate of one office of the group above.

    >>> round(group_rate(0, 0, above=0.03), 4), round(group_rate(60, 600, above=0.03), 4)
    (0.03, 0.0936)
    """
    weight = _LINES["group_days"]
    return (stories + above * weight) / (office_days + weight)


def _at_least(count: int, shape: float, rate: float) -> float:
    """Probability of this many or more under the negative binomial the model predicts."""
    if count <= 0:
        return 1.0
    shape = max(shape, _CERTAIN)
    stay = rate / (rate + 1)
    logs = [
        math.lgamma(shape + k)
        - math.lgamma(shape)
        - math.lgamma(k + 1)
        + shape * math.log(stay)
        + k * math.log1p(-stay)
        for k in range(count, count + 200)
    ]
    return min(1.0, math.fsum(math.exp(value) for value in logs))


def _words(usual: float, today: int, chance: float) -> str:
    told = f"thường {_usual(usual)} tin/tuần; 24 giờ qua {today} tin"
    if today > 0 and chance < 0.05:
        told += f"; khả năng ngẫu nhiên 1/{show_number(_rounded(1 / max(chance, _CERTAIN)))}"
    return told


def _usual(per_week: float) -> str:
    if per_week < 0.05:
        return "chưa đến 0,1"
    return show_number(round(per_week, 1), 1) if per_week < 10 else show_number(round(per_week))


def _rounded(times: float) -> int:
    """Two leading digits: nobody believes more.

    >>> _rounded(20_417)
    20000
    """
    scale = 10 ** max(0, len(str(int(times))) - 2)
    return int(round(times / scale) * scale)
