"""What a keeper must know of the queue, and the few things a person may do to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from hoiam.core.errors import WrongState
from hoiam.core.jobs.models import Job, JobQuerySet, JobState


@dataclass(frozen=True)
class QueueHealth:
    """The queue at one moment."""

    oldest_due: timedelta | None
    """How long the longest-waiting due job has waited; None when nothing is due."""
    waiting: int
    """Jobs that are due and wait."""
    dead: int
    """Jobs given up, for a person to look at."""
    stale: int
    """Jobs whose worker gives no sign of life."""


def queue_health(now: datetime) -> QueueHealth:
    """How the queue stands at `now`."""
    due = Job.objects.due(now)
    oldest = due.aggregate(oldest=Min("due_at"))["oldest"]
    return QueueHealth(
        oldest_due=None if oldest is None else now - oldest,
        waiting=due.count(),
        dead=Job.objects.dead().count(),
        stale=Job.objects.stale(now).count(),
    )


def dead_jobs() -> JobQuerySet:
    """Jobs that were given up, the newest first, each with its error."""
    return Job.objects.dead()


def revive(job: Job, now: datetime) -> Job:
    """The dead job, waiting again with all its tries.

    Raises:
        WrongState: it is not dead.
    """
    revived = Job.objects.filter(pk=job.pk, state=JobState.DEAD).update(
        state=JobState.WAITING, tries=0, due_at=now, finished_at=None
    )
    if not revived:
        raise WrongState("Chỉ chạy lại được việc đã hỏng. Hãy tải lại trang để xem trạng thái mới.")
    job.refresh_from_db()
    return job


def prune(now: datetime, *, keep: timedelta = timedelta(days=60)) -> int:
    """How many finished jobs older than `keep` were removed; dead ones stay until a person decides.

    The keys go with them, so `keep` must be longer than any clock jump or catch-up to be survived.
    """
    return Job.objects.filter(state=JobState.DONE, finished_at__lt=now - keep).delete()[0]
