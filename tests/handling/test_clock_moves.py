"""More time by the law's own cases, waiting beside a lawful clock, done with proof, two people at once."""

from datetime import datetime, timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.handling import actions
from hoiam.handling.actions.clocks import start_clock
from hoiam.handling.states import CaseState, ClockState
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW

HOUR = timedelta(hours=1)
PAPER = {"signed_by": "Trưởng THADS tỉnh", "paper": "QĐ 15/QĐ-THADS ngày 05/8/2026"}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def lawful(tree, rule, start="2026-07-01T08:00", **fields):
    return start_clock(make.case(tree.province), rule, at(start), **fields)


def extend(clock, who, **fields):
    first = {"reason": "nhiều tình tiết", **PAPER}
    return actions.extend_clock(clock, actor=who, now=NOW, **{**first, **fields})


def test_a_denunciation_is_extended_as_often_as_the_law_says(tree, head):
    clock = lawful(tree, "DT-05")
    first = extend(clock, head, ground="vụ việc phức tạp")
    assert first.due_at == at("2026-09-03T23:59:59")
    kept = first.extensions.get()
    assert (kept.ground, kept.number, kept.signed_by, kept.paper) == (
        "vụ việc phức tạp",
        30,
        "Trưởng THADS tỉnh",
        PAPER["paper"],
    )
    assert any("người ký: Trưởng THADS tỉnh" in step for step in first.steps)
    with pytest.raises(InvalidInput, match="đặc biệt phức tạp") as refused:
        extend(clock, head, ground="vụ việc phức tạp")
    assert refused.value.field == "ground"
    second = extend(clock, head, ground="vụ việc đặc biệt phức tạp", number=20)
    assert second.due_at == at("2026-09-23T23:59:59")
    with pytest.raises(WrongState, match="hết số lần"):
        extend(clock, head, ground="vụ việc đặc biệt phức tạp")
    line = ledger.of(clock.case).filter(step="extend_clock").first()
    assert line.data["signed_by"] == "Trưởng THADS tỉnh"


def test_a_complaint_found_complex_is_counted_from_its_start(tree, head):
    clock = lawful(tree, "DT-03")
    moved = extend(clock, head, ground="vụ việc phức tạp")
    assert moved.due_at == at("2026-08-17T23:59:59")
    assert any("tính lại từ lúc bắt đầu" in step for step in moved.steps)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ground": "xin thêm"}, "ground"),
        ({"ground": "vụ việc phức tạp", "reason": " "}, "reason"),
        ({"ground": "vụ việc phức tạp", "signed_by": ""}, "signed_by"),
        ({"ground": "vụ việc phức tạp", "paper": ""}, "paper"),
        ({"ground": "vụ việc phức tạp", "number": 31}, "number"),
        ({"ground": "vụ việc phức tạp", "number": -1}, "number"),
    ],
)
def test_an_extension_of_law_without_what_it_owes_is_refused_at_its_field(
    tree, head, fields, field
):
    clock = lawful(tree, "DT-05")
    with pytest.raises(InvalidInput) as refused:
        extend(clock, head, **fields)
    assert (refused.value.field, clock.extensions.count()) == (field, 0)


def test_a_lawful_clock_runs_on_while_others_are_waited_for(tree, head):
    clock = lawful(tree, "TL-02", "2026-08-03T08:00")
    due = clock.due_at
    waiting = actions.pause_clock(clock, reason="Tòa án tỉnh", actor=head, now=NOW)
    assert (waiting.state, waiting.due_at) == (ClockState.RUNNING, due)
    with pytest.raises(WrongState, match="chờ rồi"):
        actions.pause_clock(clock, reason="x", actor=head, now=NOW)
    over = actions.resume_clock(clock, actor=head, now=NOW + 30 * HOUR)
    pause = over.pauses.get()
    assert (over.due_at, pause.stops, pause.until) == (due, False, NOW + 30 * HOUR)


def test_a_lawful_clock_that_ends_while_waiting_is_judged_by_the_law(tree, head, focal):
    clock = lawful(tree, "TL-02", "2026-07-01T08:00")
    actions.pause_clock(clock, reason="Tòa án", actor=head, now=at("2026-07-20T08:00"))
    done = actions.finish_clock(
        clock, at=at("2026-07-23T08:00"), note="CV 12", actor=focal, now=NOW
    )
    assert (done.is_late, done.pauses.get().until) == (True, at("2026-07-23T08:00"))


def test_a_pause_is_told_in_the_steps(tree, head):
    clock = lawful(tree, "MD-03", "2026-08-04T08:00")
    actions.pause_clock(clock, reason="hồ sơ từ kho", actor=head, now=NOW)
    moved = actions.resume_clock(clock, actor=head, now=NOW + 26 * HOUR)
    assert "chờ hồ sơ từ kho" in moved.steps[-1]
    assert "1 ngày 2 giờ" in moved.steps[-1]


def test_two_people_at_once_on_one_clock_do_not_move_it_twice(tree, head, deputy):
    clock = make.clock(make.case(tree.province), "MD-03", NOW + HOUR)
    seen = clock.due_at.isoformat()
    actions.extend_clock(
        clock, due_at=NOW + 5 * HOUR, reason="thêm việc", actor=head, now=NOW, seen=seen
    )
    for verb, fields in (
        (actions.extend_clock, {"due_at": NOW + 9 * HOUR}),
        (actions.pause_clock, {}),
    ):
        with pytest.raises(Conflict, match="vừa được người khác đổi"):
            verb(clock, reason="thêm việc", actor=deputy, now=NOW, seen=seen, **fields)
    assert clock.extensions.count() == 1


def test_done_needs_a_proof_a_time_that_fits_and_no_step_of_its_own(tree, focal):
    clock = lawful(tree, "TL-03", "2026-08-03T08:00")
    for fields, field in (
        ({"note": " "}, "note"),
        ({"at": NOW + HOUR}, "at"),
        ({"at": at("2026-08-03T07:59")}, "at"),
    ):
        with pytest.raises(InvalidInput) as refused:
            actions.finish_clock(
                clock, **{"at": NOW, "note": "CV 12/THADS", **fields}, actor=focal, now=NOW
            )
        assert refused.value.field == field
    done = actions.finish_clock(clock, at=NOW, note="CV 12/THADS", actor=focal, now=NOW)
    assert (done.state, done.ended_at, done.is_late) == (ClockState.DONE, NOW, False)
    with pytest.raises(WrongState, match="đã kết thúc"):
        actions.finish_clock(clock, at=NOW, note="CV", actor=focal, now=NOW)
    spoken = lawful(tree, "PN-01", "2026-08-05T08:00")
    with pytest.raises(WrongState, match="bước của nó"):
        actions.finish_clock(spoken, at=NOW, note="đã nói", actor=focal, now=NOW)


def test_a_closed_case_and_a_stranger_finish_nothing(tree, focal):
    clock = make.clock(make.case(tree.province, CaseState.CLOSED), "TL-03", NOW + HOUR)
    with pytest.raises(WrongState, match="đã đóng"):
        actions.finish_clock(clock, at=NOW, note="CV", actor=focal, now=NOW)
    stranger = make.focal_point(tree.other)
    with pytest.raises(NotAllowed):
        actions.finish_clock(clock, at=NOW, note="CV", actor=stranger, now=NOW)
