"""Money: estimated, approved by a paper, given to units, spent with documents; too much is told in words; other units."""

from datetime import date, timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.scheme.actions import budgets as verbs
from hoiam.scheme.actions import spending
from hoiam.scheme.models import BudgetLine, BudgetPlan, Scheme, Task
from hoiam.scheme.queries.budgets import budget_table, budgets_visible_to, sight_of
from hoiam.scheme.states.budget import BUDGET_TRANSITIONS, BudgetState
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MILLION = 1_000_000


@pytest.fixture
def scheme(tree, focal):
    made = Scheme.objects.create(
        kind="plan", title="Kế hoạch truyền thông", owner=tree.province, state="active",
        starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31), created_by=focal.official,
        created_at=NOW,
    )  # fmt: skip
    Task.objects.create(scheme=made, ref="1.1", title="Mở chuyên mục")
    return made


@pytest.fixture
def plan(scheme, focal):
    return verbs.make_budget(scheme, actor=focal, now=NOW, year=2026)


@pytest.fixture
def line(plan, scheme, focal):
    return verbs.add_budget_line(
        plan, actor=focal, now=NOW, title="Chuyên mục trên báo", amount=100 * MILLION,
        task=scheme.tasks.get(),
    )  # fmt: skip


@pytest.fixture
def approved(plan, line, focal):
    return approve(plan, focal)


def approve(plan, actor, **fields):
    first = {"paper": "12/QĐ-THADSTG", "approved_on": TODAY}
    return verbs.approve_budget(plan, actor=actor, now=NOW, **{**first, **fields})


def test_a_line_somebody_took_out_is_told_not_broken(line, focal):
    seen = BudgetLine.objects.get(pk=line.pk)
    verbs.drop_budget_line(line, actor=focal, now=NOW)
    with pytest.raises(WrongState, match="vừa được người khác bỏ"):
        verbs.change_budget_line(seen, actor=focal, now=NOW, amount=MILLION)
    with pytest.raises(WrongState, match="vừa được người khác bỏ"):
        verbs.drop_budget_line(seen, actor=focal, now=NOW)


def test_the_first_reason_for_dropping_stands(approved, line, tree, focal):
    given = allot(line, focal, tree.region1, 10)
    spending.drop_allotment(given, actor=focal, now=NOW, reason="Ghi nhầm đơn vị")
    with pytest.raises(WrongState, match="Ghi nhầm đơn vị"):
        spending.drop_allotment(given, actor=focal, now=NOW, reason="Lý do khác")
    spent = spending.record_spending(
        line, actor=focal, now=NOW, agency=tree.province, amount=MILLION, spent_on=TODAY,
        what="In tờ rơi", document="HĐ 1",
    )  # fmt: skip
    spending.drop_spending(spent, actor=focal, now=NOW, reason="Trùng chứng từ")
    with pytest.raises(WrongState, match="Trùng chứng từ"):
        spending.drop_spending(spent, actor=focal, now=NOW, reason="Lý do khác")


def allot(line, actor, where, millions, paper="15/TB"):
    return spending.allot_money(
        line, actor=actor, now=NOW, agency=where, amount=millions * MILLION, paper=paper,
        given_on=TODAY,
    )  # fmt: skip


def spend(line, actor, where, millions, document="CT01", **fields):
    first = {"amount": millions * MILLION, "spent_on": TODAY, "what": "Đăng bài"}
    return spending.record_spending(
        line, actor=actor, now=NOW, agency=where, document=document, **{**first, **fields}
    )


def test_one_estimate_a_year_within_the_time_of_the_scheme(scheme, plan, focal):
    with pytest.raises(Conflict):
        verbs.make_budget(scheme, actor=focal, now=NOW, year=2026)
    with pytest.raises(InvalidInput) as refused:
        verbs.make_budget(scheme, actor=focal, now=NOW, year=2028)
    assert refused.value.field == "year"


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"title": ""}, "title"),
        ({"amount": 0}, "amount"),
        ({"amount": -5}, "amount"),
        ({"source": "gold"}, "source"),
        ({"source": "abroad"}, "source_name"),
    ],
)
def test_a_line_that_cannot_be_is_refused_at_its_field(plan, focal, fields, at):
    first = {"title": "In tờ rơi", "amount": MILLION}
    with pytest.raises(InvalidInput) as refused:
        verbs.add_budget_line(plan, actor=focal, now=NOW, **{**first, **fields})
    assert refused.value.field == at


def test_a_task_of_another_scheme_is_refused(tree, plan, scheme, focal):
    other = Scheme.objects.create(
        kind="plan", title="Khác", owner=tree.other, created_by=focal.official, created_at=NOW
    )
    task = Task.objects.create(scheme=other, ref="1", title="Khác")
    with pytest.raises(InvalidInput) as refused:
        verbs.add_budget_line(plan, actor=focal, now=NOW, title="x", amount=5, task=task)
    assert refused.value.field == "task"


def test_an_estimate_is_approved_by_a_paper_and_then_its_lines_stand(plan, line, focal):
    with pytest.raises(InvalidInput) as refused:
        approve(plan, focal, paper=" ")
    assert refused.value.field == "paper"
    approve(plan, focal)
    with pytest.raises(WrongState):
        verbs.change_budget_line(line, actor=focal, now=NOW, amount=5)
    verbs.reopen_budget(plan, actor=focal, now=NOW, reason="Cắt giảm")
    assert verbs.change_budget_line(line, actor=focal, now=NOW, amount=5).amount == 5


