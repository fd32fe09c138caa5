"""Times that are not counted from an event: yearly dates and recurring windows."""

from datetime import date, datetime, timedelta

from hoiam.kit.vietnamese import show_date

from .calendar import ONE_DAY
from .counting import Count, add_months, end_of_day
from .steps import Step, long_day, step

CYCLES = {"month": 1, "quarter": 3}


def before_yearly_date(start: datetime, yearly_date: str) -> Count:
    """Give back the end of the day before the next DD/MM that is not past at `start`.

    "Trước ngày X" ends at the end of X−1, not of X (law.md §3); it does not move to a working
    day, so that the paper is in time by either reading.
    """
    day, month = (int(part) for part in yearly_date.split("/"))
    limit = date(start.year, month, day)
    if start.date() >= limit:
        limit = date(start.year + 1, month, day)
    last = limit - ONE_DAY
    due = end_of_day(last)
    told = (
        step("before_date", limit=show_date(limit), day=long_day(last)),
        step("days_end", due),
    )
    return Count(due, told, (last,))


def recurring_window(start: datetime, number: int, unit: str, cycle: str) -> Count:
    """Give back the end of the recurring window that holds `start`.

    A rule in months fills its whole cycle; a rule in days has the first days of the cycle, and
    once these are past, of the next one. A window never spills into the next cycle, so its end
    does not move to a working day.
    """
    months = CYCLES[cycle]
    first = _cycle_start(start.date(), months)
    if unit == "calendar_day":
        if start.date() > _after_days(first, number):
            first = add_months(first, months)
        last = _after_days(first, number)
        extra: tuple[Step, ...] = (step("window_days", number=number, day=long_day(last)),)
    else:
        last, extra = add_months(first, months) - ONE_DAY, ()
    end = add_months(first, months) - ONE_DAY
    due = end_of_day(last)
    told = (
        step("window", first=show_date(first), last=show_date(end)),
        *extra,
        step("days_end", due),
    )
    return Count(due, told, (last,))


def _cycle_start(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _after_days(first: date, number: int) -> date:
    return first + timedelta(days=number - 1)
