"""The calendar changes: every open clock it touches is counted again, once, with what it was, and its holder told."""

from datetime import date, datetime

import pytest

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs import run_due
from hoiam.core.models import LedgerEntry, OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.handling import actions
from hoiam.handling.actions import recounts
from hoiam.handling.actions.clocks import start_clock
from hoiam.handling.jobs.calendar import recount_clocks
from hoiam.handling.models import CalendarDay, Recount
from hoiam.handling.states import ClockState
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=VIETNAM)
MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 21)
PAPER = "CV 100/BNV-TB ngày 17/11/2026"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.fixture
def keeper(tree):
    return make.actor(tree.centre, Role.ADMINISTRATOR, today=NOW.date())


def announce(who, day=MONDAY, kind="off", **fields):
    first = {"name": "nghỉ hoán đổi", "source": PAPER}
    return actions.announce_day(day=day, kind=kind, actor=who, now=NOW, **{**first, **fields})


def started(tree, rule, start="2026-11-18T09:00", **fields):
    return start_clock(make.case(tree.province, **fields), rule, at(start))


def work_off():
    """Everything the outbox and the queue hold, as the workers would do it."""
    for _ in range(4):
        deliver_due(NOW)
        while run_due(NOW):
            pass


def test_a_day_off_moves_what_counts_over_it_and_nothing_else(tree, keeper):
    official = make.official("giu", tree.province, Role.FOCAL_POINT)
    moved = started(tree, "TL-03", holder=official)
    by_hour = started(tree, "PN-01", "2026-11-23T09:00")
    later = started(tree, "TL-03", "2026-11-24T09:00")
    earlier = started(tree, "MD-02", "2026-11-18T09:00")
    ended = started(tree, "TL-03")
    ended.state, ended.ended_at = ClockState.DONE, NOW
    ended.save()
    row = announce(keeper)
    work_off()
    moved.refresh_from_db()
    assert moved.due_at == at("2026-11-27T23:59:59")
    assert "nghỉ hoán đổi" in moved.steps[-1] and PAPER in moved.steps[-1]
    one = Recount.objects.get()
    assert (one.clock, one.old_due_at, one.new_due_at) == (
        moved,
        at("2026-11-26T23:59:59"),
        at("2026-11-27T23:59:59"),
    )
    line = ledger.of(moved.case).get(step="recount_clock")
    assert (line.actor_name, line.data["old"][:10], line.data["new"][:10]) == (
        "Hệ thống", "2026-11-26", "2026-11-27",
    )  # fmt: skip
    for clock in (by_hour, later, earlier, ended):
        before = clock.due_at
        clock.refresh_from_db()
        assert (clock.due_at, clock.recounts.count()) == (before, 0)
    letter = OutgoingMail.objects.get()
    assert letter.address == official.email
    assert f"{moved.case.number} · {moved.title}" in letter.text
    assert moved.case.title not in letter.text
    row.refresh_from_db()
    assert row.recounted_at == NOW
    assert list(ledger.breaks()) == []


def test_run_twice_nothing_moves_twice_and_nobody_is_told_twice(tree, keeper):
    make.official("giu", tree.province, Role.FOCAL_POINT)
    clock = started(tree, "TL-03")
    row = announce(keeper)
    work_off()
    seen = (Recount.objects.count(), LedgerEntry.objects.count(), OutgoingMail.objects.count())
    assert recount_clocks(row.pk, now=NOW) == 1
    work_off()
    assert seen == (
        Recount.objects.count(),
        LedgerEntry.objects.count(),
        OutgoingMail.objects.count(),
    )
    clock.refresh_from_db()
    assert clock.due_at == at("2026-11-27T23:59:59")


def test_a_killed_job_goes_on_where_it_stood(tree, keeper, monkeypatch):
    monkeypatch.setattr(recounts, "BATCH", 2)
    clocks = [started(tree, "TL-03") for _ in range(5)]
    row = announce(keeper)
    assert recounts.recount_batch(row, after=0, now=NOW) == clocks[1].pk
    assert Recount.objects.count() == 2
    work_off()
    assert Recount.objects.count() == 5


