"""Training: planned, held with who came, plans under four eyes, needs, who was never trained; wrong input, other units."""

import io
from datetime import timedelta

import pytest
from docx import Document

from hoiam.agencies.actions import SentFile
from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.monitoring.queries.periods import month_of
from hoiam.scheme.actions import trainees as people
from hoiam.scheme.actions import training as verbs
from hoiam.scheme.actions import training_needs as needs
from hoiam.scheme.actions import training_plans as plans
from hoiam.scheme.actions.trainees import Mark
from hoiam.scheme.actions.training_papers import list_word, plan_word
from hoiam.scheme.models import Training, TrainingPlan
from hoiam.scheme.queries.proofs import proofs
from hoiam.scheme.queries.training import (
    needs_visible_to,
    never_trained,
    never_trained_counts,
    trainees_seen,
    training_by_unit,
    trainings_visible_to,
)
from hoiam.scheme.states.training import (
    TRAINING_PLAN_TRANSITIONS,
    TRAINING_TRANSITIONS,
    TrainingPlanState,
    TrainingState,
)
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "test"


def plan(where, actor, **fields):
    first = {
        "title": "Kỹ năng trả lời báo chí", "starts_on": TODAY, "place": "Hội trường",
        "trainer": "Trần Thị Mẫu", "for_roles": ["spokesperson"],
    }  # fmt: skip
    return verbs.plan_training(where, actor=actor, now=NOW, **{**first, **fields})


@pytest.fixture
def session(tree, focal):
    return plan(tree.province, focal)


def listed(session, actor, official, role="spokesperson"):
    return people.add_trainee(session, actor=actor, now=NOW, role=role, official=official)


def present(session, actor, *rows, **fields):
    marks = [Mark(row.pk, True, **fields) for row in rows]
    return people.mark_trainees(session, actor=actor, now=NOW, marks=marks)


def held(session, actor, *officials, **fields):
    rows = [listed(session, actor, each) for each in officials]
    present(session, actor, *rows, **fields)
    return verbs.hold_training(session, actor=actor, now=NOW, outcome="Tốt")


@pytest.mark.parametrize(
    ("fields", "at"), [({"title": " "}, "title"), ({"ends_on": TODAY - DAY}, "ends_on")]
)
def test_a_session_that_cannot_be_is_refused_at_its_field(tree, focal, fields, at):
    with pytest.raises(InvalidInput) as refused:
        plan(tree.province, focal, **fields)
    assert refused.value.field == at


def test_the_list_takes_officials_with_their_post_and_others_by_name(tree, session, focal):
    spoke = make.official("phat-ngon", tree.region1, Role.SPOKESPERSON)
    row = listed(session, focal, spoke)
    assert (row.agency, row.title) == (tree.region1, "")
    people.add_trainee(
        session, actor=focal, now=NOW, role="contributor", full_name="Lý Văn Bút",
        agency=tree.region2,
    )  # fmt: skip
    with pytest.raises(Conflict):
        listed(session, focal, spoke)
    with pytest.raises(Conflict):
        people.add_trainee(
            session, actor=focal, now=NOW, role="other", full_name="Lý  Văn Bút",
            agency=tree.region2,
        )  # fmt: skip
    with pytest.raises(InvalidInput):
        people.add_trainee(session, actor=focal, now=NOW, role="other", agency=tree.region2)
    with pytest.raises(NotAllowed):
        people.add_trainee(
            session, actor=focal, now=NOW, role="other", full_name="Người lạ", agency=tree.other
        )
    assert session.trainees.count() == 2


def test_somebody_of_another_province_is_not_put_on_the_list_by_name_alone(tree, session, focal):
    stranger = make.head(tree.other).official
    with pytest.raises(NotAllowed):
        people.add_trainee(session, actor=focal, now=NOW, role="leader", official=stranger)
    assert not session.trainees.exists()


