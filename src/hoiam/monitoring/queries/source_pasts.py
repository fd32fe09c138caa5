"""What the ledger of days tells of sources: their own clock, and on which days they were read; one query for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hoiam.kit.news import DayHours, Habit, learn_habit
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.monitoring.models import Source, SourceDay

SPAN = timedelta(days=56)  # not-law: eight of each weekday tell what a weekday gives
ONE_DAY = timedelta(days=1)
FRIDAY = 4
Days = Iterable[tuple[date, int, int]]


@dataclass(frozen=True)
class Past:
    """The days of one source as far as the ledger is read: its habit when known, and on which days it was read."""

    since: date
    habit: Habit | None = None
    read_on: frozenset[date] = frozenset()
    holidays: frozenset[date] = frozenset()

    def is_off(self, day: date) -> bool:
        """Whether quiet on this day says nothing: nobody read the source, or it rests on holidays.

        Of days before the ledger that is asked of, nothing is known: they count.
        """
        if day >= self.since and day not in self.read_on:
            return True
        return (self.habit is None or self.habit.rests) and day in self.holidays


def pasts_of(sources: Iterable[Source], today: date) -> dict[int, Past]:
    """The past of each source by its number."""
    rows, since, off = list(sources), today - SPAN, holidays(today)
    found = SourceDay.objects.filter(source__in=[row.pk for row in rows], day__gte=since)
    read = found.filter(day__lte=today, readings__gt=0).order_by()
    days: dict[int, list[tuple[date, int, int]]] = {row.pk: [] for row in rows}
    for pk, day, kept, hours in read.values_list("source_id", "day", "kept", "hours"):
        days[pk].append((day, kept, hours))
    return {
        row.pk: Past(
            since,
            # What is left of today may still bring something: it tells nothing yet.
            habit_of((one for one in days[row.pk] if one[0] < today), off),
            frozenset(day for day, *_ in days[row.pk]),
            off,
        )
        for row in rows
    }


def holidays(today: date) -> frozenset[date]:
    """Days of the ledger's span on which offices are closed though it is no weekend."""
    calendar = calendar_in_use()
    days = (today - step * ONE_DAY for step in range(SPAN.days + 1))
    return frozenset(
        day for day in days if day.weekday() <= FRIDAY and not calendar.is_working(day)
    )


def habit_of(days: Days, off: frozenset[date]) -> Habit | None:
    """The habit of a source from days it was read on: the day, what was kept, and in which hours.

    A day whose hours were not written down yet, and a holiday, tell nothing.
    """
    return learn_habit(
        DayHours(day, hours) for day, kept, hours in days if (hours or not kept) and day not in off
    )
