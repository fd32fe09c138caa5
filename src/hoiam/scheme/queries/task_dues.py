"""Until when a task is in time: the paper's words and rhythm (scheme-2862.md: Kinds of time, §6) made a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hoiam.kit.rulebook import Calendar, end_of_day
from hoiam.kit.vietnamese import VIETNAM, show_date, show_weekday
from hoiam.scheme.models import Task
from hoiam.scheme.states import Rhythm, TaskDue

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TaskPeriod:
    """The period a task is done in, seen from one day.

    Attributes:
        first: its first day where the task comes again every year, else None.
        last: the last day that is in time; None when the paper gives no end.
        words: how pages say it.
        note: a caution when the last day is no working day.
    """

    first: date | None
    last: date | None
    words: str
    note: str = ""

    @property
    def due(self) -> datetime | None:
        """The last second in time."""
        return end_of_day(self.last) if self.last else None

    @property
    def start(self) -> datetime | None:
        """The first moment of a yearly period."""
        if self.first is None:
            return None
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=VIETNAM)


def task_period(task: Task, today: date, calendar: Calendar) -> TaskPeriod:
    """The period of a task that holds this day, or the nearest one; reads the task's scheme and no more.

    Args:
        task: with its scheme.
        today: the day it is seen from.
        calendar: working days, with those announced for the unit or the country.
    """
    starts = task.starts_on or task.scheme.starts_on
    ends = task.ends_on or task.scheme.ends_on
    if task.rhythm == Rhythm.DATED and task.due_on is not None:
        return _dated(task.due_on, task.due_kind, calendar)
    if task.rhythm == Rhythm.YEARLY:
        return _yearly(starts, ends, today, calendar)
    if task.rhythm == Rhythm.YEAR and (known := task.ends_on or task.starts_on or ends):
        return _until(None, task.ends_on or date(known.year, 12, 31), calendar)
    if task.rhythm == Rhythm.SPAN and ends is not None:
        return _until(None, ends, calendar)
    words = {Rhythm.CONTINUOUS: "thường xuyên", Rhythm.EVENT: "theo sự kiện"}
    return TaskPeriod(None, None, words.get(Rhythm(task.rhythm), "văn bản không nêu hạn"))


def _dated(day: date, kind: str, calendar: Calendar) -> TaskPeriod:
    """ "Trước ngày X" ends with X−1; "chậm nhất ngày X" and "ngày X" with X."""
    last = day - ONE_DAY if kind == TaskDue.BEFORE else day
    told = TaskDue(kind).label if kind else TaskDue.BY.label
    return TaskPeriod(None, last, f"{told} {show_date(day)}", _caution(last, calendar))


def _yearly(starts: date | None, ends: date | None, today: date, calendar: Calendar) -> TaskPeriod:
    year = today.year
    if starts is not None:
        year = max(year, starts.year)
    if ends is not None:
        year = min(year, ends.year)
    last = date(year, 12, 31)
    return _until(date(year, 1, 1), min(last, ends) if ends else last, calendar)


def _until(first: date | None, last: date, calendar: Calendar) -> TaskPeriod:
    return TaskPeriod(first, last, f"đến hết {show_date(last)}", _caution(last, calendar))


def _caution(last: date, calendar: Calendar) -> str:
    """The last working day, when the last day is none; empty otherwise."""
    before = calendar.previous_working(last)
    if before == last:
        return ""
    off = calendar.reason_off(last) or show_weekday(last)
    return f"{show_date(last)} là ngày nghỉ ({off}); ngày làm việc cuối là {show_weekday(before)} {show_date(before)}"
