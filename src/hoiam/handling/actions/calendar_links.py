"""Private .ics addresses: made, shown once, revoked. Only the hash of the token is kept."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.models import CalendarLink

TOKEN_BYTES = 32
MOST_LINKS = 10  # of one person or one unit, so that forgotten ones are revoked


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_calendar_link(
    *, actor: Actor, now: datetime, agency: Agency | None = None, label: str = ""
) -> tuple[CalendarLink, str]:
    """The new address of the actor's own calendar, or of a unit's, with its token: shown now and never again.

    Raises:
        InvalidInput: there are too many already.
    """
    if agency is not None:
        authority.check(actor, "make_unit_calendar", agency)
    else:
        authority.check(actor, "make_calendar_link", CalendarLink)
    owner = {"agency": agency} if agency is not None else {"official": actor.official}
    if CalendarLink.objects.filter(**owner, revoked_at=None).count() >= MOST_LINKS:
        raise InvalidInput(f"Đã có {MOST_LINKS} địa chỉ. Thu hồi địa chỉ không dùng nữa trước.")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = CalendarLink.objects.create(
        **owner,
        label=label.strip()[:80],
        digest=digest_of(token),
        made_by=actor.official,
        made_at=now,
    )
    ledger.write(
        link, actor=actor, step="make_calendar_link", at=now, agency=agency.pk if agency else None
    )
    return link, token


@transaction.atomic
def revoke_calendar_link(link: CalendarLink, *, actor: Actor, now: datetime) -> CalendarLink:
    """The address that answers nobody any more.

    Raises:
        WrongState: it was revoked before.
    """
    link = CalendarLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    authority.check(actor, "revoke_calendar_link", link)
    if link.revoked_at is not None:
        raise WrongState("Địa chỉ này đã thu hồi.")
    link.revoked_at = now
    link.save(update_fields=["revoked_at"])
    ledger.write(link, actor=actor, step="revoke_calendar_link", at=now)
    return link
