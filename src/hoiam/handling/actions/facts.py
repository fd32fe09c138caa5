"""The facts table (bảng đối chiếu)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.moving import locked_open, of_case
from hoiam.handling.models import Case, FactRow


@transaction.atomic
def write_fact(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    claim: str,
    truth: str = "",
    evidence: str = "",
    is_claim_right: bool | None = None,
    row: FactRow | None = None,
) -> FactRow:
    """The row of the facts table, new or changed: what the paper says ↔ what is true ↔ evidence.

    Raises:
        InvalidInput: what the paper says is blank.
        WrongState: the case is closed.
    """
    case = locked_open(case, "write_fact", actor)
    of_case(row, case, "claim")
    if not claim.strip():
        raise InvalidInput("Ghi điều báo nêu.", "claim")
    last = case.facts.aggregate(last=Max("position"))["last"] or 0
    fact = row or FactRow(case=case, position=last + 1)
    fact.claim, fact.truth, fact.evidence = claim.strip(), truth.strip(), evidence.strip()
    fact.is_claim_right = is_claim_right
    fact.written_by, fact.written_at = actor.official, now
    fact.save()
    ledger.write(case, actor=actor, step="write_fact", at=now, row=fact.pk, claim=fact.claim[:200])
    return fact


@transaction.atomic
def delete_fact(row: FactRow, *, actor: Actor, now: datetime) -> None:
    """Nothing; the row is gone from the table, its words stay in the diary."""
    case = locked_open(row.case_id, "write_fact", actor)
    ledger.write(
        case,
        actor=actor,
        step="delete_fact",
        at=now,
        claim=row.claim,
        truth=row.truth,
        evidence=row.evidence,
    )
    row.delete()
