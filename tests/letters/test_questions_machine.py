"""Every verb of a legal question in every state: refused with a sentence where the table has no way."""

import pytest

from hoiam.core.errors import WrongState
from hoiam.core.models import LedgerEntry
from hoiam.letters import actions as do
from hoiam.letters.actions import Drafted, Named
from hoiam.letters.models import LegalQuestion
from hoiam.letters.states import QUESTION_TRANSITIONS, QuestionState
from tests.factories import NOW, TODAY
from tests.letters.conftest import LATER

DRAFT = Drafted("Hỏi gì?", "Đáp.", "fees", ["NĐ 152/2026/NĐ-CP"], TODAY)


def verbs(desk, question):
    """Each verb as it is rightly called."""
    by = {"now": LATER}
    return {
        "draft_legal_answer": lambda: do.draft_legal_answer(question, DRAFT, actor=desk.examiner, **by),
        "check_legal_answer": lambda: do.check_legal_answer(question, note="", actor=desk.deputy, **by),
        "return_legal_answer": lambda: do.return_legal_answer(question, reason="Sửa", actor=desk.deputy, **by),
        "publish_legal_answer": lambda: do.publish_legal_answer(question, actor=desk.head, **by),
        "answer_asker": lambda: do.answer_asker(question, way="Điện thoại", actor=desk.head, **by),
        "refer_question": lambda: do.refer_question(question, to="Tòa án", actor=desk.focal, **by),
        "review_legal_answer": lambda: do.review_legal_answer(question, note="Đã xem", actor=desk.deputy, **by),
        "revise_legal_answer": lambda: do.revise_legal_answer(question, reason="Mới", actor=desk.focal, **by),
        "withdraw_legal_answer": lambda: do.withdraw_legal_answer(question, reason="Sai", actor=desk.head, **by),
    }  # fmt: skip


def brought(desk, state):
    """A question that went to this state by the verbs that lead there."""
    way = {
        "asked": (), "drafted": ("draft",), "checked": ("draft", "check"),
        "published": ("draft", "check", "publish"), "answered": ("draft", "check", "answer_asker"),
        "referred": ("refer",), "withdrawn": ("draft", "check", "publish", "withdraw"),
    }[state]  # fmt: skip
    question = do.send_question(desk.agency, "Hỏi gì?", Named("Lê Mẫu", "asker"), now=NOW)
    for name in way:
        found = verbs(desk, question)
        verb = next(key for key in found if key.startswith(name))
        question = found[verb]()
    return question


@pytest.mark.parametrize("state", list(QuestionState))
def test_every_verb_in_this_state(desk, state):
    for verb, row in QUESTION_TRANSITIONS.items():
        question = brought(desk, state)
        assert question.state == state
        if state in row.sources:
            after = verbs(desk, question)[verb]()
            assert after.state == (row.target or state)
            assert LedgerEntry.objects.filter(subject_id=question.pk, step=verb).exists()
        else:
            with pytest.raises(WrongState, match="nên không làm được bước"):
                verbs(desk, question)[verb]()
    assert LegalQuestion.objects.system("test").count() == len(QUESTION_TRANSITIONS)
