"""What becomes of a press enquiry: acknowledged, assigned, answered, refused on a ground, referred."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Official
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.clocks import end_obligation, put_obligation, start_clock
from hoiam.handling.actions.moving import locked, past, refuse_closed, web_address
from hoiam.handling.actions.steps import record_statement
from hoiam.handling.models import Case, Enquiry
from hoiam.handling.states import (
    ENQUIRY_TRANSITIONS,
    OPEN_ENQUIRIES,
    CaseState,
    EnquiryState,
    StatementForm,
)
from hoiam.kit.rulebook import NotInForce, RefusalGround, refusal_grounds, rule
from hoiam.kit.vietnamese import VIETNAM, show_date

STATE_REASON = "PN-08"  # refusing: the reason is stated at once


def locked_enquiry(enquiry: Enquiry) -> Enquiry:
    """The enquiry reloaded under lock, so that a stale copy is safe."""
    rows = Enquiry.objects.system("reload under lock").select_for_update(of=("self",), no_key=True)
    return rows.select_related("agency", "case").get(pk=enquiry.pk)


def move_enquiry(
    enquiry: Enquiry,
    step: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    told: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Enquiry:
    """The enquiry after one transition: lock, authority, state, write, diary.

    Raises:
        NotAllowed: the actor may not.
        WrongState: somebody has closed it meanwhile; the sentence names the state.
    """
    enquiry = locked_enquiry(enquiry)
    authority.check(actor, step, enquiry)
    transition = ENQUIRY_TRANSITIONS[step]
    if enquiry.state not in transition.sources:
        raise WrongState(
            f"Đề nghị {enquiry.number} đang ở tình trạng “{EnquiryState(enquiry.state).label}”, không làm "
            f"“{transition.label}” được. Tải lại trang để xem ai vừa xử lý."
        )
    before, enquiry.state = enquiry.state, transition.target
    for name, value in fields.items():
        setattr(enquiry, name, value)
    enquiry.save(update_fields=["state", *fields])
    ledger.write(
        enquiry,
        actor=actor,
        step=step,
        at=now,
        reason=reason.strip(),
        before=before,
        **(told or {}),
    )
    return enquiry


def open_enquiry(enquiry: Enquiry, step: str, actor: Actor) -> Enquiry:
    """The enquiry under lock, when the actor may take the step on it and it still waits for an answer.

    Raises:
        NotAllowed: the actor may not.
        WrongState: it was answered, refused, referred or set aside.
    """
    enquiry = locked_enquiry(enquiry)
    authority.check(actor, step, enquiry)
    if enquiry.state not in OPEN_ENQUIRIES:
        label = EnquiryState(enquiry.state).label.lower()
        raise WrongState(f"Đề nghị {enquiry.number} {label}. Tải lại trang để xem ai vừa xử lý.")
    return enquiry


@transaction.atomic
def acknowledge_enquiry(
    enquiry: Enquiry, *, actor: Actor, now: datetime, at: datetime | None = None
) -> Enquiry:
    """The enquiry with its acknowledgement: the press knows who has it. It is not answered by that.

    Raises:
        InvalidInput: the moment lies ahead, or before the enquiry came.
    """
    told_at = _since(enquiry, past(at or now, now, "at", "Thời điểm xác nhận"))
    holder = {} if enquiry.holder_id else {"holder": actor.official}
    moved = move_enquiry(
        enquiry, "acknowledge_enquiry", actor=actor, now=now, acknowledged_at=told_at, **holder
    )
    outbox.post("enquiry_told", moved.pk, at=now)
    return moved


@transaction.atomic
def assign_enquiry(enquiry: Enquiry, *, official: Official, actor: Actor, now: datetime) -> Enquiry:
    """The enquiry with who prepares the answer.

    Raises:
        InvalidInput: nobody was chosen.
    """
    enquiry = open_enquiry(enquiry, "assign_enquiry", actor)
    if official is None:
        raise InvalidInput("Chọn người chuẩn bị trả lời.", "official")
    enquiry.holder = official
    enquiry.save(update_fields=["holder"])
    ledger.write(enquiry, actor=actor, step="assign_enquiry", at=now, official=str(official))
    return enquiry


@transaction.atomic
def answer_enquiry(
    enquiry: Enquiry,
    *,
    actor: Actor,
    now: datetime,
    form: str,
    spokesperson: str,
    text: str = "",
    url: str = "",
    at: datetime | None = None,
    outside_reason: str = "",
) -> Enquiry:
    """The enquiry as answered: in which of the five forms, by whom, with what words or at which address. Counted in I3.

    On an open case of the same agency the answer is a statement (phát ngôn) too, recorded as one typed by hand is.

    Args:
        outside_reason: why a speaker of another body answered; as `record_statement` wants it.

    Raises:
        InvalidInput: form or speaker missing, neither words nor address, a moment that cannot be, or on a case
            somebody without the right to speak.
    """
    answered = _since(enquiry, past(at or now, now, "at", "Thời điểm trả lời"))
    if form not in StatementForm.values:
        raise InvalidInput("Chọn hình thức cung cấp thông tin.", "form")
    if not spokesperson.strip():
        raise InvalidInput("Ghi người đã trả lời báo.", "spokesperson")
    address = web_address(url)
    if not text.strip() and not address:
        raise InvalidInput("Ghi nội dung đã trả lời, hoặc địa chỉ nơi đăng.", "text")
    moved = move_enquiry(
        enquiry, "answer_enquiry", actor=actor, now=now,
        told={"form": form, "spokesperson": spokesperson.strip()},
        answered_at=answered, answer_form=form, answer=text.strip(), answer_url=address,
        spokesperson=spokesperson.strip()[:150],
    )  # fmt: skip
    if speaks_on_case(moved):
        record_statement(
            moved.case, actor=actor, now=now, at=answered, form=form, spokesperson=spokesperson,
            text=text.strip() or _answered_at(moved), url=address, outside_reason=outside_reason,
        )  # fmt: skip
    _end_duty(moved, "answered", answered)
    outbox.post("enquiry_told", moved.pk, at=now)
    return moved


def speaks_on_case(enquiry: Enquiry) -> bool:
    """Whether an answer to it is a statement on its case: the case is open and still the agency's own.

    After a hand-over another agency speaks on the case; what this one told the press stays with the enquiry.
    """
    case = enquiry.case
    return (
        case is not None and case.state != CaseState.CLOSED and case.agency_id == enquiry.agency_id
    )


def _answered_at(enquiry: Enquiry) -> str:
    """What the statement says when only the address of the printed answer was given."""
    return f"Trả lời {enquiry.outlet} ({enquiry.number}), nội dung tại địa chỉ đăng."


@transaction.atomic
def refuse_enquiry(
    enquiry: Enquiry,
    *,
    actor: Actor,
    now: datetime,
    ground: str,
    reason: str,
    at: datetime | None = None,
) -> Enquiry:
    """The enquiry as refused on a ground in force that day, its reason stated and told at once (PN-08).

    Raises:
        InvalidInput: the ground was not in force that day, no reason, or a moment that cannot be.
    """
    refused = _since(enquiry, past(at or now, now, "at", "Thời điểm từ chối"))
    chosen = _ground(ground, refused)
    if not reason.strip():
        raise InvalidInput("Nêu rõ lý do từ chối: luật buộc phải nêu.", "reason")
    moved = move_enquiry(
        enquiry, "refuse_enquiry", actor=actor, now=now, reason=reason,
        told={"ground": chosen.code, "source": str(chosen.source)},
        refused_at=refused, refusal_ground=chosen.code, refusal_reason=reason.strip(),
    )  # fmt: skip
    if moved.case is not None and moved.case.state != CaseState.CLOSED:
        _owe_the_reason(locked(moved.case), refused)
    _end_duty(moved, "declined", refused)
    outbox.post("enquiry_told", moved.pk, at=now)
    return moved


def _ground(code: str, at: datetime) -> RefusalGround:
    day = at.astimezone(VIETNAM).date()
    try:
        open_then = refusal_grounds(day)
    except NotInForce as error:
        raise InvalidInput(str(error), "at") from error
    found = next((ground for ground in open_then if ground.code == code), None)
    if found is None:
        names = "; ".join(str(ground.source) for ground in open_then)
        raise InvalidInput(
            f"Căn cứ này không có hiệu lực ngày {show_date(day)}. Chọn một trong: {names}.",
            "ground",
        )
    return found


def _owe_the_reason(case: Case, at: datetime) -> None:
    """A clock of PN-08 on the case, when the law of the day has it; the refusal paper ends it."""
    try:
        rule(STATE_REASON).at(at.astimezone(VIETNAM).date())
    except NotInForce:
        return
    start_clock(case, STATE_REASON, at)


@transaction.atomic
def refer_enquiry(enquiry: Enquiry, *, to: str, actor: Actor, now: datetime) -> Enquiry:
    """The enquiry as referred to who has the matter.

    Raises:
        InvalidInput: it is not said to whom.
    """
    if not to.strip():
        raise InvalidInput("Ghi cơ quan, người mà báo cần liên hệ.", "to")
    moved = move_enquiry(
        enquiry, "refer_enquiry", actor=actor, now=now, reason=to,
        referred_at=now, referred_to=to.strip()[:250],
    )  # fmt: skip
    _end_duty(moved, "not_ours", now)
    outbox.post("enquiry_told", moved.pk, at=now)
    return moved


@transaction.atomic
def discard_enquiry(enquiry: Enquiry, *, reason: str, actor: Actor, now: datetime) -> Enquiry:
    """The enquiry set aside: no press, an empty letter, junk. It leaves the count of I3, with its reason in the diary.

    Raises:
        InvalidInput: no reason.
    """
    if not reason.strip():
        raise InvalidInput("Ghi vì sao đây không phải đề nghị của báo chí.", "reason")
    return move_enquiry(
        enquiry, "discard_enquiry", actor=actor, now=now, reason=reason,
        discarded_reason=reason.strip()[:250],
    )  # fmt: skip


@transaction.atomic
def reopen_enquiry(enquiry: Enquiry, *, reason: str, actor: Actor, now: datetime) -> Enquiry:
    """The refused, referred or discarded enquiry open again; what was said before stays in the diary.

    Raises:
        InvalidInput: no reason.
    """
    if not reason.strip():
        raise InvalidInput("Ghi lý do mở lại.", "reason")
    before = locked_enquiry(enquiry)
    return move_enquiry(
        before, "reopen_enquiry", actor=actor, now=now, reason=reason,
        told={"ground": before.refusal_ground, "said": before.refusal_reason or before.referred_to},
        refused_at=None, refusal_ground="", refusal_reason="", referred_at=None, referred_to="",
        discarded_reason="", acknowledged_at=before.acknowledged_at or now,
    )  # fmt: skip


@transaction.atomic
def link_enquiry(enquiry: Enquiry, *, case: Case, actor: Actor, now: datetime) -> Enquiry:
    """The enquiry as part of a case, which now has the duty to answer: type a, or g when a press authority asks.

    Raises:
        InvalidInput: the case is another agency's.
        WrongState: the case is closed.
    """
    enquiry = open_enquiry(enquiry, "link_enquiry", actor)
    if case is None or case.agency_id != enquiry.agency_id:
        raise InvalidInput("Chọn hồ sơ đang mở của chính đơn vị được hỏi.", "case")
    case = locked(case)
    refuse_closed(case)
    enquiry.case = case
    enquiry.save(update_fields=["case"])
    letter = letter_of(enquiry)
    ledger.write(enquiry, actor=actor, step="link_enquiry", at=now, case=case.number, letter=letter)
    if not case.obligations.filter(letter=letter).exists():
        put_obligation(case, letter, actor=actor, now=now, reason=_why(enquiry))
    return enquiry


def letter_of(enquiry: Enquiry) -> str:
    """The type of obligation the enquiry opens on a case (workflow.md §3)."""
    return "g" if enquiry.is_from_authority else "a"


def _why(enquiry: Enquiry) -> str:
    duty = " về việc báo chí đã nêu (NĐ 244/2026 Đ7.5)" if enquiry.is_reported_matter else ""
    return f"{enquiry.number}: {enquiry.outlet} đề nghị {enquiry.get_kind_display().lower()}{duty}."


def _end_duty(enquiry: Enquiry, result: str, at: datetime) -> None:
    """The obligation of the case ended with this enquiry, unless another still waits or the case is closed."""
    case = enquiry.case
    if case is None or case.state == CaseState.CLOSED:
        return
    same = Enquiry.objects.system("others of the case that still wait").filter(
        case=case, state__in=OPEN_ENQUIRIES, is_from_authority=enquiry.is_from_authority
    )
    if same.exists():
        return
    for obligation in case.obligations.filter(letter=letter_of(enquiry), ended_at=None):
        end_obligation(obligation, result=result, at=at)


def _since(enquiry: Enquiry, at: datetime) -> datetime:
    # People tell the time to the minute: answered in the minute it came is not before it.
    if at < enquiry.received_at.replace(second=0, microsecond=0):
        raise InvalidInput("Thời điểm này không thể trước lúc nhận đề nghị.", "at")
    return at
