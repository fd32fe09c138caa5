"""The worker's loop: what was reaped, messages of the outbox, schedules that came due, then jobs."""

import inspect
import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection, transaction
from django.utils.module_loading import import_string
from django_tasks.utils import normalize_json

from hoiam.core.jobs import queue
from hoiam.core.jobs.backend import JobTask
from hoiam.core.jobs.models import Job
from hoiam.core.jobs.schedule import run_schedules

Clock = Callable[[], datetime]
Deliver = Callable[[datetime, int], int]

_BATCH = 50  # jobs between two looks at the outbox and the schedules
_log = logging.getLogger(__name__)


class Heartbeat:
    """A thread that keeps the lease of the job in hand alive for as long as this process lives."""

    def __init__(self, clock: Clock, lease: timedelta) -> None:
        self._clock, self._lease = clock, lease
        self._held: queue.Held | None = None
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join(timeout=5)

    def hold(self, held: queue.Held | None) -> None:
        """From now on this is the job to keep alive (None: nothing)."""
        self._held = held

    def _beat(self) -> None:
        while not self._end.wait(self._lease.total_seconds() / 3):
            held = self._held
            if held is None:
                continue
            try:
                queue.extend(held, self._clock(), self._lease)
            except DatabaseError:
                _log.warning("the lease of job %s could not be extended now", held.job.pk)
            finally:
                connection.close()


def work(
    stop: threading.Event,
    *,
    now: Clock,
    deliver: Deliver,
    lease: timedelta = queue.LEASE,
    idle: float = 1.0,
    queues: Collection[str] | None = None,
) -> None:
    """Nothing, after `stop` was set and the job in hand ended.

    Args:
        stop: set it (a TERM handler does) to end the loop.
        now: the clock.
        deliver: hands over due messages of the outbox, `deliver(moment, limit) -> how many`.
        lease: how long a job stays with a worker that gives no sign of life.
        idle: seconds to wait when there was nothing to do.
        queues: names of the queues to serve; None for all.
    """
    worker = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid4().hex[:8]}"
    with Heartbeat(now, lease) as heartbeat:
        while not stop.is_set():
            close_old_connections()
            try:
                busy = _round(worker, stop, now, deliver, lease, queues, heartbeat)
            except DatabaseError:
                _log.exception("the database did not answer; trying again")
                busy = 0
            if not busy:
                stop.wait(idle)


def run_due(now: datetime, *, limit: int = 1000) -> int:
    """How many due jobs were run here and now, without a loop: for tests and one-off commands."""
    for done in range(limit):
        held = queue.claim("here", now)
        if held is None:
            return done
        run(held, lambda: now)
    return limit


def run(held: queue.Held, clock: Clock) -> None:
    """Nothing; the job was run and is finished, put off or dead."""
    try:
        task = import_string(held.job.path)
        if task.atomic:
            with transaction.atomic():
                queue.finish(held, clock(), _call(task, held.job, clock()))
        else:
            queue.finish(held, clock(), _call(task, held.job, clock()))
    except queue.LeaseLost:
        _log.warning("job %s lost its lease; its end was not written", held.job)
    except queue.GiveUp as error:
        queue.fail(held, clock(), str(error), final=True)
    except Exception:  # the rim of the job loop: one bad job never stops the others
        _log.exception("job %s failed on try %d", held.job, held.job.tries)
        queue.fail(held, clock(), traceback.format_exc())


def _round(
    worker: str,
    stop: threading.Event,
    now: Clock,
    deliver: Deliver,
    lease: timedelta,
    queues: Collection[str] | None,
    heartbeat: Heartbeat,
) -> int:
    busy = queue.reap(now()) + deliver(now(), 100) + run_schedules(now())
    for _ in range(_BATCH):
        held = None if stop.is_set() else queue.claim(worker, now(), lease=lease, queues=queues)
        if held is None:
            break
        heartbeat.hold(held)
        try:
            run(held, now)
        finally:
            heartbeat.hold(None)  # a job nobody runs must not be kept alive
        busy += 1
    return busy


def _call(task: JobTask, job: Job, now: datetime) -> Any:
    kwargs = dict(job.arguments["kwargs"])
    if "now" in inspect.signature(task.func).parameters:
        kwargs.setdefault("now", now)
    return normalize_json(task.call(*job.arguments["args"], **kwargs))
