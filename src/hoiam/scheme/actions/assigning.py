"""Giving a scheme out: one row for every unit of every task, in one insert; what a replaced version had goes on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.actions.schemes import check_step, locked
from hoiam.scheme.models import Assignment, Scheme, Task
from hoiam.scheme.queries.parts import Units
from hoiam.scheme.states import AssignmentState, SchemeState

# Moments stand at 6 and 7, which `insert_assignments` knows.
COLUMNS = ("task_id", "agency_id", "role", "state", "percent", "reason", "finished_at", "moved_at", "handed_from_id")  # fmt: skip
A_TIME = 5000


@dataclass(frozen=True)
class Before:
    """What a unit had in the version before, carried over to the same ref."""

    pk: int
    state: str
    percent: int
    reason: str
    finished_at: datetime | None
    moved_at: datetime | None


@transaction.atomic
def activate_scheme(scheme: Scheme, *, actor: Actor, now: datetime) -> Scheme:
    """The scheme given out: every unit that its tasks name or that belongs to a class they name has its own part.

    A later version closes the one it replaces; a unit's part in a task of the same ref goes on where it stood.

    Raises:
        InvalidInput: there is no task, or none names a unit of the System.
        WrongState: another version has taken the place of the one it replaces.
    """
    scheme = locked(scheme)
    authority.check(actor, "activate_scheme", scheme)
    check_step(scheme, "activate_scheme")
    old = _replaced(scheme)
    tasks = list(scheme.tasks.all())
    if not tasks:
        raise InvalidInput("Chưa có nhiệm vụ nào. Hãy thêm nhiệm vụ trước khi giao.")
    units = Units(scheme.owner, now.astimezone(VIETNAM).date())
    rows = list(_rows(tasks, units, _before(old)))
    if not rows:
        raise InvalidInput(
            "Chưa nhiệm vụ nào ghi đơn vị trong Hệ thống. Mở từng nhiệm vụ, ghi “đơn vị được giao” rồi giao."
        )
    insert_assignments(rows)
    scheme.state = SchemeState.ACTIVE
    scheme.save(update_fields=["state"])
    _close_before(old, scheme, actor=actor, now=now)
    ledger.write(
        scheme, actor=actor, step="activate_scheme", at=now, tasks=len(tasks),
        assignments=len(rows), units=len({row[1] for row in rows}),
    )  # fmt: skip
    outbox.post("scheme_activated", scheme.pk, at=now)
    return scheme


def _replaced(scheme: Scheme) -> Scheme | None:
    """The version it takes the place of, under lock: what units write meanwhile waits, and is carried over or refused.

    Raises:
        WrongState: another version has taken that place.
    """
    if scheme.replaces_id is None:
        return None
    old = locked(scheme.replaces)
    there = Scheme.objects.system("one version runs in the place of another")
    other = there.filter(replaces=old.pk).exclude(pk=scheme.pk).exclude(state=SchemeState.DRAFT)
    if taken := other.first():
        raise WrongState(
            f"“{taken}” đã thay bản cũ. Xóa bản soạn này rồi lập bản thay thế cho bản đang thực hiện."
        )
    return old


def _rows(
    tasks: Iterable[Task], units: Units, before: Mapping[tuple[str, int], Before]
) -> Iterator[tuple[Any, ...]]:
    fresh = Before(0, AssignmentState.OPEN, 0, "", None, None)
    for task in tasks:
        for agency, role in units.roles(task.units).items():
            had = before.get((task.ref, agency), fresh)
            yield (
                task.pk, agency, role, str(had.state), had.percent, had.reason,
                had.finished_at, had.moved_at, had.pk or None,
            )  # fmt: skip


def _before(old: Scheme | None) -> dict[tuple[str, int], Before]:
    if old is None:
        return {}
    rows = Assignment.objects.system("a later version carries them on").filter(task__scheme=old)
    rows = rows.select_for_update(of=("self",))
    names = ("task__ref", "agency_id", "pk", "state", "percent", "reason", "finished_at", "moved_at")  # fmt: skip
    return {(row[0], row[1]): Before(*row[2:]) for row in rows.order_by().values_list(*names)}


def _close_before(old: Scheme | None, scheme: Scheme, *, actor: Actor, now: datetime) -> None:
    if old is None or old.state != SchemeState.ACTIVE:
        return
    old.state = SchemeState.CLOSED
    old.save(update_fields=["state"])
    words = f"Được thay bằng {scheme.number or scheme}"
    ledger.write(old, actor=actor, step="close_scheme", at=now, reason=words, by=scheme.pk)


def insert_assignments(rows: Iterable[tuple[Any, ...]]) -> int:
    """How many parts were inserted, columns as in `COLUMNS`; in the action's own transaction.

    Instances would cost most of the time: 40,000 parts are given in one act.
    """
    quote, meta = connection.ops.quote_name, Assignment._meta
    fields = [meta.get_field(name.removesuffix("_id")) for name in COLUMNS]
    into = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(COLUMNS))
    moment = connection.ops.adapt_datetimefield_value
    sent = [(*row[:6], moment(row[6]), moment(row[7]), row[8]) for row in rows]
    with connection.cursor() as cursor:
        for at in range(0, len(sent), A_TIME):
            cursor.executemany(
                f"INSERT INTO {quote(meta.db_table)} ({into}) VALUES ({marks})",  # noqa: S608 -- names of our own columns
                sent[at : at + A_TIME],
            )
    return len(sent)
