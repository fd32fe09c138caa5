"""The matrix of a scheme: tasks × units, read in one compact query and folded in memory.

A cell is the index of its light in `SIGNS`, the worst first; `NOTHING` says that the unit has no part in the task. The database
joins the parts of each task into one text (unit, state, role, mark), so that forty thousand cells come as a hundred rows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, repeat
from typing import Any

from django.db.models import Aggregate, QuerySet, TextField
from django.db.models.functions import Cast, Concat, Substr

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.kit.rulebook import Light
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.models import Scheme, Task
from hoiam.scheme.queries.schemes import assignments_visible_to
from hoiam.scheme.queries.task_lights import TaskLight, marked
from hoiam.scheme.states import AssignmentRole, AssignmentState

# Of a roll-up the worst stands for all; informed and exempt parts speak last.
ORDER = (
    ("late", "wait", "chưa làm, quá hạn"),
    ("late", "run", "đang làm, quá hạn"),
    ("due", "wait", "chưa làm, đến hạn"),
    ("due", "run", "đang làm, đến hạn"),
    ("due", "wait", "chưa làm, lâu chưa báo"),
    ("due", "run", "đang làm, lâu chưa báo"),
    ("ok", "wait", "chưa làm"),
    ("ok", "run", "đang làm"),
    ("late", "done", "xong muộn"),
    ("ok", "done", "đã xong"),
    ("ok", "pause", "không phải làm"),
    ("ok", "wait", "để biết"),
)
SIGNS = tuple(Light(*each) for each in ORDER)
# A part is told by the first letters of its state and role, then the digit of its mark.
_STATES = {state.value[:3]: state for state in AssignmentState}
_ROLES = {role.value[:2]: role for role in AssignmentRole}
_HEAD = 6
PLACE = {(light.time, light.work, light.words): place for place, light in enumerate(SIGNS)}
# After every sign, so that the least of a column is its worst.
NOTHING = len(SIGNS)
IS_DONE = frozenset(place for place, light in enumerate(SIGNS) if light.work == "done")
IS_LATE = frozenset({0, 1})
IS_DUE = frozenset({2, 3, 4, 5})
# Parts nobody has to do are in no total.
IS_ASKED = frozenset(range(10))
_ASKED = tuple(int(place in IS_ASKED) for place in range(NOTHING + 1))
_DONE = tuple(int(place in IS_DONE) for place in range(NOTHING + 1))
LIGHTS = {
    "late": ("Quá hạn", IS_LATE),
    "due": ("Đến hạn, lâu chưa báo", IS_DUE),
    "open": ("Chưa xong", frozenset(range(8))),
    "done": ("Đã xong", IS_DONE),
    "late_done": ("Xong muộn", frozenset({8})),
}


@dataclass(frozen=True)
class Totals:
    """What a row or column adds up to."""

    asked: int
    done: int
    due: int
    late: int

    @classmethod
    def of(cls, cells: Iterable[int]) -> "Totals":
        """Of these cells."""
        return cls.counted(Counter(cells))

    @classmethod
    def counted(cls, counts: Counter[int]) -> "Totals":
        """Of cells counted already."""

        def among(places: frozenset[int]) -> int:
            return sum(counts[place] for place in places)

        return cls(among(IS_ASKED), among(IS_DONE), among(IS_DUE), among(IS_LATE))


@dataclass
class Row:
    """One unit, or one province with its units folded into it."""

    agency: Agency
    cells: list[int]
    units: list["Row"] = field(default_factory=list)
    # Of a roll-up: done and asked, by place of the task.
    shares: list[tuple[int, int]] = field(default_factory=list)

    @property
    def totals(self) -> Totals:
        """What the row adds up to; a province adds up its units."""
        if self.units:
            counts: Counter[int] = Counter()
            for unit in self.units:
                counts.update(unit.cells)
            return Totals.counted(counts)
        return Totals.of(self.cells)


@dataclass(frozen=True)
class Narrowing:
    """What a person asks to see: a group of tasks, a province, a role, a light; empty means all."""

    group: str = ""
    province: int | None = None
    role: str = ""
    light: str = ""


@dataclass(frozen=True)
class Matrix:
    """Tasks in the paper's order, units in Vietnamese order, their cells."""

    scheme: Scheme
    lights: Sequence[TaskLight]
    rows: Sequence[Row]

    @property
    def tasks(self) -> list[Task]:
        """The columns."""
        return [each.task for each in self.lights]

    def column_totals(self) -> list[Totals]:
        """What every column adds up to."""
        return [Totals.of(column) for column in zip(*(row.cells for row in self.rows), strict=True)]


