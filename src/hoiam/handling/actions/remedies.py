"""Internal remedies (chấn chỉnh): what, who, until when; done with proof, even after the case has closed (step 12)."""

from datetime import date, datetime

from django.db import transaction

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.moving import locked, locked_open, of_case, past
from hoiam.handling.models import Case, Evidence, Remedy
from hoiam.kit.rulebook import end_of_day
from hoiam.kit.vietnamese import VIETNAM


@transaction.atomic
def plan_remedy(
    case: Case, *, what: str, who: str, due_on: date, actor: Actor, now: datetime
) -> Remedy:
    """The remedy planned: it stands in the work list until it is done.

    Raises:
        InvalidInput: what, who or the day is missing, or the day has passed.
        WrongState: the case is closed.
    """
    case = locked_open(case, "plan_remedy", actor)
    if not who.strip():
        raise InvalidInput("Ghi ai làm.", "who")
    if due_on < now.astimezone(VIETNAM).date():
        raise InvalidInput("Hạn chấn chỉnh không thể ở ngày đã qua.", "due_on")
    return put_remedy(case, what=what, who=who, due_on=due_on, actor=actor, now=now)


def put_remedy(
    case: Case, *, what: str, who: str = "", due_on: date | None = None, actor: Actor, now: datetime
) -> Remedy:
    """The remedy, written without asking for authority; without a day it is one that was done already.

    Raises:
        InvalidInput: it is not said what.
    """
    if not what.strip():
        raise InvalidInput("Ghi việc chấn chỉnh.", "what")
    done = {} if due_on else {"done_at": now, "done_by": actor.official}
    remedy = Remedy.objects.create(
        case=case,
        what=what.strip(),
        who=(who.strip() or str(actor))[:200],
        due_on=due_on,
        due_at=end_of_day(due_on) if due_on else None,
        planned_at=now,
        planned_by=actor.official,
        **done,
    )
    ledger.write(
        case,
        actor=actor,
        step="plan_remedy",
        at=now,
        what=remedy.what[:300],
        who=remedy.who,
        due=due_on.isoformat() if due_on else "",
    )
    return remedy


@transaction.atomic
def finish_remedy(
    remedy: Remedy,
    *,
    actor: Actor,
    now: datetime,
    note: str,
    evidence: Evidence | None = None,
    at: datetime | None = None,
) -> Remedy:
    """The remedy done, with what came of it; also on a closed case, whose remedy was planned.

    Raises:
        InvalidInput: it is not said what came of it, the file is another case's, or a moment that cannot be.
        WrongState: it was done before.
    """
    case = locked(remedy.case_id)
    authority.check(actor, "finish_remedy", case)
    remedy = case.remedies.get(pk=remedy.pk)
    if remedy.done_at is not None:
        raise WrongState("Việc chấn chỉnh này đã ghi xong. Tải lại trang để xem ai đã ghi.")
    of_case(evidence, case, "evidence")
    if not note.strip():
        raise InvalidInput("Ghi kết quả chấn chỉnh.", "note")
    remedy.done_at = past(at or now, now, "at", "Thời điểm xong")
    remedy.done_by, remedy.done_note, remedy.evidence = actor.official, note.strip(), evidence
    remedy.is_late = remedy.due_at is not None and remedy.done_at > remedy.due_at
    remedy.save()
    ledger.write(
        case, actor=actor, step="finish_remedy", at=now, reason=note.strip(), what=remedy.what[:300]
    )
    return remedy
