"""Working days and working hours: weekends, holidays, compensatory days, swapped Saturdays.

Which days are off is data (`data/calendar/`, or an agency's own file): the Prime Minister fixes
each year's schedule. Holidays: BLLĐ 2019 Đ112; 24/11 from 2026: NQ 28/2026/QH16.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5
Sessions = Sequence[tuple[time, time]]


@dataclass(frozen=True)
class Calendar:
    """The days off beside weekends, and the weekend days that are worked instead.

    `names` says why a day is off; `grades` gives the confidence of each year's data (A, B, C, U);
    a year without a grade knows weekends only.
    """

    days_off: frozenset[date] = frozenset()
    swapped_workdays: frozenset[date] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict)
    grades: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Accept any iterable of days, keep sets."""
        object.__setattr__(self, "days_off", frozenset(self.days_off))
        object.__setattr__(self, "swapped_workdays", frozenset(self.swapped_workdays))

    def is_working(self, day: date) -> bool:
        """Tell whether the day is worked.

        >>> Calendar().is_working(date(2026, 11, 22))
        False
        >>> Calendar(swapped_workdays=[date(2026, 11, 22)]).is_working(date(2026, 11, 22))
        True
        """
        if day in self.swapped_workdays:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def reason_off(self, day: date) -> str:
        """Give back why the day is off ("nghỉ cuối tuần", "Tết Nguyên đán"), "" when it is not."""
        if self.is_working(day):
            return ""
        return self.names.get(day, "nghỉ lễ") if day in self.days_off else "nghỉ cuối tuần"

    def next_working(self, day: date) -> date:
        """Give back the day itself when it is worked, else the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def previous_working(self, day: date) -> date:
        """Give back the day itself when it is worked, else the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def grade_of(self, year: int) -> str | None:
        """Give back the confidence of a year's data, None when only weekends are known."""
        known = any(day.year == year for day in self.days_off)
        return self.grades.get(year, "A" if known else None)

    def add_working_days(self, day: date, count: int) -> date:
        """Give back the count-th working day after `day` (before it when negative).

        The day itself is not counted (BLDS 2015 Điều 147.2).
        """
        step = ONE_DAY if count >= 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Give back how many working days lie after `first` up to and with `last`."""
        return sum(self.is_working(day) for day in _days(first + ONE_DAY, last))

    def days_skipped(self, first: date, last: date) -> tuple[date, ...]:
        """Give back the days off after `first` up to and with `last`."""
        return tuple(day for day in _days(first + ONE_DAY, last) if not self.is_working(day))

    def add_working_hours(self, moment: datetime, hours: int, sessions: Sessions) -> datetime:
        """Give back the moment when that many working hours have run.

        Sessions are the (from, to) pairs of a working day; the zone of `moment` is kept. The
        clock stands still outside sessions.
        """
        left = timedelta(hours=hours)
        day = self.next_working(moment.date())
        while True:
            for begin, end in _on(day, sessions, moment):
                begin = max(begin, moment)
                if end > begin:
                    if end - begin >= left:
                        return begin + left
                    left -= end - begin
            day = self.next_working(day + ONE_DAY)

    def working_time_between(self, start: datetime, end: datetime, sessions: Sessions) -> timedelta:
        """Give back the working time between two moments of one zone, zero when none."""
        total = timedelta()
        for day in _days(start.date(), end.date()):
            if self.is_working(day):
                for begin, stop in _on(day, sessions, start):
                    total += max(min(stop, end) - max(begin, start), timedelta())
        return total

    def with_days(self, off: Mapping[date, str], work: Mapping[date, str]) -> "Calendar":
        """Give back this calendar with single days announced later: `off` with names, `work` worked instead.

        An announced day speaks last: it makes a worked day free, and a free day (a weekend, a holiday put here too
        early) worked. The grades of the years stay: one day does not confirm a year.

        >>> Calendar().with_days({date(2026, 11, 23): "nghỉ hoán đổi"}, {}).is_working(date(2026, 11, 23))
        False
        """
        return Calendar(
            (self.days_off - work.keys()) | off.keys(),
            (self.swapped_workdays - off.keys())
            | {day for day in work if day.weekday() >= SATURDAY},
            {**self.names, **off},
            self.grades,
        )

    def merged(self, other: "Calendar") -> "Calendar":
        """Give back this calendar with the years of another one in place of its own."""
        years = set(other.grades)

        def kept(days: Iterable[date]) -> frozenset[date]:
            return frozenset(day for day in days if day.year not in years)

        names = {day: name for day, name in self.names.items() if day.year not in years}
        return Calendar(
            kept(self.days_off) | other.days_off,
            kept(self.swapped_workdays) | other.swapped_workdays,
            {**names, **other.names},
            {**self.grades, **other.grades},
        )


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _on(day: date, sessions: Sessions, like: datetime) -> Iterator[tuple[datetime, datetime]]:
    for begin, end in sessions:
        zone = like.tzinfo
        yield datetime.combine(day, begin, zone), datetime.combine(day, end, zone)
