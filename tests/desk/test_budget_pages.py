"""Kinh phí as people use it: an estimate, its approval, allotment, spending, warnings in words, the file; units see their own."""

from datetime import date

import pytest
from django.urls import reverse

from hoiam.kit.vietnamese import show_date
from hoiam.scheme.models import BudgetPlan, Scheme
from tests.desk.small_world import SmallWorld, page, queries_of, sheet

pytestmark = pytest.mark.django_db
WHY = "the test reads back"


@pytest.fixture
def world(db):
    return SmallWorld()


@pytest.fixture
def desk(world):
    client = world.client(world.province, "focal_point")
    Scheme.objects.create(
        kind="plan", title="Kế hoạch truyền thông", owner=world.province, state="active",
        starts_on=date(world.today.year, 1, 1), created_by=world.official_of(world.province),
        created_at=world.now,
    )  # fmt: skip
    return client


def plan_of(world, desk):
    scheme = Scheme.objects.system(WHY).get()
    desk.post(reverse("desk-budgets"), {"scheme": scheme.pk, "year": world.today.year})
    return BudgetPlan.objects.system(WHY).get()


def do(client, plan, verb, **typed):
    return client.post(reverse("desk-budget-act", args=[plan.pk, verb]), typed)


def approved(world, desk):
    plan = plan_of(world, desk)
    do(desk, plan, "add_line", title="=Chuyên mục", amount="120 triệu", source="state")
    do(desk, plan, "approve_budget", paper="22/QĐ", approved_on=show_date(world.today))
    plan.refresh_from_db()
    assert plan.state == "approved"
    return plan


def spend(world, client, plan, amount, document="CT1", place=None):
    return do(
        client, plan, "record_spending", line=plan.lines.get().pk,
        agency=(place or world.province).pk, amount=amount, spent_on=show_date(world.today),
        what="Đăng bài", document=document,
    )  # fmt: skip


def allot(world, desk, plan, amount="40 triệu", place=None):
    return do(
        desk, plan, "allot_money", line=plan.lines.get().pk, agency=(place or world.province).pk,
        amount=amount, paper="23/TB", given_on=show_date(world.today),
    )  # fmt: skip


def test_money_goes_from_plan_to_spending_and_too_much_is_said(world, desk):
    plan = approved(world, desk)
    allot(world, desk, plan)
    assert spend(world, desk, plan, "45 triệu").status_code == 302
    text = page(desk, reverse("desk-budget", args=[plan.pk]))
    assert "chi quá số được giao 5.000.000 đồng" in text
    assert "120.000.000" in text
    row = plan.lines.get().spendings.get()
    do(desk, plan, "drop_spending", row=row.pk, reason="")
    row.refresh_from_db()
    assert row.dropped_why == ""
    do(desk, plan, "drop_spending", row=row.pk, reason="Ghi nhầm")
    assert "chi quá" not in page(desk, reverse("desk-budget", args=[plan.pk]))


def test_refusals_keep_what_was_typed(world, desk):
    plan = plan_of(world, desk)
    answer = do(desk, plan, "add_line", title="In tờ rơi", amount="mười lăm triệu", source="state")
    assert answer.status_code == 422
    assert "In tờ rơi" in answer.content.decode() and "mười lăm triệu" in answer.content.decode()
    again = desk.post(reverse("desk-budgets"), {"scheme": plan.scheme_id, "year": plan.year})
    assert again.status_code == 422 and "đã có dự toán" in again.content.decode()


def test_the_file_has_bare_numbers_and_runs_nothing(world, desk):
    plan = approved(world, desk)
    allot(world, desk, plan)
    text = desk.get(reverse("desk-budget-csv", args=[plan.pk])).content.decode("utf-8")
    assert "'=Chuyên mục" in text
    assert "Cộng,120000000,40000000,0,40000000" in text
    rows = sheet(desk.get(reverse("desk-budget-csv", args=[plan.pk]), {"tep": "excel"}))
    assert rows[1][4:] == (120_000_000, 40_000_000, 0, 40_000_000)
    assert "Chuyên mục" in rows[1][1] and rows[0][4] == "Dự toán"


def test_a_unit_that_was_given_money_sees_and_enters_its_own_part_only(world, desk):
    region = world.agency(
        "kv1", "Phòng THADS khu vực 1", "region", "Thanh Giang", parent=world.province
    )
    plan = approved(world, desk)
    unit = world.client(region, "head_of_region")
    assert unit.get(reverse("desk-budget", args=[plan.pk])).status_code == 404
    allot(world, desk, plan, place=region)
    allot(world, desk, plan, "7 triệu")
    spend(world, desk, plan, "1 triệu", document="CT7")
    text = page(unit, reverse("desk-budget", args=[plan.pk]))
    assert "40.000.000" in text and "7.000.000" not in text and "CT7" not in text
    assert spend(world, unit, plan, "2 triệu", place=region).status_code == 302
    assert spend(world, unit, plan, "2 triệu", document="CT2").status_code == 422  # not its own
    his = plan.lines.get().spendings.get(document="CT7")
    assert do(unit, plan, "drop_spending", row=his.pk, reason="x").status_code == 404


def test_another_province_gets_404(world, desk):
    plan = approved(world, desk)
    stranger = world.client(world.other, "focal_point")
    for name in ("desk-budget", "desk-budget-csv"):
        assert stranger.get(reverse(name, args=[plan.pk])).status_code == 404
    assert do(stranger, plan, "close_budget").status_code == 404
    assert "Kế hoạch truyền thông" not in page(stranger, reverse("desk-budgets"))


def test_pages_stay_within_their_queries(world, desk):
    plan = approved(world, desk)
    allot(world, desk, plan)
    spend(world, desk, plan, "1 triệu")
    assert queries_of(desk, reverse("desk-budgets")) <= 10
    assert queries_of(desk, reverse("desk-budget", args=[plan.pk])) <= 15