def test_a_session_is_held_only_with_somebody_present_a_place_and_a_trainer(tree, focal, session):
    with pytest.raises(InvalidInput, match="có mặt"):
        verbs.hold_training(session, actor=focal, now=NOW)
    bare = plan(tree.province, focal, place="")
    present(bare, focal, listed(bare, focal, focal.official))
    with pytest.raises(InvalidInput, match="địa điểm"):
        verbs.hold_training(bare, actor=focal, now=NOW)
    ahead = plan(tree.province, focal, starts_on=TODAY + DAY)
    present(ahead, focal, listed(ahead, focal, focal.official))
    with pytest.raises(InvalidInput, match="chưa bắt đầu"):
        verbs.hold_training(ahead, actor=focal, now=NOW)
    done = held(session, focal, focal.official)
    assert (done.state, done.held_at) == ("held", NOW)


def test_marks_are_all_taken_or_none(session, focal, head):
    mine, his = listed(session, focal, focal.official), listed(session, focal, head.official)
    absent = [Mark(mine.pk, True, "passed", "07/CN"), Mark(his.pk, False, "passed")]
    with pytest.raises(InvalidInput, match="vắng mặt mà có kết quả"):
        people.mark_trainees(session, actor=focal, now=NOW, marks=absent)
    mine.refresh_from_db()
    assert mine.is_present is None
    gone = [Mark(mine.pk, True), Mark(999_999, True)]
    with pytest.raises(InvalidInput, match="Tải lại"):
        people.mark_trainees(session, actor=focal, now=NOW, marks=gone)


def test_two_people_at_once_lose_no_mark_and_the_second_is_told_of_the_same_line(
    session, focal, head
):
    mine, his = listed(session, focal, focal.official), listed(session, focal, head.official)
    opened = {row.pk: people.line_of(row) for row in (mine, his)}
    first = [Mark(mine.pk, True, "passed", was=opened[mine.pk])]
    people.mark_trainees(session, actor=focal, now=NOW, marks=first)
    # The second page was opened before: its untouched line does not undo the first.
    untouched = Mark(mine.pk, False, was="0||")
    people.mark_trainees(
        session, actor=head, now=NOW, marks=[untouched, Mark(his.pk, True, was=opened[his.pk])]
    )
    mine.refresh_from_db()
    assert (mine.is_present, mine.result) == (True, "passed")
    with pytest.raises(Conflict, match=mine.full_name):
        people.mark_trainees(
            session, actor=head, now=NOW, marks=[Mark(mine.pk, False, was=opened[mine.pk])]
        )


STEPS = {
    "edit_training": lambda t, w: verbs.edit_training(t, actor=w, now=NOW, title="Tên mới", starts_on=TODAY),
    "hold_training": lambda t, w: verbs.hold_training(t, actor=w, now=NOW),
    "cancel_training": lambda t, w: verbs.cancel_training(t, actor=w, now=NOW, reason="Bão"),
}  # fmt: skip


@pytest.mark.parametrize("state", TrainingState)
@pytest.mark.parametrize("step", TRAINING_TRANSITIONS)
def test_verbs_of_a_session_follow_the_table(session, focal, state, step):
    present(session, focal, listed(session, focal, focal.official))
    Training.objects.system(WHY).filter(pk=session.pk).update(state=state, cancel_reason="x")
    session.refresh_from_db()
    before = ledger.of(session).count()
    if state in TRAINING_TRANSITIONS[step].sources:
        assert STEPS[step](session, focal).state == TRAINING_TRANSITIONS[step].target
        assert ledger.of(session).count() == before + 1
    else:
        with pytest.raises(WrongState):
            STEPS[step](session, focal)


def test_the_list_of_a_session_that_was_held_keeps_its_people(session, focal):
    held(session, focal, focal.official)
    with pytest.raises(WrongState):
        people.drop_trainee(session.trainees.get(), actor=focal, now=NOW)


@pytest.fixture
def yearly(tree, focal, session):
    return plans.make_training_plan(tree.province, actor=focal, now=NOW, year=TODAY.year)


