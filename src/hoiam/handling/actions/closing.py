"""The end of a case and its new beginning: closed with a result for each duty, opened again with a reason (step 13)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.cases import refuse_second
from hoiam.handling.actions.clocks import (
    OPEN,
    end_clock,
    owe_a_note,
    reopen_obligations,
)
from hoiam.handling.actions.moving import (
    check_state,
    locked,
    move,
    passed_over,
)
from hoiam.handling.actions.outcomes import put_outcome, settle_obligations
from hoiam.handling.actions.steps import start_verification
from hoiam.handling.models import Case, Clock
from hoiam.handling.queries.outcomes import NO_PROOF, Proof
from hoiam.handling.states import (
    CaseState,
    ClockState,
)
from hoiam.kit.rulebook import result_codes
from hoiam.monitoring.actions.rechecks import case_closed, case_reopened
from hoiam.monitoring.models import Story


@transaction.atomic
def close(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    result: str,
    note: str = "",
    results: Mapping[str, str] | None = None,
    proof: Proof = NO_PROOF,
    waiver: str = "",
    **fields: object,
) -> Case:
    """The case closed with its result, every obligation with its own (step 13).

    Args:
        results: the result of each obligation still open, by its letter; where the result is the whole matter's
            (no duty, not ours, duplicate) or only one is left, it takes the case's.
        proof: what the results need beside the records (results.yaml).
        waiver: why it closes although something is missing; the head's alone, kept.

    Raises:
        InvalidInput: no result, an obligation without one, or what a result needs is missing; or clocks of law or
            directives still run, or optional steps are passed over, and it is not said why the case may close.
    """
    case = locked(case)
    authority.check(actor, "close", case)
    check_state(case, "close")
    if result not in {code.code for code in result_codes()}:
        raise InvalidInput("Chọn kết quả đóng hồ sơ.", "result")
    owe_a_note(case.clocks.all(), note, "đóng hồ sơ")
    _owe_answers(case, note)
    passed_over(case, "close", note or waiver)
    told = {"note": note, "waiver": waiver, "actor": actor, "now": now}
    outcome = put_outcome(case, None, result, proof, **told)
    settle_obligations(case, result, results or {}, proof, **told)
    case = move(
        case,
        "close",
        actor=actor,
        now=now,
        reason=note or waiver,
        told={"result": result, "lacking": outcome.lacking, "waived": outcome.waived},
        result=result,
        result_note=note.strip(),
        closed_at=now,
        outcome=outcome,
        **fields,
    )
    left = Clock.objects.system("closing ends every clock").filter(case=case, state__in=OPEN)
    for clock in left:
        end_clock(clock, at=now, state=ClockState.CANCELLED)
    if case.story is not None and not _is_worked_on(case.story):
        case_closed(case.story)
    return case


def _owe_answers(case: Case, note: str) -> None:
    """Nothing, when no directive waits for an answer or it is said why the case may close."""
    waiting = [str(each) for each in case.directives.filter(answered_at=None)]
    if waiting and not note.strip():
        names = ", ".join(f"“{name}”" for name in waiting)
        raise InvalidInput(
            f"Còn văn bản chỉ đạo chưa trả lời: {names}. Ghi việc trả lời trước, hoặc ghi rõ vì sao vẫn đóng hồ sơ.",
            "note",
        )


def _is_worked_on(story: Story) -> bool:
    """Whether any agency still has a case of the story open."""
    rows = Case.objects.system("is the story's matter over").filter(story=story)
    return rows.exclude(state=CaseState.CLOSED).exists()


@transaction.atomic
def reopen(case: Case, *, actor: Actor, now: datetime, reason: str) -> Case:
    """The closed case under verification again; the clocks of law its closing had stopped run on.

    Raises:
        Conflict: the agency has opened another case of the same story since.
        InvalidInput: no reason.
        WrongState: it was merged into another case.
    """
    if not reason.strip():
        raise InvalidInput("Ghi lý do mở lại hồ sơ.", "reason")
    case = locked(case)
    authority.check(actor, "reopen", case)
    check_state(case, "reopen")
    if case.merged_into is not None:
        raise WrongState(f"Hồ sơ đã nhập vào {case.merged_into.number}. Hãy xử lý ở hồ sơ đó.")
    if case.story is not None:
        refuse_second(case.agency, case.story)
    stopped_at = case.closed_at
    case = move(
        case, "reopen", actor=actor, now=now, reason=reason, result="", closed_at=None, outcome=None
    )
    reopen_obligations(case, case.obligations.filter(ended_at=stopped_at))
    stopped = Clock.objects.system("what closing had stopped").filter(
        case=case, state=ClockState.CANCELLED, ended_at=stopped_at
    )
    for clock in stopped:
        if not clock.is_default:
            clock.state, clock.ended_at = ClockState.RUNNING, None
            clock.save(update_fields=["state", "ended_at"])
    start_verification(case, now)
    if case.story is not None:
        case_reopened(case.story)
    return case
