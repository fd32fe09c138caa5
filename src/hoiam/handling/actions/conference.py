"""A press conference from plan to the day: its notice by law, a ban, calling it off, holding it (workflow.md §6)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.handling.actions.moving import past
from hoiam.handling.models import ConferenceNotice, PressConference
from hoiam.handling.queries.conference import Notice, notice_of
from hoiam.handling.states import CONFERENCE_TRANSITIONS, ConferenceKind, ConferenceState
from hoiam.kit.rulebook import RulebookError, default
from hoiam.kit.vietnamese import nfc, show_datetime, squash

SAID = (
    "title", "place", "online", "starts_at", "ends_at", "host", "content", "legality_documents",
    "authority", "kind", "case", "needs_notice", "no_notice_reason",
)  # fmt: skip
# What a notice must not be wrong about: changing it asks for another (MD-31).
BINDING = ("starts_at", "content")
ADDRESSEE = "MD-13"


@transaction.atomic
def plan_conference(
    agency: Agency, *, actor: Actor, now: datetime, **typed: Any
) -> PressConference:
    """The planned conference; what is not known yet may be left out until the notice.

    Args:
        typed: title, place, online, starts_at, ends_at, host, content, legality_documents, authority, kind, case,
            needs_notice, no_notice_reason.

    Raises:
        NotAllowed: the actor may not at this agency.
        InvalidInput: no title, an end before the beginning, another agency's case, no notice without a reason.
    """
    authority.check(actor, "plan_conference", agency)
    conference = PressConference(
        agency=agency, planned_by=actor.official, planned_at=now, fictional=agency.fictional
    )
    _say(conference, {"authority": addressee_of(agency), **typed})
    conference.save()
    ledger.write(conference, actor=actor, step="plan_conference", at=now, **_told(conference))
    return conference


def addressee_of(agency: Agency) -> str:
    """Who is told of a conference unless the agency says otherwise (MD-13): the people's committee of its province."""
    return f"{default(ADDRESSEE).value} {agency.province}".strip() if agency.province else ""


@transaction.atomic
def edit_conference(
    conference: PressConference, *, seen: int, actor: Actor, now: datetime, **typed: Any
) -> PressConference:
    """The conference with what was changed. A changed hour or content takes it back to "planned": notify again.

    Args:
        seen: version the person began from.

    Raises:
        Conflict: somebody saved another version meanwhile.
        WrongState: it was held or called off.
        InvalidInput: as for planning.
    """
    conference = locked_conference(conference)
    check_conference(conference, "edit_conference", actor)
    if seen != conference.version:
        raise Conflict(
            "Cuộc họp báo vừa được người khác sửa. Những gì bạn gõ còn nguyên bên dưới: "
            "xem lại bản mới rồi lưu lần nữa."
        )
    before = {name: getattr(conference, name) for name in BINDING}
    _say(conference, typed)
    changed = [name for name in BINDING if getattr(conference, name) != before[name]]
    if changed or conference.state == ConferenceState.FORBIDDEN:
        _unnotified(conference)
    conference.version += 1
    conference.save()
    ledger.write(
        conference, actor=actor, step="edit_conference", at=now, changed=changed,
        **_told(conference),
    )  # fmt: skip
    return conference


def _unnotified(conference: PressConference) -> None:
    conference.state = ConferenceState.PLANNED
    conference.notice_sent_at = conference.notice_received_at = None
    conference.forbidden_at, conference.forbidden_reason = None, ""


def _say(conference: PressConference, typed: Mapping[str, Any]) -> None:
    for name in SAID:
        if name in typed:
            value = typed[name]
            setattr(conference, name, _clean(name, value) if isinstance(value, str) else value)
    if not conference.title:
        raise InvalidInput("Đặt tên cuộc họp báo.", "title")
    if conference.kind not in ConferenceKind.values:
        raise InvalidInput("Chọn họp báo theo vụ việc hay định kỳ.", "kind")
    starts, ends = conference.starts_at, conference.ends_at
    if ends is not None and (starts is None or ends <= starts):
        raise InvalidInput("Giờ kết thúc phải sau giờ bắt đầu.", "ends_at")
    if conference.case is not None and conference.case.agency_id != conference.agency_id:
        raise InvalidInput("Chọn hồ sơ của chính đơn vị tổ chức.", "case")
    if not conference.needs_notice and not conference.no_notice_reason:
        raise InvalidInput("Ghi vì sao không phải thông báo.", "no_notice_reason")


