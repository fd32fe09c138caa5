"""A unit's part in a task: verbs by the table, who may, two people at once, hand-over, merged units."""

from datetime import date, timedelta

import pytest

from hoiam.agencies.states import Level, Role
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.scheme import actions
from hoiam.scheme.models import Assignment, Progress
from hoiam.scheme.queries import assignments_visible_to
from hoiam.scheme.queries.doing import before
from hoiam.scheme.states import ASSIGNMENT_TRANSITIONS, AssignmentState
from tests import factories as make
from tests import parts
from tests.factories import NOW

DAY = timedelta(days=1)


@pytest.fixture
def scheme(tree):
    return parts.scheme(tree.centre)


@pytest.fixture
def task(scheme):
    return parts.task(scheme)


@pytest.fixture
def row(task, tree):
    return parts.part(task, tree.province)


VERBS = {
    "report_progress": lambda tree: ("unit", {"percent": 40, "words": "Đã làm một nửa"}),
    "finish_assignment": lambda tree: ("unit", {"words": "Xong, xem trên Trang"}),
    "reopen_assignment": lambda tree: ("centre", {"words": "Còn thiếu"}),
    "exempt_assignment": lambda tree: ("centre", {"reason": "Không có vụ việc"}),
    "hand_over": lambda tree: ("centre", {"to": tree.other, "reason": "Theo công văn"}),
}


def test_every_step_of_the_table_has_its_verb():
    assert set(VERBS) == set(ASSIGNMENT_TRANSITIONS)


@pytest.mark.parametrize("state", AssignmentState.values)
@pytest.mark.parametrize("verb", VERBS)
def test_verbs_follow_the_table_and_write_both_diaries(tree, task, state, verb):
    row = parts.part(task, tree.province, state)
    people = {"unit": make.head(tree.province), "centre": make.head(tree.centre)}
    who, typed = VERBS[verb](tree)
    take = getattr(actions, verb)
    step = ASSIGNMENT_TRANSITIONS[verb]
    if state in step.sources:
        take(row, actor=people[who], now=NOW, **typed)
        row.refresh_from_db()
        assert row.state == step.target
        assert [each.step for each in row.progress.all()] == [verb]
        assert [(e.step, e.actor) for e in ledger.of(row)] == [(verb, people[who].official)]
    else:
        with pytest.raises(WrongState, match="Tải lại trang"):
            take(row, actor=people[who], now=NOW, **typed)
        row.refresh_from_db()
        assert row.state == state
        assert not row.progress.exists()


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_does_nothing(tree, row, verb):
    _, typed = VERBS[verb](tree)
    with pytest.raises(NotAllowed):
        getattr(actions, verb)(row, actor=make.head(tree.other), now=NOW, **typed)
    assert not Progress.objects.system("count").exists()


@pytest.mark.parametrize("percent", [101, -1, 1000])
def test_more_than_the_whole_is_refused(row, head, percent):
    with pytest.raises(InvalidInput, match="0 đến 100"):
        actions.report_progress(row, actor=head, now=NOW, percent=percent, words="Xong cả")
    row.refresh_from_db()
    assert row.percent == 0


def test_words_are_owed_with_a_percent(row, head):
    with pytest.raises(InvalidInput, match="làm được gì"):
        actions.report_progress(row, actor=head, now=NOW, percent=10, words="  ")


def test_two_people_at_once_the_second_is_told_what_the_first_said(row, head, focal):
    actions.report_progress(row, actor=head, now=NOW, percent=60, words="Sáu phần", seen=0)
    with pytest.raises(Conflict, match="60 %"):
        actions.report_progress(row, actor=focal, now=NOW, percent=30, words="Ba phần", seen=0)
    row.refresh_from_db()
    assert row.percent == 60


def test_a_product_that_is_owed_is_asked_for_before_the_end(scheme, tree, head):
    task = parts.task(scheme, "2.9", products=["Kế hoạch"])
    row = parts.part(task, tree.province)
    with pytest.raises(InvalidInput, match="sản phẩm"):
        actions.finish_assignment(row, actor=head, now=NOW)
    actions.add_file(
        row, actor=head, now=NOW, title="", file_name="ke-hoach.pdf", data=b"%PDF-1.4 a"
    )
    assert actions.finish_assignment(row, actor=head, now=NOW).percent == 100


def test_a_unit_told_for_information_reports_nothing(task, tree, head):
    row = parts.part(task, tree.province, role="informed")
    with pytest.raises(NotAllowed, match="để biết"):
        actions.report_progress(row, actor=head, now=NOW, percent=10, words="Đã đọc")


def test_nothing_is_written_into_a_closed_scheme(row, scheme, head):
    scheme.state = "closed"
    scheme.save()
    with pytest.raises(WrongState, match="Đã kết thúc"):
        actions.report_progress(row, actor=head, now=NOW, percent=10, words="Muộn")


def test_a_unit_does_not_exempt_itself(row, head):
    with pytest.raises(NotAllowed, match="cấp trên"):
        actions.exempt_assignment(row, actor=head, now=NOW, reason="Khó")


def test_what_was_exempted_comes_back_from_above_only(task, tree, head):
    row = parts.part(task, tree.province, "exempt")
    with pytest.raises(NotAllowed):
        actions.reopen_assignment(row, actor=head, now=NOW, words="Làm lại")
    assert actions.reopen_assignment(
        row, actor=make.head(tree.centre), now=NOW, words="Làm lại"
    ).state == "doing"  # fmt: skip


def test_who_runs_a_plan_of_its_own_is_above_its_parts(tree):
    plan = parts.scheme(tree.province, kind="plan")
    row = parts.part(parts.task(plan), tree.region1)
    done = actions.exempt_assignment(
        row, actor=make.head(tree.province), now=NOW, reason="Không có"
    )
    assert done.state == "exempt"


