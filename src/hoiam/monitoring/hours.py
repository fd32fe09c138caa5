"""Hours people may not be woken, and hours an office works: spans of the Vietnamese clock."""

from datetime import date, datetime, time, timedelta

from hoiam.kit.rulebook import Calendar, working_sessions
from hoiam.kit.vietnamese import VIETNAM


def quiet_until(start: time | None, end: time | None, now: datetime) -> datetime | None:
    """When the quiet hours that hold at `now` end; None outside of them, or where there are none.

    Args:
        start: on the Vietnamese clock; later than `end` when the span crosses midnight.
        end: the first minute that is no longer quiet.
    """
    if start is None or end is None or start == end:
        return None
    local = now.astimezone(VIETNAM)
    at, today = local.time(), local.date()
    if start < end:
        return _at(today, end) if start <= at < end else None
    if at < end:
        return _at(today, end)
    return _at(today + timedelta(days=1), end) if at >= start else None


def is_office_hour(now: datetime, calendar: Calendar) -> bool:
    """Whether an office works at this moment (product default MD-11) by this calendar."""
    local = now.astimezone(VIETNAM)
    return calendar.is_working(local.date()) and any(
        begin <= local.time() < close for begin, close in working_sessions()
    )


def next_change(now: datetime, calendar: Calendar) -> datetime:
    """The next moment at which an office begins or stops working: when rows for other hours come to hold."""
    day = now.astimezone(VIETNAM).date()
    while True:
        edges = (edge for session in working_sessions() for edge in session)
        if calendar.is_working(day):
            for edge in sorted(edges):
                if _at(day, edge) > now:
                    return _at(day, edge)
        day += timedelta(days=1)


def office_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much of the span lies in working hours; nothing when the end comes first."""
    day, last = start.astimezone(VIETNAM).date(), end.astimezone(VIETNAM).date()
    spent = timedelta(0)
    while day <= last:
        if calendar.is_working(day):
            for begin, close in working_sessions():
                overlap = min(end, _at(day, close)) - max(start, _at(day, begin))
                spent += max(overlap, timedelta(0))
        day += timedelta(days=1)
    return spent


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=VIETNAM)
