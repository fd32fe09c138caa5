"""Pieces asked for (bài đặt viết): asked, taken or refused, put off, delivered, cancelled, reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.actions.files import SentFile
from hoiam.agencies.models import Agency, Official
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.core.pictures import keep, remade
from hoiam.kit.vietnamese import VIETNAM, nfc, squash
from hoiam.newsroom.actions.delivered import deliver
from hoiam.newsroom.actions.guest_links import revoke, use
from hoiam.newsroom.actions.submission_files import ReadPicture, add_shown, keep_word
from hoiam.newsroom.actions.submission_texts import Text
from hoiam.newsroom.actions.submissions import (
    begin_submission,
    check_whole,
    fill,
    told,
    touch,
)
from hoiam.newsroom.models import Commission, GuestLink, Section, Submission
from hoiam.newsroom.states.submissions import (
    COMMISSION_STEPS,
    OPEN_COMMISSION,
    CommissionState,
    SubmissionState,
)


@dataclass(frozen=True)
class Wish:
    """What is asked for."""

    title: str
    due_on: date
    brief: str = ""
    words: int | None = None
    theme: int | None = None
    section: Section | None = None


@dataclass(frozen=True)
class GuestPicture:
    """A picture somebody outside sends, with what it shows."""

    file: SentFile
    alt: str
    caption: str = ""


@transaction.atomic
def ask_for_piece(
    agency: Agency,
    wish: Wish,
    *,
    actor: Actor,
    now: datetime,
    official: Official | None = None,
    name: str = "",
    email: str = "",
) -> Commission:
    """The piece asked of an official, or of somebody outside who gets a link by mail.

    Raises:
        NotAllowed: the actor edits nothing for this agency.
        InvalidInput: no subject, nobody asked, no address, or a due day that is over.
    """
    authority.check(actor, "ask_for_piece", agency)
    who = official.full_name if official is not None else squash(nfc(name))[:120]
    if not squash(wish.title):
        raise InvalidInput("Ghi đề tài của bài đặt viết.", "title")
    if not who:
        raise InvalidInput("Chọn công chức, hoặc ghi tên người ngoài được đặt viết.", "name")
    if official is None and not email:
        raise InvalidInput("Ghi thư điện tử để gửi đường dẫn nộp bài.", "email")
    _check_due(wish.due_on, now)
    made = Commission.objects.create(
        agency=agency, official=official, name=who, email="" if official else email,
        title=squash(nfc(wish.title))[:300], brief=nfc(wish.brief).strip(), words=wish.words,
        theme=wish.theme, section=wish.section, due_on=wish.due_on,
        asked_by=actor.official, asked_at=now,
    )  # fmt: skip
    return _told(made, "ask_for_piece", "piece_asked_for", actor, now)


def _check_due(due_on: date, now: datetime) -> None:
    if due_on < now.astimezone(VIETNAM).date():
        raise InvalidInput("Hạn gửi bài đã qua. Chọn ngày từ hôm nay trở đi.", "due_on")


@transaction.atomic
def take_commission(
    commission: Commission, *, actor: Actor, now: datetime, answer: str = ""
) -> Commission:
    """The piece promised by who was asked.

    Raises:
        NotAllowed: somebody else was asked.
        WrongState: it was answered before.
    """
    return _answered(commission, "take_commission", actor, now, answer)


@transaction.atomic
def refuse_commission(
    commission: Commission, *, actor: Actor, now: datetime, answer: str
) -> Commission:
    """The piece refused by who was asked, with the reason.

    Raises:
        NotAllowed: somebody else was asked.
        WrongState: it is settled.
        InvalidInput: no reason.
    """
    if not squash(answer):
        raise InvalidInput("Ghi lý do để biên tập tìm người khác.", "answer")
    return _answered(commission, "refuse_commission", actor, now, answer)


@transaction.atomic
def note_answer(
    commission: Commission, *, is_taken: bool, actor: Actor, now: datetime, answer: str = ""
) -> Commission:
    """What somebody outside answered by telephone or letter; who may note it, the caller has seen to.

    Raises:
        WrongState: it is settled, or an official was asked, who answers here.
    """
    verb = "take_commission" if is_taken else "refuse_commission"
    held = _held(commission, verb, None)
    if held.official_id is not None:
        raise WrongState("Người này có tài khoản và tự trả lời lời đặt bài.")
    if not is_taken:
        revoke(held, now=now)
    return _settled(held, verb, actor, now, answer)


def _answered(
    commission: Commission, verb: str, actor: Actor, now: datetime, answer: str
) -> Commission:
    return _settled(_held(commission, verb, actor), verb, actor, now, answer)


def _settled(
    commission: Commission, verb: str, actor: Actor, now: datetime, answer: str
) -> Commission:
    commission.state, commission.answered_at = COMMISSION_STEPS[verb].target, now
    commission.answer = nfc(answer).strip()
    commission.save(update_fields=["state", "answered_at", "answer"])
    return _told(commission, verb, "piece_answered", actor, now, commission.answer)


@transaction.atomic
def move_commission(
    commission: Commission, *, actor: Actor, now: datetime, due_on: date
) -> Commission:
    """The piece with another due day; who was asked is told.

    Raises:
        NotAllowed: the actor edits nothing here.
        WrongState: it is settled.
        InvalidInput: a day that is over.
    """
    commission = _held(commission, "move_commission", actor)
    _check_due(due_on, now)
    commission.due_on, commission.reminded_on = due_on, None
    commission.save(update_fields=["due_on", "reminded_on"])
    return _told(commission, "move_commission", "piece_asked_for", actor, now)


@transaction.atomic
def cancel_commission(
    commission: Commission, *, actor: Actor, now: datetime, reason: str = ""
) -> Commission:
    """The piece no longer asked for; its links open nothing any more, who was asked is told.

    Raises:
        NotAllowed: the actor edits nothing here.
        WrongState: it is settled.
    """
    commission = _held(commission, "cancel_commission", actor)
    commission.state, commission.answer = CommissionState.CANCELLED, nfc(reason).strip()
    commission.save(update_fields=["state", "answer"])
    revoke(commission, now=now)
    return _told(commission, "cancel_commission", "piece_cancelled", actor, now, reason)


@transaction.atomic
def send_link(commission: Commission, *, actor: Actor, now: datetime) -> Commission:
    """The same piece asked for by a new link; the old ones open nothing any more.

    Raises:
        NotAllowed: the actor edits nothing here.
        WrongState: it is settled, or an official was asked, who needs none.
    """
    commission = _held(commission, "move_commission", actor)
    if commission.official_id is not None:
        raise WrongState("Người này có tài khoản, không cần đường dẫn.")
    return _told(commission, "send_link", "piece_asked_for", actor, now)


@transaction.atomic
def revoke_links(commission: Commission, *, actor: Actor, now: datetime) -> int:
    """How many links were taken back.

    Raises:
        NotAllowed: the actor edits nothing here.
    """
    commission = Commission.objects.system("reload").get(pk=commission.pk)
    authority.check(actor, "revoke_links", commission)
    ledger.write(commission, actor=actor, step="revoke_links", at=now)
    return revoke(commission, now=now)


@transaction.atomic
def begin_commissioned(
    commission: Commission, agency: Agency, *, actor: Actor, now: datetime
) -> Submission:
    """A draft of the piece asked for, of the unit its writer works at; begun twice it is the same draft.

    Raises:
        NotAllowed: somebody else was asked, or the actor writes for no such unit.
        WrongState: it is settled.
    """
    commission = _held(commission, "take_commission", actor, OPEN_COMMISSION)
    begun = Submission.objects.system("one draft a piece asked for").filter(commission=commission)
    if (draft := begun.exclude(state=SubmissionState.WITHDRAWN).first()) is not None:
        return draft
    text = Text(commission.title, theme=commission.theme, section=commission.section)
    commission.state = CommissionState.TAKEN
    commission.answered_at = commission.answered_at or now
    commission.save(update_fields=["state", "answered_at"])
    return begin_submission(agency, text, actor=actor, now=now, commission_id=commission.pk)


@transaction.atomic
def send_by_link(
    link: GuestLink,
    text: Text,
    *,
    now: datetime,
    pictures: Sequence[GuestPicture] = (),
    word: SentFile | None = None,
) -> Submission:
    """The piece somebody outside sent by the link, before the editors; the link is used up.

    A Word file is read afterwards, and the editors are told of the piece at once.

    Raises:
        WrongState: the link opens nothing any more, or the piece is no longer asked for.
        InvalidInput: no title or text, a picture without words, a file that cannot be taken.
    """
    link = use(link, now)
    made = returned_piece(link, lock=True)
    if made is None:
        commission = _held(Commission(pk=link.commission_id), "deliver_commission", None)
        made = Submission(
            agency=commission.agency, writer_name=commission.name, commission=commission,
            begun_at=now,
        )  # fmt: skip
    fill(made, text)
    touch(made, now)
    made.sent_at, made.reason = now, ""
    made.state = SubmissionState.SENT
    made.save()
    _add_pictures(made, pictures)
    if word is None:
        check_whole(made, asks_later=True)
        if made.pictures.filter(alt="").exists():
            outbox.post("word_of_guest_read", made.pk, at=now)
    elif made.title:
        keep_word(made, word, now)
    else:
        raise InvalidInput("Ghi tên bài rồi gửi.", "title")
    deliver(made, now=now)
    return told(made, "send_by_link", "submission_sent", None, now)


def returned_piece(link: GuestLink, *, lock: bool = False) -> Submission | None:
    """The piece sent by an earlier link of the same wish that editors gave back; None when there is none."""
    rows = Submission.objects.system("who has the link wrote it").select_related("agency")
    rows = rows.filter(commission=link.commission_id, writer=None, state=SubmissionState.RETURNED)
    found: Submission | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    return found


def _add_pictures(submission: Submission, pictures: Sequence[GuestPicture]) -> None:
    for picture in pictures:
        if not squash(picture.alt):
            raise InvalidInput(f"Ảnh “{picture.file.name}” chưa có lời tả. Ghi một câu ảnh cho thấy gì.", "pictures")  # fmt: skip
        shown = remade(picture.file.data, picture.file.name)
        add_shown(submission, ReadPicture(keep(shown), shown, picture.alt, picture.caption))


def _held(
    commission: Commission, verb: str, actor: Actor | None,
    sources: frozenset[CommissionState] | None = None,
) -> Commission:  # fmt: skip
    rows = Commission.objects.system("reload under lock").select_for_update(of=("self",))
    found: Commission = rows.select_related("agency", "official", "section").get(pk=commission.pk)
    if actor is not None:
        authority.check(actor, verb, found)
    step = COMMISSION_STEPS[verb]
    if found.state not in (sources or step.sources):
        state = str(found.get_state_display()).lower()
        raise WrongState(f"Bài đặt viết này {state}. Tải lại trang để xem ai vừa xử lý.")
    return found


def _told(
    commission: Commission, step: str, message: str, actor: Actor, now: datetime, reason: str = ""
) -> Commission:
    ledger.write(commission, actor=actor, step=step, at=now, reason=reason)
    outbox.post(message, commission.pk, at=now)
    return commission
