"""Counting time from a moment: hours on the wall clock, days and longer by civil law.

Source: BLDS 2015 Đ147, Đ148; "trước ngày X" and hour clocks over holidays: readings (law.md §3).
A day clock ends at 23:59:59 of its last day, the last whole second before 24:00.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hoiam.kit.vietnamese import VIETNAM

from .calendar import ONE_DAY, Calendar
from .defaults import working_sessions
from .steps import Step, long_day, skipped_words, step

LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True)
class Count:
    """Where counting arrived: the due moment (None: no number), its steps, days it leaned on."""

    due: datetime | None
    steps: tuple[Step, ...]
    leaned_on: tuple[date, ...] = ()


def end_of_day(day: date) -> datetime:
    """Give back the last second of a day in Viet Nam.

    >>> end_of_day(date(2026, 8, 17)).isoformat()
    '2026-08-17T23:59:59+07:00'
    """
    return datetime.combine(day, LAST_SECOND, VIETNAM)


def add_months(day: date, months: int) -> date:
    """Give back the same-numbered day that many months on, or the last of a shorter month.

    Source: BLDS 2015 Đ148.

    >>> add_months(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def hours_after(start: datetime, number: int, calendar: Calendar) -> Count:
    """Count hours on the wall clock, through nights and holidays."""
    due = start + timedelta(hours=number)
    return Count(
        due,
        (step("hours_after", number=number), step("hours_end", due)),
    )


def hours_before(start: datetime, number: int, calendar: Calendar) -> Count:
    """Count hours back from a moment that was fixed beforehand."""
    due = start - timedelta(hours=number)
    return Count(
        due,
        (step("hours_before", number=number), step("hours_end", due)),
    )


def calendar_days(start: datetime, number: int, calendar: Calendar) -> Count:
    """Count days on end; the first day is left out, a last day off moves to a working day."""
    last = start.date() + timedelta(days=number)
    return _ending(start, last, step("calendar_days", number=number, day=long_day(last)), calendar)


def months(start: datetime, number: int, calendar: Calendar) -> Count:
    """Count months to the same-numbered day."""
    last = add_months(start.date(), number)
    return _ending(start, last, step("months", number=number, day=long_day(last)), calendar)


def years(start: datetime, number: int, calendar: Calendar) -> Count:
    """Count years to the same-numbered day."""
    last = add_months(start.date(), 12 * number)
    return _ending(start, last, step("years", number=number, day=long_day(last)), calendar)


def working_days(start: datetime, number: int, calendar: Calendar) -> Count:
    """Count working days after the first day."""
    day = start.date()
    last = calendar.add_working_days(day, number)
    skipped = skipped_words(calendar.days_skipped(day, last))
    due = end_of_day(last)
    told = (
        step("first_day", day=long_day(calendar.next_working(day + ONE_DAY))),
        step("working_days", number=number, skipped=skipped, day=long_day(last)),
        step("days_end", due),
    )
    return Count(due, told, (day, last))


def working_days_before(start: datetime, number: int, calendar: Calendar) -> Count:
    """Count working days back from the day of a moment fixed beforehand."""
    day = start.date()
    last = calendar.add_working_days(day, -number)
    skipped = skipped_words(calendar.days_skipped(last, day - ONE_DAY))
    due = end_of_day(last)
    told = (
        step("working_days_back", number=number, skipped=skipped, day=long_day(last)),
        step("days_end", due),
    )
    return Count(due, told, (last, day))


def working_hours(start: datetime, number: int, calendar: Calendar) -> Count:
    """Count working hours, a unit of product defaults only."""
    sessions = working_sessions()
    due = calendar.add_working_hours(start, number, sessions)
    words = ", ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in sessions)
    told = (
        step("working_hours", number=number, sessions=words),
        step("hours_end", due),
    )
    return Count(due, told, (start.date(), due.date()))


def _ending(start: datetime, last: date, counted: Step, calendar: Calendar) -> Count:
    told = [step("first_day", day=long_day(start.date() + ONE_DAY)), counted]
    end = calendar.next_working(last)
    if end != last:
        why = calendar.reason_off(last)
        told.append(step("rolled", day=long_day(last), why=why, next=long_day(end)))
    due = end_of_day(end)
    told.append(step("days_end", due))
    return Count(due, tuple(told), (last, end))


Counter = Callable[[datetime, int, Calendar], Count]
AFTER: dict[str, Counter] = {
    "hour": hours_after,
    "calendar_day": calendar_days,
    "working_day": working_days,
    "working_hour": working_hours,
    "month": months,
    "year": years,
}
BEFORE: dict[str, Counter] = {"hour": hours_before, "working_day": working_days_before}
