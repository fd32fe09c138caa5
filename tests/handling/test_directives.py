"""Orders of other authorities: their own dates beside the clocks of law, in the work list, ended by an answer."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.handling import actions
from hoiam.handling.models import Directive
from hoiam.handling.queries import beside, directive_light, open_directives, work_list
from hoiam.handling.states import CaseState
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW, TODAY

DAY = timedelta(days=1)


def received(case, who, **fields):
    first = {
        "issuer": "UBND tỉnh Thanh Giang",
        "number": "512/UBND-NC",
        "content": "Kiểm tra, báo cáo",
    }
    return actions.receive_directive(case, actor=who, now=NOW, **{**first, **fields})


@pytest.mark.parametrize(
    ("kind", "last"),
    [("by", date(2026, 8, 10)), ("on", date(2026, 8, 10)), ("before", date(2026, 8, 9))],
)
def test_the_last_moment_follows_the_word_of_the_paper(tree, clerk, kind, last):
    order = received(make.case(tree.province), clerk, due_on=date(2026, 8, 10), due_kind=kind)
    assert order.due_at.astimezone(VIETNAM) == datetime(
        last.year, last.month, last.day, 23, 59, 59, tzinfo=VIETNAM
    )


def test_a_directive_without_a_day_is_never_late_by_itself(tree, clerk):
    order = received(make.case(tree.province), clerk)
    assert (order.due_at, directive_light(order, NOW + 90 * DAY).time) == (None, "ok")


def test_a_request_of_a_press_authority_is_obligation_g(tree, clerk):
    case = make.case(tree.province)
    order = received(case, clerk, issuer="Sở Văn hóa", is_press_authority=True)
    assert (order.obligation.letter, order.obligation.ended_at) == ("g", None)
    again = received(case, clerk, issuer="Sở Văn hóa", number="9", is_press_authority=True)
    assert again.obligation_id == order.obligation_id


def test_another_request_after_the_duty_was_done_is_owed_anew_and_both_results_stay(
    tree, clerk, head
):
    case = make.case(tree.province)
    duty = received(case, clerk, is_press_authority=True).obligation
    for number in ("1", "2"):
        actions.close_obligation(duty, result="no_duty", note=f"lần {number}", actor=head, now=NOW)
        duty = received(case, clerk, number=number, is_press_authority=True).obligation
        assert (duty.ended_at, duty.result) == (None, "")
    told = case.outcomes.values_list("note", "letter", "obligation")
    assert list(told) == [("lần 1", "g", None), ("lần 2", "g", None)]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"issuer": " "}, "issuer"),
        ({"content": ""}, "content"),
        ({"due_kind": "soon"}, "due_kind"),
        ({"dated": TODAY + DAY}, "dated"),
        ({"dated": TODAY, "due_on": TODAY - DAY}, "due_on"),
        ({"received_at": NOW + DAY}, "received_at"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(tree, clerk, fields, field):
    case = make.case(tree.province)
    with pytest.raises(InvalidInput) as refused:
        received(case, clerk, **fields)
    assert (refused.value.field, Directive.objects.system("test").count()) == (field, 0)


def test_only_the_agency_of_the_case_records_it_and_never_on_a_closed_case(tree, clerk):
    with pytest.raises(NotAllowed):
        received(make.case(tree.province), make.head(tree.other))
    with pytest.raises(WrongState, match="đã đóng"):
        received(make.case(tree.province, CaseState.CLOSED), clerk)


def test_an_answer_ends_it_late_for_ever_when_it_was(tree, clerk):
    case = make.case(tree.province)
    order = received(case, clerk, due_on=TODAY)
    with pytest.raises(InvalidInput, match="bằng cách nào"):
        actions.answer_directive(order, actor=clerk, now=NOW)
    done = actions.answer_directive(order, actor=clerk, now=NOW + 2 * DAY, how="Báo cáo số 44")
    assert (done.is_late, directive_light(done, NOW + 9 * DAY).words) == (True, "xong muộn 2 ngày")
    assert ledger.of(case).get(step="answer_directive").data["is_late"] is True
    with pytest.raises(WrongState, match="đã được trả lời"):
        actions.answer_directive(order, actor=clerk, now=NOW + 3 * DAY, how="lần nữa")


def test_a_paper_of_another_case_does_not_answer_it(tree, clerk):
    order = received(make.case(tree.province), clerk)
    theirs = make.paper(make.case(tree.province))
    with pytest.raises(InvalidInput, match="không thuộc hồ sơ"):
        actions.answer_directive(order, actor=clerk, now=NOW, paper=theirs)


def test_my_work_lists_it_late_before_what_is_due_later(tree, focal, head):
    case = make.case(tree.province, holder=focal.official)
    make.clock(case, "MD-03", due_at=NOW + 3 * DAY)
    received(case, focal, due_on=TODAY - DAY)
    work = work_list(focal, now=NOW)
    assert [(row.kind, row.light.time) for row in work.late] == [("directive", "late")]
    assert [row.kind for row in work.soon] == ["clock"]
    assert [row.kind for row in work_list(make.head(tree.other), now=NOW).late] == []


def test_a_stranger_sees_none_and_an_answered_or_closed_one_waits_for_nobody(tree, focal):
    case = make.case(tree.province)
    order = received(case, focal)
    assert list(open_directives(focal)) == [order]
    assert list(open_directives(make.head(tree.other))) == []
    actions.answer_directive(order, actor=focal, now=NOW, how="công văn")
    assert list(open_directives(focal)) == []


def test_what_stands_beside_a_case_is_read_in_one_query(tree, focal, django_assert_num_queries):
    case = make.case(tree.province)
    received(case, focal, dated=TODAY, due_on=TODAY + DAY, due_kind="before")
    received(case, focal, issuer="Bộ Tư pháp")
    beside(case)  # Django asks SQLite once whether it knows JSON
    with django_assert_num_queries(1):
        found = beside(case)
    order = Directive.objects.system("test").order_by("pk")[0]
    names = ("issuer", "number", "dated", "due_on", "due_at", "received_at", "is_late")
    assert {n: getattr(found.directives[0], n) for n in names} == {
        n: getattr(order, n) for n in names
    }
    assert len(found.open_directives) == 2
