"""The own clock of a source: in which hours, on which days and how often it usually gives something.

A paper that sleeps at night is not silent at three in the morning, and an office's page is not silent on Sunday. Time is
therefore counted by how often the source itself gives something: an hour that has something on half of the days counts
half. A paper's thin hours at the edges of its day, and its single items at night, then excuse no stop at noon.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, dropwhile

from hoiam.kit.news.thresholds import thresholds
from hoiam.kit.vietnamese import VIETNAM

IsOff = Callable[[date], bool]
Shares = tuple[tuple[float, ...], ...]
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
    """Hours (0 to 23) and weekdays (Monday is 0) of the own clock, and on that clock the usual and a long gap.

    `shares` tell by weekday and hour how much of the hour counts; where there are none each counts in full.
    """

    hours: frozenset[int]
    weekdays: frozenset[int]
    gap: timedelta
    long: timedelta = timedelta(0)
    is_known: bool = True
    shares: Shares = ()

    def share(self, at: datetime) -> float:
        """How much of this hour counts, from 0 to 1."""
        if at.weekday() not in self.weekdays or at.hour not in self.hours:
            return 0.0
        return self.shares[at.weekday()][at.hour] if self.shares else 1.0

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
        return f"{first:02}-{last:02} giờ" if first != last else f"lúc {first} giờ"

    def _weekdays(self) -> str:
        days = sorted(self.weekdays)
        if len(days) == len(_DAYS):
            return ""
        if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
            return f", {_DAYS[days[0]]} đến {_DAYS[days[-1]]}"
        return "".join(f", {_DAYS[day]}" for day in days)


def learn_habit(days: Iterable[DayHours]) -> Habit | None:
    """The habit these days tell of, or None while they are too few: better no alarm than one about nothing.

    Days before the first item tell nothing: perhaps nobody wrote down yet what came.

    Args:
        days: the days on which the source was read; a day that gave nothing is among them, one nobody read is not.
    """
    past = list(dropwhile(lambda one: not one.hours, sorted(days, key=lambda one: one.day)))
    marks = sum(one.hours.bit_count() for one in past)
    if len(past) < _LINES["least_days"] or marks < _LINES["least_hours"]:
        return None
    hours, weekdays = _waking_hours(past, marks), _waking_days(past, marks)
    shares = _shares(past, hours, weekdays)
    gaps = sorted(_gaps(past, shares))
    usual, long = sum(gaps) / len(gaps), gaps[int(_LINES["long_gap"] * len(gaps))]
    return Habit(hours, weekdays, usual * _HOUR, long * _HOUR, shares=shares)


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
    """How much of the span lies on the source's own clock: the time in which there usually would have been something.

    Args:
        is_off: days that do not count: a holiday, a day on which nobody read the source.
    """
    spent, at = timedelta(0), start.astimezone(VIETNAM)
    end = end.astimezone(VIETNAM)
    while at < end:
        following = min(end, at.replace(minute=0, second=0, microsecond=0) + _HOUR)
        share = habit.share(at)
        if share and not is_off(at.date()):
            spent += share * (following - at)
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


def _shares(past: Sequence[DayHours], hours: Set[int], weekdays: Set[int]) -> Shares:
    """For each weekday and hour, on what part of such days there is something: the hour's part, more or less by the weekday's."""
    awake = [one for one in past if one.day.weekday() in weekdays]
    found = Counter(hour for one in awake for hour in one.spoken())
    part = [found[hour] / len(awake) if hour in hours else 0.0 for hour in _ALL_DAY]
    full = _fullness(awake)
    return tuple(
        tuple(min(1.0, one * full.get(day, 0.0)) for one in part) for day in range(len(_DAYS))
    )


def _fullness(awake: Sequence[DayHours]) -> dict[int, float]:
    """How much each weekday gives against the usual one."""
    usual = sum(one.hours.bit_count() for one in awake) / len(awake)
    given: dict[int, list[int]] = {}
    for one in awake:
        given.setdefault(one.day.weekday(), []).append(one.hours.bit_count())
    # Eight Sundays at most were seen, at first one: a weekday leans on the others.
    lean = _LINES["lean_days"]
    return {day: (sum(of) / usual + lean) / (len(of) + lean) for day, of in given.items()}


def _gaps(past: Sequence[DayHours], shares: Shares) -> Iterator[float]:
    """Hours of the own clock from one hour with something to the next; what comes in its sleep ends a gap too."""
    passed = [tuple(accumulate(of_day, initial=0.0)) for of_day in shares]
    gap: float | None = None
    for one in past:
        clock, since = passed[one.day.weekday()], 0.0
        for hour in one.spoken():
            if gap is not None and (gap := gap + clock[hour + 1] - since):
                yield gap
            gap, since = 0.0, clock[hour + 1]
        gap = None if gap is None else gap + clock[-1] - since


@lru_cache(maxsize=4096)
def _bits(mask: int) -> tuple[int, ...]:
    return tuple(hour for hour in _ALL_DAY if mask >> hour & 1)
