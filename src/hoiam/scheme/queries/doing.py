"""What units do in tasks, in the actor's sight: parts with their lights, products, difficulties, the diary."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook import Light
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.models import Assignment, Difficulty, Product, Progress, TaskReminder
from hoiam.scheme.queries.schemes import assignments_visible_to
from hoiam.scheme.queries.task_dues import TaskPeriod
from hoiam.scheme.queries.task_lights import TaskLight
from hoiam.scheme.states import AssignmentRole, AssignmentState, DifficultyState, SchemeState

OPEN = (AssignmentState.OPEN, AssignmentState.DOING)
TIMES = {"late": 0, "due": 1, "ok": 2}
WORKS = {"wait": 0, "run": 0, "done": 1, "pause": 2}


@dataclass(frozen=True)
class Part:
    """One unit's part in one task with its light and period."""

    row: Assignment
    light: Light
    period: TaskPeriod

    @property
    def rank(self) -> tuple[int, int, date, int]:
        """What is to be looked at first comes first."""
        time = 3 if self.row.role == AssignmentRole.INFORMED else TIMES[self.light.time]
        return (WORKS[self.light.work], time, self.period.last or date.max, self.row.pk)


def parts(rows: Iterable[Assignment], now: datetime) -> list[Part]:
    """The rows with their lights, most pressing first; each task is looked at once."""
    calendar = calendar_in_use()
    lights: dict[int, TaskLight] = {}
    found = []
    for row in rows:
        light = lights.get(row.task_id)
        if light is None:
            light = lights[row.task_id] = TaskLight(row.task, now, calendar)
        found.append(Part(row, light.full(row), light.period))
    return sorted(found, key=lambda part: part.rank)


def own_parts(actor: Actor) -> ScopedQuerySet:
    """The parts of the agencies the actor holds a post at, of schemes that were given out."""
    own = {post.agency_id for post in actor.posts}
    rows = assignments_visible_to(actor).filter(agency__in=own)
    return rows.exclude(task__scheme__state=SchemeState.DRAFT)


def pressing(actor: Actor, now: datetime, most: int) -> list[Part]:
    """Of the actor's own unit, what is late or due first; nothing that has no end."""
    rows = own_parts(actor).filter(state__in=OPEN, task__scheme__state=SchemeState.ACTIVE)
    return nearest(rows.exclude(role=AssignmentRole.INFORMED), now, most)


def nearest(rows: Iterable[Assignment], now: datetime, most: int) -> list[Part]:
    """Of these parts what is late or due first; nothing that has no end or is done."""
    found = parts(rows, now)
    ends = [p for p in found if p.period.last is not None or p.light.time != "ok"]
    return [p for p in ends if p.light.work in ("wait", "run")][:most]


def _of(rows: ScopedQuerySet, actor: Actor) -> ScopedQuerySet:
    """Rows of parts in sight."""
    if actor.sees_everything:
        return rows.narrowed()
    seen = assignments_visible_to(actor).order_by().values("pk")
    return rows.narrowed(assignment__in=seen)


def products_visible_to(actor: Actor) -> ScopedQuerySet:
    """Products of the parts in sight, taken back ones too."""
    rows = Product.objects.select_related("item", "added_by", "removed_by", "assignment__agency")
    return _of(rows, actor)


def difficulties_visible_to(actor: Actor) -> ScopedQuerySet:
    """Difficulties and proposals of the parts in sight."""
    rows = Difficulty.objects.select_related(
        "assignment__agency__parent", "assignment__task__scheme", "raised_by", "answered_by"
    )
    return _of(rows, actor)


def progress_visible_to(actor: Actor) -> ScopedQuerySet:
    """The diary of the parts in sight, newest first."""
    rows = Progress.objects.select_related("by", "assignment__agency", "other__agency")
    return _of(rows, actor)


def reminders_of(row: Assignment, today: date) -> bool:
    """Whether the unit was reminded of this part today; the caller was allowed to see it."""
    return TaskReminder.objects.narrowed(assignment=row, day=today).exists()


def with_open_matters(rows: ScopedQuerySet) -> ScopedQuerySet:
    """These parts, each with whether a difficulty of it waits for an answer (`has_matter`)."""
    waiting = Difficulty.objects.system("tied to the outer part").filter(
        assignment=OuterRef("pk"), state=DifficultyState.RAISED
    )
    return rows.annotate(has_matter=Exists(waiting))


def before(row: Assignment) -> list[Assignment]:
    """The parts this one was handed over from, newest first."""
    found: list[Assignment] = []
    passed, current = {row.pk}, row
    while current.handed_from_id and current.handed_from_id not in passed:
        rows = Assignment.objects.system("the history of a part in sight").select_related("agency")
        current = rows.get(pk=current.handed_from_id)
        passed.add(current.pk)
        found.append(current)
    return found
