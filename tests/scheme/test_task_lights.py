"""Until when a task is in time, its light on either side, and the same in SQL for many."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.handling.queries.calendars import calendar_seen
from hoiam.kit.rulebook import national_calendar
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring import calendars
from hoiam.scheme.models import Assignment
from hoiam.scheme.queries.doing import parts as with_lights
from hoiam.scheme.queries.doing import pressing
from hoiam.scheme.queries.matrix import PLACE
from hoiam.scheme.queries.rounds import day_off_warning
from hoiam.scheme.queries.task_dues import task_period
from hoiam.scheme.queries.task_lights import TaskLight, marked, task_light
from hoiam.scheme.states import AssignmentRole, AssignmentState, Rhythm
from tests import factories as make
from tests import parts
from tests.factories import NOW, TODAY

DAY = timedelta(days=1)


@pytest.fixture
def scheme(tree):
    return parts.scheme(tree.centre)


@pytest.mark.parametrize(
    ("fields", "last", "words"),
    [
        ({"rhythm": "dated", "due_on": date(2023, 10, 15), "due_kind": "before"}, date(2023, 10, 14), "trước ngày 15/10/2023"),
        ({"rhythm": "dated", "due_on": date(2026, 10, 15), "due_kind": "by"}, date(2026, 10, 15), "chậm nhất ngày 15/10/2026"),
        ({"rhythm": "dated", "due_on": date(2026, 10, 15), "due_kind": "on"}, date(2026, 10, 15), "ngày 15/10/2026"),
        ({"rhythm": "span"}, date(2027, 12, 31), "đến hết 31/12/2027"),
        ({"rhythm": "span", "ends_on": date(2026, 6, 30)}, date(2026, 6, 30), "đến hết 30/06/2026"),
        ({"rhythm": "year", "starts_on": date(2026, 1, 1)}, date(2026, 12, 31), "đến hết 31/12/2026"),
        ({"rhythm": "yearly"}, date(2026, 12, 31), "đến hết 31/12/2026"),
        ({"rhythm": "yearly", "ends_on": date(2025, 12, 31)}, date(2025, 12, 31), "đến hết 31/12/2025"),
        ({"rhythm": "continuous"}, None, "thường xuyên"),
        ({"rhythm": "event"}, None, "theo sự kiện"),
        ({"rhythm": "dated"}, None, "văn bản không nêu hạn"),
    ],
)  # fmt: skip
def test_the_papers_words_become_a_day(scheme, fields, last, words):
    period = task_period(parts.task(scheme, **fields), TODAY, national_calendar())
    assert (period.last, period.words) == (last, words)


def test_a_last_day_off_is_told_with_the_last_working_day(scheme):
    task = parts.task(scheme, rhythm="dated", due_on=date(2023, 10, 15), due_kind="before")
    note = task_period(task, date(2023, 9, 6), national_calendar()).note
    assert "14/10/2023 là ngày nghỉ" in note and note.endswith("thứ Sáu 13/10/2023")


def at(day, hour=9, minute=0, second=0):
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "time", "words"),
    [
        (at(date(2026, 9, 1)), "ok", "còn 29 ngày"),
        (at(date(2026, 9, 24)), "due", "còn 6 ngày"),
        (at(date(2026, 9, 30), 23, 59, 59), "due", "đến hạn hôm nay"),
        (at(date(2026, 10, 1), 0), "late", "quá 1 ngày"),
    ],
)
def test_the_light_of_a_day_on_both_sides_of_midnight(scheme, tree, now, time, words):
    task = parts.task(scheme, rhythm="dated", due_on=date(2026, 9, 30), due_kind="by")
    found = task_light(parts.part(task, tree.province), now)
    assert (found.time, found.work, found.words) == (time, "wait", words)


@pytest.mark.parametrize(
    ("finished", "words"),
    [(at(TODAY - DAY, 23, 59), "xong đúng hạn"), (at(TODAY, 0, 1), "xong muộn 1 ngày")],
)
def test_done_in_time_or_late_is_kept_for_ever(scheme, tree, finished, words):
    task = parts.task(scheme, rhythm="dated", due_on=TODAY - DAY, due_kind="by")
    row = parts.part(task, tree.province, "done", finished_at=finished)
    assert task_light(row, NOW + 100 * DAY).words == words


def test_a_yearly_task_begins_anew_with_the_year(scheme, tree):
    task = parts.task(scheme, rhythm="yearly")
    row = parts.part(task, tree.province, "done", finished_at=at(date(2025, 12, 31), 23, 59))
    assert task_light(row, at(date(2025, 12, 31), 23, 59)).work == "done"
    assert task_light(row, NOW).work == "wait"
    row.finished_at = at(date(2026, 1, 1), 0, 1)
    assert task_light(row, NOW).work == "done"


def test_a_continuous_task_grows_stale_but_never_late(scheme, tree):
    task = parts.task(scheme, rhythm="continuous")
    row = parts.part(task, tree.province, "doing", moved_at=NOW - 90 * DAY)
    assert task_light(row, NOW).words == "thường xuyên"
    assert (task_light(row, NOW + DAY).time, task_light(row, NOW + DAY).words) == ("due", "91 ngày chưa báo")  # fmt: skip


def test_what_is_for_information_or_exempt_is_never_late(scheme, tree):
    task = parts.task(scheme, rhythm="dated", due_on=TODAY - 9 * DAY, due_kind="by")
    told = parts.part(task, tree.province, role="informed")
    free = parts.part(task, tree.other, "exempt")
    assert (task_light(told, NOW).time, task_light(told, NOW).words) == ("ok", "để biết")
    assert task_light(free, NOW).words == "không phải làm"


def test_the_same_in_sql_as_row_by_row_and_every_light_has_its_sign(scheme, tree):
    tasks = [
        parts.task(scheme, f"{n}.{rhythm}", rhythm=rhythm, **more)
        for n, more in enumerate([
            {}, {"due_on": TODAY - DAY, "due_kind": "by"}, {"due_on": TODAY + 2 * DAY, "due_kind": "before"},
            {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 8, 1)},
        ])
        for rhythm in Rhythm.values
    ]  # fmt: skip
    moments = [None, NOW - 400 * DAY, NOW - 100 * DAY, NOW - DAY, NOW - timedelta(hours=9, minutes=1), NOW]  # fmt: skip
    units = [make.agency(f"U{n}", f"Đơn vị {n}", "region") for n in range(72)]
    cells = [
        (state, role, moment)
        for state in AssignmentState.values for role in AssignmentRole.values for moment in moments
    ]  # fmt: skip
    for task in tasks:
        Assignment.objects.bulk_create(
            Assignment(
                task=task, agency=unit, state=state, role=role,
                moved_at=moment, finished_at=moment if state == "done" else None,
            )
            for unit, (state, role, moment) in zip(units, cells, strict=True)
        )  # fmt: skip
    lights = {task.pk: TaskLight(task, NOW) for task in tasks}
    rows = Assignment.objects.system("test").annotate(mark=marked(list(lights.values())))
    seen = set()
    for row in rows:
        light = lights[row.task_id]
        assert int(row.mark) == light.mark(row), (row, row.state, row.moved_at)
        brief = light.brief(row.state, row.role, light.mark(row))
        assert (brief.time, brief.work, brief.words) in PLACE
        full = light.full(row)
        assert (full.time, full.work) == (brief.time, brief.work)
        seen.add(brief.words)
    assert len(rows) == 24 * 72 and len(seen) == 12


def test_the_nearest_come_first_and_what_has_no_end_is_not_pressing(scheme, tree, head):
    for ref, more in {
        "xa": {}, "gần": {"rhythm": "dated", "due_on": TODAY + 2 * DAY, "due_kind": "by"},
        "muộn": {"rhythm": "dated", "due_on": TODAY - 2 * DAY, "due_kind": "by"},
        "mãi": {"rhythm": "event"},
    }.items():  # fmt: skip
        parts.part(parts.task(scheme, ref, **more), tree.province)
    parts.part(parts.task(scheme, "xong"), tree.province, "done")
    parts.part(parts.task(scheme, "tỉnh khác"), tree.other)
    assert [p.row.task.ref for p in pressing(head, NOW, 5)] == ["muộn", "gần", "xa"]
    assert with_lights([], NOW) == []


def test_a_day_announced_as_off_moves_the_last_days_of_a_task(tree, scheme):
    last = TODAY + 9 * DAY  # a Friday
    task = parts.task(scheme, rhythm="dated", due_on=last, due_kind="by")
    announced = {last - step * DAY: "nghỉ do bão" for step in range(3)}
    local = national_calendar().with_days(announced, {})
    assert task_period(task, TODAY, national_calendar()).note == ""
    assert "nghỉ do bão" in task_period(task, TODAY, local).note
    assert TaskLight(task, NOW, national_calendar()).time == "ok"
    assert TaskLight(task, NOW, local).time == "due"


def test_lights_are_counted_with_the_announced_days(tree, scheme):
    last = TODAY + 9 * DAY  # a Friday
    task = parts.task(scheme, rhythm="dated", due_on=last, due_kind="by")
    calendars.read_calendar_with(lambda: national_calendar().with_days({last: "nghỉ do bão"}, {}))
    try:
        assert "nghỉ do bão" in TaskLight(task, NOW).period.note
        assert "nghỉ do bão" in with_lights([parts.part(task, tree.province)], NOW)[0].period.note
        assert "nghỉ do bão" in day_off_warning(last, "by")
    finally:
        calendars.read_calendar_with(calendar_seen)
    assert TaskLight(task, NOW).period.note == ""
