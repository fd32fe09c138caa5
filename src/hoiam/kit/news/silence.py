"""Silence: a source that stops producing is a fault, told by its own clock once it pauses longer than it does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hoiam.kit.news.habit import Habit, IsOff, awake_time
from hoiam.kit.news.thresholds import thresholds
from hoiam.kit.vietnamese import show_datetime, show_number

_LINES = thresholds("silence")
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Silence:
    """A silent source: since when, how long on its own clock, and what was usual."""

    last_new_at: datetime
    quiet_for: timedelta
    habit: Habit
    words: str


def silence(last_new_at: datetime, habit: Habit, now: datetime, is_off: IsOff) -> Silence | None:
    """The alarm of a source that has been quiet too long, or None while it is within its habit.

    Args:
        last_new_at: when the source last gave something new.
        habit: its own clock; only time on it is counted.
        now: the moment up to which the source was read.
        is_off: days that do not count, whatever the weekday.
    """
    quiet = awake_time(habit, last_new_at, now, is_off)
    if quiet <= patience(habit):
        return None
    since = f"Không có tin mới từ {show_datetime(last_new_at)}"
    # The hours are those of its own clock: the wall clock's would count its nights.
    spent = f", đã qua {show_number(round(quiet / _HOUR))} giờ lẽ ra có tin ({habit.words})"
    known = spent if habit.is_known else " (chưa đủ tin để biết nhịp của nguồn)"
    words = f"{since}{known}. Hãy mở nguồn và kiểm tra địa chỉ."
    return Silence(last_new_at, quiet, habit, words)


def patience(habit: Habit) -> timedelta:
    """How long the source may be quiet on its own clock before that is a fault."""
    usual = habit.gap * _LINES["times"]
    if not habit.is_known:
        return max(usual, _LINES["unknown_hours"] * _HOUR)
    # A long stop among few gaps must not excuse the next one for weeks: it counts up to so many usual gaps.
    long = min(habit.long * _LINES["long_times"], habit.gap * _LINES["most_times"])
    return max(usual, long, _LINES["least_hours"] * _HOUR)


def show_span(span: timedelta) -> str:
    """A stretch of time in the largest unit that says enough.

    >>> show_span(timedelta(minutes=40)), show_span(timedelta(hours=5)), show_span(timedelta(days=4))
    ('40 phút', '5 giờ', '4 ngày')
    """
    if span >= 2 * _DAY:
        return f"{show_number(round(span / _DAY))} ngày"
    if span >= _HOUR:
        return f"{show_number(round(span / _HOUR))} giờ"
    return f"{max(1, round(span.total_seconds() / 60))} phút"
