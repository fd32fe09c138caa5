"""Requests to explain a delay of a case's clock or of a task: asked by the superior, answered by the unit, accepted or asked again."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.handling.models import Clock
from hoiam.handling.states import PartyRole
from hoiam.kit.rulebook import compute
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.models import Assignment, ExplanationRequest
from hoiam.scheme.policies import is_above
from hoiam.scheme.queries.task_lights import LATE, task_light
from hoiam.scheme.states import EXPLANATION_TRANSITIONS, ExplanationState

DUE = "MD-86"
OPEN = (ExplanationState.ASKED, ExplanationState.ANSWERED)


@transaction.atomic
def ask_for_explanation(
    clock: Clock, *, actor: Actor, now: datetime, question: str, due_on: date | None = None
) -> ExplanationRequest:
    """The request to the unit that has to act on a clock that ran late.

    Args:
        due_on: the day by which it is answered; the product default when not given.

    Raises:
        InvalidInput: nothing is asked, the clock is not late, or the day has passed.
        Conflict: a request on this clock is still open.
    """
    rows = Clock.objects.system("reload under lock").select_for_update(of=("self",))
    clock = rows.select_related("case__agency__parent").get(pk=clock.pk)
    authority.check(actor, "ask_for_explanation", clock)
    if not question.strip():
        raise InvalidInput("Ghi điều cần giải trình.", "question")
    if not is_late(clock, now):
        raise InvalidInput("Đồng hồ này không quá hạn, không yêu cầu giải trình được.")
    if clock.explanations.filter(state__in=OPEN).exists():
        raise Conflict("Đồng hồ này đang có một yêu cầu giải trình chưa xong. Hãy mở yêu cầu đó.")
    last = due_on or _usual_due(now)
    if last < now.astimezone(VIETNAM).date():
        raise InvalidInput("Hạn giải trình không thể là ngày đã qua.", "due_on")
    asked = _asked(clock, actor)
    request = ExplanationRequest.objects.create(
        agency=asked,
        asked_by_agency=_asking(actor, asked),
        clock=clock,
        question=question.strip(),
        due_on=last,
        asked_by=actor.official,
        asked_at=now,
    )
    _tell(request, "ask_for_explanation", actor=actor, now=now, reason=question.strip())
    return request


@transaction.atomic
def ask_about_task(
    assignment: Assignment,
    *,
    actor: Actor,
    now: datetime,
    question: str,
    due_on: date | None = None,
) -> ExplanationRequest:
    """The request to the unit whose part in a task ran late.

    Raises:
        InvalidInput: nothing is asked, the part is not late, or the day has passed.
        Conflict: a request on this part is still open.
    """
    rows = Assignment.objects.system("reload under lock").select_for_update(of=("self",))
    assignment = rows.select_related("agency__parent", "task__scheme").get(pk=assignment.pk)
    authority.check(actor, "ask_about_task", assignment)
    if not question.strip():
        raise InvalidInput("Ghi điều cần giải trình.", "question")
    if task_light(assignment, now).time != LATE:
        raise InvalidInput("Việc này không quá hạn, không yêu cầu giải trình được.")
    if assignment.explanations.filter(state__in=OPEN).exists():
        raise Conflict("Việc này đang có một yêu cầu giải trình chưa xong. Hãy mở yêu cầu đó.")
    last = due_on or _usual_due(now)
    if last < now.astimezone(VIETNAM).date():
        raise InvalidInput("Hạn giải trình không thể là ngày đã qua.", "due_on")
    request = ExplanationRequest.objects.create(
        agency=assignment.agency,
        asked_by_agency=_asking(actor, assignment.agency),
        assignment=assignment,
        question=question.strip(),
        due_on=last,
        asked_by=actor.official,
        asked_at=now,
    )
    _tell(request, "ask_for_explanation", actor=actor, now=now, reason=question.strip())
    return request


def is_late(clock: Clock, now: datetime) -> bool:
    """Whether the clock ran past its time, ended since or not."""
    return clock.due_at is not None and (clock.ended_at or now) > clock.due_at


def _usual_due(now: datetime) -> date:
    due = compute(DUE, now, calendar=calendar_in_use()).due
    return (due or now).astimezone(VIETNAM).date()


def _asked(clock: Clock, actor: Actor) -> Agency:
    """Who explains: the unit that leads when the actor sits right above it, else the case's own agency."""
    lead = clock.case.parties.filter(role=PartyRole.LEAD).select_related("agency").first()
    if lead is not None and is_above(actor, lead.agency):
        return lead.agency
    return clock.case.agency


