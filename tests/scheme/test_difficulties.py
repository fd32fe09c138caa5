"""Difficulties and proposals: told upward at once, answered from above, seen by both sides, by the table."""

from datetime import date, timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.kit.rulebook import compute, national_calendar
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme import actions
from hoiam.scheme.actions.explanations import DUE
from hoiam.scheme.models import Difficulty
from hoiam.scheme.queries import difficulties_visible_to
from hoiam.scheme.states import DIFFICULTY_TRANSITIONS, DifficultyState
from tests import factories as make
from tests import parts
from tests.factories import NOW


@pytest.fixture
def row(tree):
    return parts.part(parts.task(parts.scheme(tree.centre)), tree.region1)


@pytest.fixture
def unit(tree):
    return make.actor(tree.region1, Role.HEAD_OF_REGION)


@pytest.fixture
def matter(row, unit):
    return actions.raise_difficulty(
        row, actor=unit, now=NOW, kind="difficulty", text="Thiếu kinh phí"
    )


def test_province_and_centre_hear_of_it_in_the_same_minute(tree, row, unit):
    for place in (tree.province, tree.centre, tree.other):
        make.focal_point(place)
    made = actions.raise_difficulty(row, actor=unit, now=NOW, kind="proposal", text="Mở lớp riêng")
    assert made.answer_due_on == date(2026, 8, 12)
    deliver_due(NOW)
    told = set(OutgoingMail.objects.values_list("address", flat=True))
    assert told == {
        f"{p.code}-focal_point@thads.example".lower() for p in (tree.province, tree.centre)
    }
    assert "Mở lớp riêng" not in OutgoingMail.objects.first().text


@pytest.mark.parametrize(
    ("kind", "text"), [("difficulty", "  "), ("complaint", "Khó"), ("", "Khó")]
)
def test_nothing_said_or_no_such_kind_is_refused(row, unit, kind, text):
    with pytest.raises(InvalidInput):
        actions.raise_difficulty(row, actor=unit, now=NOW, kind=kind, text=text)


VERBS = {
    "answer_difficulty": ("above", {"answer": "Sẽ cấp bổ sung"}),
    "ask_again": ("unit", {"text": "Vẫn thiếu"}),
    "close_difficulty": ("above", {"reason": "Đã cấp"}),
}


@pytest.mark.parametrize("state", DifficultyState.values)
@pytest.mark.parametrize("verb", VERBS)
def test_verbs_follow_the_table(tree, matter, unit, state, verb):
    assert set(VERBS) == set(DIFFICULTY_TRANSITIONS)
    people = {"unit": unit, "above": make.head(tree.centre)}
    Difficulty.objects.system("the test sets the state").update(state=state)
    who, typed = VERBS[verb]
    take = getattr(actions, verb)
    if state in DIFFICULTY_TRANSITIONS[verb].sources:
        moved = take(matter, actor=people[who], now=NOW, **typed)
        assert moved.state == DIFFICULTY_TRANSITIONS[verb].target
        assert ledger.of(matter).last().step == verb
        deliver_due(NOW)
    else:
        with pytest.raises(WrongState, match="Tải lại trang"):
            take(matter, actor=people[who], now=NOW, **typed)
    with pytest.raises(NotAllowed):
        take(matter, actor=make.head(tree.other), now=NOW, **typed)


def test_two_people_answer_at_once_and_the_second_is_told(tree, matter):
    actions.answer_difficulty(matter, actor=make.head(tree.province), now=NOW, answer="Cấp thêm")
    with pytest.raises(WrongState, match="Đã trả lời"):
        actions.answer_difficulty(matter, actor=make.head(tree.centre), now=NOW, answer="Không cấp")


def test_a_unit_does_not_answer_itself(matter, unit):
    with pytest.raises(NotAllowed):
        actions.answer_difficulty(matter, actor=unit, now=NOW, answer="Tự lo")


def test_closing_what_nobody_answered_owes_a_reason(matter, unit):
    with pytest.raises(InvalidInput, match="Ghi lý do"):
        actions.close_difficulty(matter, actor=unit, now=NOW)
    assert (
        actions.close_difficulty(matter, actor=unit, now=NOW, reason="Đã tự giải quyết").state
        == "closed"
    )


def test_both_sides_see_it_and_nobody_else(tree, matter, unit):
    for actor in (unit, make.head(tree.province), make.head(tree.centre)):
        assert list(difficulties_visible_to(actor)) == [matter]
    for actor in (make.head(tree.other), make.actor(tree.region2, Role.HEAD_OF_REGION)):
        assert list(difficulties_visible_to(actor)) == []


def test_answers_and_explanations_are_due_by_the_days_announced(tree, row, unit, day_off):
    made = actions.raise_difficulty(row, actor=unit, now=NOW, kind="proposal", text="Mở lớp riêng")
    assert made.answer_due_on == date(2026, 8, 13)  # the 12th without the day announced
    late = make.clock(make.case(tree.province), "PN-01", NOW - timedelta(days=1))
    why = actions.ask_for_explanation(late, actor=make.head(tree.centre), now=NOW, question="Vì sao?")  # fmt: skip
    with_it, without = (
        compute(DUE, NOW, calendar=calendar).due.astimezone(VIETNAM).date()
        for calendar in (calendar_in_use(), national_calendar())
    )
    assert why.due_on == with_it != without
