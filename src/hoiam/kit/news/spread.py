"""Spread: how many press agencies carry a story, how fast, and whether it left its province; told in words.

Volume cannot see the first report; it can see that one report became many. Reprints count, since every publisher has
readers of its own, but the words say how many only reprint, and what only copies make is told apart: it gives nobody
anything new to read.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoiam.kit.news.thresholds import thresholds
from hoiam.kit.vietnamese import show_number

_LINES = thresholds("spread")
_OUTLETS, _IN_AN_HOUR = int(_LINES["outlets"]), int(_LINES["hour"])
_HOUR = timedelta(hours=1)
_NAMED = 3
_COPIES = "-by-copies"


@dataclass(frozen=True)
class Publication:
    """One report of a story: who published it and when; `is_copy` when its text was seen before.

    Attributes:
        publisher: the press agency, or the outlet's name where the agency is not known; blank counts for nobody.
        at: when it was published, else first seen.
        is_local: whether the publisher belongs to one province; None when that is not known, or says nothing because what
            stands there is no paper of its own.
        is_copy: whether it reprints an earlier report of the story.
        is_day_only: whether no hour was told; `at` then says when somebody looked, and nothing of how fast papers are.
    """

    publisher: str
    at: datetime
    is_local: bool | None = None
    is_copy: bool = False
    is_day_only: bool = False


@dataclass(frozen=True)
class Spread:
    """One way in which a story spreads: a name that is told once for each story, and the reason in words.

    `is_by_copies` when what papers wrote themselves would not make it: worth knowing, nothing new to read. Its name is
    another, so that it is told in its turn when papers of their own make it too.
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
    return [*_by_outlets(ordered), *_by_leap(ordered), *_by_speed(ordered, now)]


def _by_outlets(ordered: Sequence[Publication]) -> Iterator[Spread]:
    """The doubling that all papers make, when copies are needed for it, and the one that papers of their own make."""
    publishers = {one.publisher for one in ordered}
    own = {one.publisher for one in ordered if not one.is_copy}
    copying = len(publishers) - len(own)
    words = f"{show_number(len(publishers))} cơ quan báo chí đã đưa tin"
    if copying:
        words += f", trong đó {show_number(copying)} chỉ đăng lại bài đã có"
    if _level(publishers) > _level(own):
        yield Spread(f"outlets-{_level(publishers)}{_COPIES}", words, is_by_copies=True)
    if _level(own):
        yield Spread(f"outlets-{_level(own)}", words)


def _level(publishers: Collection[str]) -> int:
    """How many papers the story has been told to be at: 3, 6, 12 …; 0 below the first."""
    if len(publishers) < _OUTLETS:
        return 0
    level = _OUTLETS
    while level * 2 <= len(publishers):
        level *= 2
    return level


def _by_leap(ordered: Sequence[Publication]) -> Iterator[Spread]:
    """The first central paper after local ones; nothing when a central paper began."""
    known = [one for one in ordered if one.is_local is not None]
    central = [one for one in known if not one.is_local]
    if not central or not known[0].is_local:
        return
    own = [one for one in central if not one.is_copy]
    named = ", ".join(list(dict.fromkeys(one.publisher for one in own or central))[:_NAMED])
    words = f"từ báo địa phương đã lan lên báo trung ương ({named})"
    if own:
        yield Spread("national", words)
    else:
        yield Spread(f"national{_COPIES}", f"{words}, chỉ đăng lại bài đã có", is_by_copies=True)


def _by_speed(ordered: Sequence[Publication], now: datetime) -> Iterator[Spread]:
    timed = (one for one in ordered if not one.is_day_only)
    last = [one for one in timed if now - _HOUR <= one.at <= now]
    own = [one for one in last if not one.is_copy]
    words = f"{show_number(len(last))} bài trong 1 giờ qua"
    if len(own) < len(last):
        words += f", trong đó {show_number(len(last) - len(own))} bài đăng lại"
    if _is_fast(own):
        yield Spread("speed", words)
    elif _is_fast(last):
        yield Spread(f"speed{_COPIES}", words, is_by_copies=True)


def _is_fast(last: Sequence[Publication]) -> bool:
    return len(last) >= _IN_AN_HOUR and len({one.publisher for one in last}) >= 2
