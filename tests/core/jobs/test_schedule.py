"""Repeated jobs: due on time, caught up once, never twice, whatever the clock does."""

from datetime import UTC, datetime, time, timedelta

import pytest

from hoiam.core.jobs import every, run_due, run_schedules, schedule
from hoiam.core.jobs.models import Job
from hoiam.core.jobs.schedule import Daily, Every
from tests.core.jobs import sample_jobs

NOW = datetime(2026, 4, 5, 1, 2, tzinfo=UTC)  # 08:02 in Vietnam
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db
TICK, MORNING = sample_jobs.tick.module_path, sample_jobs.morning.module_path


@pytest.fixture(autouse=True)
def _only_the_samples(monkeypatch):
    plans = {name: plan for name, plan in schedule._plans.items() if name in (TICK, MORNING)}
    monkeypatch.setattr(schedule, "_plans", plans)
    sample_jobs.SEEN.clear()


def slots(name):
    keys = Job.objects.filter(path=name).order_by("id").values_list("key", flat=True)
    return [key.partition("@")[2] for key in keys]


def test_the_first_look_only_notes_when_the_next_is():
    assert (run_schedules(NOW), Job.objects.count()) == (0, 0)


def test_each_five_minutes_on_the_five():
    for minutes in range(14):
        run_schedules(NOW + minutes * MINUTE)

    assert slots(TICK) == [
        "2026-04-05T01:05:00+00:00",
        "2026-04-05T01:10:00+00:00",
        "2026-04-05T01:15:00+00:00",
    ]


def test_each_morning_by_the_vietnam_clock():
    for hours in range(50):
        run_schedules(NOW + timedelta(hours=hours))

    assert slots(MORNING) == ["2026-04-06T00:30:00+00:00", "2026-04-07T00:30:00+00:00"]


def test_the_job_is_told_its_slot():
    run_schedules(NOW)
    run_schedules(NOW + 5 * MINUTE)
    run_due(NOW + 5 * MINUTE)

    assert sample_jobs.SEEN == ["2026-04-05T01:05:00+00:00"]


def test_after_a_long_stop_only_the_newest_missed_slot_runs():
    run_schedules(NOW)

    assert run_schedules(NOW + 3 * DAY) == 2
    assert slots(MORNING) == ["2026-04-08T00:30:00+00:00"]


def test_two_workers_at_once_queue_each_slot_once():
    run_schedules(NOW)

    assert [run_schedules(NOW + 5 * MINUTE), run_schedules(NOW + 5 * MINUTE)] == [1, 0]


@pytest.mark.parametrize("jump", [-DAY, -timedelta(hours=1), timedelta(hours=1), DAY, 400 * DAY])
def test_a_clock_that_jumps_and_returns_sends_no_slot_twice_and_misses_none(jump):
    run_schedules(NOW)
    run_schedules(NOW + 5 * MINUTE)
    run_schedules(NOW + 6 * MINUTE + jump)
    run_schedules(NOW + 7 * MINUTE)
    run_schedules(NOW + 10 * MINUTE)
    run_schedules(NOW + DAY)

    ran = slots(TICK)
    assert len(ran) == len(set(ran))
    assert {"2026-04-05T01:05:00+00:00", "2026-04-05T01:10:00+00:00"} <= set(ran)
    assert slots(MORNING).count("2026-04-06T00:30:00+00:00") == 1


def test_a_job_has_one_schedule_only():
    with pytest.raises(LookupError, match="already has a schedule"):
        every(minutes=1)(sample_jobs.tick)


@pytest.mark.parametrize(
    ("rhythm", "now", "slot"),
    [
        (Every(5 * MINUTE), NOW, datetime(2026, 4, 5, 1, 0, tzinfo=UTC)),
        (Every(5 * MINUTE), NOW + 3 * MINUTE, NOW + 3 * MINUTE),
        (Daily(time(7, 30)), NOW, datetime(2026, 4, 5, 0, 30, tzinfo=UTC)),
        (Daily(time(9, 0)), NOW, datetime(2026, 4, 4, 2, 0, tzinfo=UTC)),
        (Daily(time(8, 2)), NOW, NOW),
        (
            Daily(time(0, 0)),
            datetime(2024, 2, 28, 17, 0, tzinfo=UTC),
            datetime(2024, 2, 28, 17, 0, tzinfo=UTC),
        ),
    ],
)
def test_the_newest_planned_moment(rhythm, now, slot):
    assert rhythm.slot(now) == slot
