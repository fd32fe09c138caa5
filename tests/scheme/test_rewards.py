"""Rewards: counted from the records, reviewed and decided by others than who proposed; Word files; other units."""

import io
from datetime import timedelta

import pytest
from docx import Document

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.monitoring.models import Finding
from hoiam.monitoring.queries.periods import month_of
from hoiam.scheme.actions import contributions
from hoiam.scheme.actions import rewards as verbs
from hoiam.scheme.actions.reward_papers import decision_word, list_word, proposal_word
from hoiam.scheme.actions.training_plans import make_training_plan
from hoiam.scheme.models import RewardList, TrainingPlan
from hoiam.scheme.queries.approvals import DECIDE, PLAN, REVIEW, approvals_for
from hoiam.scheme.queries.proofs import proofs
from hoiam.scheme.queries.rewards import rewards_visible_to
from hoiam.scheme.states.rewards import REWARD_TRANSITIONS, RewardState
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def start(place, actor, **fields):
    first = {
        "title": "thành tích truyền thông năm 2026", "first": TODAY - 30 * DAY, "last": TODAY,
        "least": 2, "form": "Giấy khen", "criteria": "Không bị phê bình.",
    }  # fmt: skip
    return verbs.start_rewards(place, actor=actor, now=NOW, **{**first, **fields})


@pytest.fixture
def world(tree, focal):
    """A writer with two pieces, one with one; a region with two; a paper with two stories, one unfavourable."""
    writers = [
        contributions.add_contributor(tree.province, actor=focal, now=NOW, full_name=name, joined_on=TODAY)
        for name in ("Lý Văn Bút", "Trần Ít Bài")
    ]  # fmt: skip
    chief = make.actor(tree.region1, Role.HEAD_OF_REGION)
    for number, (place, actor, writer) in enumerate(
        ((tree.province, focal, writers[0]), (tree.province, focal, writers[0]),
         (tree.province, focal, writers[1]), (tree.region1, chief, None), (tree.region1, chief, None))
    ):  # fmt: skip
        contributions.enter_contribution(
            place, actor=actor, now=NOW, title=f"Bài {number}", happened_on=TODAY, contributor=writer,
            printed_in="Báo Sông Thanh", url=f"https://songthanh.example/{number}",
        )  # fmt: skip
    channel = make.channel()
    for title, stance in (("Một", "positive"), ("Hai", "neutral"), ("Ba", "negative")):
        item = make.item(title, channel=channel, is_relevant=True)
        Finding.objects.create(item=item, stance=stance, at=NOW)
        make.warning(tree.province, make.story(item, title=title))
    return tree


@pytest.fixture
def chief_of_office(tree):
    return make.actor(tree.province, Role.CHIEF_OF_OFFICE)


@pytest.fixture
def rewards(world, focal):
    return start(world.province, focal)


def test_the_list_is_counted_from_the_records_and_says_by_what(rewards, tree):
    rows = [(row.subject, row.name, row.pieces, row.found) for row in rewards.entries.all()]
    assert rows == [
        ("person", "Lý Văn Bút", 2, 0),
        ("press", "Báo Sông Thanh", 2, 2),
        ("unit", tree.region1.name, 2, 0),
    ]
    assert rewards.criteria.splitlines() == [
        "Có từ 2 tin, bài trở lên đã đăng, có minh chứng.",
        "Không bị phê bình.",
    ]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"title": ""}, "title"),
        ({"last": TODAY - 31 * DAY}, "last"),
        ({"first": TODAY + DAY, "last": TODAY + DAY}, "first"),
        ({"least": 0}, "least"),
        ({"form": " "}, "form"),
    ],
)
def test_a_list_that_cannot_be_is_refused_at_its_field(tree, focal, fields, at):
    with pytest.raises(InvalidInput) as refused:
        start(tree.province, focal, **fields)
    assert refused.value.field == at


def test_who_proposed_neither_reviews_nor_decides(rewards, head, deputy):
    verbs.propose_rewards(rewards, actor=head, now=NOW)
    rewards.refresh_from_db()
    with pytest.raises(NotAllowed):
        verbs.review_rewards(rewards, actor=head, now=NOW)
    verbs.review_rewards(rewards, actor=deputy, now=NOW, note="Đủ")
    rewards.refresh_from_db()
    with pytest.raises(NotAllowed):
        verbs.decide_rewards(rewards, actor=head, now=NOW, decision="41/QĐ", decided_on=TODAY)
    done = verbs.decide_rewards(rewards, actor=deputy, now=NOW, decision="41/QĐ", decided_on=TODAY)
    assert (done.state, done.settled_by) == ("decided", deputy.official)


