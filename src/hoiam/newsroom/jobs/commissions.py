"""Notices of pieces asked for, mails to those outside, and the morning's reminder of those not yet delivered."""

from datetime import datetime, timedelta

from hoiam.core import ledger
from hoiam.core.jobs import daily, job
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.mail import queue_mail
from hoiam.core.outbox import handles
from hoiam.kit.rulebook import default, default_number, end_of_day
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.newsroom.actions.guest_links import address_of_piece, make_link
from hoiam.newsroom.jobs.hearing import tell_listeners
from hoiam.newsroom.jobs.submissions import WHY, write_to
from hoiam.newsroom.models import Commission
from hoiam.newsroom.states.submissions import OPEN_COMMISSION

MORNING, BEFORE = "MD-141", "MD-142"
PAGE = "desk-commission"
TURNS = ("ask_for_piece", "move_commission", "send_link")


def _commission(pk: int) -> Commission:
    rows = Commission.objects.system(WHY).select_related("agency", "official", "asked_by")
    found: Commission = rows.get(pk=pk)
    return found


def _wish(wish: Commission) -> str:
    words = f" Khoảng {wish.words} chữ." if wish.words else ""
    brief = f"\n\n{wish.brief}" if wish.brief else ""
    return f"{wish.agency} đặt viết bài “{wish.title}”, hạn {show_date(wish.due_on)}.{words}{brief}"


@handles("piece_asked_for")
def tell_who_is_asked(commission_id: int, now: datetime) -> None:
    """Who is asked; somebody outside gets a mail with a link of their own, and older links open nothing any more."""
    wish = _commission(commission_id)
    if wish.state in OPEN_COMMISSION:
        _ask(wish, f"Đặt viết bài: {wish.title[:120]}", _wish(wish), "asked", now)


def _turn(wish: Commission) -> int:
    """How many times the piece was asked for, moved or its link sent anew: a message that comes twice says the same turn."""
    return ledger.of(wish).filter(step__in=TURNS).count()


def _ask(wish: Commission, subject: str, text: str, occasion: str, now: datetime) -> None:
    key = f"piece-{occasion}:{wish.pk}:{_turn(wish)}"
    if wish.official is not None:
        write_to(
            [wish.official], subject, text, key=key, now=now, page=(PAGE, wish.pk),
            needed_by=end_of_day(wish.due_on),
        )  # fmt: skip
        return
    # A new link takes the old ones back: none is made for a mail that was written before.
    if OutgoingMail.objects.filter(key__startswith=f"{key}:").exists():
        return
    _, secret = make_link(wish, actor=None, now=now)
    link = f"\n\nGửi bài ở đây, không cần tài khoản: {address_of_piece(secret)}\nĐường dẫn chỉ dành cho anh/chị và dùng một lần."
    queue_mail(wish.email, subject, text + link, key=key, now=now)


@handles("piece_answered")
def tell_who_asked(commission_id: int, now: datetime) -> None:
    """The editor: taken or refused."""
    wish = _commission(commission_id)
    tell_listeners(wish, now)
    text = f"{wish.name}: {wish.get_state_display().lower()} bài “{wish.title}”. {wish.answer}"
    key = f"piece-answered:{wish.pk}:{wish.state}"
    subject = f"Trả lời đặt bài: {wish.title[:120]}"
    write_to([wish.asked_by], subject, text, key=key, now=now, page=(PAGE, wish.pk))


@handles("piece_cancelled")
def tell_of_the_end(commission_id: int, now: datetime) -> None:
    """Who was asked: no longer needed."""
    wish = _commission(commission_id)
    tell_listeners(wish, now)
    subject = f"Thôi đặt bài: {wish.title[:120]}"
    text = f"{wish.agency} thôi đặt bài “{wish.title}”. {wish.answer}".strip()
    key = f"piece-cancelled:{wish.pk}"
    if wish.official is not None:
        write_to([wish.official], subject, text, key=key, now=now, page=(PAGE, wish.pk))
    else:
        queue_mail(wish.email, subject, text, key=key, now=now)


@daily(str(default(MORNING).value))
@job()
def remind_of_pieces(now: datetime, slot: str) -> int:
    """How many people were reminded of a piece that is due soon, and who asked for it told; each wish once a due day."""
    today = datetime.fromisoformat(slot).astimezone(VIETNAM).date()
    last = today + timedelta(days=default_number(BEFORE))
    rows = Commission.objects.system(WHY).select_related("agency", "official", "asked_by")
    due = rows.filter(state__in=OPEN_COMMISSION, due_on__lte=last, reminded_on=None)
    found = list(due.order_by("pk"))
    for wish in found:
        _ask(wish, f"Sắp đến hạn gửi bài: {wish.title[:120]}", _wish(wish), "due", now)
        _tell_who_waits(wish, now)
        Commission.objects.system(WHY).filter(pk=wish.pk).update(reminded_on=today)
    return len(found)


def _tell_who_waits(wish: Commission, now: datetime) -> None:
    subject = f"Sắp đến hạn bài đặt viết: {wish.title}"
    text = f"{wish.name}, hạn {show_date(wish.due_on)}, {wish.get_state_display().lower()}. Người viết vừa được nhắc."
    key = f"piece-waits:{wish.pk}:{_turn(wish)}"
    write_to([wish.asked_by], subject, text, key=key, now=now, page=(PAGE, wish.pk))
