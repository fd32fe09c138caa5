"""Directives of other authorities: received with their own due date, ended by an answer (workflow.md §2, last line)."""

from datetime import date, datetime, timedelta

from django.db import transaction

from hoiam.core import ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.clocks import put_obligation, reopen_obligations
from hoiam.handling.actions.moving import locked_open, of_case, past
from hoiam.handling.models import Case, Directive, Obligation, Paper
from hoiam.handling.states import DueKind
from hoiam.kit.rulebook import end_of_day
from hoiam.kit.vietnamese import VIETNAM

ONE_DAY = timedelta(days=1)  # not-law: "before a day" ends with the day before it
# A request of an authority that directs or manages the press is the obligation of this type (NĐ 244/2026 Đ7.5).
OF_PRESS_AUTHORITY = "g"


def last_moment(due_on: date | None, kind: str) -> datetime | None:
    """The last second in time: of the day itself, or of the day before where the paper says "before"."""
    if due_on is None:
        return None
    return end_of_day(due_on - ONE_DAY if kind == DueKind.BEFORE else due_on)


@transaction.atomic
def receive_directive(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    issuer: str,
    content: str,
    number: str = "",
    dated: date | None = None,
    due_on: date | None = None,
    due_kind: str = DueKind.BY,
    received_at: datetime | None = None,
    is_press_authority: bool = False,
) -> Directive:
    """The directive on the case; one of a press authority opens obligation g, whose date it is.

    Args:
        due_on: the day the paper names; None where it names none.
        due_kind: `by` that day, `on` that day, or `before` it.

    Raises:
        InvalidInput: issuer or content is missing, a day cannot be, or the due day lies before the paper's own.
        WrongState: the case is closed.
    """
    case = locked_open(case, "receive_directive", actor)
    for text, field, what in (
        (issuer, "issuer", "cơ quan chỉ đạo, yêu cầu"),
        (content, "content", "nội dung chỉ đạo"),
    ):
        if not text.strip():
            raise InvalidInput(f"Ghi {what}.", field)
    if due_kind not in DueKind.values:
        raise InvalidInput("Chọn cách tính hạn: chậm nhất, đúng ngày hoặc trước ngày.", "due_kind")
    received = past(received_at or now, now, "received_at", "Thời điểm nhận văn bản")
    _check_days(dated, due_on, received)
    directive = Directive.objects.create(
        case=case,
        issuer=issuer.strip()[:250],
        number=number.strip()[:60],
        dated=dated,
        content=content.strip(),
        due_on=due_on,
        due_kind=due_kind,
        due_at=last_moment(due_on, due_kind),
        received_at=received,
        received_by=actor.official,
        obligation=_duty(case, actor, now, issuer) if is_press_authority else None,
    )
    ledger.write(
        case,
        actor=actor,
        step="receive_directive",
        at=now,
        reason=directive.content[:300],
        directive=directive.pk,
        issuer=str(directive),
        due=directive.due_at.isoformat() if directive.due_at else "",
    )
    outbox.post("directive_received", directive.pk, at=now)
    return directive


def _check_days(dated: date | None, due_on: date | None, received: datetime) -> None:
    day = received.astimezone(VIETNAM).date()
    if dated is not None and dated > day:
        raise InvalidInput("Ngày văn bản không thể sau lúc nhận.", "dated")
    if due_on is not None and dated is not None and due_on < dated:
        raise InvalidInput("Hạn không thể trước ngày văn bản. Kiểm tra lại hai ngày.", "due_on")


def _duty(case: Case, actor: Actor, now: datetime, issuer: str) -> Obligation:
    open_one = case.obligations.filter(letter=OF_PRESS_AUTHORITY).first()
    if open_one is None:
        return put_obligation(case, OF_PRESS_AUTHORITY, actor=actor, now=now, reason=issuer.strip())
    if open_one.ended_at is not None:
        reopen_obligations(case, case.obligations.filter(pk=open_one.pk))
        open_one.refresh_from_db()
    return open_one


@transaction.atomic
def answer_directive(
    directive: Directive,
    *,
    actor: Actor,
    now: datetime,
    how: str = "",
    paper: Paper | None = None,
    at: datetime | None = None,
) -> Directive:
    """The directive answered: by one of the case's papers, or as `how` tells; late ones stay marked late.

    Raises:
        InvalidInput: it is not said how, or a moment that cannot be.
        WrongState: it was answered before, or the case is closed.
    """
    case = locked_open(directive.case_id, "answer_directive", actor)
    directive = case.directives.get(pk=directive.pk)
    if directive.answered_at is not None:
        raise WrongState("Văn bản chỉ đạo này đã được trả lời. Tải lại trang để xem ai đã ghi.")
    of_case(paper, case, "paper")
    if paper is None and not how.strip():
        raise InvalidInput("Chọn văn bản trả lời, hoặc ghi đã trả lời bằng cách nào.", "how")
    answered = past(at or now, now, "at", "Thời điểm trả lời")
    if answered < directive.received_at.replace(second=0, microsecond=0):
        raise InvalidInput("Thời điểm trả lời không thể trước lúc nhận văn bản chỉ đạo.", "at")
    directive.answered_at, directive.answered_by = answered, actor.official
    directive.answer_paper, directive.answer_note = paper, how.strip()
    directive.is_late = directive.due_at is not None and answered > directive.due_at
    directive.save()
    ledger.write(
        case,
        actor=actor,
        step="answer_directive",
        at=now,
        reason=how.strip(),
        directive=directive.pk,
        issuer=str(directive),
        is_late=directive.is_late,
        **({"paper": paper.pk} if paper else {}),
    )
    return directive