def test_hand_over_leaves_the_history_where_it_was(tree, row, head):
    actions.report_progress(row, actor=head, now=NOW, percent=45, words="Gần nửa")
    new = actions.hand_over(
        row, actor=make.head(tree.centre), now=NOW, to=tree.other, reason="Công văn 12"
    )
    assert (new.agency, new.percent, new.state) == (tree.other, 45, "doing")
    assert before(new) == [row]
    assert [p.step for p in row.progress.all()] == ["hand_over", "report_progress"]
    deliver_due(NOW)


def test_a_province_hands_over_only_within_its_sight(tree):
    plan = parts.scheme(tree.province)
    row = parts.part(parts.task(plan), tree.region1)
    who = make.head(tree.province)
    with pytest.raises(NotAllowed, match="phạm vi"):
        actions.hand_over(row, actor=who, now=NOW, to=tree.other, reason="Nhờ")
    new = actions.hand_over(row, actor=who, now=NOW, to=tree.region2, reason="Nhờ")
    assert new.agency == tree.region2


def test_two_units_merge_into_one_that_keeps_both_pasts(tree, task):
    """Merged in mid-year: the desk that follows hands the work of both to itself; nothing is lost."""
    from hoiam.agencies.models import Succession

    old = [
        make.agency(f"CU{n}", f"Chi cục cũ {n}", Level.DISTRICT, valid_to=date(2026, 6, 30))
        for n in (1, 2)
    ]
    for each in old:
        Succession.objects.create(predecessor=each, successor=tree.region1, since=date(2026, 7, 1))
    rows = [parts.part(task, each, "doing", percent=20 + n) for n, each in enumerate(old)]
    from django.core.cache import cache

    cache.clear()
    who = make.actor(tree.region1, Role.HEAD_OF_REGION)
    taken = [
        actions.hand_over(row, actor=who, now=NOW, to=tree.region1, reason="Sáp nhập")
        for row in rows
    ]
    assert taken[0] == taken[1]
    assert taken[0].percent == 20
    seen = set(assignments_visible_to(who).values_list("agency__code", flat=True))
    assert seen == {"CU1", "CU2", tree.region1.code}
    told = [(p.step, p.other.agency.code) for p in taken[0].progress.all()]
    assert sorted(told) == [("take_over", "CU1"), ("take_over", "CU2")]


def test_work_is_not_handed_to_a_unit_that_has_ended_it(tree, task, row):
    parts.part(task, tree.other, "done")
    with pytest.raises(Conflict, match="Đã xong"):
        actions.hand_over(
            row, actor=make.head(tree.centre), now=NOW, to=tree.other, reason="Chuyển"
        )
    row.refresh_from_db()
    assert row.state == "open"


def test_reminded_once_a_day_whoever_does_it(tree, row):
    head, chief = make.head(tree.centre), make.actor(tree.centre, Role.CHIEF_OF_OFFICE)
    make.focal_point(tree.province)
    actions.remind_of_task(row, actor=head, now=NOW, text="Gấp")
    with pytest.raises(Conflict, match="một lần"):
        actions.remind_of_task(row, actor=chief, now=NOW + timedelta(hours=3))
    actions.remind_of_task(row, actor=chief, now=NOW + DAY)
    deliver_due(NOW + DAY)
    assert (
        OutgoingMail.objects.filter(
            subject__startswith="[Việc của bạn] Nhắc: nhiệm vụ 2.1.1"
        ).count()
        == 2
    )


def test_who_has_nothing_to_do_is_not_reminded(tree, task):
    row = parts.part(task, tree.province, "done")
    with pytest.raises(WrongState, match="không còn phải làm"):
        actions.remind_of_task(row, actor=make.head(tree.centre), now=NOW)


def test_a_late_part_is_asked_to_be_explained_and_one_in_time_is_not(tree, scheme, head):
    late = parts.part(
        parts.task(scheme, "3", rhythm="dated", due_on=NOW.date() - DAY, due_kind="by"),
        tree.province,
    )
    fine = parts.part(parts.task(scheme, "4"), tree.province)
    above = make.head(tree.centre)
    with pytest.raises(InvalidInput, match="không quá hạn"):
        actions.ask_about_task(fine, actor=above, now=NOW, question="Vì sao?")
    asked = actions.ask_about_task(late, actor=above, now=NOW, question="Vì sao chậm?")
    assert asked.number == "Nhiệm vụ 3"
    with pytest.raises(Conflict):
        actions.ask_about_task(late, actor=above, now=NOW, question="Vì sao chậm?")
    answered = actions.answer_explanation(asked, actor=head, now=NOW, answer="Thiếu người")
    actions.accept_explanation(answered, actor=above, now=NOW)
    deliver_due(NOW)
    assert [e.step for e in ledger.of(late)] == [
        "ask_for_explanation", "answer_explanation", "accept_explanation",
    ]  # fmt: skip


def test_a_region_sees_its_own_and_a_province_its_regions(tree, task):
    for unit in (tree.centre, tree.province, tree.other, tree.region1, tree.region2):
        parts.part(task, unit)

    def seen(place, role=Role.FOCAL_POINT):
        return set(assignments_visible_to(make.actor(place, role)).values_list("agency", flat=True))

    assert seen(tree.region1) == {tree.region1.pk}
    assert seen(tree.province) == {tree.province.pk, tree.region1.pk, tree.region2.pk}
    assert seen(tree.other) == {tree.other.pk}
    assert len(seen(tree.centre)) == Assignment.objects.system("all").count() == 5
