"""A year of the calendar as rows: days off and days worked instead, in order."""

from dataclasses import dataclass
from datetime import date

from hoiam.desk.presenters.clocks import GRADES
from hoiam.handling.states import DayKind
from hoiam.kit.rulebook import Calendar, national_calendar
from hoiam.kit.vietnamese import show_weekday

GRADE_WORDS = GRADES | {
    "B": "theo thông báo nghỉ lễ của năm",
    "U": "chưa đối chiếu đủ thông báo nghỉ lễ của năm (MD-23)",
}


@dataclass(frozen=True)
class DayRow:
    """One day that is not as its weekday says."""

    day: date
    weekday: str
    kind: str
    name: str
    is_new: bool


@dataclass(frozen=True)
class Year:
    """One year: its days, and how sure they are."""

    number: int
    sure: str
    days: list[DayRow]


def known_years() -> list[int]:
    """The years the shipped calendar knows, newest first."""
    return sorted(national_calendar().grades, reverse=True)


def year_of(calendar: Calendar, number: int) -> Year:
    """The days of one year with those announced since marked as new."""
    shipped = national_calendar()
    rows = [
        *(_row(day, DayKind.OFF, calendar.names.get(day, "")) for day in calendar.days_off),
        *(_row(day, DayKind.WORK, "làm bù") for day in calendar.swapped_workdays),
        *(_row(day, DayKind.WORK, "làm việc") for day in shipped.days_off - calendar.days_off
          if calendar.is_working(day)),
    ]  # fmt: skip
    days = sorted({row.day: row for row in rows if row.day.year == number}.values(), key=_by_day)
    grade = calendar.grade_of(number) or "U"
    return Year(number, GRADE_WORDS.get(grade, grade), days)


def _by_day(row: DayRow) -> date:
    return row.day


def _row(day: date, kind: DayKind, name: str) -> DayRow:
    shipped = national_calendar()
    is_new = shipped.is_working(day) != (kind == DayKind.WORK)
    return DayRow(day, show_weekday(day), str(kind.label), name, is_new)