def _clean(name: str, value: str) -> str:
    lines = nfc(value).replace("\r\n", "\n").strip()
    return lines if name in ("content", "legality_documents") else squash(lines)


def _told(conference: PressConference) -> dict[str, Any]:
    starts = conference.starts_at
    return {
        "title": conference.title,
        "starts_at": starts.isoformat() if starts else "",
        "content": conference.content,
    }


@transaction.atomic
def send_notice(
    conference: PressConference,
    *,
    how: str,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    symbol: str = "",
    late_reason: str = "",
) -> PressConference:
    """The conference with its written notice on the way (HB-01); the notice keeps what it said.

    Args:
        how: by hand, post, e-office.
        symbol: number and symbol of the paper.
        late_reason: why it goes out although it cannot arrive in time; kept and shown.

    Raises:
        WrongState: it was notified already, is off, or needs no notice.
        InvalidInput: one of the items of the law is missing (all are named), no addressee, or too late without a reason.
    """
    conference = locked_conference(conference)
    check_conference(conference, "send_notice", actor)
    if not conference.needs_notice:
        raise WrongState("Cuộc họp báo này được ghi là không phải thông báo. Sửa lại nếu cần.")
    sent = past(at or now, now, "at", "Thời điểm gửi")
    notice = _whole(conference, now)
    if not how.strip():
        raise InvalidInput("Ghi gửi bằng cách nào: trực tiếp, bưu điện, eOffice…", "how")
    last = _in_time(conference, notice, sent, late_reason)
    ConferenceNotice.objects.create(
        conference=conference, said=_said_now(conference, notice), starts_at=conference.starts_at,
        authority=conference.authority, last_moment_at=last, symbol=symbol.strip()[:60],
        sent_at=sent, sent_how=how.strip()[:200], sent_by=actor.official,
        late_reason=late_reason.strip()[:250] if sent > last else "",
    )  # fmt: skip
    conference.notice_sent_at, conference.notice_received_at = sent, None
    return _moved(
        conference, "send_notice", actor=actor, now=now, reason=late_reason, symbol=symbol.strip()
    )


def _whole(conference: PressConference, now: datetime) -> Notice:
    try:
        notice = notice_of(conference, now=now)
    except RulebookError as error:
        raise InvalidInput(str(error), "starts_at") from error
    if notice.missing:
        names = "; ".join(item.title for item in notice.missing)
        raise InvalidInput(
            f"Thông báo còn thiếu: {names} ({notice.content.source}). Bổ sung rồi gửi."
        )
    if not conference.authority:
        raise InvalidInput("Ghi cơ quan nhận thông báo.")
    return notice


def _in_time(
    conference: PressConference, notice: Notice, sent: datetime, late_reason: str
) -> datetime:
    """The last moment; a notice that cannot arrive by then needs a reason, one after the hour itself is none."""
    last, starts = notice.due.due, conference.starts_at
    if last is None or starts is None:
        raise InvalidInput("Ghi giờ họp báo trước.", "starts_at")
    if sent >= starts:
        raise InvalidInput("Giờ họp báo đã qua, không còn thông báo trước được. Đổi giờ họp.", "at")
    if sent > last and not late_reason.strip():
        earliest = show_datetime(sent + (starts - last))
        raise InvalidInput(
            f"Thông báo phải đến {conference.authority} chậm nhất lúc {show_datetime(last)} "
            f"({notice.due.source}). Dời giờ họp từ {earliest} trở đi, hoặc ghi lý do vẫn gửi muộn.",
            "late_reason",
        )
    return last


def _said_now(conference: PressConference, notice: Notice) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for item in notice.content.items:
        if item.code == "invited":
            said[item.code] = [str(g) for g in conference.invitations.all() if not g.is_walk_in]
        elif item.code == "starts_at":
            said[item.code] = conference.starts_at.isoformat()
        else:
            said[item.code] = getattr(conference, item.code)
    return said