def test_a_plan_takes_in_the_sessions_of_its_year_and_comes_once(tree, focal, session, yearly):
    session.refresh_from_db()
    assert session.plan == yearly
    assert plan(tree.province, focal, title="Viết tin").plan == yearly
    assert plan(tree.province, focal, starts_on=TODAY + 366 * DAY).plan is None
    with pytest.raises(Conflict):
        plans.make_training_plan(tree.province, actor=focal, now=NOW, year=TODAY.year)
    with pytest.raises(InvalidInput):
        plans.make_training_plan(tree.province, actor=focal, now=NOW, year=TODAY.year + 2)


def test_who_wrote_a_plan_does_not_approve_it(yearly, focal, head):
    plans.write_training_plan(yearly, actor=head, now=NOW, purpose="Viết chắc hơn")
    plans.submit_training_plan(yearly, actor=focal, now=NOW)
    yearly.refresh_from_db()
    for who in (focal, head):
        with pytest.raises(NotAllowed):
            plans.approve_training_plan(yearly, actor=who, now=NOW)


def test_a_plan_is_returned_with_its_reason_then_approved(yearly, focal, deputy):
    plans.submit_training_plan(yearly, actor=focal, now=NOW)
    yearly.refresh_from_db()
    with pytest.raises(InvalidInput):
        plans.return_training_plan(yearly, actor=deputy, now=NOW, reason=" ")
    plans.return_training_plan(yearly, actor=deputy, now=NOW, reason="Thêm lớp ảnh")
    plans.submit_training_plan(yearly, actor=focal, now=NOW)
    yearly.refresh_from_db()
    done = plans.approve_training_plan(yearly, actor=deputy, now=NOW)
    assert (done.state, done.approved_by, done.return_reason) == ("approved", deputy.official, "")


@pytest.mark.parametrize("state", TrainingPlanState)
@pytest.mark.parametrize("step", TRAINING_PLAN_TRANSITIONS)
def test_verbs_of_a_plan_follow_the_table(yearly, focal, deputy, state, step):
    TrainingPlan.objects.system(WHY).filter(pk=yearly.pk).update(state=state)
    yearly.refresh_from_db()
    who = focal if step == "submit_training_plan" else deputy
    more = {"reason": "Sửa"} if step == "return_training_plan" else {}
    act = getattr(plans, step)
    if state in TRAINING_PLAN_TRANSITIONS[step].sources:
        assert (
            act(yearly, actor=who, now=NOW, **more).state == TRAINING_PLAN_TRANSITIONS[step].target
        )
    else:
        with pytest.raises((WrongState, NotAllowed)):
            act(yearly, actor=who, now=NOW, **more)


def test_an_empty_plan_is_not_submitted(tree, focal):
    empty = plans.make_training_plan(tree.province, actor=focal, now=NOW, year=TODAY.year)
    with pytest.raises(InvalidInput, match="chưa có lớp"):
        plans.submit_training_plan(empty, actor=focal, now=NOW)
    with pytest.raises(InvalidInput):
        plan_word(empty, now=NOW)


def test_a_need_of_a_region_is_met_by_its_province_once(tree, session, focal):
    chief = make.actor(tree.region1, Role.HEAD_OF_REGION)
    need = needs.raise_training_need(
        tree.region1, actor=chief, now=NOW, topic="Chụp ảnh", role="contributor", people=3
    )
    stranger = make.focal_point(tree.other)
    with pytest.raises(NotAllowed):
        needs.meet_need(need, actor=stranger, now=NOW, training=session)
    assert list(needs_visible_to(stranger)) == []
    needs.meet_need(need, actor=focal, now=NOW, training=session)
    with pytest.raises(WrongState):
        needs.meet_need(need, actor=focal, now=NOW, training=session)
    with pytest.raises(WrongState):
        needs.withdraw_need(need, actor=chief, now=NOW)
    verbs.cancel_training(session, actor=focal, now=NOW, reason="Bão")
    need.refresh_from_db()
    assert need.met_by is None


