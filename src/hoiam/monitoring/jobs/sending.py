"""Sending what is due: jobs that take a delivery's id, may run twice, and never say "sent" before it was."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Q

from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import AddressGuard, Fetched, Fetcher, FetchError
from hoiam.core.jobs import enqueue, every, job
from hoiam.core.outbox import handles
from hoiam.core.push import BadSubscription, authorisation, encrypted, key_from, signed_message
from hoiam.monitoring.actions.deliveries import OPEN, Outcome, follow, job_key, settle
from hoiam.monitoring.actions.notices import release
from hoiam.monitoring.jobs import chat
from hoiam.monitoring.models import Delivery
from hoiam.monitoring.states import Carrier, DeliveryState

MakeFetcher = Callable[[], Fetcher]
WHY = "send what is due"
GONE = frozenset({404, 410})
# An answer that says "not now"; everything else from 400 on says "never".
LATER = frozenset({408, 425, 429})
PUSH_KEPT_SECONDS = (
    24 * 3600
)  # not-law: how long a push service keeps a message for a machine that is off
FOLLOWED = 500


class TryLater(HoiAmError):
    """Raised so that the job comes back after a while."""


@handles("delivery_due")
def hand_over(delivery_id: int, now: datetime) -> None:
    """Let go what quiet hours held; hand everything that goes over the network to a job of its own."""
    delivery = Delivery.objects.system(WHY).select_related("notice").get(pk=delivery_id)
    if delivery.state == DeliveryState.HELD:
        gone = release(delivery, now=now)
        if not gone:
            return
        delivery = gone[0]
    if delivery.state == DeliveryState.WAITING and delivery.carrier != Carrier.EMAIL:
        enqueue(send_delivery, delivery.pk, now=now, key=job_key(delivery))


@job(queue="mail")
def send_delivery(delivery_id: int, now: datetime) -> str:
    """The state of the delivery after this try.

    Raises:
        TryLater: it was not taken and may be tried again.
    """
    return try_delivery(delivery_id, now)


def try_delivery(
    delivery_id: int, now: datetime, *, make_fetcher: MakeFetcher | None = None
) -> str:
    """As `send_delivery`; `make_fetcher` gives the door to the network."""
    rows = Delivery.objects.system(WHY).select_related("line", "subscription", "notice")
    delivery = rows.get(pk=delivery_id)
    if delivery.state != DeliveryState.WAITING:
        return str(delivery.state)
    outcome = _try(delivery, now, make_fetcher)
    settled = settle(delivery, outcome, now=now)
    if settled.state == DeliveryState.WAITING:
        raise TryLater(outcome.fault)
    return str(settled.state)


def _try(delivery: Delivery, now: datetime, make_fetcher: MakeFetcher | None) -> Outcome:
    try:
        if delivery.carrier == Carrier.CHAT:
            return chat.send(delivery)
        if delivery.carrier == Carrier.WEBHOOK:
            url, body, headers = webhook_request(delivery, now)
            door = make_fetcher or webhook_fetcher
        else:
            if delivery.subscription is None:
                return Outcome(fault="Trình duyệt này đã tắt nhận thông báo.", is_final=True)
            url, body, headers = push_request(delivery, now)
            door = make_fetcher or Fetcher
        return _outcome(asyncio.run(post_to(door, url, body, headers)), delivery.carrier)
    except BadSubscription as error:
        return Outcome(fault=str(error), is_final=True, is_gone=True)
    except FetchError as error:
        return Outcome(fault=str(error), is_final=error.code == "refused")


async def post_to(
    make_fetcher: MakeFetcher, url: str, body: bytes, headers: dict[str, str]
) -> Fetched:
    """The answer to one post through a door opened for it."""
    async with make_fetcher() as fetcher:
        return await fetcher.post(url, body, headers=headers)


def _outcome(answer: Fetched, carrier: str) -> Outcome:
    status = answer.status
    if carrier == Carrier.PUSH and status in GONE:
        return Outcome(status, "Trình duyệt đã hủy nhận thông báo.", is_final=True, is_gone=True)
    return outcome_of(status)


def outcome_of(status: int) -> Outcome:
    """What a receiver's status says: taken, not now, or never."""
    if 200 <= status < 300:
        return Outcome(status=status)
    is_final = 400 <= status < 500 and status not in LATER
    return Outcome(status, f"Nơi nhận trả lời mã {status}.", is_final=is_final)


def webhook_fetcher() -> Fetcher:
    """The door for webhooks: the public internet, and the inner networks HOIAM_WEBHOOK_NETWORKS names."""
    networks = settings.HOIAM_WEBHOOK_NETWORKS
    return Fetcher(guard=AddressGuard(networks, ports=None) if networks else AddressGuard())


def webhook_request(delivery: Delivery, now: datetime) -> tuple[str, bytes, dict[str, str]]:
    """Address, body and headers of one webhook message."""
    payload = {key: value for key, value in delivery.payload.items() if key != "text"}
    body, headers = signed_message(
        payload,
        event=str(delivery.payload.get("event", "")),
        number=delivery.pk,
        secret=delivery.line.secret,
        now=now,
    )
    return delivery.line.address, body, headers


def push_request(delivery: Delivery, now: datetime) -> tuple[str, bytes, dict[str, str]]:
    """Address, body and headers of one push message; the same `Topic` replaces a first copy that was not read yet.

    Raises:
        BadSubscription: the browser's keys cannot be used.
    """
    row = delivery.subscription
    told = {name: delivery.payload.get(name, "") for name in ("title", "body", "path", "tag")}
    body = encrypted(
        json.dumps(told, ensure_ascii=False).encode(), p256dh=row.p256dh, auth=row.auth
    )
    contact = f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
    key = key_from(settings.SECRET_KEY)
    headers = {
        "Authorization": authorisation(row.endpoint, key=key, contact=contact, now=now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(PUSH_KEPT_SECONDS),
        "Topic": f"hoiam{delivery.pk}",
        "Urgency": "high" if delivery.notice.severity >= 3 else "normal",
    }
    return row.endpoint, body, headers


@every(minutes=2)
@job()
def follow_sendings(now: datetime) -> int:
    """Look how letters and jobs under way ended, and use the next carrier where one failed; how many were settled."""
    rows = (
        Delivery.objects.system(WHY)
        .filter(state__in=OPEN)
        .filter(Q(mail__isnull=False) | Q(queued_at__lt=now))
        .order_by("pk")[:FOLLOWED]
    )
    return sum(follow(row, now=now).state not in OPEN for row in rows)
