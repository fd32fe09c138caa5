"""Repeated jobs: registered in code, remembered in rows, caught up once and never sent twice.

Slots are computed from the clock alone (every five minutes is :00, :05, …; daily is hh:mm in Vietnam), and the job's key
carries the slot. So two workers, a restart, or a clock that jumps forward and back give each slot at most one job; after
a long stop only the newest missed slot runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from inspect import signature
from typing import Protocol

from django.db import transaction

from hoiam.core.jobs.backend import JobTask, enqueue
from hoiam.core.jobs.models import Schedule
from hoiam.kit.vietnamese import VIETNAM

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Rhythm(Protocol):
    """How often something is due."""

    def slot(self, now: datetime) -> datetime:
        """The newest planned moment that is not after `now`."""

    def following(self, slot: datetime) -> datetime:
        """The planned moment after `slot`."""


@dataclass(frozen=True)
class Every:
    """Each `step`, counted from a fixed moment."""

    step: timedelta

    def slot(self, now: datetime) -> datetime:
        """The newest planned moment that is not after `now`."""
        return now - (now - _EPOCH) % self.step

    def following(self, slot: datetime) -> datetime:
        """The planned moment after `slot`."""
        return slot + self.step


@dataclass(frozen=True)
class Daily:
    """Each day at one time of the Vietnam clock."""

    at: time

    def slot(self, now: datetime) -> datetime:
        """The newest planned moment that is not after `now`."""
        local = now.astimezone(VIETNAM)
        today = datetime.combine(local.date(), self.at, VIETNAM)
        return today if today <= local else today - timedelta(days=1)

    def following(self, slot: datetime) -> datetime:
        """The planned moment after `slot`."""
        return slot + timedelta(days=1)


_plans: dict[str, tuple[Rhythm, JobTask]] = {}


def every(*, minutes: float) -> Callable[[JobTask], JobTask]:
    """A decorator that queues the job each `minutes` minutes."""
    return _register(Every(timedelta(minutes=minutes)))


def daily(at: str) -> Callable[[JobTask], JobTask]:
    """A decorator that queues the job each day at `hh:mm`, Vietnam time."""
    return _register(Daily(time.fromisoformat(at)))


def run_schedules(now: datetime) -> int:
    """How many jobs were queued because their planned moment came; each slot at most once."""
    known = dict(Schedule.objects.values_list("name", "next_due_at"))
    due = [name for name, (rhythm, _) in _plans.items() if _is_due(name, rhythm, known, now)]
    return sum(_run(name, now) for name in due)


def _register(rhythm: Rhythm) -> Callable[[JobTask], JobTask]:
    def register(task: JobTask) -> JobTask:
        name = task.module_path
        if name in _plans:
            raise LookupError(f"{name} already has a schedule")
        _plans[name] = (rhythm, task)
        return task

    return register


def _is_due(name: str, rhythm: Rhythm, known: dict[str, datetime], now: datetime) -> bool:
    following = rhythm.following(rhythm.slot(now))
    # Later than the next slot: the clock had jumped ahead, and waiting it out would miss days.
    return name not in known or known[name] <= now or known[name] > following


@transaction.atomic
def _run(name: str, now: datetime) -> int:
    rhythm, task = _plans[name]
    slot = rhythm.slot(now)
    row, is_new = Schedule.objects.select_for_update().get_or_create(
        name=name, defaults={"next_due_at": rhythm.following(slot)}
    )
    was_due = not is_new and row.next_due_at <= now
    row.next_due_at = rhythm.following(slot)
    if was_due:
        row.last_slot = slot
        moment = slot.astimezone(UTC).isoformat()
        extra = {"slot": moment} if "slot" in signature(task.func).parameters else {}
        enqueue(task, now=now, key=f"{name}@{moment}", **extra)
    row.save(update_fields=["next_due_at", "last_slot"])
    return int(was_due)
