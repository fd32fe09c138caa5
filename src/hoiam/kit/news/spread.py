"""Spread: how many press agencies carry a story, how fast, and whether it left its province; told in words.

Volume cannot see the first report; it can see that one report became many. Reprints count, since every publisher has
readers of its own, but the words say how many only reprint.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoiam.kit.news.thresholds import thresholds
from hoiam.kit.vietnamese import show_number

_LINES = thresholds("spread")
_OUTLETS, _IN_AN_HOUR = int(_LINES["outlets"]), int(_LINES["hour"])
_HOUR = timedelta(hours=1)
_NAMED = 3


@dataclass(frozen=True)
class Publication:
    """One report of a story: who published it and when; `is_copy` when its text was seen before.

    Attributes:
        publisher: the press agency, or the outlet's name where the agency is not known; blank counts for nobody.
        at: when it was published, else first seen.
        is_local: whether the publisher belongs to one province; None when that is not known.
        is_copy: whether it reprints an earlier report of the story.
    """

    publisher: str
    at: datetime
    is_local: bool | None = None
    is_copy: bool = False


@dataclass(frozen=True)
class Spread:
    """One way in which a story spreads: a name that is told once for each story, and the reason in words.

    `is_by_copies` when fewer papers than make a spread wrote themselves: worth knowing, nothing new to read.
    """

    name: str
    words: str
    is_by_copies: bool = False


def spread(publications: Sequence[Publication], now: datetime) -> list[Spread]:
    """The ways in which the story spreads at this moment, the widest first; empty while it is one paper's.

    Args:
        publications: the reports of one story, in any order.
        now: the moment of asking.

    >>> hour = datetime(2026, 8, 5, 8)
    >>> papers = [Publication(name, hour) for name in ("Báo A", "Báo B", "Báo C")]
    >>> [(one.name, one.words) for one in spread(papers, hour + timedelta(days=1))]
    [('outlets-3', '3 cơ quan báo chí đã đưa tin')]
    """
    ordered = sorted((one for one in publications if one.publisher), key=lambda one: one.at)
    found = [_by_outlets(ordered), _by_leap(ordered), _by_speed(ordered, now)]
    return [one for one in found if one is not None]


def _by_outlets(ordered: Sequence[Publication]) -> Spread | None:
    publishers = dict.fromkeys(one.publisher for one in ordered)
    if len(publishers) < _OUTLETS:
        return None
    level = _OUTLETS
    while level * 2 <= len(publishers):
        level *= 2
    own = {one.publisher for one in ordered if not one.is_copy}
    copying = len(publishers) - len(own)
    words = f"{show_number(len(publishers))} cơ quan báo chí đã đưa tin"
    if copying:
        words += f", trong đó {show_number(copying)} chỉ đăng lại bài đã có"
    return Spread(f"outlets-{level}", words, is_by_copies=len(own) < _OUTLETS)


def _by_leap(ordered: Sequence[Publication]) -> Spread | None:
    """The first central paper after local ones; nothing when a central paper began."""
    known = [one for one in ordered if one.is_local is not None]
    central = [one.publisher for one in known if not one.is_local]
    if not central or not known[0].is_local:
        return None
    named = ", ".join(list(dict.fromkeys(central))[:_NAMED])
    return Spread("national", f"từ báo địa phương đã lan lên báo trung ương ({named})")


def _by_speed(ordered: Sequence[Publication], now: datetime) -> Spread | None:
    last = [one for one in ordered if now - _HOUR <= one.at <= now]
    if len(last) < _IN_AN_HOUR or len({one.publisher for one in last}) < 2:
        return None
    return Spread("speed", f"{show_number(len(last))} bài trong 1 giờ qua")
