"""Links for people without an account: made, opened, used up, taken back. The secret stands in the link alone."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from hoiam.core.actor import Actor
from hoiam.core.errors import WrongState
from hoiam.kit.rulebook import default_number, end_of_day
from hoiam.newsroom.models import Commission, FactCheck, GuestLink

LIFE = "MD-143"
GONE = {
    "used": "Đường dẫn này đã dùng rồi. Cần gửi lại, hãy nhờ người đã gửi đường dẫn gửi cái mới.",
    "revoked": "Đường dẫn này đã được thu hồi. Hãy liên hệ người đã gửi đường dẫn.",
    "expired": "Đường dẫn này đã hết hiệu lực. Hãy nhờ người đã gửi đường dẫn gửi cái mới.",
}


def digest_of(secret: str) -> str:
    """What is kept of the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_link(
    subject: Commission | FactCheck, *, actor: Actor | None, now: datetime
) -> tuple[GuestLink, str]:
    """A new link and its secret, told this once; links made before for the same thing are taken back."""
    of_piece = isinstance(subject, Commission)
    field = "commission" if of_piece else "fact_check"
    revoke(subject, now=now)
    secret = secrets.token_urlsafe(32)
    made = GuestLink.objects.create(
        **{field: subject}, digest=digest_of(secret), made_at=now,
        made_by=actor.official if actor is not None else None,
        expires_at=_end(subject) + timedelta(days=default_number(LIFE)),
    )  # fmt: skip
    return made, secret


def _end(subject: Commission | FactCheck) -> datetime:
    return end_of_day(subject.due_on) if isinstance(subject, Commission) else subject.due_at


def revoke(subject: Commission | FactCheck, *, now: datetime) -> int:
    """How many open links of the thing were taken back."""
    return subject.links.filter(revoked_at=None, used_at=None).update(revoked_at=now)


def opened(link: GuestLink | None, now: datetime) -> GuestLink:
    """The link, when it still opens something.

    Raises:
        WrongState: used, taken back or past its time; the sentence says what to do.
    """
    if link is None:
        raise WrongState("Không có đường dẫn này. Hãy chép lại nguyên đường dẫn trong thư.")
    if link.used_at is not None:
        raise WrongState(GONE["used"])
    if link.revoked_at is not None:
        raise WrongState(GONE["revoked"])
    if link.expires_at <= now:
        raise WrongState(GONE["expired"])
    return link


def use(link: GuestLink, now: datetime) -> GuestLink:
    """The link, locked and used up; inside the transaction of what it was used for.

    Raises:
        WrongState: somebody used it first, it was taken back, or its time is over.
    """
    link = opened(GuestLink.objects.select_for_update().filter(pk=link.pk).first(), now)
    link.used_at = now
    link.save(update_fields=["used_at"])
    return link


def address_of_piece(secret: str) -> str:
    """Where somebody outside sends the piece."""
    return f"{settings.HOIAM_ADDRESS.rstrip('/')}/gui-bai/{secret}/"


def address_of_question(secret: str) -> str:
    """Where somebody without an account answers the question."""
    return f"{settings.HOIAM_ADDRESS.rstrip('/')}/kiem-chung/{secret}/"
