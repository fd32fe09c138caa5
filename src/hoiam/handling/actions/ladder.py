"""The ladder above an outlet: each rung begun with its paper, then its sending and its answer (workflow.md §8)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.moving import locked_open, move, of_case, past
from hoiam.handling.actions.papers import draft_paper
from hoiam.handling.models import Case, Evidence, Paper, Rung
from hoiam.handling.queries.ladder import PAPER_KINDS, addressee_of, lacking_of
from hoiam.handling.states import CaseState, RungLevel


@transaction.atomic
def begin_rung(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    level: str,
    addressee: str = "",
    reason: str = "",
) -> Rung:
    """The rung begun with its paper drafted; a watched case is then "escalated".

    The court's rung begins with a letter to who writes the petition, for that is no administrative paper.

    Raises:
        InvalidInput: no such rung, nobody to address, or something the rung needs is missing and it is not said why it
            is taken all the same.
        WrongState: the rung was begun before.
    """
    case = locked_open(case, "begin_rung", actor)
    if level not in RungLevel.values or level == RungLevel.OUTLET:
        raise InvalidInput(
            "Chọn bậc: cơ quan chủ quản, cơ quan quản lý báo chí hoặc tòa án.", "level"
        )
    if case.rungs.filter(level=level).exists():
        raise WrongState("Bậc này đã bắt đầu. Tải lại trang để xem ai vừa xử lý.")
    addressee = addressee.strip() or addressee_of(case, level)
    if not addressee:
        raise InvalidInput("Ghi nơi nhận; danh bạ báo chí chưa có cơ quan này.", "addressee")
    lacking = lacking_of(case, level)
    if lacking and not reason.strip():
        told = "; ".join(lacking)
        raise InvalidInput(f"Bậc này còn thiếu: {told}. Bổ sung, hoặc ghi lý do vẫn làm.", "reason")
    rung = Rung.objects.create(
        case=case,
        level=level,
        addressee=addressee[:250],
        reason=reason.strip(),
        paper=_paper(case, level, addressee, actor, now),
        begun_at=now,
        begun_by=actor.official,
    )
    ledger.write(
        case, actor=actor, step="begin_rung", at=now, reason=reason.strip(),
        level=level, addressee=addressee,
    )  # fmt: skip
    if case.state == CaseState.WATCHING:
        move(case, "escalate", actor=actor, now=now, reason=f"{addressee}: {reason.strip() or RungLevel(level).label}")  # fmt: skip
    return rung


def _paper(case: Case, level: str, addressee: str, actor: Actor, now: datetime) -> Paper:
    """The draft of the rung's request. Who writes the petition is not known: the drafter names them."""
    asked: dict[str, Any] = {"addressees": [addressee]}
    if level == RungLevel.COURT:
        asked = {"addressees": [], "court": addressee}
    return draft_paper(case, code=PAPER_KINDS[level], actor=actor, now=now, fields=asked)


@transaction.atomic
def record_rung(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    level: str,
    sent_at: datetime | None = None,
    sent_how: str = "",
    answered_at: datetime | None = None,
    answer: str = "",
    evidence: Evidence | None = None,
) -> Rung:
    """The rung with when it was sent, and when and what was answered; what is left blank stays as it was.

    Raises:
        InvalidInput: nothing was typed, a moment that lies ahead, an answer before the sending or without words.
        WrongState: the rung was not begun.
    """
    case = locked_open(case, "record_rung", actor)
    of_case(evidence, case, "evidence")
    rung = case.rungs.select_for_update().filter(level=level).first()
    if rung is None:
        raise WrongState("Bậc này chưa bắt đầu.")
    if sent_at is None and answered_at is None:
        raise InvalidInput("Ghi ngày gửi hoặc ngày trả lời.", "sent_at")
    if sent_at is not None:
        rung.sent_at = past(sent_at, now, "sent_at", "Ngày gửi")
        rung.sent_how = sent_how.strip()[:200] or rung.sent_how
    if answered_at is not None:
        _note_answer(rung, past(answered_at, now, "answered_at", "Ngày trả lời"), answer)
    rung.evidence = evidence or rung.evidence
    rung.save()
    told = {k: v.isoformat() for k, v in (("sent", sent_at), ("answered", answered_at)) if v}
    ledger.write(
        case, actor=actor, step="record_rung", at=now, reason=answer.strip(), level=level, **told
    )
    return rung


def _note_answer(rung: Rung, at: datetime, answer: str) -> None:
    if rung.sent_at is None or at < rung.sent_at:
        raise InvalidInput("Ngày trả lời không thể trước ngày gửi.", "answered_at")
    if not answer.strip():
        raise InvalidInput("Ghi nội dung trả lời.", "answer")
    rung.answered_at, rung.answer = at, answer.strip()
