"""What came of an agreement: results of its clauses with proof, reviews, acceptances of a contract."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.actions.files import SentFile, keep
from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.kit.vietnamese import VIETNAM, squash
from hoiam.scheme.actions.agreements import WHAT
from hoiam.scheme.actions.moving import locked, require
from hoiam.scheme.models import Acceptance, Agreement, AgreementReview, Clause, ClauseResult
from hoiam.scheme.states.agreements import AgreementKind, AgreementState

SIGNED = frozenset(set(AgreementState) - {AgreementState.DRAFT})


@transaction.atomic
def record_result(
    clause: Clause,
    *,
    actor: Actor,
    now: datetime,
    happened_on: date,
    title: str,
    count: int = 1,
    url: str = "",
    paper: str = "",
    file: SentFile | None = None,
) -> ClauseResult:
    """One thing done for the clause, with a link, a file, or the number of a paper that proves it.

    Raises:
        InvalidInput: no words, no proof, a count of nothing, or a day outside what can be.
        WrongState: the agreement is a draft.
    """
    agreement = locked(clause.agreement, "record_result", actor)
    require(agreement, SIGNED, "Ghi kết quả", WHAT)
    if not squash(title):
        raise InvalidInput("Ghi kết quả đã đạt.", "title")
    if count < 1:
        raise InvalidInput("Số lượng từ 1 trở lên.", "count")
    _check_day(agreement, happened_on, now, "happened_on")
    blob, name = keep(file)
    if not (url or squash(paper) or blob):
        raise InvalidInput("Kết quả cần minh chứng: đường dẫn, số văn bản hoặc tệp.", "url")
    made = ClauseResult.objects.create(
        clause=clause, happened_on=happened_on, title=squash(title)[:500], count=count, url=url,
        paper=squash(paper)[:120], blob=blob, file_name=name, by=actor.official, at=now,
    )  # fmt: skip
    ledger.write(
        agreement, actor=actor, step="record_result", at=now, clause=clause.number,
        title=made.title, count=count,
    )  # fmt: skip
    return made


def _check_day(agreement: Agreement, day: date, now: datetime, field: str) -> None:
    if day > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày không thể ở phía trước. Ghi khi việc đã xong.", field)
    if agreement.signed_on is not None and day < agreement.signed_on:
        raise InvalidInput("Ngày không thể trước ngày ký.", field)


@transaction.atomic
def drop_result(result: ClauseResult, *, actor: Actor, now: datetime, reason: str) -> ClauseResult:
    """The result no longer counted; it stays readable with the reason.

    Raises:
        InvalidInput: no reason.
    """
    agreement = locked(result.clause.agreement, "drop_result", actor)
    if not squash(reason):
        raise InvalidInput("Ghi lý do bỏ kết quả này.", "reason")
    result.dropped_why = squash(reason)
    result.save(update_fields=["dropped_why"])
    ledger.write(agreement, actor=actor, step="drop_result", at=now, reason=reason, title=result.title)  # fmt: skip
    return result


@transaction.atomic
def record_review(
    agreement: Agreement,
    *,
    actor: Actor,
    now: datetime,
    held_on: date,
    conclusions: str,
    place: str = "",
    file: SentFile | None = None,
) -> AgreementReview:
    """One review (sơ kết) with its conclusions and, when given, its minutes.

    Raises:
        Conflict: a review of that day is recorded.
        InvalidInput: no conclusions, or a day that cannot be.
    """
    agreement = locked(agreement, "record_review", actor)
    require(agreement, SIGNED, "Ghi sơ kết", WHAT)
    if not conclusions.strip():
        raise InvalidInput("Ghi kết luận của buổi sơ kết.", "conclusions")
    _check_day(agreement, held_on, now, "held_on")
    if agreement.reviews.filter(held_on=held_on).exists():
        raise Conflict("Buổi sơ kết ngày này đã được ghi.")
    blob, name = keep(file)
    made = AgreementReview.objects.create(
        agreement=agreement, held_on=held_on, place=squash(place)[:250],
        conclusions=conclusions.strip(), blob=blob, file_name=name, by=actor.official, at=now,
    )  # fmt: skip
    ledger.write(agreement, actor=actor, step="record_review", at=now, held_on=held_on.isoformat())
    return made


@transaction.atomic
def record_acceptance(
    agreement: Agreement,
    *,
    actor: Actor,
    now: datetime,
    accepted_on: date,
    delivered: str,
    value: int,
    accepted_by: str,
    count: int = 1,
    paper: str = "",
    file: SentFile | None = None,
) -> Acceptance:
    """One acceptance of a contract (nghiệm thu); more than the contract is worth is shown in words, not refused.

    Raises:
        InvalidInput: nothing delivered, nobody who accepted, or a day that cannot be.
        WrongState: a draft, or not a contract.
    """
    agreement = locked(agreement, "record_acceptance", actor)
    require(agreement, SIGNED, "Ghi nghiệm thu", WHAT)
    if agreement.kind != AgreementKind.CONTRACT:
        raise InvalidInput("Chỉ hợp đồng mới nghiệm thu. Quy chế thì ghi kết quả theo từng nội dung.")  # fmt: skip
    if not delivered.strip():
        raise InvalidInput("Ghi sản phẩm đã giao.", "delivered")
    if not squash(accepted_by):
        raise InvalidInput("Ghi ai nghiệm thu.", "accepted_by")
    if count < 1:
        raise InvalidInput("Số lượng từ 1 trở lên.", "count")
    _check_day(agreement, accepted_on, now, "accepted_on")
    blob, name = keep(file)
    made = Acceptance.objects.create(
        agreement=agreement, accepted_on=accepted_on, delivered=delivered.strip(), count=count,
        value=value, accepted_by=squash(accepted_by)[:200], paper=squash(paper)[:120], blob=blob,
        file_name=name, by=actor.official, at=now,
    )  # fmt: skip
    ledger.write(agreement, actor=actor, step="record_acceptance", at=now, value=value)
    return made
