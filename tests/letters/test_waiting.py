"""What waits for one person: each state is somebody's next step, first due first, and nobody's name is among it."""

from datetime import timedelta

import pytest

from hoiam.letters import actions as do
from hoiam.letters.actions import Drafted, Named
from hoiam.letters.models import PublishedAnswer
from hoiam.letters.queries import letters_to_do, questions_to_do, waiting_for
from tests import factories as make
from tests.factories import NOW
from tests.letters.conftest import LATER
from tests.letters.test_names_are_hidden import names_nobody

WHO = ("head", "deputy", "focal", "clerk", "examiner")


def waits_for(desk):
    """Of each person of the desk, the states of what waits for them."""
    told = {who: waiting_for(getattr(desk, who), now=LATER, most=9) for who in WHO}
    return {who: {row.stands for row in rows} for who, rows in told.items() if rows}


@pytest.mark.parametrize(
    ("bring", "stands", "whose"),
    [
        (lambda d: d.received(), "received", {"head", "deputy", "focal"}),
        (lambda d: d.classified("petition"), "fit", {"head", "deputy"}),
        (
            lambda d: d.classified("petition", condition="unmet"),
            "classified",
            {"head", "deputy", "focal"},
        ),
        (lambda d: d.classified("question"), "classified", {"head", "deputy", "focal"}),
        (lambda d: d.accepted("petition"), "accepted", {"head", "deputy", "focal"}),
        (lambda d: d.assigned("petition"), "assigned", {"examiner"}),
        (lambda d: d.drafted("petition"), "drafted", {"head", "deputy"}),
        (
            lambda d: d.approved("petition"),
            "approved",
            {"head", "deputy", "focal", "clerk", "examiner"},
        ),
        (
            lambda d: d.answered("petition"),
            "answered",
            {"head", "deputy", "focal", "clerk", "examiner"},
        ),
    ],
)
def test_every_state_of_a_letter_is_somebodys_next_step(desk, bring, stands, whose):
    bring(desk)
    assert waits_for(desk) == {who: {stands} for who in whose}


def test_who_drafted_does_not_wait_for_themselves(desk):
    letter = desk.accepted("petition")
    letter = do.assign(letter, official=desk.head.official, actor=desk.focal, now=LATER)
    do.draft_answer(letter, text="Đã trả.", actor=desk.head, now=LATER)
    assert waits_for(desk) == {"deputy": {"drafted"}}


def asked(desk, at=NOW):
    return do.receive_question(
        desk.agency, "Ai nộp phí?", Named("Lê Mẫu"), channel="post", actor=desk.clerk, now=at
    )


def test_a_question_goes_from_hand_to_hand(desk):
    question = asked(desk)
    assert waits_for(desk) == {who: {"asked"} for who in ("head", "deputy", "focal", "examiner")}
    draft = Drafted("Ai nộp phí?", "Người được thi hành án.", "fees", ["NĐ 152/2026/NĐ-CP"], NOW.date())  # fmt: skip
    question = do.draft_legal_answer(question, draft, actor=desk.examiner, now=LATER)
    assert waits_for(desk) == {"head": {"drafted"}, "deputy": {"drafted"}}
    question = do.check_legal_answer(question, note="", actor=desk.deputy, now=LATER)
    assert waits_for(desk) == {"head": {"checked"}, "deputy": {"checked"}}
    do.publish_legal_answer(question, actor=desk.head, now=LATER)
    assert waits_for(desk) == {}
    PublishedAnswer.objects.system("test").update(is_under_review=True, review_reason="Luật đổi.")
    [row] = waiting_for(desk.examiner, now=LATER, most=9)
    assert (row.stands, row.light.words, row.due_at, row.rule) == (
        "published", "cần rà soát", None, "",
    )  # fmt: skip


def test_the_first_due_stands_first_with_its_first_clock_and_no_more_than_asked(
    desk, django_assert_num_queries
):
    desk.classified("complaint", about="administrative", channel="press", condition="unmet")
    answered = desk.answered("petition")
    question = asked(desk, at=NOW - timedelta(days=20))
    desk.received()
    with django_assert_num_queries(1):
        rows = waiting_for(desk.head, now=LATER, most=9)
    assert [(row.kind, row.stands, row.rule) for row in rows] == [
        ("question", "asked", "MD-131"),
        ("letter", "received", "MD-130"),
        ("letter", "classified", "DT-02"),
        ("letter", "answered", ""),
    ]
    assert rows[0].number == question.number and rows[3].number == answered.number
    assert rows[0].light.time == "late" and "quá" in rows[0].light.words
    assert rows[1].badge and not rows[2].badge
    assert [row.stands for row in waiting_for(desk.head, now=LATER, most=2)] == [
        "asked",
        "received",
    ]
    assert names_nobody(str(rows)) == []


def test_the_rail_counts_what_the_list_shows_and_strangers_see_nothing(desk):
    desk.received()
    asked(desk)
    assert letters_to_do(desk.focal).count() == questions_to_do(desk.focal).count() == 1
    for stranger in (make.head(desk.tree.other), make.actor(desk.agency, "contributor")):
        assert waiting_for(stranger, now=LATER, most=9) == []
        assert letters_to_do(stranger).count() == questions_to_do(stranger).count() == 0