def test_a_list_that_came_back_may_be_mended_by_who_had_reviewed_it(rewards, focal, deputy):
    verbs.propose_rewards(rewards, actor=focal, now=NOW)
    verbs.review_rewards(rewards, actor=deputy, now=NOW)
    verbs.return_rewards(rewards, actor=deputy, now=NOW, reason="Thêm thành tích")
    entry = rewards.entries.first()
    verbs.word_merit(entry, actor=deputy, now=NOW, merit="Viết đều", was="")
    with pytest.raises(Conflict, match="bạn đã gõ: “Viết hay”"):
        verbs.word_merit(entry, actor=deputy, now=NOW, merit="Viết hay", was="")
    verbs.propose_rewards(rewards, actor=deputy, now=NOW)
    rewards.refresh_from_db()
    with pytest.raises(NotAllowed):  # he proposed it now
        verbs.review_rewards(rewards, actor=deputy, now=NOW)


def test_an_entry_is_struck_with_a_reason_and_may_come_back(rewards, focal):
    entry = rewards.entries.first()
    with pytest.raises(InvalidInput):
        verbs.strike_entry(entry, actor=focal, now=NOW, reason=" ")
    verbs.strike_entry(entry, actor=focal, now=NOW, reason="Đang bị xem xét kỷ luật")
    assert rewards.entries.filter(struck_why="").count() == 2
    verbs.strike_entry(entry, actor=focal, now=NOW, reason="")
    assert rewards.entries.filter(struck_why="").count() == 3


def test_a_list_of_nobody_is_not_proposed(tree, focal):
    empty = start(tree.province, focal)
    with pytest.raises(InvalidInput, match="không còn ai"):
        verbs.propose_rewards(empty, actor=focal, now=NOW)
    with pytest.raises(InvalidInput):
        proposal_word(empty, now=NOW)


STEPS = {
    "edit_rewards": lambda r, w: verbs.word_merit(r.entries.first(), actor=w, now=NOW, merit="x", was="").rewards,
    "propose_rewards": lambda r, w: verbs.propose_rewards(r, actor=w, now=NOW),
    "review_rewards": lambda r, w: verbs.review_rewards(r, actor=w, now=NOW),
    "return_rewards": lambda r, w: verbs.return_rewards(r, actor=w, now=NOW, reason="x"),
    "decide_rewards": lambda r, w: verbs.decide_rewards(r, actor=w, now=NOW, decision="1", decided_on=TODAY),
    "refuse_rewards": lambda r, w: verbs.refuse_rewards(r, actor=w, now=NOW, reason="x"),
}  # fmt: skip


@pytest.mark.parametrize("state", RewardState)
@pytest.mark.parametrize("step", REWARD_TRANSITIONS)
def test_verbs_follow_the_table(rewards, focal, deputy, state, step):
    RewardList.objects.system("test").filter(pk=rewards.pk).update(
        state=state, decision="1", decided_on=TODAY
    )
    rewards.refresh_from_db()
    who = focal if step in {"edit_rewards", "propose_rewards"} else deputy
    before = ledger.of(rewards).count()
    if state in REWARD_TRANSITIONS[step].sources:
        STEPS[step](rewards, who)
        rewards.refresh_from_db()
        assert rewards.state == REWARD_TRANSITIONS[step].target
        assert ledger.of(rewards).count() == before + 1
    else:
        with pytest.raises(WrongState):
            STEPS[step](rewards, who)


@pytest.mark.parametrize("day", [TODAY - DAY, TODAY + DAY])
def test_a_decision_comes_after_the_proposal_and_not_in_the_future(rewards, focal, deputy, day):
    verbs.propose_rewards(rewards, actor=focal, now=NOW)
    verbs.review_rewards(rewards, actor=deputy, now=NOW)
    with pytest.raises(InvalidInput) as refused:
        verbs.decide_rewards(rewards, actor=deputy, now=NOW, decision="1", decided_on=day)
    assert refused.value.field == "decided_on"