def matrix_of(
    scheme: Scheme, actor: Actor, *, now: datetime, wish: Narrowing | None = None
) -> Matrix:
    """The cells of the scheme in the actor's sight; three queries whatever their number."""
    wish = wish or Narrowing()
    tasks = Task.objects.filter(scheme=scheme)
    if wish.group:
        tasks = tasks.filter(group=wish.group)
    calendar = calendar_in_use()
    lights = [TaskLight(_with(task, scheme), now, calendar) for task in tasks]
    cells = _cells(scheme, actor, lights, wish.role)
    places = {place.pk: place for place in _named(cells)}
    rows = [
        Row(place, cells[pk])
        for pk, place in sorted(places.items(), key=lambda each: _order(each[1]))
        if wish.province is None or _province_of(place) == wish.province
    ]
    return Matrix(scheme, lights, _lit(rows, wish.light))


def _named(keys: Iterable[int]) -> QuerySet[Agency]:
    rows = Agency.objects.filter(pk__in=list(keys)).order_by()
    return rows.only("name", "sort_key", "level", "parent_id", "valid_to")


def _with(task: Task, scheme: Scheme) -> Task:
    task.scheme = scheme
    return task


def _order(place: Agency) -> tuple[bool, str, int]:
    return (place.level != Level.CENTRE, place.sort_key, place.pk)


def _province_of(place: Agency) -> int:
    """Under whom a unit is folded; a province may itself stand under the centre."""
    if place.level in (Level.CENTRE, Level.PROVINCE):
        return int(place.pk)
    return place.parent_id or place.pk


def _cells(
    scheme: Scheme, actor: Actor, lights: Sequence[TaskLight], role: str
) -> dict[int, list[int]]:
    """The row of every unit, by unit."""
    seen = assignments_visible_to(actor).filter(task__in=[each.task.pk for each in lights])
    if role:
        seen = seen.filter(role=role)
    found = seen.order_by().values("task_id").annotate(parts=_Joined(_part(lights)))
    columns: list[dict[str, int]] = [{} for _ in lights]
    place = {each.task.pk: number for number, each in enumerate(lights)}
    for task, parts in found.values_list("task_id", "parts"):
        signs = Told(lights[place[task]])
        columns[place[task]] = {part[_HEAD:]: signs[part[:_HEAD]] for part in parts.split(",")}
    units = list(dict.fromkeys(chain.from_iterable(columns)))
    lines = zip(*(map(column.get, units, repeat(NOTHING)) for column in columns), strict=True)
    return {int(unit): list(line) for unit, line in zip(units, lines, strict=True)}


def _part(lights: Sequence[TaskLight]) -> Concat:
    """One part as a word: its state, role and mark, then the unit's key."""
    return Concat(
        Substr("state", 1, 3),
        Substr("role", 1, 2),
        marked(lights),
        Cast("agency_id", TextField()),
        output_field=TextField(),
    )


class _Joined(Aggregate):
    """Texts joined by commas."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's name for it."""
        return self.as_sql(
            compiler, connection, template="STRING_AGG(%(expressions)s, ',')", **extra
        )


class Told(dict[str, int]):
    """The sign of each kind of part of one task (three letters of state, two of role, the mark), worked out once."""

    def __init__(self, light: TaskLight) -> None:
        super().__init__()
        self.light = light

    def __missing__(self, key: str) -> int:
        found = self.light.brief(_STATES[key[:3]], _ROLES[key[3:5]], int(key[5]))
        place = self[key] = PLACE[found.time, found.work, found.words]
        return place


def _lit(rows: list[Row], light: str) -> list[Row]:
    """Only cells of one light, and only rows that have one."""
    if light not in LIGHTS:
        return rows
    _, wanted = LIGHTS[light]
    kept = [
        Row(row.agency, [cell if cell in wanted else NOTHING for cell in row.cells]) for row in rows
    ]
    return [row for row in kept if any(cell != NOTHING for cell in row.cells)]


def rolled_up(matrix: Matrix, provinces: dict[int, Agency]) -> list[Row]:
    """One row a province: its own cells and those of its units folded, the worst light standing for all.

    Args:
        provinces: by key, the agency under whose name its units are folded; others stand for themselves.
    """
    families: dict[int, list[Row]] = {}
    for row in matrix.rows:
        families.setdefault(_province_of(row.agency), []).append(row)
    return [_folded(provinces.get(key, rows[0].agency), rows) for key, rows in families.items()]


def _folded(place: Agency, rows: list[Row]) -> Row:
    columns = list(zip(*(row.cells for row in rows), strict=True))
    shares = [
        (sum(map(_DONE.__getitem__, column)), sum(map(_ASKED.__getitem__, column)))
        for column in columns
    ]
    return Row(place, [min(column) for column in columns], rows, shares)


def groups_of(scheme: Scheme) -> list[str]:
    """The groups of the scheme's tasks in their order."""
    rows = Task.objects.filter(scheme=scheme).exclude(group="").values_list("group", flat=True)
    return list(dict.fromkeys(rows))
