"""Difficulties and proposals: raised at once, answered by who sits above, asked again or closed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.rulebook import compute
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.actions.doing import check_running, locked, tell
from hoiam.scheme.models import Assignment, Difficulty
from hoiam.scheme.states import DIFFICULTY_TRANSITIONS, DifficultyKind, DifficultyState

ANSWER = "MD-128"


@transaction.atomic
def raise_difficulty(
    row: Assignment, *, actor: Actor, now: datetime, kind: str, text: str
) -> Difficulty:
    """The matter before the superior and the centre in the same minute.

    Raises:
        InvalidInput: nothing is said, or the kind is neither of the two.
    """
    if kind not in DifficultyKind.values:
        raise InvalidInput("Chọn khó khăn, vướng mắc hoặc đề xuất, kiến nghị.", "kind")
    if not text.strip():
        raise InvalidInput("Ghi khó khăn hoặc đề xuất.", "text")
    row = locked(row)
    authority.check(actor, "raise_difficulty", row)
    check_running(row)
    made = Difficulty.objects.create(
        assignment=row,
        kind=kind,
        text=text.strip(),
        raised_by=actor.official,
        raised_at=now,
        answer_due_on=_due(now),
    )
    tell(row, "raise_difficulty", actor=actor, now=now, words=made.text)
    ledger.write(made, actor=actor, step="raise_difficulty", at=now, kind=kind)
    outbox.post("raise_difficulty", made.pk, at=now)
    return made


def _due(now: datetime) -> date:
    due = compute(ANSWER, now, calendar=calendar_in_use()).due
    return (due or now).astimezone(VIETNAM).date()


def _move(
    matter: Difficulty, step: str, *, actor: Actor, now: datetime, reason: str, **fields: Any
) -> Difficulty:
    rows = Difficulty.objects.system("reload under lock").select_for_update(of=("self",))
    rows = rows.select_related("assignment__agency__parent", "assignment__task__scheme")
    matter = rows.get(pk=matter.pk)
    authority.check(actor, step, matter)
    transition = DIFFICULTY_TRANSITIONS[step]
    if matter.state not in transition.sources:
        raise WrongState(
            f"Việc đang ở tình trạng “{DifficultyState(matter.state).label}”, không làm “{transition.label}” được. "
            "Tải lại trang để xem ai vừa xử lý."
        )
    matter.state = transition.target
    for name, value in fields.items():
        setattr(matter, name, value)
    matter.save()
    ledger.write(matter, actor=actor, step=step, at=now, reason=reason)
    outbox.post(step, matter.pk, at=now)
    return matter


@transaction.atomic
def answer_difficulty(
    matter: Difficulty, *, actor: Actor, now: datetime, answer: str
) -> Difficulty:
    """The matter with its answer.

    Raises:
        InvalidInput: nothing is answered.
    """
    if not answer.strip():
        raise InvalidInput("Ghi câu trả lời hoặc hướng dẫn.", "answer")
    words = answer.strip()
    told = {"answer": words, "answered_by": actor.official, "answered_at": now}
    return _move(matter, "answer_difficulty", actor=actor, now=now, reason=words, **told)


@transaction.atomic
def ask_again(matter: Difficulty, *, actor: Actor, now: datetime, text: str) -> Difficulty:
    """The matter raised once more, what is still missing added to its words.

    Raises:
        InvalidInput: it is not said what is missing.
    """
    if not text.strip():
        raise InvalidInput("Ghi điều còn vướng.", "text")
    fresh = Difficulty.objects.system("its own words").get(pk=matter.pk)
    words = f"{fresh.text}\n\nNêu lại: {text.strip()}"
    told = {"text": words, "answer_due_on": _due(now), "closed_at": None}
    return _move(matter, "ask_again", actor=actor, now=now, reason=text.strip(), **told)


@transaction.atomic
def close_difficulty(
    matter: Difficulty, *, actor: Actor, now: datetime, reason: str = ""
) -> Difficulty:
    """The matter closed.

    Raises:
        InvalidInput: nobody has answered it and no reason is given.
    """
    fresh = Difficulty.objects.system("whether it was answered").get(pk=matter.pk)
    if fresh.state == DifficultyState.RAISED and not reason.strip():
        raise InvalidInput("Chưa ai trả lời. Ghi lý do khép lại.", "reason")
    told = {"closed_at": now, "closed_why": reason.strip()}
    return _move(matter, "close_difficulty", actor=actor, now=now, reason=reason.strip(), **told)
