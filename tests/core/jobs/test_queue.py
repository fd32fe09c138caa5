"""One job's way through the table: claimed, kept, finished, put off, given up, returned."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django_tasks.exceptions import TaskResultDoesNotExist

from hoiam.core.errors import WrongState
from hoiam.core.jobs import (
    QueueHealth,
    dead_jobs,
    enqueue,
    prune,
    queue,
    queue_health,
    revive,
    run_due,
    worker,
)
from hoiam.core.jobs.models import Job, JobState
from tests.core.jobs import sample_jobs

NOW = datetime(2026, 4, 5, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_seen():
    sample_jobs.SEEN.clear()


def test_a_job_runs_with_its_arguments_and_the_moment():
    result = enqueue(sample_jobs.remember, {"a": [1, "đ"]}, now=NOW)

    assert run_due(NOW) == 1
    assert sample_jobs.SEEN == [({"a": [1, "đ"]}, NOW)]
    result.refresh()
    assert (result.status, result.return_value, result.attempts) == (
        "SUCCESSFUL",
        {"noted": {"a": [1, "đ"]}},
        1,
    )


def test_an_asynchronous_function_runs_too():
    enqueue(sample_jobs.remember_later, 5, now=NOW)

    assert (run_due(NOW), sample_jobs.SEEN) == (1, [5])


def test_the_plain_tasks_api_queues_as_well():
    result = sample_jobs.remember.using(priority=5).enqueue(thing=1)

    row = Job.objects.get(pk=result.id)
    assert (row.priority, row.arguments, row.state) == (
        5,
        {"args": [], "kwargs": {"thing": 1}},
        "waiting",
    )


def test_a_job_waits_for_its_time():
    enqueue(sample_jobs.remember, 1, now=NOW, after=NOW + SECOND)

    assert [run_due(NOW), run_due(NOW + SECOND)] == [0, 1]


def test_urgent_first_then_oldest():
    for thing, priority, minutes in (("cũ", 0, 0), ("gấp", 10, 2), ("mới", 0, 1)):
        task = sample_jobs.remember.using(priority=priority)
        enqueue(task, thing, now=NOW + timedelta(minutes=minutes))

    run_due(NOW + timedelta(minutes=5))

    assert [thing for thing, _ in sample_jobs.SEEN] == ["gấp", "cũ", "mới"]


def test_a_key_is_queued_once_even_after_it_ran():
    first = enqueue(sample_jobs.remember, 1, now=NOW, key="a")
    run_due(NOW)

    second = enqueue(sample_jobs.remember, 2, now=NOW, key="a")

    assert (second.id, run_due(NOW), Job.objects.count()) == (first.id, 0, 1)


def test_a_rolled_back_action_queues_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(sample_jobs.remember, 1, now=NOW)
        _ = 1 / 0

    assert Job.objects.count() == 0


@pytest.mark.parametrize(
    ("tries", "seconds"), [(1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600), (99, 3600)]
)
def test_the_delay_grows_to_an_hour(tries, seconds):
    assert queue.backoff(tries) == timedelta(seconds=seconds)


def test_a_failing_job_is_tried_again_later_then_shown_to_a_person():
    enqueue(sample_jobs.fail, "báo đóng cửa", now=NOW)
    moment, due = NOW, []

    while run_due(moment):
        job = Job.objects.get()
        due.append(job.due_at - moment)
        moment = job.due_at

    assert due == [timedelta(seconds=10), timedelta(seconds=20), timedelta(0)]
    assert (job.state, job.tries) == (JobState.DEAD, 3)
    assert [dead.pk for dead in dead_jobs()] == [job.pk]
    assert job.error.splitlines()[-1] == "ValueError: báo đóng cửa"


def test_the_tasks_api_tells_why_a_job_failed():
    result = enqueue(sample_jobs.fail, "báo đóng cửa", now=NOW)
    run_due(NOW)
    result.refresh()

    assert [(e.exception_class_path, result.status) for e in result.errors] == [
        ("ValueError", "READY")
    ]


def test_a_job_that_gives_up_is_dead_at_once_with_its_sentence():
    enqueue(sample_jobs.give_up, now=NOW)
    run_due(NOW)

    job = Job.objects.get()
    assert (job.state, job.error) == (JobState.DEAD, "Tờ báo này không còn hoạt động.")


def test_a_result_json_cannot_carry_is_a_failure():
    enqueue(sample_jobs.unreadable, now=NOW)
    run_due(NOW)

    assert Job.objects.get().state == JobState.WAITING


def test_a_job_nobody_knows_any_more_is_kept_with_its_error():
    Job.objects.create(path="hoiam.core.gone", arguments={}, enqueued_at=NOW, due_at=NOW)
    run_due(NOW)

    job = Job.objects.get()
    assert (job.state, job.error.splitlines()[-1].partition(":")[0]) == ("waiting", "ImportError")


def test_an_atomic_job_that_fails_leaves_nothing(runs_table):
    enqueue(sample_jobs.mark_then_fail, now=NOW)
    run_due(NOW)

    assert (runs_table(), Job.objects.get().tries) == ([], 1)


def test_an_atomic_job_that_lost_its_lease_leaves_nothing(runs_table):
    enqueue(sample_jobs.once_by_transaction, 1, now=NOW)
    held = queue.claim("first", NOW)
    queue.reap(NOW + queue.LEASE + SECOND)

    worker.run(held, lambda: NOW)

    assert (runs_table(), Job.objects.get().state) == ([], JobState.WAITING)


def test_a_dead_worker_gives_its_job_back_when_the_lease_runs_out():
    enqueue(sample_jobs.remember, 1, now=NOW)
    queue.claim("killed", NOW)
    end = NOW + queue.LEASE

    assert [queue.reap(end), queue.reap(end + SECOND), queue.reap(end + SECOND)] == [0, 1, 0]
    assert (run_due(end + SECOND), Job.objects.get().tries) == (1, 2)


def test_a_living_worker_keeps_its_job():
    enqueue(sample_jobs.remember, 1, now=NOW)
    held = queue.claim("alive", NOW)

    assert queue.extend(held, NOW + 50 * SECOND) is True
    assert queue.reap(NOW + 70 * SECOND) == 0


def test_a_worker_that_lost_its_lease_changes_nothing():
    enqueue(sample_jobs.remember, 1, now=NOW)
    late = queue.claim("late", NOW)
    queue.reap(NOW + queue.LEASE + SECOND)
    queue.claim("other", NOW + queue.LEASE + SECOND)

    with pytest.raises(queue.LeaseLost):
        queue.finish(late, NOW)
    queue.fail(late, NOW, "muộn")

    job = Job.objects.get()
    assert (job.state, job.worker, queue.extend(late, NOW)) == (JobState.RUNNING, "other", False)


def test_a_job_that_kills_its_workers_is_given_up():
    enqueue(sample_jobs.fail, "x", now=NOW)
    moment = NOW
    for _ in range(3):
        queue.claim("killed", moment)
        moment += queue.LEASE + SECOND
        queue.reap(moment)

    job = Job.objects.get()
    assert (job.state, job.error) == (
        JobState.DEAD,
        "Tiến trình killed bị ngắt giữa chừng ở lần chạy thứ 3.",
    )


def test_only_the_named_queues_are_served():
    enqueue(sample_jobs.remember.using(queue_name="mail"), 1, now=NOW)

    assert queue.claim("a", NOW, queues=["default"]) is None
    assert queue.claim("a", NOW, queues=["mail", "default"]).job.queue == "mail"


def test_the_health_of_the_queue():
    assert queue_health(NOW) == QueueHealth(None, 0, 0, 0)
    enqueue(sample_jobs.give_up.using(priority=9), now=NOW)
    run_due(NOW)
    enqueue(sample_jobs.remember.using(priority=9), 1, now=NOW)
    queue.claim("killed", NOW)
    enqueue(sample_jobs.remember, 2, now=NOW + 5 * SECOND)
    enqueue(sample_jobs.remember, 3, now=NOW + timedelta(hours=9))

    health = queue_health(NOW + timedelta(minutes=2))

    assert health == QueueHealth(timedelta(seconds=115), waiting=1, dead=1, stale=1)


def test_a_dead_job_can_be_started_anew_once():
    enqueue(sample_jobs.give_up, now=NOW)
    run_due(NOW)
    job = revive(Job.objects.get(), NOW + SECOND)

    assert (job.state, job.tries, job.due_at) == (JobState.WAITING, 0, NOW + SECOND)
    with pytest.raises(WrongState, match="đã hỏng"):
        revive(job, NOW)


def test_old_finished_jobs_are_pruned_and_dead_ones_kept():
    enqueue(sample_jobs.give_up, now=NOW)
    result = enqueue(sample_jobs.remember, 1, now=NOW)
    run_due(NOW)

    assert [prune(NOW + timedelta(days=59)), prune(NOW + timedelta(days=61))] == [0, 1]
    assert Job.objects.get().state == JobState.DEAD
    with pytest.raises(TaskResultDoesNotExist):
        result.refresh()


@pytest.fixture
def runs_table():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE runs (what text)")

    def rows():
        with connection.cursor() as cursor:
            cursor.execute("SELECT what FROM runs")
            return [row[0] for row in cursor.fetchall()]

    return rows
