"""The light of a unit's part in a task, one at a time or for forty thousand cells at once by the same table.

What a row adds to its task is told by a mark, counted in Python for one row and in SQL for many.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Case, Q, TextField, Value, When

from hoiam.kit.rulebook import Calendar, Light, default_number, light
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.models import Assignment, Task
from hoiam.scheme.queries.task_dues import TaskPeriod, task_period
from hoiam.scheme.states import AssignmentRole, AssignmentState, Rhythm

LAST_DAYS, STALE_DAYS = "MD-125", "MD-126"
OK, DUE, LATE = "ok", "due", "late"
# What a row adds: done after its time; nothing heard for long; what it says is of an earlier year.
PLAIN, DONE_LATE, STALE, PAST = range(4)
WORKS = {
    AssignmentState.OPEN: "wait",
    AssignmentState.DOING: "run",
    AssignmentState.DONE: "done",
    AssignmentState.EXEMPT: "pause",
}


class TaskLight:
    """One task on one moment: the light each state, role and mark of a part in it gives.

    `calendar` counts its working days; the one in use, with the days announced, when none is given.
    """

    def __init__(self, task: Task, now: datetime, calendar: Calendar | None = None) -> None:
        self.task, self.now = task, now
        self.today = now.astimezone(VIETNAM).date()
        self.calendar = calendar or calendar_in_use()
        self.period: TaskPeriod = task_period(task, self.today, self.calendar)
        self.time = self._time()
        self.stale_before = now - timedelta(days=default_number(STALE_DAYS))

    def _time(self) -> str:
        last = self.period.last
        if last is None:
            return OK
        if self.today > last:
            return LATE
        begins = self.calendar.add_working_days(
            self.calendar.previous_working(last), 1 - default_number(LAST_DAYS)
        )
        return DUE if self.today >= begins else OK

    def mark(self, row: Assignment) -> int:
        """What this row adds to its task."""
        if row.state not in (AssignmentState.DONE, AssignmentState.DOING):
            return PLAIN
        start, due = self.period.start, self.period.due
        told = row.finished_at if row.state == AssignmentState.DONE else row.moved_at
        if start is not None and told is not None and told < start:
            return PAST
        if row.state == AssignmentState.DONE and due and row.finished_at and row.finished_at > due:
            return DONE_LATE
        if row.state == AssignmentState.DOING and self.is_continuous and told is not None:
            return STALE if told < self.stale_before else PLAIN
        return PLAIN

    @property
    def is_continuous(self) -> bool:
        """Whether it never ends and is to be heard of now and then."""
        return self.task.rhythm == Rhythm.CONTINUOUS

    def brief(self, state: str, role: str, mark: int) -> Light:
        """The light in generic words: what a cell of the matrix shows."""
        if state == AssignmentState.EXEMPT:
            return Light(OK, "pause", "không phải làm")
        if role == AssignmentRole.INFORMED:
            return Light(OK, "wait", "để biết")
        work = "wait" if mark == PAST else WORKS[AssignmentState(state)]
        if work == "done":
            return (
                Light(LATE, work, "xong muộn") if mark == DONE_LATE else Light(OK, work, "đã xong")
            )
        begun = "đang làm" if work == "run" else "chưa làm"
        if mark == STALE or (work == "wait" and self._unheard()):
            return Light(DUE, work, f"{begun}, lâu chưa báo")
        ends = {OK: begun, DUE: f"{begun}, đến hạn", LATE: f"{begun}, quá hạn"}
        return Light(self.time, work, ends[self.time])

    def _unheard(self) -> bool:
        """A continuous task nobody has begun long after it was given."""
        if not self.is_continuous:
            return False
        scheme = self.task.scheme
        begins = self.task.starts_on or scheme.starts_on or scheme.issued_on
        if begins is None or scheme.created_at >= self.stale_before:
            return False
        return begins < self.stale_before.astimezone(VIETNAM).date()

    def full(self, row: Assignment) -> Light:
        """The light of one row with its days in words."""
        found = self.brief(row.state, row.role, self.mark(row))
        if row.state == AssignmentState.EXEMPT or row.role == AssignmentRole.INFORMED:
            return found
        due = self.period.due
        if due is None:
            return Light(found.time, found.work, self._endless(found, row))
        counted = light(due, self.now, found.work, done_at=row.finished_at)
        return Light(found.time, found.work, counted.words)

    def _endless(self, found: Light, row: Assignment) -> str:
        if found.time == DUE and row.moved_at is not None:
            return f"{(self.now - row.moved_at).days} ngày chưa báo"
        if found.time == DUE:
            return "lâu chưa bắt đầu"
        return "đã xong" if found.work == "done" else self.period.words


def task_light(row: Assignment, now: datetime) -> Light:
    """The light of one part; needs `task__scheme` with it."""
    return TaskLight(row.task, now).full(row)


def marked(lights: Sequence[TaskLight]) -> Case:
    """The mark of every row of these tasks as one SQL expression, a digit; equal to `TaskLight.mark`."""
    done, doing = Q(state=AssignmentState.DONE), Q(state=AssignmentState.DOING)
    past, old, late, stale = Q(pk__in=[]), Q(pk__in=[]), Q(pk__in=[]), Q(pk__in=[])
    for when, tasks in _grouped(lights, "start").items():
        past |= Q(task__in=tasks, finished_at__lt=when)
        old |= Q(task__in=tasks, moved_at__lt=when)
    for when, tasks in _grouped(lights, "due").items():
        if when < lights[0].now:  # nothing was finished after a moment to come
            late |= Q(task__in=tasks, finished_at__gt=when)
    endless = [each for each in lights if each.is_continuous]
    if endless:
        stale = Q(task__in=[e.task.pk for e in endless], moved_at__lt=endless[0].stale_before)
    # Parts not begun or exempt add nothing: said first, they cost nothing.
    return Case(
        When(~done & ~doing, then=Value(str(PLAIN))),
        When(done & past | doing & old, then=Value(str(PAST))),
        When(done & late, then=Value(str(DONE_LATE))),
        When(doing & stale, then=Value(str(STALE))),
        default=Value(str(PLAIN)),
        output_field=TextField(),
    )


def _grouped(lights: Iterable[TaskLight], moment: str) -> dict[datetime, list[int]]:
    found: dict[datetime, list[int]] = {}
    for each in lights:
        when = getattr(each.period, moment)
        if when is not None:
            found.setdefault(when, []).append(each.task.pk)
    return found
