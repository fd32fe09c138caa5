"""Agreements: drafted, signed, renewed, ended; their clauses and contacts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.actions.files import SentFile, keep
from hoiam.agencies.models import Agency, PressAgency
from hoiam.agencies.states import MediaType
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.kit.vietnamese import VIETNAM, fold, show_date, squash
from hoiam.scheme.actions.moving import locked, moved, require
from hoiam.scheme.models import Agreement, AgreementContact, AgreementParty, Clause
from hoiam.scheme.states.agreements import (
    AGREEMENT_TRANSITIONS,
    AgreementKind,
    AgreementState,
    ClauseKind,
)

WHAT = "Văn bản phối hợp"
DRAFT = frozenset({AgreementState.DRAFT})
STANDING = frozenset({AgreementState.IN_FORCE, AgreementState.EXPIRED})
OPEN = frozenset({AgreementState.DRAFT, AgreementState.IN_FORCE})


@dataclass(frozen=True)
class AgreementTyped:
    """What is typed of an agreement before it is signed; `parties` are names, those of the press directory are linked."""

    kind: str
    title: str
    parties: tuple[str, ...]
    media_types: tuple[str, ...] = ()
    is_core: bool = False
    value: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    clauses: tuple[tuple[str, str], ...] = field(default=())


@transaction.atomic
def draft_agreement(
    agency: Agency, *, actor: Actor, now: datetime, typed: AgreementTyped
) -> Agreement:
    """The new draft with its parties and first clauses.

    Raises:
        InvalidInput: something typed cannot stand; the sentence says what.
    """
    authority.check(actor, "draft_agreement", agency)
    made = Agreement(agency=agency, created_by=actor.official, created_at=now)
    _fill(made, typed)
    made.save()
    _set_parties(made, typed.parties)
    for number, (kind, text) in enumerate(typed.clauses, start=1):
        Clause.objects.create(agreement=made, number=number, kind=kind, text=text)
    ledger.write(made, actor=actor, step="draft_agreement", at=now, agency=agency.code)
    return made


@transaction.atomic
def edit_agreement(
    agreement: Agreement, *, actor: Actor, now: datetime, typed: AgreementTyped, version: int
) -> Agreement:
    """The draft as typed over `version` of it; clauses are changed by verbs of their own.

    Raises:
        Conflict: somebody has changed it since.
        InvalidInput: something typed cannot stand.
    """
    agreement = moved(agreement, "edit_agreement", AGREEMENT_TRANSITIONS, actor=actor, what=WHAT)
    if agreement.version != version:
        raise Conflict("Văn bản vừa được người khác sửa. Mở lại ở thẻ khác rồi chép phần đã gõ sang.")  # fmt: skip
    _fill(agreement, typed)
    agreement.version += 1
    agreement.save()
    agreement.parties.all().delete()
    _set_parties(agreement, typed.parties)
    ledger.write(agreement, actor=actor, step="edit_agreement", at=now)
    return agreement


def _fill(agreement: Agreement, typed: AgreementTyped) -> None:
    if typed.kind not in AgreementKind.values:
        raise InvalidInput("Chọn loại văn bản phối hợp.", "kind")
    if not squash(typed.title):
        raise InvalidInput("Ghi tên quy chế, chương trình, hợp đồng.", "title")
    if typed.value is not None and typed.kind != AgreementKind.CONTRACT:
        raise InvalidInput("Chỉ hợp đồng mới có giá trị. Để trống hoặc chọn loại Hợp đồng.", "value")  # fmt: skip
    _check_days(typed.valid_from, typed.valid_to)
    agreement.kind, agreement.title = typed.kind, squash(typed.title)[:500]
    agreement.is_core, agreement.value = typed.is_core, typed.value
    agreement.media_types = [kind for kind in MediaType.values if kind in typed.media_types]
    agreement.valid_from, agreement.valid_to = typed.valid_from, typed.valid_to
    agreement.note = typed.note.strip()


def _check_days(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise InvalidInput("Ngày hết hiệu lực không thể trước ngày bắt đầu.", "valid_to")


def _set_parties(agreement: Agreement, names: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(squash(name)[:250] for name in names if name.strip()))
    if not wanted:
        raise InvalidInput("Ghi ít nhất một bên cùng ký.", "parties")
    known = {fold(press.name): press for press in PressAgency.objects.filter(valid_to=None)}
    for name in wanted:
        press = known.get(fold(name))
        AgreementParty.objects.create(
            agreement=agreement, press_agency=press, name=press.name if press else name
        )


@transaction.atomic
def sign_agreement(
    agreement: Agreement,
    *,
    actor: Actor,
    now: datetime,
    number: str,
    signed_on: date,
    valid_from: date,
    valid_to: date | None = None,
    our_signer: str = "",
    their_signers: tuple[str, ...] = (),
    file: SentFile | None = None,
) -> Agreement:
    """The agreement in force; one that it renews is marked as replaced in the same step.

    Args:
        their_signers: one for each party, in the order the parties stand.

    Raises:
        InvalidInput: no number, a day that cannot be, more signers than parties, or nothing was agreed.
    """
    agreement = moved(agreement, "sign_agreement", AGREEMENT_TRANSITIONS, actor=actor, what=WHAT)
    if not number.strip():
        raise InvalidInput("Ghi số, ký hiệu văn bản đã ký.", "number")
    if signed_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày ký không thể ở phía trước. Ghi khi đã ký xong.", "signed_on")
    _check_days(valid_from, valid_to)
    if agreement.kind != AgreementKind.CONTRACT and not agreement.clauses.exists():
        raise InvalidInput("Chưa có nội dung phối hợp nào. Thêm nội dung rồi ghi đã ký.")
    _set_signers(agreement, their_signers)
    agreement.number, agreement.signed_on = squash(number)[:80], signed_on
    agreement.valid_from, agreement.valid_to = valid_from, valid_to
    agreement.our_signer = squash(our_signer)[:200]
    agreement.blob, agreement.file_name = keep(file)
    agreement.save()
    ledger.write(agreement, actor=actor, step="sign_agreement", at=now, number=agreement.number)
    if agreement.renews is not None:
        _replace(agreement.renews, agreement, actor, now)
    return agreement


def _set_signers(agreement: Agreement, signers: tuple[str, ...]) -> None:
    parties = list(agreement.parties.all())
    if len(signers) > len(parties):
        raise InvalidInput(
            f"Có {len(signers)} người ký mà chỉ {len(parties)} bên. Mỗi dòng một bên, theo thứ tự trên trang.",
            "their_signers",
        )
    for party, signer in zip(parties, signers, strict=False):
        party.signer = squash(signer)[:200]
        party.save(update_fields=["signer"])


def _replace(old: Agreement, new: Agreement, actor: Actor, now: datetime) -> None:
    old = locked(old, "edit_agreement", None)
    step = AGREEMENT_TRANSITIONS["replace_agreement"]
    require(old, step.sources, step.label, "Bản được thay")
    old.state = step.target
    old.save(update_fields=["state"])
    ledger.write(old, actor=actor, step="replace_agreement", at=now, by=new.number)


@transaction.atomic
def end_agreement(
    agreement: Agreement, *, actor: Actor, now: datetime, ended_on: date, reason: str
) -> Agreement:
    """The agreement ended before its time.

    Raises:
        InvalidInput: no reason, or a day outside its time.
    """
    agreement = moved(agreement, "end_agreement", AGREEMENT_TRANSITIONS, actor=actor, what=WHAT)
    if not reason.strip():
        raise InvalidInput("Ghi lý do chấm dứt.", "reason")
    if agreement.valid_from is not None and ended_on < agreement.valid_from:
        raise InvalidInput(f"Ngày chấm dứt không thể trước ngày có hiệu lực {show_date(agreement.valid_from)}.", "ended_on")  # fmt: skip
    if ended_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ghi chấm dứt khi đã đến ngày đó.", "ended_on")
    agreement.ended_on, agreement.end_reason = ended_on, reason.strip()
    agreement.save()
    ledger.write(agreement, actor=actor, step="end_agreement", at=now, reason=reason.strip())
    return agreement


@transaction.atomic
def expire_agreement(agreement: Agreement, *, now: datetime, actor: Actor | None = None) -> Agreement:  # fmt: skip
    """The agreement past its last day, marked by the system's own morning round.

    Raises:
        InvalidInput: its last day has not passed.
    """
    agreement = moved(agreement, "expire_agreement", AGREEMENT_TRANSITIONS, actor=actor, what=WHAT)
    if agreement.valid_to is None or agreement.valid_to >= now.astimezone(VIETNAM).date():
        raise InvalidInput("Văn bản này chưa hết hiệu lực.")
    agreement.save(update_fields=["state"])
    ledger.write(agreement, actor=actor, step="expire_agreement", at=now)
    return agreement


@transaction.atomic
def tell_of_renewal(agreement: Agreement, *, now: datetime) -> Agreement:
    """The agreement whose desk is told, once, that it ends soon; by the system itself."""
    agreement = locked(agreement, "renew_agreement", None)
    if agreement.renewal_told_on is None:
        agreement.renewal_told_on = now.astimezone(VIETNAM).date()
        agreement.save(update_fields=["renewal_told_on"])
        ledger.write(agreement, actor=None, step="tell_of_renewal", at=now)
        outbox.post("agreement_ends_soon", agreement.pk, at=now)
    return agreement


@transaction.atomic
def renew_agreement(agreement: Agreement, *, actor: Actor, now: datetime) -> Agreement:
    """The draft of the next one, with the same parties, clauses and contacts; the old one stands until the new is signed.

    Raises:
        Conflict: a draft that renews it is there already.
    """
    old = locked(agreement, "renew_agreement", actor)
    require(old, STANDING, "Soạn bản mới", WHAT)
    if old.renewals.filter(state=AgreementState.DRAFT).exists():
        raise Conflict("Đã có bản đang soạn để thay văn bản này. Mở bản đó để làm tiếp.")
    made = Agreement.objects.create(
        agency_id=old.agency_id,
        kind=old.kind,
        title=old.title,
        is_core=old.is_core,
        media_types=old.media_types,
        value=old.value,
        note=old.note,
        renews=old,
        created_by=actor.official,
        created_at=now,
    )
    _copy(old, made)
    ledger.write(made, actor=actor, step="renew_agreement", at=now, renews=old.number)
    return made


def _copy(old: Agreement, made: Agreement) -> None:
    for party in old.parties.all():
        made.parties.create(press_agency=party.press_agency, name=party.name)
    for clause in old.clauses.all():
        made.clauses.create(
            number=clause.number, kind=clause.kind, text=clause.text, per_year=clause.per_year
        )
    for contact in old.contacts.all():
        made.contacts.create(
            full_name=contact.full_name, title=contact.title, phone=contact.phone,
            email=contact.email,
        )  # fmt: skip


@transaction.atomic
def mark_core(agreement: Agreement, *, actor: Actor, now: datetime, is_core: bool) -> Agreement:
    """The agreement with or without the mark of a core paper (cơ quan báo chí nòng cốt)."""
    agreement = locked(agreement, "mark_core", actor)
    agreement.is_core = is_core
    agreement.save(update_fields=["is_core"])
    ledger.write(agreement, actor=actor, step="mark_core", at=now, is_core=is_core)
    return agreement


@transaction.atomic
def add_clause(
    agreement: Agreement,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    text: str,
    per_year: int | None = None,
) -> Clause:
    """The new last clause of a draft.

    Raises:
        InvalidInput: no words, no such kind, or a number of nothing.
        WrongState: the agreement is signed: its text is not changed any more.
    """
    agreement = locked(agreement, "add_clause", actor)
    require(agreement, DRAFT, "Thêm nội dung", WHAT)
    if kind not in ClauseKind.values:
        raise InvalidInput("Chọn nội dung này nói về việc gì.", "kind")
    if not text.strip():
        raise InvalidInput("Ghi nội dung phối hợp.", "text")
    if per_year is not None and per_year < 1:
        raise InvalidInput("Số lượng mỗi năm từ 1 trở lên; văn bản không nêu thì để trống.", "per_year")  # fmt: skip
    last = agreement.clauses.order_by("-number").first()
    clause = agreement.clauses.create(
        number=last.number + 1 if last else 1, kind=kind, text=text.strip(), per_year=per_year
    )
    ledger.write(agreement, actor=actor, step="add_clause", at=now, number=clause.number)
    made: Clause = clause
    return made


@transaction.atomic
def drop_clause(clause: Clause, *, actor: Actor, now: datetime) -> Agreement:
    """The draft without the clause, the others numbered anew."""
    agreement = locked(clause.agreement, "drop_clause", actor)
    require(agreement, DRAFT, "Bỏ nội dung", WHAT)
    text = clause.text
    clause.delete()
    for number, each in enumerate(agreement.clauses.order_by("number"), start=1):
        if each.number != number:
            each.number = number
            each.save(update_fields=["number"])
    ledger.write(agreement, actor=actor, step="drop_clause", at=now, text=text)
    return agreement


@transaction.atomic
def add_contact(
    agreement: Agreement, *, actor: Actor, now: datetime, full_name: str, **reach: Any
) -> AgreementContact:
    """Whom to call on the other side, by phone or mail.

    Args:
        reach: title, phone, email.

    Raises:
        InvalidInput: no name, or no way to reach the person.
    """
    agreement = locked(agreement, "add_contact", actor)
    require(agreement, OPEN, "Thêm người liên hệ", WHAT)
    if not squash(full_name):
        raise InvalidInput("Ghi họ và tên người liên hệ.", "full_name")
    if not (reach.get("phone") or reach.get("email")):
        raise InvalidInput("Ghi điện thoại hoặc thư điện tử.", "phone")
    made = AgreementContact.objects.create(
        agreement=agreement, full_name=squash(full_name)[:120], **reach
    )
    ledger.write(agreement, actor=actor, step="add_contact", at=now, name=made.full_name)
    return made


@transaction.atomic
def drop_contact(contact: AgreementContact, *, actor: Actor, now: datetime) -> Agreement:
    """The agreement without this person."""
    agreement = locked(contact.agreement, "drop_contact", actor)
    name = contact.full_name
    contact.delete()
    ledger.write(agreement, actor=actor, step="drop_contact", at=now, name=name)
    return agreement
