"""Background work: jobs with leases behind Django's Tasks API, schedules, and the worker's loop.

A job is a module-level function marked `@job()`; its parameters are JSON values, and two names are filled in when they
are declared: `now` (the moment it runs) and `slot` (the planned moment of a schedule, ISO 8601). Delivery is at least
once, so the function must be safe to run again; `@job(atomic=True)` runs it and marks it done in one transaction.
"""

from hoiam.core.jobs.backend import JobTask, enqueue, job
from hoiam.core.jobs.health import QueueHealth, dead_jobs, prune, queue_health, revive
from hoiam.core.jobs.queue import GiveUp
from hoiam.core.jobs.schedule import daily, every, run_schedules
from hoiam.core.jobs.worker import run_due, work

__all__ = [
    "GiveUp",
    "JobTask",
    "QueueHealth",
    "daily",
    "dead_jobs",
    "enqueue",
    "every",
    "job",
    "prune",
    "queue_health",
    "revive",
    "run_due",
    "run_schedules",
    "work",
]
