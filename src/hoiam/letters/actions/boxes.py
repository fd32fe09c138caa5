"""Mailboxes letters come to: which agency reads which, and mails turned into letters once."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.core.markup import plain
from hoiam.kit.vietnamese import nfc, squash
from hoiam.letters.actions.hiding import WHY
from hoiam.letters.actions.intake import LONGEST_TEXT, Named, Upload, Written, put_letter
from hoiam.letters.actions.kept_files import MOST_FILES
from hoiam.letters.models import LetterBox, LetterMail, ReaderLetter
from hoiam.letters.states import LetterChannel
from hoiam.monitoring.actions.sources import mailbox_of

NO_TEXT = "(Thư không có nội dung chữ; xem tệp kèm theo.)"
UNREADABLE = "Thư không đọc được; mở hộp thư để xem."
NO_LETTER = "Thư tự động hoặc thư báo lỗi, không phải đơn."


@transaction.atomic
def save_letter_box(
    agency: Agency, *, variable: str, is_on: bool, actor: Actor, now: datetime,
    seen: int | None = None,
) -> LetterBox:  # fmt: skip
    """The agency's mailbox: the name of the environment variable that says where it is.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: a wrong name, or the server has no such variable.
        Conflict: somebody saved it since.
    """
    authority.check(actor, "save_letter_box", agency)
    mailbox_of({"variable": variable.strip()})
    rows = LetterBox.objects.system(WHY).select_for_update(of=("self",))
    box = rows.filter(agency=agency).first() or LetterBox(agency=agency)
    if seen is not None and seen != box.version:
        raise Conflict("Người khác vừa sửa hộp thư này. Xem lại rồi lưu lần nữa.")
    box.variable, box.is_on, box.version = variable.strip(), is_on, box.version + 1
    box.problem = ""
    box.save()
    ledger.write(box, actor=actor, step="save_letter_box", at=now, variable=box.variable, on=is_on)
    return box


def note_reading(box: LetterBox, *, now: datetime, problem: str) -> None:
    """Nothing; the box says when it was read last and what was wrong."""
    LetterBox.objects.system(WHY).filter(pk=box.pk).update(read_at=now, problem=problem)


@transaction.atomic
def take_mail(agency: Agency, data: bytes, *, now: datetime) -> ReaderLetter | None:
    """The letter made of one mail; None when this mail was taken before, or is none people wrote.

    A mail is known by its Message-ID, or by its bytes when it has none. Files that cannot be kept leave a row that says why.
    """
    mail = _parsed(data)
    key = _key(mail, data)
    kept, is_new = LetterMail.objects.get_or_create(
        agency=agency, message_key=key, defaults={"at": now}
    )
    if not is_new:
        return None
    if mail is None or _is_automatic(mail):
        kept.note = UNREADABLE if mail is None else NO_LETTER
        kept.save(update_fields=["note"])
        return None
    letter = put_letter(
        agency, _written(mail), now=now, may_refuse_files=True, channel=LetterChannel.EMAIL,
        received_at=now,
    )  # fmt: skip
    kept.letter = letter
    kept.save(update_fields=["letter"])
    ledger.write(letter, actor=None, step="take_mail", at=now, agency=agency.code, channel="email")
    outbox.post("letter_received", letter.pk, at=now)
    return letter


def _parsed(data: bytes) -> EmailMessage | None:
    try:
        mail = message_from_bytes(data, policy=policy.default)
        # Headers are read when asked for: damage shows here, not later.
        str(mail.get("Subject")), str(mail.get("From")), str(mail.get("Message-ID"))
    except (LookupError, ValueError, AttributeError, TypeError, IndexError):
        return None
    return mail


def _key(mail: EmailMessage | None, data: bytes) -> str:
    said = squash(str(mail.get("Message-ID") or "")) if mail is not None else ""
    return hashlib.sha256(said.encode() if said else data).hexdigest()


def _is_automatic(mail: EmailMessage) -> bool:
    auto = str(mail.get("Auto-Submitted") or "no").lower()
    return auto != "no" or mail.get_content_type() == "multipart/report"


def _written(mail: EmailMessage) -> Written:
    name, address = parseaddr(str(mail.get("From") or ""))
    subject = squash(nfc(str(mail.get("Subject") or ""))) or "Thư không tiêu đề"
    sender = Named(name=squash(nfc(name))[:150], email=address[:200])
    files = list(_uploads(mail))
    return Written(subject, _text(mail)[:LONGEST_TEXT], [sender], files[:MOST_FILES])


def _text(mail: EmailMessage) -> str:
    try:
        part = mail.get_body(("plain", "html"))
        said = str(part.get_content()) if part is not None else ""
    except (LookupError, ValueError, AttributeError, KeyError):
        return UNREADABLE
    is_html = part is not None and part.get_content_type() == "text/html"
    return (plain(said) if is_html else said).strip() or NO_TEXT


def _uploads(mail: EmailMessage) -> Iterator[Upload]:
    for number, part in enumerate(mail.iter_attachments(), start=1):
        try:
            data = part.get_payload(decode=True)
        except (ValueError, LookupError):
            data = b""
        name = part.get_filename() or f"tệp {number}"
        yield Upload(squash(nfc(name))[-200:], data if isinstance(data, bytes) else b"")


def check_box(variable: str) -> str:
    """Why the box cannot be read as things stand, or nothing."""
    try:
        mailbox_of({"variable": variable})
    except InvalidInput as error:
        return str(error)
    return ""