def _asking(actor: Actor, asked: Agency) -> Agency:
    posts = [post.agency_id for post in actor.posts]
    own = asked.parent_id if asked.parent_id in posts else posts[0]
    return Agency.objects.get(pk=own)


def _tell(
    request: ExplanationRequest, step: str, *, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """Both diaries: the request's own, and that of the case or task it is about."""
    ledger.write(request, actor=actor, step=step, at=now, reason=reason)
    about: Model | None = request.assignment
    told = {"agency": request.agency.code}
    if request.clock is not None:
        about = request.clock.case
        told["rule"] = request.clock.rule
    if about is not None:
        ledger.write(about, actor=actor, step=step, at=now, reason=reason, **told)
    outbox.post(step, request.pk, at=now)


def _move(
    request: ExplanationRequest,
    step: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    **fields: Any,
) -> ExplanationRequest:
    rows = ExplanationRequest.objects.system("reload under lock").select_for_update(of=("self",))
    request = rows.select_related(
        "agency", "asked_by_agency", "clock__case", "assignment__task"
    ).get(pk=request.pk)
    authority.check(actor, step, request)
    transition = EXPLANATION_TRANSITIONS[step]
    if request.state not in transition.sources:
        raise WrongState(
            f"Yêu cầu đang ở tình trạng “{ExplanationState(request.state).label}”, không làm "
            f"“{transition.label}” được. Tải lại trang để xem ai vừa xử lý."
        )
    request.state = transition.target
    for name, value in fields.items():
        setattr(request, name, value)
    request.save()
    _tell(request, step, actor=actor, now=now, reason=reason)
    return request


@transaction.atomic
def answer_explanation(
    request: ExplanationRequest, *, actor: Actor, now: datetime, answer: str, measures: str = ""
) -> ExplanationRequest:
    """The explanation given: why it ran late, and what is done about it.

    Raises:
        InvalidInput: no reason is given.
    """
    if not answer.strip():
        raise InvalidInput("Ghi lý do chậm.", "answer")
    return _move(
        request,
        "answer_explanation",
        actor=actor,
        now=now,
        reason=answer.strip(),
        answer=answer.strip(),
        measures=measures.strip(),
        answered_by=actor.official,
        answered_at=now,
    )


@transaction.atomic
def accept_explanation(
    request: ExplanationRequest, *, actor: Actor, now: datetime, remark: str = ""
) -> ExplanationRequest:
    """The explanation accepted; the delay stays counted as a delay."""
    return _settle(request, "accept_explanation", remark, actor=actor, now=now)


@transaction.atomic
def return_explanation(
    request: ExplanationRequest, *, actor: Actor, now: datetime, remark: str
) -> ExplanationRequest:
    """The unit asked to explain again.

    Raises:
        InvalidInput: it is not said what is missing.
    """
    if not remark.strip():
        raise InvalidInput("Ghi điều còn chưa rõ để đơn vị giải trình lại.", "remark")
    return _settle(request, "return_explanation", remark, actor=actor, now=now)


@transaction.atomic
def withdraw_explanation(
    request: ExplanationRequest, *, actor: Actor, now: datetime, remark: str
) -> ExplanationRequest:
    """The request taken back.

    Raises:
        InvalidInput: no reason.
    """
    if not remark.strip():
        raise InvalidInput("Ghi lý do rút yêu cầu.", "remark")
    return _settle(request, "withdraw_explanation", remark, actor=actor, now=now)


def _settle(
    request: ExplanationRequest, step: str, remark: str, *, actor: Actor, now: datetime
) -> ExplanationRequest:
    words = remark.strip()
    is_over = step != "return_explanation"
    return _move(
        request, step, actor=actor, now=now, reason=words, remark=words,
        settled_at=now if is_over else None,
    )  # fmt: skip