@transaction.atomic
def record_notice_received(
    conference: PressConference, *, at: datetime, proof: str, actor: Actor, now: datetime
) -> PressConference:
    """The conference whose notice the authority has, with proof; whether that was in time is seen from the moment.

    Raises:
        WrongState: no notice is on the way, or its receiving stands already.
        InvalidInput: no proof, or a moment before the sending or ahead.
    """
    conference = locked_conference(conference)
    authority.check(actor, "record_notice_received", conference)
    notice = conference.notices.order_by("sent_at", "id").last()
    if conference.state != ConferenceState.NOTIFIED or notice is None:
        raise WrongState("Chưa có thông báo nào đang chờ nhận.")
    if notice.received_at is not None:
        raise WrongState("Việc nhận thông báo đã được ghi.")
    past(at, now, "at", "Thời điểm nhận")
    if at < notice.sent_at.replace(second=0, microsecond=0):
        raise InvalidInput("Thời điểm nhận không thể trước lúc gửi.", "at")
    if not proof.strip():
        raise InvalidInput("Ghi chứng cứ: số đến, dấu nhận, người ký nhận.", "proof")
    notice.received_at, notice.proof = at, proof.strip()[:250]
    notice.save(update_fields=["received_at", "proof"])
    conference.notice_received_at = at
    conference.save(update_fields=["notice_received_at"])
    ledger.write(
        conference, actor=actor, step="record_notice_received", at=now, reason=notice.proof,
        received=at.isoformat(), is_late=at > notice.last_moment_at,
    )  # fmt: skip
    return conference


@transaction.atomic
def record_ban(
    conference: PressConference, *, at: datetime, reason: str, actor: Actor, now: datetime
) -> PressConference:
    """The conference as forbidden in writing by the authority (HB-02); whether it spoke in time stands beside.

    Raises:
        InvalidInput: neither number nor reason, or a moment ahead.
    """
    conference = locked_conference(conference)
    check_conference(conference, "record_ban", actor)
    conference.forbidden_at = past(at, now, "at", "Thời điểm nhận văn bản")
    if not reason.strip():
        raise InvalidInput("Ghi số văn bản và lý do không cho tổ chức.", "reason")
    conference.forbidden_reason = reason.strip()
    return _moved(conference, "record_ban", actor=actor, now=now, reason=reason)


@transaction.atomic
def cancel_conference(
    conference: PressConference, *, reason: str, actor: Actor, now: datetime
) -> PressConference:
    """The conference called off; it counts nowhere.

    Raises:
        InvalidInput: no reason.
    """
    conference = locked_conference(conference)
    check_conference(conference, "cancel_conference", actor)
    if not reason.strip():
        raise InvalidInput(
            "Ghi lý do hủy, để báo được mời và cơ quan nhận thông báo biết.", "reason"
        )
    conference.cancelled_at, conference.cancelled_reason = now, reason.strip()
    return _moved(conference, "cancel_conference", actor=actor, now=now, reason=reason)


@transaction.atomic
def hold_conference(
    conference: PressConference, *, actor: Actor, now: datetime, at: datetime | None = None
) -> PressConference:
    """The conference as held; I1 counts it by this moment.

    Raises:
        WrongState: it was not notified though the law asks for it, or is off.
        InvalidInput: the hour has not come.
    """
    conference = locked_conference(conference)
    check_conference(conference, "hold_conference", actor)
    if conference.needs_notice and conference.state == ConferenceState.PLANNED:
        raise WrongState("Chưa thông báo cho cơ quan có thẩm quyền: ghi việc thông báo trước.")
    held = at or conference.starts_at
    if held is None or held > now:
        raise InvalidInput("Chưa đến giờ họp báo. Ghi đã tổ chức sau khi họp.", "at")
    notified = conference.notice_sent_at
    if notified is not None and held < notified:
        raise InvalidInput("Thời điểm họp không thể trước lúc gửi thông báo.", "at")
    conference.held_at = held
    return _moved(conference, "hold_conference", actor=actor, now=now)


def locked_conference(conference: PressConference) -> PressConference:
    """The conference reloaded under lock, so that a stale copy is safe."""
    rows = PressConference.objects.system("reload under lock")
    return (
        rows.select_for_update(of=("self",), no_key=True)
        .select_related("agency", "case")
        .get(pk=conference.pk)
    )


def check_conference(conference: PressConference, step: str, actor: Actor) -> None:
    """Nothing, when the actor may take the step and the conference is in a state it starts from.

    Raises:
        NotAllowed: the actor may not.
        WrongState: it is not; the sentence names both.
    """
    authority.check(actor, step, conference)
    transition = CONFERENCE_TRANSITIONS[step]
    if conference.state not in transition.sources:
        raise WrongState(
            f"Cuộc họp báo đang ở tình trạng “{ConferenceState(conference.state).label}”, không làm "
            f"“{transition.label}” được. Tải lại trang để xem ai vừa xử lý."
        )


def _moved(
    conference: PressConference,
    step: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    **told: Any,
) -> PressConference:
    before, conference.state = conference.state, CONFERENCE_TRANSITIONS[step].target
    conference.save()
    ledger.write(
        conference, actor=actor, step=step, at=now, reason=reason.strip(), before=before, **told
    )
    return conference
