"""The calendar as it stands: the one that ships, with the days announced since."""

from collections.abc import Iterable

from django.core.cache import cache

from hoiam.handling.models import CalendarDay
from hoiam.handling.states import DayKind
from hoiam.kit.rulebook import Calendar, national_calendar

KEY = "handling.calendar_days"
SECONDS = 60


def announced() -> list[CalendarDay]:
    """The announced days that stand, in order of day."""
    return list(CalendarDay.objects.filter(withdrawn_at=None))


def calendar_with(days: Iterable[CalendarDay]) -> Calendar:
    """The national calendar with these days over it."""
    off = {row.day: row.name for row in days if row.kind == DayKind.OFF}
    work = {row.day: row.name for row in days if row.kind == DayKind.WORK}
    return national_calendar().with_days(off, work)


def calendar_now() -> Calendar:
    """The calendar every clock is counted with now; one query."""
    return calendar_with(announced())


def calendar_seen() -> Calendar:
    """The calendar for showing lights, kept in this process for a minute; a change forgets it at once in its own."""
    kept: Calendar | None = cache.get(KEY)
    if kept is None:
        kept = calendar_now()
        cache.set(KEY, kept, SECONDS)
    return kept


def forget_calendar() -> None:
    """Read the announced days anew at the next look."""
    cache.delete(KEY)