def test_an_estimate_without_lines_is_not_approved(plan, focal):
    with pytest.raises(InvalidInput, match="chưa có dòng"):
        approve(plan, focal)


STEPS = {
    "edit_budget": lambda p, w: (
        verbs.add_budget_line(p, actor=w, now=NOW, title="x", amount=5).plan
    ),
    "approve_budget": approve,
    "reopen_budget": lambda p, w: verbs.reopen_budget(p, actor=w, now=NOW, reason="x"),
    "close_budget": lambda p, w: verbs.close_budget(p, actor=w, now=NOW),
}


@pytest.mark.parametrize("state", BudgetState)
@pytest.mark.parametrize("step", BUDGET_TRANSITIONS)
def test_verbs_follow_the_table(plan, line, focal, state, step):
    BudgetPlan.objects.system("test").filter(pk=plan.pk).update(
        state=state, paper="1", approved_on=TODAY
    )
    plan.refresh_from_db()
    before = ledger.of(plan).count()
    if state in BUDGET_TRANSITIONS[step].sources:
        assert STEPS[step](plan, focal).state == BUDGET_TRANSITIONS[step].target
        assert ledger.of(plan).count() == before + 1
    else:
        with pytest.raises(WrongState):
            STEPS[step](plan, focal)


def test_money_is_given_once_by_a_paper_and_spent_once_by_a_document(tree, approved, line, focal):
    allot(line, focal, tree.region1, 30)
    with pytest.raises(Conflict):
        allot(line, focal, tree.region1, 30)
    first = spend(line, focal, tree.region1, 10)
    with pytest.raises(Conflict):
        spend(line, focal, tree.region1, 10)
    spending.drop_spending(first, actor=focal, now=NOW, reason="Ghi nhầm dòng")
    spend(
        line, focal, tree.region1, 12
    )  # the document may stand again once the wrong row is dropped
    assert budget_table(approved, None).whole.spent == 12 * MILLION


def test_too_much_is_told_in_words_and_not_refused(tree, approved, line, focal):
    allot(line, focal, tree.region1, 80)
    allot(line, focal, tree.region2, 40)
    spend(line, focal, tree.region1, 85)
    spend(line, focal, tree.region2, 36, document="CT02")

    told = budget_table(approved, None).warnings

    assert told == (
        "“Chuyên mục trên báo”: đã phân bổ quá dự toán 20.000.000 đồng.",
        f"{tree.region1} chi quá số được giao 5.000.000 đồng ở “Chuyên mục trên báo”.",
        f"{tree.region2} đã chi 90% số được giao ở “Chuyên mục trên báo”, còn 4.000.000 đồng.",
    )


def test_spending_without_any_money_given_is_told_too(tree, approved, line, focal):
    spend(line, focal, tree.region1, 5)
    assert "chi quá số được giao 5.000.000" in budget_table(approved, None).warnings[0]


def test_a_unit_enters_its_own_spending_and_sees_its_own_rows(tree, approved, line, focal):
    mine, his = make.actor(tree.region1, Role.HEAD_OF_REGION), make.actor(tree.region2, Role.HEAD_OF_REGION)  # fmt: skip
    allot(line, focal, tree.region1, 30)
    spend(line, mine, tree.region1, 10)
    with pytest.raises(NotAllowed):
        spend(line, his, tree.region1, 10, document="CT09")
    with pytest.raises(NotAllowed):
        allot(line, mine, tree.region1, 10, paper="16/TB")

    assert list(budgets_visible_to(mine)) == [approved]
    assert list(budgets_visible_to(his)) == []  # was given nothing
    assert list(budgets_visible_to(make.focal_point(tree.other))) == []
    table = budget_table(approved, sight_of(approved, mine))
    assert [(place, money.given, money.spent) for place, money in table.units] == [
        (tree.region1, 30 * MILLION, 10 * MILLION)
    ]


def test_a_draft_is_seen_by_its_keeper_only(tree, plan, line, focal):
    approve(plan, focal)
    allot(line, focal, tree.region1, 30)
    verbs.reopen_budget(plan, actor=focal, now=NOW, reason="Cắt")
    assert list(budgets_visible_to(make.actor(tree.region1, Role.HEAD_OF_REGION))) == []


def test_a_line_with_money_is_not_dropped(tree, approved, line, focal):
    allot(line, focal, tree.region1, 30)
    verbs.reopen_budget(approved, actor=focal, now=NOW, reason="Cắt")
    with pytest.raises(Conflict):
        verbs.drop_budget_line(line, actor=focal, now=NOW)


@pytest.mark.parametrize(
    ("fields", "at"),
    [({"what": " "}, "what"), ({"spent_on": TODAY + DAY}, "spent_on"), ({"amount": 0}, "amount")],
)
def test_spending_that_cannot_be_is_refused(tree, approved, line, focal, fields, at):
    with pytest.raises(InvalidInput) as refused:
        spend(line, focal, tree.region1, 1, **fields)
    assert refused.value.field == at


def test_only_the_owner_of_the_scheme_makes_its_estimate(tree, scheme):
    for who in (make.focal_point(tree.other), make.focal_point(tree.centre)):
        with pytest.raises(NotAllowed):
            verbs.make_budget(scheme, actor=who, now=NOW, year=2026)


def test_the_table_takes_as_many_queries_for_many_units(
    tree, approved, line, focal, django_assert_num_queries
):
    for number, place in enumerate((tree.region1, tree.region2, tree.province)):
        allot(line, focal, place, 10)
        spend(line, focal, place, 5, document=f"CT{number}")
    with django_assert_num_queries(4):
        assert len(budget_table(approved, None).units) == 3
