"""Outgoing mail: a row in the caller's transaction, then a job that sends it and tries again until it is gone.

One letter per address, so that one refused address never hides that another was served, and nobody sees the others.
A kill between "sent" and "marked sent" may send a letter twice, with the same Message-ID; none is ever lost.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction

from hoiam.core import blobs
from hoiam.core.errors import InvalidInput
from hoiam.core.jobs import GiveUp, enqueue, job
from hoiam.core.jobs.models import Job, JobState, OutgoingMail

Attachment = tuple[str, str, str]
"""Name, MIME type, hash of the blob."""

_REFUSED = "Máy chủ thư không nhận địa chỉ"
_NOT_SENT = "Máy chủ thư không nhận thư này sau nhiều lần thử. Hãy gửi lại khi máy chủ thư chạy."
_LONGEST_SUBJECT = 300
_MOST_TRIES = 20  # with the growing delay about twelve hours: a mail server's bad night


HeaderSource = Callable[[OutgoingMail], Mapping[str, str]]
_header_sources: dict[str, HeaderSource] = {}


def mail_headers(occasion: str) -> Callable[[HeaderSource], HeaderSource]:
    """A decorator: the function says which headers a letter of this occasion bears besides the usual ones.

    It is asked when the letter goes out; the occasion is what the letter's key begins with ("package:17" → "package").

    Raises:
        LookupError: the occasion has a source already.
    """

    def register(source: HeaderSource) -> HeaderSource:
        if occasion in _header_sources:
            raise LookupError(f"{occasion} already has its headers")
        _header_sources[occasion] = source
        return source

    return register


@transaction.atomic
def queue_mail(
    to: str | Collection[str],
    subject: str,
    text: str,
    *,
    key: str,
    now: datetime,
    html: str | None = None,
    attachments: Sequence[Attachment] = (),
) -> list[OutgoingMail]:
    """The letters that will be sent, one for each address; those already queued under this key are not queued again.

    Args:
        to: one address or several.
        subject: one line; line breaks become spaces.
        text: the letter.
        key: names the occasion ("warning:17"); one letter per key and address, for ever.
        now: when it was queued.
        html: the letter as HTML, if there is such a form.
        attachments: name, MIME type and hash of blobs that are already kept.

    Raises:
        InvalidInput: an address is not one.
    """
    addresses = [to] if isinstance(to, str) else list(dict.fromkeys(to))
    for address in addresses:
        _check(address)
    return [
        _queue(address, subject, text, key, now, html or "", attachments) for address in addresses
    ]


@transaction.atomic
def forget_mail(key: str) -> int:
    """How many letters queued under keys that begin so are gone, with their jobs and what these say of their faults."""
    rows = OutgoingMail.objects.filter(key__startswith=key)
    Job.objects.filter(key__in=[f"mail:{pk}" for pk in rows.values_list("pk", flat=True)]).delete()
    return rows.delete()[0]


@job(queue="mail", most_tries=_MOST_TRIES)
def send_queued(mail_id: int, now: datetime) -> bool:
    """Whether the letter was sent now; False when it had been sent before."""
    mail = OutgoingMail.objects.get(pk=mail_id)
    if mail.sent_at is not None:
        return False
    _send(mail)
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=now)
    return True


class MailRefused(Exception):
    """The mail server did not take a letter for now; told without whom it was for.

    What a job says of its faults outlives the letter: a citizen's address must not be kept there.
    """


def _send(mail: OutgoingMail) -> None:
    # Servers repeat the address in what they answer, so nothing of it is passed on ("from None"): the codes are.
    try:
        message(mail).send()
    except SMTPRecipientsRefused as refused:
        codes = sorted({code for code, _ in refused.recipients.values()})
        if all(code >= 500 for code in codes):
            raise GiveUp(f"{_REFUSED}. Hãy sửa địa chỉ.") from None
        raise MailRefused(f"máy chủ thư tạm chưa nhận địa chỉ, mã {codes}") from None
    except SMTPException as refused:
        code = refused.smtp_code if isinstance(refused, SMTPResponseException) else "không có"
        kind = type(refused).__name__
        raise MailRefused(f"máy chủ thư không nhận thư này, mã {code} ({kind})") from None


@dataclass(frozen=True)
class MailOutcome:
    """How one letter ended: when it was taken, or the fault; `is_refused` when the server knows no such address."""

    sent_at: datetime | None = None
    fault: str = ""
    is_refused: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it may still be sent."""
        return self.sent_at is None and not self.fault


def outcome_of(mail: OutgoingMail) -> MailOutcome:
    """How this letter ended, so that who queued it can tell people; read again from the database."""
    sent_at = OutgoingMail.objects.values_list("sent_at", flat=True).get(pk=mail.pk)
    if sent_at is not None:
        return MailOutcome(sent_at)
    dead = Job.objects.filter(key=f"mail:{mail.pk}", state=JobState.DEAD).first()
    if dead is None:
        return MailOutcome()
    if dead.error.startswith(_REFUSED):
        return MailOutcome(None, f"{_REFUSED} {mail.address}. Hãy sửa địa chỉ.", is_refused=True)
    return MailOutcome(None, _NOT_SENT)


def message(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The letter as it goes out."""
    source = _header_sources.get(mail.key.partition(":")[0])
    more = {name: _line(value) for name, value in source(mail).items()} if source else {}
    letter = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.address],
        headers={"Message-ID": _message_id(mail), "Auto-Submitted": "auto-generated", **more},
    )
    if mail.html:
        letter.attach_alternative(mail.html, "text/html")
    for name, mime, sha256 in mail.attachments:
        letter.attach(name, blobs.read(sha256), mime)
    return letter


def _queue(
    address: str,
    subject: str,
    text: str,
    key: str,
    now: datetime,
    html: str,
    attachments: Sequence[Attachment],
) -> OutgoingMail:
    mail, is_new = OutgoingMail.objects.get_or_create(
        key=_key(key, address),
        defaults={
            "address": address,
            "subject": _line(subject)[:_LONGEST_SUBJECT],
            "text": text,
            "html": html,
            "attachments": [[_line(name), _line(mime), blob] for name, mime, blob in attachments],
            "queued_at": now,
        },
    )
    if is_new:
        enqueue(send_queued, mail.pk, now=now, key=f"mail:{mail.pk}")
    return mail


def _check(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise InvalidInput(
            f"Địa chỉ thư «{_line(address)}» không đúng. Hãy kiểm tra lại.", "to"
        ) from error


def _key(key: str, address: str) -> str:
    whole = f"{key}:{address.lower()}"
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return whole if len(whole) <= 180 else f"{whole[:110]}:{digest}"


def _message_id(mail: OutgoingMail) -> str:
    # The same letter always bears the same id: a second copy can be told from a new letter.
    digest = hashlib.sha256(mail.key.encode()).hexdigest()[:40]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{digest}@{domain}>"


def _line(text: str) -> str:
    # CR and LF would start a header of their own.
    return " ".join(text.split())
