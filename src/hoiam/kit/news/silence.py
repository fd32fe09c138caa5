"""Silence: a source that stops producing is a fault, told after three times its usual interval."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hoiam.kit.news.thresholds import thresholds
from hoiam.kit.vietnamese import show_datetime, show_number

_TIMES = thresholds("silence")["times"]
# A source polled every minute may pause for an hour without anything being wrong.
_LEAST = timedelta(hours=thresholds("silence")["least_hours"])
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Silence:
    """A silent source: since when, how long, and what was usual."""

    last_new_at: datetime
    quiet_for: timedelta
    usual_gap: timedelta
    words: str


def silence(last_new_at: datetime, usual_gap: timedelta, now: datetime) -> Silence | None:
    """The alarm of a source that has been quiet too long, or None while it is within its habit.

    Args:
        last_new_at: when the source last gave something new.
        usual_gap: its usual interval between new items.
        now: the moment of asking.
    """
    quiet = now - last_new_at
    if quiet <= max(usual_gap * _TIMES, _LEAST):
        return None
    words = (
        f"Nguồn im lặng {show_span(quiet)} (thường {show_span(usual_gap)} có tin mới); tin gần nhất "
        f"{show_datetime(last_new_at)}. Hãy mở nguồn và kiểm tra địa chỉ."
    )
    return Silence(last_new_at, quiet, usual_gap, words)


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