@pytest.mark.parametrize(
    ("fields", "at"),
    [({"topic": ""}, "topic"), ({"role": "king"}, "role"), ({"people": 0}, "people")],
)
def test_a_need_of_nothing_is_refused(tree, focal, fields, at):
    first = {"topic": "Ảnh", "role": "other", "people": 1}
    with pytest.raises(InvalidInput) as refused:
        needs.raise_training_need(tree.province, actor=focal, now=NOW, **{**first, **fields})
    assert refused.value.field == at


def test_never_trained_goes_by_posts_held_today_and_presence_at_sessions_held(
    tree, focal, head, session
):
    gone = make.official("da-nghi", tree.province, Role.FOCAL_POINT)
    gone.posts.update(valid_to=TODAY - DAY)
    other = make.focal_point(tree.other)

    def names(actor, role="press_officer"):
        return [post.official for post in never_trained(actor, TODAY, role)]

    assert names(focal) == [focal.official]
    row = listed(session, focal, focal.official)
    present(session, focal, row)
    assert names(focal) == [focal.official]  # marked, but the session is not held yet
    verbs.hold_training(session, actor=focal, now=NOW)
    assert names(focal) == []
    centre = make.focal_point(tree.centre)
    assert set(names(centre)) == {centre.official, other.official}
    assert never_trained_counts(focal, TODAY)["leader"] == 1  # the head of the province


def test_counts_by_unit_are_of_sessions_held_in_the_year(tree, focal, session):
    region = make.official("vung", tree.region1, Role.CONTRIBUTOR)
    held(session, focal, focal.official, region, result="passed")
    plan(tree.province, focal)  # planned: not counted

    rows = {
        row.agency: (row.sessions, row.people, row.passed)
        for row in training_by_unit(focal, TODAY.year)
    }
    assert rows == {tree.province: (1, 1, 1), tree.region1: (0, 1, 1)}
    assert training_by_unit(make.focal_point(tree.other), TODAY.year) == []
    assert training_by_unit(focal, TODAY.year - 1) == []


def test_a_unit_sees_the_session_its_people_attend_and_only_them(tree, focal):
    centre = make.focal_point(tree.centre)
    big = plan(tree.centre, centre)
    listed(big, centre, focal.official)
    listed(big, centre, make.focal_point(tree.other).official)

    assert list(trainings_visible_to(focal)) == [big]
    assert [row.official for row in trainees_seen(big, focal)] == [focal.official]
    with pytest.raises(NotAllowed):
        verbs.cancel_training(big, actor=focal, now=NOW, reason="x")
    assert list(trainings_visible_to(make.head(make.agency("x", "X", "province")))) == []


def text_of(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_the_plan_and_the_list_come_out_in_word(tree, session, yearly, focal):
    with pytest.raises(InvalidInput):
        list_word(session, [], now=NOW)
    listed(session, focal, focal.official)
    whole = text_of(list_word(session, session.trainees.all(), now=NOW))
    assert focal.official.full_name in whole and "Trần Thị Mẫu" in whole
    whole = text_of(plan_word(yearly, now=NOW))
    assert "Kỹ năng trả lời báo chí" in whole and "Người phát ngôn" in whole


def test_documents_are_kept_with_the_session(session, focal):
    made = verbs.add_document(
        session, actor=focal, now=NOW, title="Giáo trình", file=SentFile("gt.pdf", b"%PDF-1.4 a")
    )
    assert len(made.blob) == 64
    with pytest.raises(InvalidInput) as refused:
        verbs.add_document(session, actor=focal, now=NOW, title="Giáo trình", file=None)
    assert refused.value.field == "file"


def test_a_session_held_is_proof(tree, session, focal):
    assert proofs({tree.province.pk}, month_of(TODAY), kinds=["training"]) == []
    held(session, focal, focal.official)
    found = proofs({tree.province.pk}, month_of(TODAY), kinds=["training"])
    assert [(row.pk, row.address) for row in found] == [
        (session.pk, f"/desk/training/{session.pk}/")
    ]
