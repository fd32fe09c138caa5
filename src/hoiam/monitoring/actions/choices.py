"""How a person wants to be told: carriers, quiet hours, browsers; and trying it."""

from datetime import datetime, time
from urllib.parse import urlsplit

from django.db import transaction

from hoiam.core import authority, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.core.push import encrypted
from hoiam.monitoring.models import NoticeChoice, Subscription

MOST_BROWSERS = 10


@transaction.atomic
def save_choice(
    *,
    actor: Actor,
    now: datetime,
    by_email: bool,
    by_push: bool,
    quiet_from: time | None,
    quiet_to: time | None,
    may_break_quiet: bool,
) -> NoticeChoice:
    """The person's choice as given; what was held back before still goes at the end it was held to.

    Raises:
        InvalidInput: only one end of the quiet hours, or both ends are the same.
    """
    if (quiet_from is None) != (quiet_to is None):
        field = "quiet_to" if quiet_to is None else "quiet_from"
        raise InvalidInput("Ghi cả giờ bắt đầu và giờ kết thúc, hoặc để trống cả hai.", field)
    if quiet_from is not None and quiet_from == quiet_to:
        raise InvalidInput("Giờ bắt đầu và giờ kết thúc phải khác nhau.", "quiet_to")
    choice, _ = NoticeChoice.objects.update_or_create(
        official=actor.official,
        defaults={
            "by_email": by_email,
            "by_push": by_push,
            "quiet_from": quiet_from,
            "quiet_to": quiet_to,
            "may_break_quiet": may_break_quiet,
        },
    )
    return choice


@transaction.atomic
def subscribe(
    *, actor: Actor, now: datetime, endpoint: str, p256dh: str, auth: str, label: str
) -> Subscription:
    """This browser as one that takes the person's push messages; another person's before is theirs no longer.

    Raises:
        InvalidInput: no https address, or more browsers than one person needs.
        BadSubscription: the keys cannot be used.
    """
    parts = urlsplit(endpoint)
    if parts.scheme != "https" or not parts.hostname or len(endpoint) > 1000:
        raise InvalidInput("Trình duyệt gửi địa chỉ nhận thông báo không đúng. Hãy bấm bật lại.")
    encrypted(b"", p256dh=p256dh, auth=auth)
    mine = Subscription.objects.filter(official=actor.official).exclude(endpoint=endpoint)
    if mine.count() >= MOST_BROWSERS:
        raise InvalidInput("Bạn đã bật ở nhiều trình duyệt. Hãy tắt bớt một trình duyệt cũ.")
    row, _ = Subscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={
            "official": actor.official,
            "p256dh": p256dh,
            "auth": auth,
            "label": label[:100] or "Trình duyệt",
            "made_at": now,
        },
    )
    return row


@transaction.atomic
def unsubscribe(subscription: Subscription, *, actor: Actor, now: datetime) -> None:
    """Nothing; the browser takes no more push messages."""
    authority.check(actor, "unsubscribe", subscription)
    subscription.delete()


@transaction.atomic
def try_notice(*, actor: Actor, now: datetime) -> None:
    """Nothing; a trial notice goes to the actor by every carrier chosen, quiet hours or not."""
    outbox.post("notice_tried", actor.pk, at=now)
