"""The facts table (bảng đối chiếu)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.moving import locked_open, of_case
from hoiam.handling.models import Case, Evidence, FactProof, FactRow
from hoiam.monitoring.models import Item


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
    files: Collection[Evidence] | None = None,
    items: Collection[Item] | None = None,
) -> FactRow:
    """The row of the facts table, new or changed: what the paper says ↔ what is true ↔ evidence.

    Args:
        files, items: files and reports of the case that prove it, beside the words; None leaves them as they are. Where
            there are no words, their names are the words.

    Raises:
        InvalidInput: what the paper says is blank, or a file or report is not the case's.
        WrongState: the case is closed.
    """
    case = locked_open(case, "write_fact", actor)
    of_case(row, case, "claim")
    if not claim.strip():
        raise InvalidInput("Ghi điều báo nêu.", "claim")
    for file in files or ():
        of_case(file, case, "files")
    _items_of_case(items or (), case)
    named = "; ".join(str(each) for each in (*(files or ()), *(items or ())))
    evidence = evidence.strip() or named
    last = case.facts.aggregate(last=Max("position"))["last"] or 0
    fact = row or FactRow(case=case, position=last + 1)
    fact.claim, fact.truth, fact.evidence = claim.strip(), truth.strip(), evidence.strip()
    fact.is_claim_right = is_claim_right
    fact.written_by, fact.written_at = actor.official, now
    fact.save()
    if files is not None:
        fact.proofs.exclude(evidence=None).delete()
        FactProof.objects.bulk_create(FactProof(fact=fact, evidence=each) for each in files)
    if items is not None:
        fact.proofs.exclude(item=None).delete()
        FactProof.objects.bulk_create(FactProof(fact=fact, item=each) for each in items)
    told = {"proofs": [file.blob for file in files]} if files else {}
    ledger.write(
        case, actor=actor, step="write_fact", at=now, row=fact.pk, claim=fact.claim[:200], **told
    )
    return fact


def _items_of_case(items: Collection[Item], case: Case) -> None:
    keys = {item.pk for item in items}
    if case.case_items.filter(item__in=keys).count() != len(keys):
        raise InvalidInput(
            "Bài đã chọn không thuộc hồ sơ này. Tải lại trang rồi chọn lại.", "items"
        )


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
