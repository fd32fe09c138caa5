"""The loop: outbox first, then schedules, then jobs; it stops when told and outlives a database that does not answer."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from hoiam.core.jobs import enqueue, queue, work
from hoiam.core.jobs.models import Job, JobState
from hoiam.core.jobs.worker import Heartbeat
from tests.core.jobs import sample_jobs

NOW = datetime(2026, 4, 5, 1, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_the_loop_serves_the_outbox_before_the_jobs_and_stops_when_told():
    sample_jobs.SEEN.clear()
    stop = threading.Event()

    def deliver(moment, limit):
        enqueue(sample_jobs.remember, f"thư {limit}", now=moment)
        stop.set() if Job.objects.count() > 2 else None
        return 1

    work(stop, now=lambda: NOW, deliver=deliver, idle=0.01)

    assert sample_jobs.SEEN == [("thư 100", NOW), ("thư 100", NOW)]
    assert Job.objects.filter(state=JobState.WAITING).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_loop_outlives_a_database_that_does_not_answer(caplog):
    stop, asked = threading.Event(), []

    def deliver(moment, limit):
        asked.append(moment)
        if len(asked) > 1:
            stop.set()
            return 0
        raise OperationalError("database is locked")

    work(stop, now=lambda: NOW, deliver=deliver, idle=0.01)

    assert (len(asked), [r.getMessage() for r in caplog.records]) == (
        2,
        ["the database did not answer; trying again"],
    )


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_extends_the_lease_of_the_job_in_hand():
    enqueue(sample_jobs.remember, 1, now=NOW)
    lease = timedelta(seconds=0.15)
    held = queue.claim("alive", NOW, lease=lease)
    beaten = threading.Event()

    def clock():
        beaten.set()
        return NOW + timedelta(hours=1)

    with Heartbeat(clock, lease) as heartbeat:
        heartbeat.hold(held)
        assert beaten.wait(5)

    assert Job.objects.get().lease_until == NOW + timedelta(hours=1) + lease