def test_a_worked_saturday_brings_the_due_time_forward_and_back_when_withdrawn(tree, keeper):
    clock = started(tree, "TL-03")
    row = announce(keeper, SATURDAY, "work", name="làm bù")
    work_off()
    clock.refresh_from_db()
    assert clock.due_at == at("2026-11-25T23:59:59")
    actions.withdraw_day(row, reason="thông báo đổi", actor=keeper, now=NOW)
    work_off()
    clock.refresh_from_db()
    assert clock.due_at == at("2026-11-26T23:59:59")
    assert [one.is_withdrawal for one in clock.recounts.all()] == [False, True]
    with pytest.raises(WrongState, match="đã thu hồi"):
        actions.withdraw_day(row, reason="x", actor=keeper, now=NOW)


def test_extensions_pauses_and_the_units_number_are_kept(tree, keeper, head):
    clock = started(tree, "MD-03", "2026-11-19T09:00")
    actions.pause_clock(clock, reason="chờ kho", actor=head, now=at("2026-11-19T10:00"))
    actions.resume_clock(clock, actor=head, now=at("2026-11-20T10:00"))
    clock.refresh_from_db()
    assert clock.due_at == at("2026-11-26T23:59:59")
    announce(keeper)
    work_off()
    clock.refresh_from_db()
    assert clock.due_at == at("2026-11-27T23:59:59")
    assert any("Tạm dừng chờ chờ kho" in step for step in clock.steps)


def test_two_changes_before_the_job_ran_move_a_clock_once(tree, keeper):
    clock = started(tree, "TL-03")
    announce(keeper)
    announce(keeper, SATURDAY, "work", name="làm bù")
    work_off()
    clock.refresh_from_db()
    assert clock.due_at == at("2026-11-26T23:59:59")
    assert Recount.objects.count() == 0


def test_a_clock_started_after_the_change_counts_with_it(tree, keeper):
    announce(keeper)
    assert started(tree, "TL-03").due_at == at("2026-11-27T23:59:59")


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"day": date(2026, 11, 24)}, "day", "vốn đã nghỉ"),
        ({"day": SATURDAY}, "day", "nghỉ cuối tuần"),
        ({"kind": "work"}, "day", "vốn là ngày làm việc"),
        ({"day": date(2099, 1, 5)}, "day", "chưa có lịch"),
        ({"kind": "feast"}, "kind", "Chọn"),
        ({"name": " "}, "name", "Ghi tên ngày"),
        ({"source": ""}, "source", "văn bản thông báo"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(tree, keeper, fields, field, says):
    with pytest.raises(InvalidInput, match=says) as refused:
        announce(keeper, **fields)
    assert (refused.value.field, CalendarDay.objects.count()) == (field, 0)


def test_the_same_day_is_entered_once(tree, keeper):
    announce(keeper)
    with pytest.raises(InvalidInput, match="thu hồi dòng đó trước"):
        announce(keeper, kind="work")


def test_only_the_centre_announces(tree, head):
    for who in (
        head,
        make.actor(tree.province, Role.ADMINISTRATOR),
        make.actor(tree.centre, Role.EXAMINER),
    ):
        with pytest.raises(NotAllowed):
            announce(who)


def test_a_holder_less_clock_is_told_to_the_desk_and_an_unmoved_one_to_nobody(tree, keeper):
    desk = make.official("ban", tree.province, Role.FOCAL_POINT)
    started(tree, "TL-03", "2026-11-10T09:00")
    started(tree, "TL-03")
    announce(keeper)
    work_off()
    assert [letter.address for letter in OutgoingMail.objects.all()] == [desk.email]
    OutgoingMail.objects.all().delete()
    announce(keeper, date(2026, 12, 28))
    work_off()
    assert OutgoingMail.objects.count() == 0
