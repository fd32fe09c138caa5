"""The own clock of a source: in which hours, on which days and how often it usually gives something.

A paper that sleeps at night is not silent at three in the morning, and an office's page is not silent on Sunday. Time is
therefore counted only where the source itself usually gives something.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from hoiam.kit.news.thresholds import thresholds
from hoiam.kit.vietnamese import VIETNAM

IsOff = Callable[[date], bool]
_HOUR = timedelta(hours=1)
_LINES = thresholds("habit")
_ALL_DAY = range(24)
_WORKING = range(5)
_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class DayHours:
    """One Vietnamese civil day on which the source was read: bit h of `hours` is set when something came in hour h."""

    day: date
    hours: int

    def spoken(self) -> tuple[int, ...]:
        """The hours in which something came, in order."""
        return _bits(self.hours)


@dataclass(frozen=True)
class Habit:
    """Hours (0 to 23) and weekdays (Monday is 0) of the own clock, and on that clock the usual and the longest gap."""

    hours: frozenset[int]
    weekdays: frozenset[int]
    gap: timedelta
    longest: timedelta = timedelta(0)
    is_known: bool = True

    @property
    def rests(self) -> bool:
        """Whether a day of the weekend gives nothing: then a public holiday gives nothing either."""
        return not {5, 6} <= self.weekdays

    @property
    def words(self) -> str:
        """When the source usually gives something; blank while that is not known.

        >>> Habit(frozenset(range(6, 22)), frozenset(range(5)), timedelta(hours=1)).words
        'thường có tin 06-21 giờ, thứ Hai đến thứ Sáu'
        """
        return f"thường có tin {self._hours()}{self._weekdays()}" if self.is_known else ""

    def _hours(self) -> str:
        if len(self.hours) == len(_ALL_DAY):
            return "cả ngày lẫn đêm"
        first = next(hour for hour in self.hours if (hour - 1) % 24 not in self.hours)
        last = next(hour for hour in self.hours if (hour + 1) % 24 not in self.hours)
        return f"{first:02}-{last:02} giờ"

    def _weekdays(self) -> str:
        days = sorted(self.weekdays)
        if len(days) == len(_DAYS):
            return ""
        if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
            return f", {_DAYS[days[0]]} đến {_DAYS[days[-1]]}"
        return "".join(f", {_DAYS[day]}" for day in days)


def learn_habit(days: Iterable[DayHours]) -> Habit | None:
    """The habit these days tell of, or None while they are too few: better no alarm than one about nothing.

    Args:
        days: the days on which the source was read; a day that gave nothing is among them, one nobody read is not.
    """
    past = sorted(days, key=lambda one: one.day)
    marks = sum(one.hours.bit_count() for one in past)
    if len(past) < _LINES["least_days"] or marks < _LINES["least_hours"]:
        return None
    hours, weekdays = _waking_hours(past, marks), _waking_days(past, marks)
    gaps = list(_gaps(past, hours, weekdays))
    usual = sum(gaps) / len(gaps)
    return Habit(hours, weekdays, usual * _HOUR, max(gaps) * _HOUR)


def unknown_habit(gap: timedelta, asleep: Callable[[int], bool]) -> Habit:
    """What a source without a past is measured by: the sleepiest clock there is, so that a new one does not cry.

    Args:
        gap: its interval between new items, on the wall clock.
        asleep: whether papers sleep in this hour.
    """
    hours = frozenset(hour for hour in _ALL_DAY if not asleep(hour))
    share = len(hours) * len(_WORKING) / (len(_ALL_DAY) * len(_DAYS))
    return Habit(hours, frozenset(_WORKING), gap * share, is_known=False)


def awake_time(habit: Habit, start: datetime, end: datetime, is_off: IsOff) -> timedelta:
    """How much of the span lies on the source's own clock.

    Args:
        is_off: days that do not count: a holiday, a day on which nobody read the source.
    """
    spent, at = timedelta(0), start.astimezone(VIETNAM)
    end = end.astimezone(VIETNAM)
    while at < end:
        following = min(end, at.replace(minute=0, second=0, microsecond=0) + _HOUR)
        if at.hour in habit.hours and at.weekday() in habit.weekdays and not is_off(at.date()):
            spent += following - at
        at = following
    return spent


def _waking_hours(past: Sequence[DayHours], marks: int) -> frozenset[int]:
    """All hours but the longest stretch around the clock in which next to nothing came."""
    counts = Counter(hour for one in past for hour in one.spoken())
    allowed = marks * _LINES["asleep_share"]
    best: list[int] = []
    for first in _ALL_DAY:
        stretch: list[int] = []
        left = allowed
        for hour in ((first + step) % 24 for step in range(23)):
            left -= counts[hour]
            if left < 0:
                break
            stretch.append(hour)
        best = max(best, stretch, key=len)
    is_sleep = len(best) >= _LINES["least_sleep_hours"]
    return frozenset(_ALL_DAY) - frozenset(best if is_sleep else ())


def _waking_days(past: Sequence[DayHours], marks: int) -> frozenset[int]:
    """The weekdays that give more than next to nothing; one that was never read is not known to give anything."""
    least = _LINES["asleep_day"] * marks / len(past)
    given: dict[int, list[int]] = {}
    for one in past:
        given.setdefault(one.day.weekday(), []).append(one.hours.bit_count())
    return frozenset(day for day, counts in given.items() if sum(counts) > least * len(counts))


def _gaps(
    past: Sequence[DayHours], hours: frozenset[int], weekdays: frozenset[int]
) -> Iterator[int]:
    """Hours of the own clock from one hour with something to the next; what comes in its sleep ends a gap too."""
    awake = sum(1 << hour for hour in hours)
    gap = 0
    for one in past:
        left = awake if one.day.weekday() in weekdays else 0
        for hour in one.spoken():
            passed = left & ((2 << hour) - 1)
            gap += passed.bit_count()
            left ^= passed
            if gap:
                yield gap
                gap = 0
        gap += left.bit_count()


@lru_cache(maxsize=4096)
def _bits(mask: int) -> tuple[int, ...]:
    return tuple(hour for hour in _ALL_DAY if mask >> hour & 1)
