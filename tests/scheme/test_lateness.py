"""Who answers late: the board, reminders once a day, requests to explain, the morning's letters."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.handling.states import ClockState, PartyRole
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Notice
from hoiam.scheme import actions
from hoiam.scheme.jobs.schedules import remind_holders
from hoiam.scheme.models import Assignment, ExplanationRequest
from hoiam.scheme.queries import explanations_visible_to, lateness_board
from hoiam.scheme.states import EXPLANATION_TRANSITIONS, ExplanationState
from tests import factories as make
from tests import parts
from tests.factories import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SINCE = NOW - 30 * DAY


def board(who):
    return {row.agency.name: row for row in lateness_board(who, now=NOW, since=SINCE)}


@pytest.fixture
def late(tree):
    """One clock of law two hours late at Thanh Giang."""
    return make.clock(make.case(tree.province), "PN-01", NOW - 2 * HOUR)


def test_the_board_counts_by_the_unit_that_has_to_act(tree, head, late):
    led = make.case(tree.province)
    make.party(led, tree.region1, PartyRole.LEAD)
    make.clock(led, "MD-03", NOW - DAY)
    make.clock(led, "PN-01", NOW + HOUR)
    make.clock(make.case(tree.other), "PN-01", NOW - DAY)
    make.clock(
        make.case(tree.province), "PN-01", NOW - DAY, state=ClockState.DONE, ended_at=NOW - HOUR
    )
    own = board(head)
    assert set(own) == {"THADS tỉnh Thanh Giang", tree.region1.name}
    assert [len(own[n].late) for n in ("THADS tỉnh Thanh Giang", tree.region1.name)] == [1, 1]
    assert (own[tree.region1.name].due_today, own[tree.region1.name].open) == (1, 2)
    assert own["THADS tỉnh Thanh Giang"].ended_late == 1
    # The centre sees the province with its regions as one.
    whole = board(make.head(tree.centre))
    assert len(whole["THADS tỉnh Thanh Giang"].late) == 2
    assert len(whole[tree.other.name].late) == 1


def test_a_paused_clock_is_waited_for_and_a_clock_without_number_is_never_late(tree, head):
    make.clock(make.case(tree.province), "MD-03", NOW - DAY, state=ClockState.PAUSED)
    make.clock(make.case(tree.province), "CC-01", None)
    row = board(head)["THADS tỉnh Thanh Giang"]
    assert (len(row.late), row.open) == (0, 2)


def test_the_board_asks_the_same_number_of_questions_for_one_row_and_for_many(
    tree, django_assert_max_num_queries
):
    for place in (tree.province, tree.other):
        for _ in range(4):
            make.clock(make.case(place), "PN-01", NOW - HOUR)
    centre = make.head(tree.centre)
    with django_assert_max_num_queries(11):
        board(centre)


def test_a_reminder_goes_to_the_desk_and_the_holder_once_a_day(tree, late):
    desk = make.official("hanh", tree.province, Role.FOCAL_POINT, email="hanh@thanhgiang.example")
    late.holder = make.official("ha", tree.province, email="ha@thanhgiang.example")
    late.save()
    centre = make.head(tree.centre)
    actions.remind_of_lateness(tree.province, actor=centre, now=NOW, text="Báo cáo ngay.")
    deliver_due(NOW)
    letters = {mail.address for mail in OutgoingMail.objects.all()}
    assert letters == {desk.email, "ha@thanhgiang.example"}
    with pytest.raises(Conflict, match="Hôm nay bạn đã nhắc"):
        actions.remind_of_lateness(tree.province, actor=centre, now=NOW + HOUR)
    actions.remind_of_lateness(tree.province, actor=centre, now=NOW + DAY)


def test_nobody_reminds_an_equal_or_a_unit_without_late_work(tree, head, late):
    with pytest.raises(NotAllowed):
        actions.remind_of_lateness(tree.other, actor=head, now=NOW)
    with pytest.raises(InvalidInput, match="không còn việc quá hạn"):
        actions.remind_of_lateness(tree.other, actor=make.head(tree.centre), now=NOW)


def asked(clock, who, **more):
    return actions.ask_for_explanation(clock, actor=who, now=NOW, question="Vì sao?", **more)


def test_an_explanation_is_asked_answered_and_accepted(tree, head, late):
    centre = make.head(tree.centre)
    request = asked(late, centre)
    assert request.agency == tree.province
    assert request.due_on == date(2026, 8, 10)  # three working days from Wednesday 05/8
    with pytest.raises(Conflict, match="chưa xong"):
        asked(late, centre)
    request = actions.answer_explanation(request, actor=head, now=NOW, answer="Chờ hồ sơ.")
    request = actions.return_explanation(request, actor=centre, now=NOW, remark="Chờ ai?")
    request = actions.answer_explanation(request, actor=head, now=NOW, answer="Chờ Phòng 2.")
    request = actions.accept_explanation(request, actor=centre, now=NOW)
    assert request.state == ExplanationState.ACCEPTED
    told = [entry.step for entry in ledger.of(late.case)]
    assert told.count("answer_explanation") == 2
    assert list(explanations_visible_to(make.head(tree.other))) == []


def test_a_province_asks_its_region_that_leads(tree, head, late):
    make.party(late.case, tree.region1, PartyRole.LEAD)
    assert asked(late, head).agency == tree.region1


def test_what_is_not_late_is_not_asked_about(tree):
    clock = make.clock(make.case(tree.province), "PN-01", NOW + HOUR)
    with pytest.raises(InvalidInput, match="không quá hạn"):
        asked(clock, make.head(tree.centre))


def test_a_day_that_has_passed_and_an_empty_question_are_refused(tree, late):
    centre = make.head(tree.centre)
    with pytest.raises(InvalidInput, match="ngày đã qua"):
        asked(late, centre, due_on=date(2026, 8, 4))
    with pytest.raises(InvalidInput, match="Ghi điều cần giải trình"):
        actions.ask_for_explanation(late, actor=centre, now=NOW, question=" ")


VERBS = {
    "answer_explanation": ("unit", {"answer": "Chờ hồ sơ."}),
    "accept_explanation": ("centre", {}),
    "return_explanation": ("centre", {"remark": "Chưa rõ."}),
    "withdraw_explanation": ("centre", {"remark": "Đã báo cáo miệng."}),
}


@pytest.mark.parametrize("verb", EXPLANATION_TRANSITIONS)
@pytest.mark.parametrize("state", ExplanationState.values)
def test_every_state_and_verb(tree, head, late, state, verb):
    people = {"unit": head, "centre": make.head(tree.centre)}
    request = asked(late, people["centre"])
    ExplanationRequest.objects.system("the test sets the state").update(state=state)
    who, typed = VERBS[verb]
    take = getattr(actions, verb)
    if state in EXPLANATION_TRANSITIONS[verb].sources:
        moved = take(request, actor=people[who], now=NOW, **typed)
        assert moved.state == EXPLANATION_TRANSITIONS[verb].target
    else:
        with pytest.raises(WrongState, match="Tải lại trang"):
            take(request, actor=people[who], now=NOW, **typed)
    with pytest.raises(NotAllowed):
        take(request, actor=make.head(tree.other), now=NOW, **typed)


def remind(at):
    return remind_holders.func(now=at, slot=at.isoformat())


def test_the_morning_letter_goes_once_to_who_holds_the_work(tree, late):
    holder = make.official("ha", tree.province, email="ha@thanhgiang.example")
    late.holder, late.due_at = holder, NOW - 3 * HOUR
    late.save()
    make.clock(make.case(tree.province), "MD-03", NOW + 3 * DAY)
    morning = datetime(2026, 8, 5, 7, 20, tzinfo=VIETNAM)
    assert remind(morning) == 1
    assert remind(morning) == 1
    assert [notice.title for notice in told()] == ["Việc hôm nay: 0 đến hạn, 1 quá hạn"]


def told():
    return list(Notice.objects.system("a test looks").filter(key__startswith="morning:"))


def test_the_morning_letter_tells_a_unit_of_its_tasks_on_their_last_day_and_after(tree):
    desk = make.focal_point(tree.province).official
    task = parts.task(
        parts.scheme(tree.centre), rhythm="dated", due_on=date(2026, 8, 8), due_kind="by"
    )
    Assignment.objects.create(task=task, agency=tree.province, role="lead", state="open")
    assert remind(datetime(2026, 8, 6, 7, 20, tzinfo=VIETNAM)) == 0
    # 8/8/2026 is a Saturday: told on the Friday, the last working day.
    assert remind(datetime(2026, 8, 7, 7, 20, tzinfo=VIETNAM)) == 1
    assert remind(datetime(2026, 8, 8, 7, 20, tzinfo=VIETNAM)) == 0
    assert remind(datetime(2026, 8, 10, 7, 20, tzinfo=VIETNAM)) == 1
    late, first = told()
    assert first.official == late.official == desk
    assert "Hạn hôm nay (1)" in first.text and "hạn đến hết 08/08/2026" in first.text
    assert "Quá hạn (1)" in late.text


def test_on_a_day_off_only_hours_are_reminded_of(tree):
    holder = make.official("ha", tree.province, email="ha@thanhgiang.example")
    sunday = datetime(2026, 8, 9, 7, 20, tzinfo=VIETNAM)
    make.clock(make.case(tree.province), "MD-03", sunday, unit="working_day", holder=holder)
    assert remind(sunday) == 0
    make.clock(make.case(tree.province), "PN-01", sunday, unit="hour", holder=holder)
    assert remind(sunday) == 1
