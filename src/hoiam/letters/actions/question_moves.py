"""What every step of a legal question shares: lock, authority, state, write, diary."""

from datetime import datetime
from typing import Any

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import WrongState
from hoiam.letters.actions.hiding import without_names
from hoiam.letters.models import LegalQuestion
from hoiam.letters.states import QUESTION_TRANSITIONS

OWN_DRAFT = "Người soạn không tự kiểm tra, không tự đăng giải đáp của mình. Hãy chuyển người khác."


def begin_question(question: LegalQuestion, step: str, actor: Actor) -> LegalQuestion:
    """The question under lock, when the actor may take the step on it now.

    Raises:
        NotAllowed: the actor may not.
        WrongState: it is not in a state the step starts from.
    """
    rows = LegalQuestion.objects.system("reload under lock").select_for_update(of=("self",))
    question = rows.select_related("agency", "published").get(pk=question.pk)
    authority.check(actor, step, question)
    transition = QUESTION_TRANSITIONS[step]
    if question.state not in transition.sources:
        state = str(question.get_state_display()).lower()
        raise WrongState(
            f"Câu hỏi {question.number} {state} nên không làm được bước “{transition.label}”. "
            "Tải lại trang để xem ai vừa xử lý."
        )
    return question


def finish_question(
    row: LegalQuestion, step: str, actor: Actor, now: datetime, reason: str = "",
    told: dict[str, Any] | None = None, **fields: Any,
) -> LegalQuestion:  # fmt: skip
    """The question after the step: its new state and columns, a line in the diary without any name."""
    before = row.state
    row.state = QUESTION_TRANSITIONS[step].target or row.state
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *fields])
    reason = without_names(row, reason.strip())
    words = {
        name: without_names(row, value) if isinstance(value, str) else value
        for name, value in (told or {}).items()
    }
    ledger.write(row, actor=actor, step=step, at=now, reason=reason, before=before, **words)
    return row
