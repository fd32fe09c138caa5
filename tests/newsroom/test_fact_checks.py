"""Questions to the unit concerned, answered on the desk or by a link."""

import re
from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.kit.vietnamese import show_datetime
from hoiam.newsroom import actions, queries
from hoiam.newsroom.actions import Question
from hoiam.newsroom.jobs.fact_checks import remind_of_questions
from hoiam.newsroom.models import FactCheck
from hoiam.newsroom.states.submissions import FACT_CHECK_STEPS, FactCheckState
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
ASKED = Question("workbench:12", "Vận động ở bến sông", "Ngày 20/6 đã giao nhà.", "Có đúng ngày 20/6?")  # fmt: skip


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def editor(tree):
    return make.actor(tree.centre, Role.EDITOR)


@pytest.fixture
def unit(tree):
    return make.head(tree.province)


@pytest.fixture
def check(tree, editor, unit):
    return actions.ask_fact_check(tree.centre, tree.province, ASKED, actor=editor, now=NOW)


@pytest.mark.parametrize("verb", FACT_CHECK_STEPS)
@pytest.mark.parametrize("state", FactCheckState)
def test_each_verb_from_each_state(check, editor, unit, state, verb):
    told = {"verdict": "right", "answered_name": "Người", "answered_at": NOW}
    FactCheck.objects.system("test").filter(pk=check.pk).update(state=state, **told)
    does = {
        "answer_fact_check": lambda: actions.answer_fact_check(
            check, actor=unit, now=NOW, verdict="right"
        ),
        "withdraw_fact_check": lambda: actions.withdraw_fact_check(check, actor=editor, now=NOW),
    }
    if state not in FACT_CHECK_STEPS[verb].sources:
        with pytest.raises(WrongState):
            does[verb]()
        return
    assert does[verb]().state == FACT_CHECK_STEPS[verb].target


def test_due_after_two_working_days_unless_the_editor_says(tree, editor, check):
    assert show_datetime(check.due_at) == "07/08/2026 23:59"
    soon = Question(*(getattr(ASKED, n) for n in ("subject_key", "subject_title", "excerpt", "question")), due_at=NOW + timedelta(hours=3))  # fmt: skip
    made = actions.ask_fact_check(tree.centre, tree.province, soon, actor=editor, now=NOW)
    assert made.due_at == NOW + timedelta(hours=3)


def test_the_unit_is_told_answers_and_the_answer_stands_beside_the_text(check, unit, editor):
    deliver_due(NOW)
    assert OutgoingMail.objects.get().address == unit.official.email
    assert list(queries.fact_checks_to_answer(unit)) == [check]
    actions.answer_fact_check(check, actor=unit, now=NOW, verdict="wrong", answer="Ngày 22/6.")
    [row] = queries.fact_checks_of("workbench:12")
    assert (row.verdict, row.answer, row.answered_name) == ("wrong", "Ngày 22/6.", str(unit))
    assert not queries.fact_checks_to_answer(unit).exists()
    deliver_due(NOW)
    assert OutgoingMail.objects.latest("pk").address == editor.official.email


def test_only_the_unit_answers_and_a_third_province_sees_nothing(tree, check, editor):
    third = make.head(tree.other)
    with pytest.raises(NotAllowed):
        actions.answer_fact_check(check, actor=third, now=NOW, verdict="right")
    with pytest.raises(NotAllowed):
        actions.answer_fact_check(check, actor=editor, now=NOW, verdict="right")
    assert not queries.fact_checks_visible_to(third).exists()
    assert list(queries.fact_checks_visible_to(make.head(tree.province))) == [check]


def test_not_right_owes_words(check, unit):
    with pytest.raises(InvalidInput) as refused:
        actions.answer_fact_check(check, actor=unit, now=NOW, verdict="partly", answer=" ")
    assert refused.value.field == "answer"


def test_somebody_without_an_account_answers_once_by_the_link(tree, editor):
    asked = Question(*(getattr(ASKED, n) for n in ("subject_key", "subject_title", "excerpt", "question")), email="vanthu@don-vi.example")  # fmt: skip
    check = actions.ask_fact_check(tree.centre, tree.province, asked, actor=editor, now=NOW)
    deliver_due(NOW)
    mail = OutgoingMail.objects.get(address="vanthu@don-vi.example")
    link = queries.link_of(re.search(r"/kiem-chung/([\w-]+)/", mail.text)[1])
    assert link.fact_check == check
    with pytest.raises(InvalidInput):
        actions.answer_by_link(link, now=NOW, name=" ", verdict="right")
    answered = actions.answer_by_link(link, now=NOW, name="Trần Thị Sen, văn thư", verdict="right")
    assert answered.answered_name == "Trần Thị Sen, văn thư"
    with pytest.raises(WrongState, match="đã dùng"):
        actions.answer_by_link(link, now=NOW, name="Người khác", verdict="wrong", answer="Sai")


def test_the_morning_before_the_unit_is_reminded_once(check, unit):
    morning = NOW + timedelta(days=1, hours=22)
    assert remind_of_questions(now=NOW, slot=NOW.isoformat()) == 0
    assert remind_of_questions(now=morning, slot=morning.isoformat()) == 1
    assert remind_of_questions(now=morning, slot=morning.isoformat()) == 0
