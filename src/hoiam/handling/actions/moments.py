"""The three starting moments: recorded once, by whom, with evidence; a mistake is replaced, never overwritten."""

from datetime import datetime

from django.db import transaction

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.clocks import OPEN, end_clock, open_for_moment
from hoiam.handling.actions.moving import locked_open, of_case, past
from hoiam.handling.models import Case, CaseMoment, Clock, Evidence
from hoiam.handling.states import ClockState, MomentKind


@transaction.atomic
def record_moment(
    case: Case,
    *,
    kind: str,
    at: datetime,
    actor: Actor,
    now: datetime,
    reason: str = "",
    evidence: Evidence | None = None,
) -> CaseMoment:
    """The moment on the case; clocks it starts begin, those of the entry it replaces no longer apply.

    Raises:
        InvalidInput: unknown kind, a moment that lies ahead, or a second entry without saying why.
    """
    case = locked_open(case, "record_moment", actor)
    if kind not in MomentKind.values:
        raise InvalidInput(
            "Chọn thời điểm: tiếp nhận, xác định tác động hoặc nhận văn bản.", "kind"
        )
    return put_moment(case, kind, at, actor=actor, now=now, reason=reason, evidence=evidence)


def put_moment(
    case: Case,
    kind: str,
    at: datetime,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    evidence: Evidence | None = None,
) -> CaseMoment:
    """The moment, written without asking for authority: the step that includes it has asked."""
    of_case(evidence, case, "evidence")
    past(at, now, "at", f"Thời điểm {MomentKind(kind).label.lower()}")
    old = case.moments.filter(kind=kind, replaced_by=None).order_by("-id").first()
    if old is not None and kind != MomentKind.PAPER_RECEIVED and not reason.strip():
        raise InvalidInput(
            "Thời điểm này đã ghi. Muốn ghi lại phải nêu lý do; bản cũ vẫn được giữ.", "reason"
        )
    replaced = old if kind != MomentKind.PAPER_RECEIVED or reason.strip() else None
    moment = CaseMoment.objects.create(
        case=case,
        kind=kind,
        at=at,
        recorded_at=now,
        recorded_by=actor.official,
        reason=reason.strip(),
        evidence=evidence,
        replaces=replaced,
    )
    ended = _take_along(replaced, now) if replaced is not None else {}
    ledger.write(
        case,
        actor=actor,
        step="record_moment",
        at=now,
        reason=reason.strip(),
        kind=str(kind),
        moment=at.isoformat(),
    )
    for clock in open_for_moment(moment):
        if clock.rule in ended and clock.state in OPEN:
            end_clock(clock, at=ended[clock.rule])
    return moment


def _take_along(replaced: CaseMoment, now: datetime) -> dict[str, datetime]:
    """When the clocks of the replaced moment that were done had ended, by rule; none of its clocks applies any more."""
    done = {}
    for clock in Clock.objects.system("a replaced moment takes its clocks along").filter(
        moment=replaced
    ):
        if clock.state == ClockState.DONE and clock.ended_at is not None:
            done[clock.rule] = clock.ended_at
            # What was done stays done; only its due time was counted from a wrong start.
            clock.state = ClockState.CANCELLED
            clock.save(update_fields=["state"])
        elif clock.state in OPEN:
            end_clock(clock, at=now, state=ClockState.CANCELLED)
    return done
