"""Django's Tasks API over our own lease table.

Why not the table of django-tasks-db with a companion of ours: its worker, its `ready()`, `claim()`, `set_successful()`
and `set_failed()` would all be replaced. They read the clock themselves, they know no tries, no lease and no key, and
they write the end of a job by its id alone, so a worker that lost its lease overwrites the one that has it now. What
would remain is the table, and then each claim and each end writes two rows instead of one. The Tasks API itself stays:
code that enqueues does not know which engine runs it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json

from hoiam.core.jobs.models import Job, JobState

MOST_TRIES = 8

_STATUS = {
    JobState.WAITING: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.DEAD: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task):
    """A function that can be queued, with what our engine must know of it."""

    key: str | None = None
    """At most one job with this key is ever kept: queueing it again answers the first one."""

    most_tries: int = MOST_TRIES
    """Runs before the job is given up and shown to a person."""

    atomic: bool = False
    """Run the function and mark the job done in one transaction: for short work in the database alone."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the plain function gives back: for tests and for callers that want it at once."""
        return self.func(*args, **kwargs)


def job(
    *, queue: str = "default", priority: int = 0, most_tries: int = MOST_TRIES, atomic: bool = False
) -> Callable[[Callable[..., Any]], JobTask]:
    """A decorator that makes a module-level function a job; see `JobTask` for the arguments."""

    def register(function: Callable[..., Any]) -> JobTask:
        return JobTask(
            func=function,
            queue_name=queue,
            priority=priority,
            most_tries=most_tries,
            atomic=atomic,
        )

    return register


def enqueue(
    task: JobTask,
    *args: Any,
    now: datetime,
    key: str | None = None,
    after: datetime | None = None,
    **kwargs: Any,
) -> TaskResult:
    """The queued job, due at `after` or at once; the one already kept when `key` was used before.

    Part of the caller's transaction: a rolled-back action queues nothing.
    """
    return replace(task, key=key, run_after=after or now).enqueue(*args, **kwargs)


class LeaseBackend(BaseTaskBackend):
    """The embedded engine: jobs are rows of `core.Job`, run by `core.jobs.worker`."""

    task_class = JobTask
    supports_async_task = True
    supports_get_result = True
    supports_defer = True
    supports_priority = True

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, {"QUEUES": [], **params})

    def enqueue(self, task: JobTask, args: Any, kwargs: Any) -> TaskResult:
        """The result handle of the kept job."""
        self.validate_task(task)
        row = _keep(task, normalize_json({"args": args, "kwargs": kwargs}))
        result = self._result(row)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult:
        """Where the job stands now.

        Raises:
            TaskResultDoesNotExist: no such job, or it was pruned.
        """
        row = Job.objects.filter(pk=result_id).first() if str(result_id).isdecimal() else None
        if row is None:
            raise TaskResultDoesNotExist(result_id)
        return self._result(row)

    def _result(self, row: Job) -> TaskResult:
        result = TaskResult(
            task=import_string(row.path),
            id=str(row.pk),
            status=_STATUS[JobState(row.state)],
            enqueued_at=row.enqueued_at,
            started_at=row.started_at,
            last_attempted_at=row.started_at,
            finished_at=row.finished_at,
            args=row.arguments["args"],
            kwargs=row.arguments["kwargs"],
            backend=self.alias,
            errors=_errors(row),
            worker_ids=[row.worker] * row.tries,
        )
        object.__setattr__(result, "_return_value", row.result)
        return result


def _keep(task: JobTask, arguments: dict[str, Any]) -> Job:
    at = timezone.now()  # the Tasks API carries no moment of its own
    values = {
        "path": task.module_path,
        "arguments": arguments,
        "queue": task.queue_name,
        "priority": task.priority,
        "most_tries": task.most_tries,
        "enqueued_at": at,
        "due_at": task.run_after or at,
    }
    if task.key is None:
        return Job.objects.create(**values)
    return Job.objects.get_or_create(key=task.key, defaults=values)[0]


def _errors(row: Job) -> list[TaskError]:
    if not row.error:
        return []
    name = row.error.splitlines()[-1].partition(":")[0]
    return [TaskError(exception_class_path=name, traceback=row.error)]