def test_a_decision_is_proof_and_another_unit_sees_nothing(tree, rewards, focal, deputy):
    verbs.propose_rewards(rewards, actor=focal, now=NOW)
    verbs.review_rewards(rewards, actor=deputy, now=NOW)
    assert proofs({tree.province.pk}, month_of(TODAY), kinds=["reward"]) == []
    verbs.decide_rewards(rewards, actor=deputy, now=NOW, decision="41/QĐ", decided_on=TODAY)
    assert len(proofs({tree.province.pk}, month_of(TODAY), kinds=["reward"])) == 1
    stranger = make.focal_point(tree.other)
    assert list(rewards_visible_to(stranger)) == []
    with pytest.raises(NotAllowed):
        verbs.propose_rewards(rewards, actor=stranger, now=NOW)


def text_of(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_the_proposal_and_its_list_come_out_in_word(rewards, focal, deputy):
    verbs.strike_entry(rewards.entries.get(subject="unit"), actor=focal, now=NOW, reason="Rút")
    proposal = text_of(proposal_word(rewards, now=NOW))
    assert "TỜ TRÌNH" in proposal and "Lý Văn Bút" in proposal and "Không bị phê bình." in proposal
    assert "khu vực 1" not in proposal
    assert "đề nghị khen thưởng" in text_of(list_word(rewards, now=NOW))
    verbs.propose_rewards(rewards, actor=focal, now=NOW)
    verbs.review_rewards(rewards, actor=deputy, now=NOW)
    done = verbs.decide_rewards(rewards, actor=deputy, now=NOW, decision="41/QĐ", decided_on=TODAY)
    assert "Quyết định số 41/QĐ ngày 05/08/2026" in text_of(list_word(done, now=NOW))


def test_what_waits_for_a_yes_is_told_to_who_may_give_it(
    rewards, tree, focal, chief_of_office, head, django_assert_num_queries
):
    assert approvals_for(head, 9) == []
    verbs.propose_rewards(rewards, actor=focal, now=NOW)
    [seen] = approvals_for(chief_of_office, 9)
    assert (seen.step, seen.pk, seen.title) == (REVIEW, rewards.pk, rewards.title)
    verbs.review_rewards(rewards, actor=chief_of_office, now=NOW)
    assert approvals_for(chief_of_office, 9) == []
    plan = make_training_plan(tree.province, actor=focal, now=NOW, year=2027)
    TrainingPlan.objects.system("sent on").filter(pk=plan.pk).update(state="submitted")
    with django_assert_num_queries(1):
        found = approvals_for(head, 9)
    assert [each.step for each in found] == [DECIDE, PLAN]
    with django_assert_num_queries(0):
        assert approvals_for(focal, 9) == []
    assert approvals_for(make.head(tree.other), 9) == []


def test_the_decision_is_a_draft_until_it_is_recorded(rewards, focal, chief_of_office, head):
    def lines():
        document = Document(io.BytesIO(decision_word(rewards, now=NOW)))
        return [p.text for p in document.paragraphs], document

    verbs.propose_rewards(rewards, actor=focal, now=NOW)
    verbs.review_rewards(rewards, actor=chief_of_office, now=NOW)
    rewards.refresh_from_db()
    told, document = lines()
    at = [told.index(text) for text in ("QUYẾT ĐỊNH", "QUYẾT ĐỊNH:")]
    assert at == sorted(at)
    assert "41/QĐ" not in "".join(cell.text for cell in document.tables[0]._cells)
    assert [text for text in told if text.startswith("Điều 1")] == [
        "Điều 1. Tặng Giấy khen cho 03 tập thể, cá nhân sau đây về thành tích truyền thông năm 2026:"
    ]
    [table] = [table for table in document.tables if table.rows[0].cells[0].text == "TT"]
    assert [cell.text for cell in table.rows[0].cells][:2] == ["TT", "Tập thể, cá nhân"]
    verbs.decide_rewards(rewards, actor=head, now=NOW, decision="41/QĐ-THADSTG", decided_on=TODAY)
    rewards.refresh_from_db()
    assert "41/QĐ" in "".join(cell.text for cell in lines()[1].tables[0]._cells)
