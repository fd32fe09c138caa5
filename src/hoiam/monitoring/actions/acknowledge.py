"""“Đã nhận”: somebody says they know. It stops the climb; it does not take the matter into anybody's hands."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from hoiam.agencies.queries import actor_on
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Notice, Warning
from hoiam.monitoring.states import NoticeKind

WHY = "the notice is the reader's own"


@transaction.atomic
def acknowledge(notice: Notice, *, actor: Actor, now: datetime, by_link: bool = False) -> Notice:
    """The notice as acknowledged, and with it every other notice this person has of the same warning.

    Doing it twice changes nothing.

    Raises:
        NotAllowed: it was told to somebody else.
        InvalidInput: it speaks of no warning: there is nothing to acknowledge.
    """
    rows = Notice.objects.system(WHY).select_for_update()
    notice = rows.select_related(None).get(pk=notice.pk)
    authority.check(actor, "acknowledge", notice)
    if notice.warning_id is None:
        raise InvalidInput("Thông báo này chỉ để biết, không cần xác nhận.")
    if notice.acknowledged_at is not None:
        return notice
    mine = rows.filter(
        official=notice.official_id, warning=notice.warning_id, severity__lte=notice.severity
    ).filter(acknowledged_at=None)
    for row in mine:
        row.acknowledged_at, row.acknowledged_by_link = now, by_link
        row.read_at = row.read_at or now
        row.save(update_fields=["acknowledged_at", "acknowledged_by_link", "read_at"])
    notice.refresh_from_db()
    ledger.write(
        notice.warning,
        actor=actor,
        step="acknowledge",
        at=now,
        reason="qua đường dẫn trong thư" if by_link else "",
        severity=notice.severity,
    )
    return notice


def acknowledge_by_link(notice: Notice, *, now: datetime) -> Notice:
    """The notice as acknowledged by whoever holds the signed link: the person the letter was written to.

    Raises:
        NotAllowed: the account is closed or holds no post any more.
    """
    actor = actor_on(notice.official, now.astimezone(VIETNAM).date())
    return acknowledge(notice, actor=actor, now=now, by_link=True)


def know_by_acting(warning: Warning, *, actor: Actor, now: datetime) -> int:
    """How many of the actor's notices of this warning are acknowledged now: who acts on a matter knows of it.

    Part of the caller's transaction and of its line in the diary.
    """
    mine = Notice.objects.narrowed(official=actor.official, warning=warning, acknowledged_at=None)
    mine.filter(read_at=None).update(read_at=now)
    return int(mine.update(acknowledged_at=now))


@transaction.atomic
def mark_seen(notices: Iterable[Notice], *, actor: Actor, now: datetime) -> int:
    """How many of the actor's notices are read now that were not."""
    keys = [notice.pk for notice in notices]
    rows = Notice.objects.narrowed(official=actor.official, pk__in=keys, read_at=None)
    return int(rows.update(read_at=now))


def counts_for(notice: Notice, agency_ids: Iterable[int]) -> bool:
    """Whether this acknowledgement stops the climb: of somebody of the unit, or of whom it had climbed to.

    A superior who was told beside the unit and says "I know" has not answered for the unit.
    """
    if notice.acknowledged_at is None:
        return False
    own = set(agency_ids)
    day = notice.acknowledged_at.astimezone(VIETNAM).date()
    return notice.kind == NoticeKind.ESCALATED or any(
        post.agency_id in own
        and post.valid_from <= day
        and (post.valid_to is None or post.valid_to >= day)
        for post in notice.official.posts.all()
    )
