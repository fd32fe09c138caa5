"""One job's way through the table: claimed under a lease, kept alive, finished, put off, or given up.

Every write after the claim is fenced by worker and try: whoever lost the lease changes nothing any more.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hoiam.core.errors import HoiAmError
from hoiam.core.jobs.models import Job, JobState

LEASE = timedelta(seconds=60)
_FIRST_DELAY = timedelta(seconds=10)
_LONGEST_DELAY = timedelta(hours=1)
_log = logging.getLogger(__name__)


class GiveUp(HoiAmError):
    """Raised by a job that knows another try cannot help: it goes straight to the dead ones, with this sentence."""


class LeaseLost(HoiAmError):
    """The lease ran out while the job was running and another worker may have taken it."""


@dataclass(frozen=True)
class Held:
    """A job this worker holds, and until when."""

    job: Job
    worker: str

    def mine(self) -> Any:
        """The row, if it is still ours: the fence of every later write."""
        return Job.objects.filter(
            pk=self.job.pk, state=JobState.RUNNING, worker=self.worker, tries=self.job.tries
        )


def claim(
    worker: str, now: datetime, *, lease: timedelta = LEASE, queues: Collection[str] | None = None
) -> Held | None:
    """The most urgent due job, now held by this worker; None when nothing is due."""
    due = Job.objects.due(now)
    if queues is not None:
        due = due.filter(queue__in=queues)
    if not due.exists():  # an idle worker takes no write lock
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state, job.worker, job.started_at = JobState.RUNNING, worker, now
        job.lease_until, job.tries = now + lease, job.tries + 1
        job.save(update_fields=["state", "worker", "started_at", "lease_until", "tries"])
    return Held(job, worker)


def extend(held: Held, now: datetime, lease: timedelta = LEASE) -> bool:
    """Whether the lease was still ours and now lasts until `now + lease`."""
    return bool(held.mine().update(lease_until=now + lease))


def finish(held: Held, now: datetime, result: Any = None) -> None:
    """The job is done; its last error, if any, stays to be read.

    Raises:
        LeaseLost: another worker may hold it now; nothing was written.
    """
    done = held.mine().update(state=JobState.DONE, finished_at=now, lease_until=None, result=result)
    if not done:
        raise LeaseLost("Việc chạy quá thời hạn giữ chỗ và đã được giao cho tiến trình khác.")


def fail(held: Held, now: datetime, error: str, *, final: bool = False) -> None:
    """The job is put off with a growing delay, or dead when its tries are used up or `final`."""
    _settle(held.mine(), held.job, now, error, final=final)


def reap(now: datetime) -> int:
    """How many jobs of killed workers were returned to the queue (or given up after too many tries)."""
    returned = 0
    for job in Job.objects.stale(now).order_by("id")[:500]:
        row = Job.objects.stale(now).filter(pk=job.pk, tries=job.tries)
        error = f"Tiến trình {job.worker} bị ngắt giữa chừng ở lần chạy thứ {job.tries}."
        returned += _settle(row, job, now, error, delay=timedelta(0))
    if returned:
        _log.warning("returned %d jobs whose lease had run out", returned)
    return returned


def backoff(tries: int) -> timedelta:
    """How long to wait after this many tries: 10 s, 20 s, 40 s … at most an hour.

    >>> [str(backoff(tries)) for tries in (1, 2, 3, 20)]
    ['0:00:10', '0:00:20', '0:00:40', '1:00:00']
    """
    return min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** min(tries - 1, 12))


def _settle(
    row: Any,
    job: Job,
    now: datetime,
    error: str,
    *,
    final: bool = False,
    delay: timedelta | None = None,
) -> int:
    if final or job.tries >= job.most_tries:
        return row.update(
            state=JobState.DEAD, finished_at=now, lease_until=None, error=error[-4000:]
        )
    due_at = now + (backoff(job.tries) if delay is None else delay)
    return row.update(state=JobState.WAITING, due_at=due_at, lease_until=None, error=error[-4000:])
