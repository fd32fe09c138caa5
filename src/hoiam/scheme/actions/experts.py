"""Experts: listed, asked for their consent, their works, invitations and answers."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.vietnamese import VIETNAM, nfc, person_sort_key, squash
from hoiam.monitoring.actions.incoming import Incoming, url_key
from hoiam.monitoring.models import Item
from hoiam.newsroom.actions import note_answer
from hoiam.scheme.actions.moving import locked
from hoiam.scheme.models import Expert, ExpertInvitation, ExpertWork
from hoiam.scheme.states.people import Consent, ExpertKind, InvitationAnswer


@transaction.atomic
def add_expert(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    full_name: str,
    fields: str,
    title: str = "",
    workplace: str = "",
) -> Expert:
    """The person on the agency's list, not yet asked: no way to reach them is kept before they agree.

    Raises:
        Conflict: somebody of that name and place is on the list.
        InvalidInput: no name, no field, or no such kind.
    """
    authority.check(actor, "add_expert", agency)
    made = Expert(agency=agency, added_by=actor.official, added_at=now)
    _fill(made, kind, full_name, fields, title, workplace)
    rows = Expert.objects.system("one line a person")
    if rows.filter(agency=agency, sort_key=made.sort_key, workplace=made.workplace).exists():
        raise Conflict(f"{made.full_name} đã có trong danh sách.")
    made.save()
    ledger.write(made, actor=actor, step="add_expert", at=now, agency=agency.code)
    return made


@transaction.atomic
def change_expert(
    expert: Expert,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    full_name: str,
    fields: str,
    title: str = "",
    workplace: str = "",
) -> Expert:
    """The line as typed anew.

    Raises:
        InvalidInput: no name, no field, or no such kind.
    """
    expert = locked(expert, "change_expert", actor)
    _fill(expert, kind, full_name, fields, title, workplace)
    expert.save()
    ledger.write(expert, actor=actor, step="change_expert", at=now)
    return expert


def _fill(
    expert: Expert, kind: str, full_name: str, fields: str, title: str, workplace: str
) -> None:
    if kind not in ExpertKind.values:
        raise InvalidInput("Chọn loại chuyên gia.", "kind")
    if not squash(full_name):
        raise InvalidInput("Ghi họ và tên.", "full_name")
    if not squash(fields):
        raise InvalidInput("Ghi lĩnh vực.", "fields")
    expert.kind, expert.full_name = kind, squash(nfc(full_name))[:120]
    expert.sort_key, expert.fields = person_sort_key(expert.full_name), squash(fields)[:400]
    expert.title, expert.workplace = squash(title)[:200], squash(workplace)[:250]


@transaction.atomic
def record_consent(
    expert: Expert,
    *,
    actor: Actor,
    now: datetime,
    consent: str,
    consent_on: date,
    consent_how: str,
    phone: str = "",
    email: str = "",
) -> Expert:
    """The answer of the person; with a no, every way to reach them is taken away at once.

    Raises:
        InvalidInput: no answer, no word of how it was given, a day to come, or a yes without a way to reach them.
    """
    expert = locked(expert, "record_consent", actor)
    if consent not in {Consent.GIVEN, Consent.WITHDRAWN}:
        raise InvalidInput("Chọn đồng ý hoặc không đồng ý.", "consent")
    if not squash(consent_how):
        raise InvalidInput("Ghi người đó trả lời bằng cách nào.", "consent_how")
    if consent_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày trả lời không thể ở phía trước.", "consent_on")
    agreed = consent == Consent.GIVEN
    if agreed and not (squash(phone) or email):
        raise InvalidInput("Ghi điện thoại hoặc thư điện tử để liên hệ.", "phone")
    expert.consent, expert.consent_on = consent, consent_on
    expert.consent_how = squash(consent_how)[:250]
    expert.phone, expert.email = (squash(phone)[:60], email) if agreed else ("", "")
    expert.save()
    label = str(Consent(consent).label).lower()
    ledger.write(expert, actor=actor, step="record_consent", at=now, consent=label)
    return expert


@transaction.atomic
def add_work(
    expert: Expert,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    printed_in: str,
    happened_on: date,
    url: str = "",
) -> ExpertWork:
    """What the expert wrote or said; linked to the collected item when its address is known.

    Raises:
        Conflict: the work is listed.
        InvalidInput: no title, no place, or a day to come.
    """
    expert = locked(expert, "add_work", actor)
    if not squash(title):
        raise InvalidInput("Ghi tên bài.", "title")
    if not squash(printed_in):
        raise InvalidInput("Ghi nơi đăng, phát.", "printed_in")
    if happened_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày đăng không thể ở phía trước.", "happened_on")
    key = url_key(Incoming(title="", url=url)) if url else ""
    item = Item.objects.filter(url_key=key).first() if key else None
    try:
        with transaction.atomic():
            made = ExpertWork.objects.create(
                expert=expert, title=squash(nfc(title))[:500], printed_in=squash(printed_in)[:250],
                happened_on=happened_on, url=url, item=item, by=actor.official, at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict("Bài này đã có trong danh sách của chuyên gia.") from error
    ledger.write(expert, actor=actor, step="add_work", at=now, title=made.title)
    return made


@transaction.atomic
def invite_expert(
    expert: Expert, *, actor: Actor, now: datetime, matter: str, asked_on: date
) -> ExpertInvitation:
    """One invitation to somebody who agreed to be asked.

    Raises:
        InvalidInput: nothing is asked, or a day to come.
        WrongState: the person has not agreed to be on the list.
    """
    expert = locked(expert, "invite_expert", actor)
    if expert.consent != Consent.GIVEN:
        raise WrongState("Chuyên gia chưa đồng ý có tên trong danh sách, chưa mời được.")
    if not squash(matter):
        raise InvalidInput("Ghi mời làm gì.", "matter")
    if asked_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày mời không thể ở phía trước.", "asked_on")
    made = ExpertInvitation.objects.create(
        expert=expert, matter=squash(matter)[:400], asked_on=asked_on, by=actor.official
    )
    ledger.write(expert, actor=actor, step="invite_expert", at=now, matter=made.matter)
    return made


@transaction.atomic
def record_expert_answer(
    invitation: ExpertInvitation,
    *,
    actor: Actor,
    now: datetime,
    answer: str,
    answered_on: date,
    note: str = "",
) -> ExpertInvitation:
    """The invitation answered; the piece it asked for, if any, is taken or refused with it.

    Raises:
        InvalidInput: no answer, or a day before it was asked or to come.
        WrongState: an answer stands already.
    """
    expert = locked(invitation.expert, "record_expert_answer", actor)
    invitation.refresh_from_db()
    if invitation.answer != InvitationAnswer.WAITING:
        raise WrongState("Lời mời này đã có trả lời. Tải lại trang để xem.")
    if answer not in {InvitationAnswer.ACCEPTED, InvitationAnswer.DECLINED}:
        raise InvalidInput("Chọn nhận lời hoặc từ chối.", "answer")
    if not invitation.asked_on <= answered_on <= now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày trả lời từ ngày mời đến hôm nay.", "answered_on")
    invitation.answer, invitation.answered_on = answer, answered_on
    invitation.note = squash(note)[:300]
    invitation.save()
    if invitation.commission is not None:
        taken = answer == InvitationAnswer.ACCEPTED
        words = invitation.note or ("" if taken else "Từ chối lời mời.")
        note_answer(invitation.commission, is_taken=taken, actor=actor, now=now, answer=words)
    label = str(InvitationAnswer(answer).label).lower()
    ledger.write(expert, actor=actor, step="record_expert_answer", at=now, answer=label)
    return invitation
