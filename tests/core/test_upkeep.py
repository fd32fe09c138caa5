"""The nightly housekeeping."""

from datetime import UTC, datetime, timedelta

import pytest

from hoiam.core.jobs import run_due, run_schedules
from hoiam.core.jobs.models import Job, JobState

EVENING = datetime(2026, 10, 5, 15, 0, tzinfo=UTC)
NIGHT = datetime(2026, 10, 5, 20, 0, tzinfo=UTC)  # 03:00 in Viet Nam


@pytest.mark.django_db(transaction=True)
def test_old_jobs_go_at_three_in_the_morning():
    run_schedules(EVENING)
    old = Job.objects.create(
        path="x",
        enqueued_at=EVENING,
        due_at=EVENING,
        state=JobState.DONE,
        finished_at=NIGHT - timedelta(days=61),
    )
    assert not Job.objects.filter(path__endswith="prune_jobs").exists()
    run_schedules(NIGHT)
    assert Job.objects.filter(path="hoiam.core.upkeep.prune_jobs").count() == 1
    Job.objects.exclude(pk=old.pk).exclude(path__endswith="prune_jobs").delete()
    run_due(NIGHT)
    assert not Job.objects.filter(pk=old.pk).exists()
