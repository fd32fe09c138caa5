"""Around and at a press conference: who is invited and comes, what is asked, promised, handed out and printed."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Official, PressAgency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.handling.actions.conference import locked_conference
from hoiam.handling.actions.moving import past, web_address
from hoiam.handling.models import Coverage, Handout, Invitation, PressConference, PressQuestion
from hoiam.handling.queries.calendars import calendar_now
from hoiam.handling.states import ConferenceState, InvitationReply
from hoiam.kit.rulebook import compute
from hoiam.kit.vietnamese import nfc, squash
from hoiam.monitoring.models import Item

PROMISED = "MD-84"
OFF = (ConferenceState.CANCELLED, ConferenceState.FORBIDDEN)


def _living(conference: PressConference, step: str, actor: Actor) -> PressConference:
    """The conference under lock, when the actor may take the step and it was neither called off nor forbidden."""
    conference = locked_conference(conference)
    authority.check(actor, step, conference)
    if conference.state in OFF:
        label = ConferenceState(conference.state).label.lower()
        raise WrongState(f"Cuộc họp báo này {label}. Tải lại trang để xem ai vừa xử lý.")
    return conference


@transaction.atomic
def invite(
    conference: PressConference,
    *,
    actor: Actor,
    now: datetime,
    press_agencies: Iterable[PressAgency] = (),
    outlet: str = "",
    reporter_name: str = "",
    contact: str = "",
) -> list[Invitation]:
    """The invitations added: press agencies of the register, and one outlet or person written by hand.

    Raises:
        InvalidInput: nobody was named, or all are invited already.
        WrongState: the conference is off, or over.
    """
    conference = _living(conference, "invite", actor)
    if conference.state == ConferenceState.HELD:
        raise WrongState("Họp báo đã xong. Người đến không có giấy mời thì ghi ở mục Có mặt.")
    guests = [{"press_agency": press, "outlet": press.name} for press in press_agencies]
    if outlet.strip():
        guests.append(
            {
                "outlet": squash(nfc(outlet))[:200],
                "reporter_name": squash(nfc(reporter_name))[:120],
                "contact": contact.strip()[:250],
            }
        )
    if not guests:
        raise InvalidInput("Chọn báo trong danh bạ hoặc ghi tên báo cần mời.", "outlet")
    have = {(row.outlet, row.reporter_name) for row in conference.invitations.all()}
    fresh = [g for g in guests if (g["outlet"], g.get("reporter_name", "")) not in have]
    if not fresh:
        raise InvalidInput("Báo này đã có trong danh sách mời.", "outlet")
    made = [Invitation.objects.create(conference=conference, **guest) for guest in fresh]
    ledger.write(
        conference, actor=actor, step="invite", at=now, invited=[str(guest) for guest in made]
    )
    return made


@transaction.atomic
def send_invitation(
    conference: PressConference,
    *,
    guests: Collection[Invitation],
    how: str,
    actor: Actor,
    now: datetime,
) -> int:
    """How many of the guests were marked as sent their invitation.

    Raises:
        InvalidInput: nobody chosen, or it is not said how.
    """
    conference = _living(conference, "send_invitation", actor)
    if not how.strip():
        raise InvalidInput("Ghi gửi giấy mời bằng cách nào.", "how")
    chosen = conference.invitations.filter(pk__in=[g.pk for g in guests], is_walk_in=False)
    count = chosen.update(sent_at=now, sent_how=how.strip()[:100])
    if not count:
        raise InvalidInput("Chọn ít nhất một báo đã gửi giấy mời.", "guests")
    ledger.write(
        conference, actor=actor, step="send_invitation", at=now, reason=how.strip(), count=count
    )
    return count


@transaction.atomic
def record_reply(
    conference: PressConference, *, guest: Invitation, reply: str, actor: Actor, now: datetime
) -> Invitation:
    """The invitation with the outlet's answer.

    Raises:
        InvalidInput: no such answer, or another conference's guest.
    """
    conference = _living(conference, "record_reply", actor)
    found = _guest(conference, guest)
    if reply not in InvitationReply.values:
        raise InvalidInput("Chọn báo trả lời thế nào.", "reply")
    found.reply, found.replied_at = reply, now
    found.save(update_fields=["reply", "replied_at"])
    ledger.write(
        conference, actor=actor, step="record_reply", at=now, guest=str(found), reply=reply
    )
    return found


def _guest(conference: PressConference, guest: Invitation | None) -> Invitation:
    found = conference.invitations.filter(pk=guest.pk).first() if guest is not None else None
    if found is None:
        raise InvalidInput("Chọn báo trong danh sách mời của cuộc họp này.", "guest")
    return found


@transaction.atomic
def take_attendance(
    conference: PressConference,
    *,
    actor: Actor,
    now: datetime,
    present: Collection[Invitation] = (),
    outlet: str = "",
    reporter_name: str = "",
    card_number: str = "",
) -> int:
    """How many are present: those ticked off the list, and one who came without an invitation.

    Whoever came unasked stays present when the list is ticked again.
    """
    conference = _living(conference, "take_attendance", actor)
    here = {guest.pk for guest in present}
    asked = conference.invitations.filter(is_walk_in=False)
    asked.filter(pk__in=here).update(is_present=True)
    asked.exclude(pk__in=here).update(is_present=False)
    if outlet.strip():
        Invitation.objects.update_or_create(
            conference=conference,
            outlet=squash(nfc(outlet))[:200],
            reporter_name=squash(nfc(reporter_name))[:120],
            defaults={"is_present": True, "card_number": card_number.strip()[:40]},
            create_defaults={
                "is_present": True, "is_walk_in": True, "card_number": card_number.strip()[:40],
            },
        )  # fmt: skip
    count = conference.invitations.filter(is_present=True).count()
    ledger.write(conference, actor=actor, step="take_attendance", at=now, present=count)
    return count


@transaction.atomic
def record_question(
    conference: PressConference,
    *,
    outlet: str,
    question: str,
    actor: Actor,
    now: datetime,
    reporter_name: str = "",
    answered_by: str = "",
    answer: str = "",
    is_promised: bool = False,
    promised_at: datetime | None = None,
    holder: Official | None = None,
) -> PressQuestion:
    """One question: answered there, or promised until a day (MD-84 when none was named) with who will answer.

    Raises:
        InvalidInput: who asked or what is missing; neither answered nor promised; a promise without a holder, or past.
    """
    conference = _living(conference, "record_question", actor)
    if not outlet.strip():
        raise InvalidInput("Ghi báo nào hỏi.", "outlet")
    if not question.strip():
        raise InvalidInput("Ghi câu hỏi.", "question")
    if not answer.strip() and not is_promised:
        raise InvalidInput("Ghi trả lời tại chỗ, hoặc đánh dấu hẹn trả lời sau.", "answer")
    until = _promise(is_promised, promised_at, holder, now)
    kept = PressQuestion.objects.create(
        conference=conference, outlet=squash(nfc(outlet))[:200], reporter_name=squash(nfc(reporter_name))[:120],
        question=nfc(question).strip(), answered_by=squash(nfc(answered_by))[:150],
        answer=nfc(answer).strip(), promised_at=until, holder=holder if until else None,
        recorded_by=actor.official, recorded_at=now,
    )  # fmt: skip
    ledger.write(
        conference, actor=actor, step="record_question", at=now, question=kept.question[:200],
        promised=until.isoformat() if until else "",
    )  # fmt: skip
    return kept


def _promise(
    is_promised: bool, at: datetime | None, holder: Official | None, now: datetime
) -> datetime | None:
    if not is_promised:
        return None
    if holder is None:
        raise InvalidInput("Chọn người chịu trách nhiệm trả lời câu đã hẹn.", "holder")
    if at is not None and at <= now:
        raise InvalidInput("Ngày hẹn trả lời phải ở phía trước.", "promised_at")
    return at or compute(PROMISED, now, calendar=calendar_now()).due


@transaction.atomic
def keep_promise(
    question: PressQuestion, *, note: str, actor: Actor, now: datetime, at: datetime | None = None
) -> PressQuestion:
    """The promised answer as given: how and what, when.

    Raises:
        WrongState: nothing was promised, or it was kept already.
        InvalidInput: it is not said how, or the moment lies ahead.
    """
    conference = locked_conference(question.conference)
    question = conference.questions.get(pk=question.pk)
    question.conference = conference
    authority.check(actor, "keep_promise", question)
    if question.promised_at is None or question.kept_at is not None:
        raise WrongState("Câu hỏi này không còn chờ trả lời. Tải lại trang để xem.")
    if not note.strip():
        raise InvalidInput("Ghi đã trả lời thế nào, cho ai.", "note")
    question.kept_at = past(at or now, now, "at", "Thời điểm trả lời")
    question.kept_note = note.strip()
    question.save(update_fields=["kept_at", "kept_note"])
    ledger.write(
        conference,
        actor=actor,
        step="keep_promise",
        at=now,
        reason=note.strip(),
        question=question.pk,
    )
    return question


@transaction.atomic
def consent_to_interview(
    conference: PressConference, *, question: PressQuestion, by: str, actor: Actor, now: datetime
) -> PressQuestion:
    """The question whose answer may be printed as an interview: without consent it may not (Luật 126/2025 Đ33).

    Raises:
        InvalidInput: no such question here, or it is not said who consented.
        WrongState: the consent stands already.
    """
    conference = _living(conference, "consent_to_interview", actor)
    found = conference.questions.filter(pk=question.pk).first() if question else None
    if found is None:
        raise InvalidInput("Chọn câu hỏi của cuộc họp này.", "question")
    if found.consent_at is not None:
        raise WrongState("Đã ghi đồng ý cho câu này.")
    if not by.strip():
        raise InvalidInput("Ghi người trả lời đã đồng ý.", "by")
    found.consent_at, found.consent_by = now, by.strip()[:150]
    found.save(update_fields=["consent_at", "consent_by"])
    ledger.write(
        conference,
        actor=actor,
        step="consent_to_interview",
        at=now,
        reason=by.strip(),
        question=found.pk,
    )
    return found


@transaction.atomic
def add_handout(
    conference: PressConference, *, title: str, actor: Actor, now: datetime, url: str = ""
) -> Handout:
    """The document as handed out.

    Raises:
        InvalidInput: no title, or no web address.
    """
    conference = _living(conference, "add_handout", actor)
    if not title.strip():
        raise InvalidInput("Ghi tên tài liệu đã phát.", "title")
    made = Handout.objects.create(
        conference=conference, title=title.strip()[:250], url=web_address(url), added_at=now
    )
    ledger.write(conference, actor=actor, step="add_handout", at=now, title=made.title)
    return made


@transaction.atomic
def add_coverage(
    conference: PressConference,
    *,
    actor: Actor,
    now: datetime,
    item: Item | None = None,
    outlet: str = "",
    title: str = "",
    url: str = "",
) -> Coverage:
    """What the press wrote of the conference: an item the platform has, or one written by hand.

    Raises:
        InvalidInput: neither an item nor outlet and title; or the item stands there already.
    """
    conference = _living(conference, "add_coverage", actor)
    if item is not None and conference.coverage.filter(item=item).exists():
        raise InvalidInput("Bài này đã có trong danh sách.", "item")
    said: dict[str, Any] = {
        "outlet": squash(nfc(outlet)) or (item.outlet if item else ""),
        "title": squash(nfc(title)) or (item.title if item else ""),
        "url": web_address(url) or (item.url if item else ""),
    }
    if not said["title"]:
        raise InvalidInput("Chọn bài đã thu thập hoặc ghi tên bài.", "title")
    if not said["outlet"]:
        raise InvalidInput("Ghi báo nào đăng.", "outlet")
    said |= {"outlet": said["outlet"][:200], "title": said["title"][:500]}
    made = Coverage.objects.create(conference=conference, item=item, added_at=now, **said)
    ledger.write(conference, actor=actor, step="add_coverage", at=now, title=made.title)
    return made


@transaction.atomic
def write_minutes(
    conference: PressConference, *, text: str, seen: int, actor: Actor, now: datetime
) -> PressConference:
    """The conference with its minutes (biên bản); earlier wordings stay in the diary.

    Raises:
        Conflict: somebody saved another version meanwhile.
        InvalidInput: nothing was written.
    """
    conference = _living(conference, "write_minutes", actor)
    if seen != conference.version:
        raise Conflict(
            "Cuộc họp báo vừa được người khác sửa. Biên bản bạn gõ còn nguyên bên dưới: "
            "xem lại bản mới rồi lưu lần nữa."
        )
    if not text.strip():
        raise InvalidInput("Ghi nội dung biên bản.", "text")
    conference.minutes, conference.minutes_by = nfc(text).strip(), actor.official
    conference.version += 1
    conference.save(update_fields=["minutes", "minutes_by", "version"])
    ledger.write(conference, actor=actor, step="write_minutes", at=now, text=conference.minutes)
    return conference
