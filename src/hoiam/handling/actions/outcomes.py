"""Closing with a result that is proved: what is missing is named, and only the head closes without it, with a reason."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.clocks import end_obligation, owe_a_note
from hoiam.handling.actions.moving import locked_open, of_case, web_address
from hoiam.handling.models import Case, Obligation, Outcome
from hoiam.handling.queries.outcomes import NO_PROOF, OF_THE_MATTER, Proof, lacking, title_of
from hoiam.kit.rulebook import result_codes
from hoiam.kit.vietnamese import VIETNAM


@transaction.atomic
def close_obligation(
    obligation: Obligation,
    *,
    result: str,
    actor: Actor,
    now: datetime,
    note: str = "",
    proof: Proof = NO_PROOF,
    waiver: str = "",
) -> Obligation:
    """The obligation closed with its own result (workflow.md §9); its open clocks no longer apply.

    Args:
        proof: what the result needs beside the records of the case.
        waiver: why it is closed although something is missing; the head's alone.

    Raises:
        InvalidInput: the result is none of the codes, what it needs is missing, or clocks of law still run and it is
            not said why.
        NotAllowed: the actor may not, or waives without being the head.
        WrongState: it was closed before, or the case is.
    """
    case = locked_open(obligation.case_id, "close_obligation", actor)
    obligation = case.obligations.get(pk=obligation.pk)
    if obligation.ended_at is not None:
        raise WrongState("Nghĩa vụ này đã đóng. Tải lại trang để xem ai đã ghi.")
    known_result(result)
    owe_a_note(obligation.clocks.all(), note, "đóng nghĩa vụ")
    put_outcome(case, obligation, result, proof, note=note, waiver=waiver, actor=actor, now=now)
    ledger.write(
        case,
        actor=actor,
        step="close_obligation",
        at=now,
        reason=note.strip(),
        letter=obligation.letter,
        result=result,
        **({"waived": waiver.strip()} if waiver.strip() else {}),
    )
    return end_obligation(obligation, result=result, at=now)


def known_result(result: str, field: str = "result") -> None:
    """Nothing, when it is one of the codes.

    Raises:
        InvalidInput: it is not.
    """
    if result not in {code.code for code in result_codes()}:
        raise InvalidInput("Chọn kết quả từ danh sách.", field)


def put_outcome(
    case: Case,
    obligation: Obligation | None,
    result: str,
    proof: Proof,
    *,
    note: str,
    waiver: str,
    actor: Actor,
    now: datetime,
) -> Outcome:
    """The result with its proof, written without asking for authority, except to waive what is missing.

    Raises:
        InvalidInput: something is missing and nobody says why that may be; the sentence names all of it.
    """
    of_case(proof.evidence, case, "evidence")
    link = web_address(proof.link, "link")
    lacks = lacking(case, result, proof, note=note, day=now.astimezone(VIETNAM).date())
    if lacks and not waiver.strip():
        missing = "; ".join(lack.what for lack in lacks)
        whose = f" (nghĩa vụ loại {obligation.letter})" if obligation else ""
        raise InvalidInput(
            f"Kết quả “{title_of(result)}”{whose} còn thiếu: {missing}. "
            "Bổ sung, chọn kết quả khác, hoặc thủ trưởng ghi vì sao vẫn đóng.",
            lacks[0].field,
        )
    if lacks:
        authority.check(actor, "waive_needs", case)
    return Outcome.objects.create(
        case=case,
        obligation=obligation,
        letter=obligation.letter if obligation else "",
        result=result,
        link=link,
        evidence=proof.evidence,
        place=proof.place.strip()[:250],
        ground=proof.ground,
        original=proof.original,
        note=note.strip(),
        lacking="; ".join(lack.what for lack in lacks),
        waived=waiver.strip() if lacks else "",
        by=actor.official,
        at=now,
    )


def settle_obligations(
    case: Case,
    result: str,
    results: Mapping[str, str],
    proof: Proof,
    *,
    note: str,
    waiver: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Nothing; every obligation still open has its own result now, as a closing case owes.

    A result of the whole matter is every obligation's; another one is, where only one is left.

    Raises:
        InvalidInput: some have none; the sentence names them.
    """
    still = list(case.obligations.filter(ended_at=None))
    shared = result in OF_THE_MATTER or len(still) == 1
    chosen = {o.letter: results.get(o.letter) or (result if shared else "") for o in still}
    without = sorted(letter for letter, code in chosen.items() if not code)
    if without:
        names = ", ".join(f"loại {letter}" for letter in without)
        raise InvalidInput(
            f"Còn nghĩa vụ chưa có kết quả: {names}. Chọn kết quả cho từng nghĩa vụ.",
            f"result_{without[0]}",
        )
    for obligation in still:
        code = chosen[obligation.letter]
        known_result(code, f"result_{obligation.letter}")
        put_outcome(case, obligation, code, proof, note=note, waiver=waiver, actor=actor, now=now)
        end_obligation(obligation, result=code, at=now)
