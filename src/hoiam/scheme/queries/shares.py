"""How far schemes are: parts counted by light, in one query whatever their number; and what the public may know of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.models import Assignment, Scheme, Task
from hoiam.scheme.queries.matrix import PLACE, Told, Totals
from hoiam.scheme.queries.schemes import assignments_visible_to
from hoiam.scheme.queries.task_dues import TaskPeriod
from hoiam.scheme.queries.task_lights import (
    PAST,
    PLAIN,
    STALE,
    STALE_DAYS,
    TaskLight,
    marked,
)
from hoiam.scheme.states import AssignmentState, SchemeState


@dataclass(frozen=True)
class Share:
    """What one scheme in somebody's sight adds up to."""

    scheme: Scheme
    totals: Totals

    @property
    def percent(self) -> int | None:
        """Of what has to be done, how much in a hundred is; None when nothing has."""
        return self.totals.done * 100 // self.totals.asked if self.totals.asked else None


# Of a task and its scheme what a light asks, in the order of `values`.
_TASK = ("rhythm", "starts_on", "ends_on", "due_on", "due_kind")
_SCHEME = ("title", "short", "starts_on", "ends_on", "issued_on", "created_at")


def shares(actor: Actor, now: datetime) -> list[Share]:
    """Every scheme that is being carried out in the actor's sight, the newest first; one query.

    Whether something was done late is not told here, so that rows of one year may be counted together.
    """
    calendar = calendar_in_use()
    lights: dict[int, TaskLight] = {}
    found: dict[int, Counter[int]] = {}
    for row in _grouped(actor, now):
        light = lights.get(row["task_id"])
        if light is None:
            light = lights[row["task_id"]] = TaskLight(_task(row), now, calendar)
        brief = light.brief(row["state"], row["role"], _mark(light, row))
        counts = found.setdefault(light.task.scheme_id, Counter())
        counts[PLACE[brief.time, brief.work, brief.words]] += row["n"]
    schemes = {each.task.scheme_id: each.task.scheme for each in lights.values()}
    newest = sorted(found, key=lambda pk: (schemes[pk].starts_on or date.min, pk), reverse=True)
    return [Share(schemes[pk], Totals.counted(found[pk])) for pk in newest]


def _grouped(actor: Actor, now: datetime) -> Iterable[dict[str, Any]]:
    """The parts in sight counted by task, state, role, year of the last word, and whether that is long ago."""
    seen = assignments_visible_to(actor).filter(task__scheme__state=SchemeState.ACTIVE)
    told = Coalesce("finished_at", "moved_at")
    long_ago = now - timedelta(days=default_number(STALE_DAYS))
    fields = [f"task__{name}" for name in _TASK] + [f"task__scheme__{name}" for name in _SCHEME]
    rows: Iterable[dict[str, Any]] = (
        seen.order_by()
        .annotate(
            year=ExtractYear(told, tzinfo=VIETNAM),
            is_old=Case(When(moved_at__lt=long_ago, then=Value(1)), default=Value(0)),
        )
        .values("task_id", "task__scheme_id", *fields, "state", "role", "year", "is_old")
        .annotate(n=Count("pk"))
    )
    return rows


def _task(row: dict[str, Any]) -> Task:
    task = Task(pk=row["task_id"], **{name: row[f"task__{name}"] for name in _TASK})
    told = {name: row[f"task__scheme__{name}"] for name in _SCHEME}
    task.scheme = Scheme(pk=row["task__scheme_id"], **told)
    return task


def _mark(light: TaskLight, row: dict[str, Any]) -> int:
    start = light.period.first
    is_begun = row["state"] in (AssignmentState.DOING, AssignmentState.DONE)
    if start is not None and is_begun and row["year"] is not None and row["year"] < start.year:
        return PAST
    is_stale = light.is_continuous and row["state"] == AssignmentState.DOING and row["is_old"]
    return STALE if is_stale else PLAIN


def counts_by_task(lights: Sequence[TaskLight], rows: ScopedQuerySet) -> dict[int, Counter[int]]:
    """How many of these parts stand at each sign of the matrix, by task; one query."""
    told = {each.task.pk: Told(each) for each in lights}
    found: dict[int, Counter[int]] = {pk: Counter() for pk in told}
    grouped = (
        rows.filter(task__in=list(told))
        .order_by()
        .annotate(mark=marked(lights))
        .values("task_id", "state", "role", "mark")
        .annotate(n=Count("pk"))
    )
    for row in grouped:
        key = f"{row['state'][:3]}{row['role'][:2]}{row['mark']}"
        found[row["task_id"]][told[row["task_id"]][key]] += row["n"]
    return found


def public_schemes() -> ScopedQuerySet:
    """What the public may know: schemes given out whose excerpt was published."""
    rows = Scheme.objects.system("what the public may know").select_related("owner")
    return rows.filter(published=True).exclude(state=SchemeState.DRAFT)


@dataclass(frozen=True)
class PublicLine:
    """One task as the public reads it: the paper's words and how many units have done it; nobody's name."""

    task: Task
    period: TaskPeriod
    totals: Totals

    @property
    def percent(self) -> int:
        """Of the units that have to do it, how many in a hundred have."""
        return self.totals.done * 100 // self.totals.asked if self.totals.asked else 0


def public_lines(scheme: Scheme, now: datetime) -> list[PublicLine]:
    """The tasks of a published scheme in the paper's order; two queries."""
    lights, calendar = [], calendar_in_use()
    for task in Task.objects.filter(scheme=scheme):
        task.scheme = scheme
        lights.append(TaskLight(task, now, calendar))
    if not lights:
        return []
    rows = Assignment.objects.system("counts the public may know")
    counted = counts_by_task(lights, rows)
    return [
        PublicLine(each.task, each.period, Totals.counted(counted[each.task.pk])) for each in lights
    ]
