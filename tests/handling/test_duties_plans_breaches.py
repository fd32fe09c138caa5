"""Periodic duties raised once, plans under four eyes, breaches seen by deciders only; two at once, stale pages, strangers."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.handling.actions import breaches, duties, supply
from hoiam.handling.models import Breach, Duty, SupplyPlan
from hoiam.handling.queries.speaking import (
    breaches_visible_to,
    decides,
    duties_of,
    duties_visible_to,
    plans_visible_to,
)
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW, TODAY

DAY = timedelta(days=1)


def owed(place):
    rows = Duty.objects.system("test").filter(agency=place).order_by("rule")
    return [row.rule for row in rows]


def test_duties_raise_themselves_once_a_period(tree):
    first = duties.raise_duties(actor=None, now=NOW)
    again = duties.raise_duties(actor=None, now=NOW + DAY)

    assert owed(tree.province) == ["MD-76", "MD-77", "PN-06", "PN-07"]
    assert owed(tree.centre) == ["PN-04", "PN-05", "PN-06", "PN-07"]
    assert owed(tree.region1) == []
    assert (first, again) == (12, 0)


def test_the_next_month_raises_only_what_begins_then(tree):
    duties.raise_duties(actor=None, now=NOW)
    duties.raise_duties(actor=None, now=datetime(2026, 9, 1, 0, 20, tzinfo=VIETNAM))

    rows = Duty.objects.system("test").filter(agency=tree.province, rule="MD-76")
    assert [row.first for row in rows] == [date(2026, 8, 1), date(2026, 9, 1)]


def test_under_the_old_rule_the_provinces_met_the_press_each_quarter(tree):
    duties.raise_duties(actor=None, now=datetime(2017, 4, 3, 8, 0, tzinfo=VIETNAM))

    assert owed(tree.province) == ["HB-03h"]


@pytest.fixture
def duty(tree):
    duties.raise_duties(actor=None, now=NOW)
    return Duty.objects.system("test").get(agency=tree.province, rule="MD-76")


def settle(duty, who, at=NOW, **fields):
    first = {"given": "Đã đăng 4 tin", "done_at": at, "url": "https://thads.thanhgiang.example/tin"}
    return duties.settle_duty(duty, actor=who, now=at, **{**first, **fields})


def test_a_duty_is_done_with_what_was_given_and_lateness_is_counted(tree, duty, focal):
    assert settle(duty, focal).is_late is False
    other = Duty.objects.system("test").get(agency=tree.province, rule="PN-07")
    assert settle(other, focal, at=other.due_at + timedelta(minutes=1)).is_late is True


@pytest.mark.parametrize(
    ("fields", "at"),
    [({"given": " "}, "given"), ({"done_at": NOW + DAY}, "done_at"), ({"url": "x"}, "url")],
)
def test_what_cannot_stand_is_refused_at_its_field(duty, focal, fields, at):
    with pytest.raises(InvalidInput) as refused:
        settle(duty, focal, **fields)
    assert refused.value.field == at


def test_a_duty_is_settled_once_and_excused_only_by_who_decides(tree, duty, focal, head):
    with pytest.raises(NotAllowed):
        duties.excuse_duty(duty, actor=focal, now=NOW, reason="mất điện")
    with pytest.raises(InvalidInput):
        duties.excuse_duty(duty, actor=head, now=NOW, reason=" ")
    duties.excuse_duty(duty, actor=head, now=NOW, reason="Trang đang bảo trì theo thông báo")
    with pytest.raises(WrongState, match="không phải làm"):
        settle(duty, focal)


def test_strangers_see_and_settle_nothing(tree, duty):
    stranger = make.focal_point(tree.other)
    assert duty not in duties_visible_to(stranger)
    with pytest.raises(NotAllowed):
        settle(duty, stranger)


def test_my_work_holds_only_my_own_agency_s_duties_that_are_near(tree, duty, focal):
    at = duty.due_at - 2 * DAY
    assert [row.rule for row in duties_of(focal, at, 7 * DAY)] == ["PN-07", "MD-76"]
    assert duties_of(make.actor(tree.centre, Role.FOCAL_POINT), NOW, DAY).count() == 0


def row(**fields):
    first = {
        "topic": "Kết quả thi hành án sáu tháng", "form": "written", "who": "Trịnh Mai Lan",
        "by_on": TODAY + 20 * DAY, "product": "Thông cáo báo chí",
    }  # fmt: skip
    return supply.Planned(**{**first, **fields})


@pytest.fixture
def plan(tree, focal):
    made = supply.make_plan(tree.province, actor=focal, now=NOW, year=2026, quarter=3)
    return supply.write_plan(
        made, actor=focal, now=NOW, rows=[row(), row(topic="Tập huấn")], version=1
    )


def test_a_plan_goes_through_four_eyes_and_its_rows_are_marked(plan, focal, head):
    supply.submit_plan(plan, actor=focal, now=NOW)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        supply.approve_plan(plan, actor=focal, now=NOW)
    approved = supply.approve_plan(plan, actor=head, now=NOW)
    first = plan.rows.first()
    supply.mark_supplied(first, actor=focal, now=NOW, done_on=TODAY, given="TCBC 05")

    assert (approved.state, plan.rows.first().given) == ("approved", "TCBC 05")
    with pytest.raises(WrongState):
        supply.mark_supplied(first, actor=focal, now=NOW, done_on=TODAY, given="lần nữa")


def test_whoever_wrote_any_of_it_does_not_approve(plan, focal, head, deputy):
    supply.write_plan(plan, actor=head, now=NOW, rows=[row()], version=2)
    supply.submit_plan(plan, actor=focal, now=NOW)
    with pytest.raises(NotAllowed):
        supply.approve_plan(plan, actor=head, now=NOW)
    assert supply.approve_plan(plan, actor=deputy, now=NOW).approved_by == deputy.official


def test_a_page_typed_over_an_old_version_is_refused(plan, focal):
    with pytest.raises(Conflict, match="người khác sửa"):
        supply.write_plan(plan, actor=focal, now=NOW, rows=[row()], version=1)
    assert plan.rows.count() == 2


@pytest.mark.parametrize(
    "fields", [{"topic": " "}, {"who": ""}, {"product": ""}, {"form": "tin đồn"}]
)
def test_a_row_that_is_not_whole_is_named(plan, focal, fields):
    with pytest.raises(InvalidInput, match="Dòng 2"):
        supply.write_plan(plan, actor=focal, now=NOW, rows=[row(), row(**fields)], version=2)


def test_an_approved_plan_is_not_rewritten_and_a_returned_one_is(plan, focal, head):
    supply.submit_plan(plan, actor=focal, now=NOW)
    with pytest.raises(InvalidInput):
        supply.return_plan(plan, actor=head, now=NOW, reason="")
    supply.return_plan(plan, actor=head, now=NOW, reason="Thêm chủ đề")
    supply.write_plan(plan, actor=focal, now=NOW, rows=[row()], version=2)
    supply.submit_plan(plan, actor=focal, now=NOW)
    supply.approve_plan(plan, actor=head, now=NOW)
    with pytest.raises(WrongState):
        supply.write_plan(plan, actor=focal, now=NOW, rows=[row()], version=3)


def test_one_plan_a_period_and_none_for_strangers(tree, plan, focal):
    with pytest.raises(Conflict):
        supply.make_plan(tree.province, actor=focal, now=NOW, year=2026, quarter=3)
    with pytest.raises(InvalidInput):
        supply.make_plan(tree.province, actor=focal, now=NOW, year=2030)
    with pytest.raises(InvalidInput):
        supply.make_plan(tree.province, actor=focal, now=NOW, year=2026, quarter=5)
    stranger = make.focal_point(tree.other)
    with pytest.raises(NotAllowed):
        supply.submit_plan(plan, actor=stranger, now=NOW)
    assert list(plans_visible_to(stranger)) == []
    assert SupplyPlan.objects.system("test").count() == 1


def test_an_empty_plan_is_not_submitted(tree, focal):
    made = supply.make_plan(tree.province, actor=focal, now=NOW, year=2026)
    with pytest.raises(InvalidInput, match="chưa có dòng"):
        supply.submit_plan(made, actor=focal, now=NOW)


def breach(place, who, **fields):
    first = {
        "kind": "late", "happened_on": TODAY - DAY, "text": "Phát ngôn sau 30 giờ",
        "found_by": "Văn phòng", "basis": "NĐ 244/2026 Đ7.3; Quy chế phát ngôn",
    }  # fmt: skip
    return breaches.record_breach(place, actor=who, now=NOW, **{**first, **fields})


def test_a_breach_is_seen_only_by_deciders_there_and_above(tree, focal, head, deputy):
    made = breach(tree.province, head)

    for who in (head, deputy, make.head(tree.centre)):
        assert list(breaches_visible_to(who)) == [made]
    clerk_above = make.actor(tree.centre, Role.FOCAL_POINT)
    for who in (focal, make.head(tree.other), clerk_above):
        assert list(breaches_visible_to(who)) == []
    assert (decides(head), decides(focal)) == (True, False)


def test_a_breach_is_handled_once_with_a_result_and_never_by_who_is_named(tree, head, deputy):
    made = breach(tree.province, head, official=deputy.official)
    typed = {"handling": "reviewed", "handled_on": TODAY, "result": "Kiểm điểm tại chi bộ"}
    with pytest.raises(NotAllowed, match="không tự xử lý"):
        breaches.handle_breach(made, actor=deputy, now=NOW, **typed)
    for fields, at in (
        ({"handling": "x"}, "handling"),
        ({"result": " "}, "result"),
        ({"handled_on": TODAY - 5 * DAY}, "handled_on"),
    ):
        with pytest.raises(InvalidInput) as refused:
            breaches.handle_breach(made, actor=head, now=NOW, **{**typed, **fields})
        assert refused.value.field == at
    breaches.handle_breach(made, actor=head, now=NOW, **typed)
    with pytest.raises(WrongState):
        breaches.handle_breach(made, actor=head, now=NOW, **typed)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"kind": "x"}, "kind"),
        ({"happened_on": TODAY + DAY}, "happened_on"),
        ({"text": ""}, "text"),
        ({"found_by": ""}, "found_by"),
        ({"basis": ""}, "basis"),
    ],
)
def test_a_breach_that_is_not_whole_is_refused(tree, head, fields, at):
    with pytest.raises(InvalidInput) as refused:
        breach(tree.province, head, **fields)
    assert refused.value.field == at


def test_a_breach_of_another_s_case_and_by_strangers_is_refused(tree, head, focal):
    with pytest.raises(InvalidInput):
        breach(tree.province, head, case=make.case(tree.other))
    for who in (focal, make.head(tree.other)):
        with pytest.raises(NotAllowed):
            breach(tree.province, who)


def test_no_field_asks_who_told_the_press():
    names = {field.name for field in Breach._meta.get_fields()}

    assert not {name for name in names if "source" in name or "leak" in name or "told" in name}
