"""Packages on their way: released at their hour, letters queued, pushes tried, letters followed, receivers told of changes."""

import asyncio
from datetime import datetime

from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import FetchError
from hoiam.core.jobs import enqueue, every, job
from hoiam.core.mail import mail_headers
from hoiam.core.models import OutgoingMail
from hoiam.core.outbox import handles
from hoiam.core.push import signed_message
from hoiam.monitoring.jobs.sending import MakeFetcher, outcome_of, post_to, webhook_fetcher
from hoiam.newsroom.actions.article_notices import tell_holders
from hoiam.newsroom.actions.package_letters import leaving_address, payload_of
from hoiam.newsroom.actions.package_sending import (
    Tried,
    follow_letter,
    queue_letter,
    settle_push,
)
from hoiam.newsroom.actions.packages import DUE, release_package
from hoiam.newsroom.jobs.articles import hears
from hoiam.newsroom.models import Article, Package, PackageDelivery
from hoiam.newsroom.states.distribution import Means, PackageState, SendingState

WHY = "send what is due"
MOST_TRIES = 8
FOLLOWED = 500


class NotTaken(HoiAmError):
    """Raised so that the job comes back after a while."""


@handles("package_approved")
def release_when_due(package_id: int, now: datetime) -> None:
    """Send an approved package that need not wait."""
    release_package(Package.objects.system(WHY).get(pk=package_id), now=now)


@every(minutes=1)
@job()
def release_what_is_due(now: datetime) -> int:
    """How many packages went out because their hour has come."""
    due = Package.objects.system(WHY).filter(state=PackageState.APPROVED, embargo_until__lte=now)
    sent = [release_package(package, now=now) for package in due.order_by("pk")]
    return sum(package.state == PackageState.SENT for package in sent)


@handles(DUE)
def hand_over(delivery_id: int, now: datetime) -> None:
    """Queue the letter, or hand the push to a job of its own."""
    delivery = PackageDelivery.objects.system(WHY).select_related("receiver").get(pk=delivery_id)
    if delivery.receiver.means != Means.PUSH:
        queue_letter(delivery, now=now)
    elif delivery.state == SendingState.QUEUED:
        enqueue(send_push, delivery.pk, now=now, key=f"package:{delivery.pk}:{delivery.attempt}")


@mail_headers("package")
def way_out(mail: OutgoingMail) -> dict[str, str]:
    """The headers by which a mail program offers to stop receiving (RFC 2369; one press, RFC 8058, where we answer by TLS).

    None on a notice about an article: who left is told of it once all the same.
    """
    rows = PackageDelivery.objects.system(WHY).filter(mail=mail, notice=None)
    delivery = rows.select_related("receiver").first()
    if delivery is None:
        return {}
    address = leaving_address(delivery.receiver)
    told = {"List-Unsubscribe": f"<{address}>"}
    if address.startswith("https:"):
        told["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return told


@job(queue="mail", most_tries=MOST_TRIES)
def send_push(delivery_id: int, now: datetime) -> str:
    """The state of the push after this try.

    Raises:
        NotTaken: it was not taken and is tried again.
    """
    return try_push(delivery_id, now)


def try_push(delivery_id: int, now: datetime, *, make_fetcher: MakeFetcher | None = None) -> str:
    """As `send_push`; `make_fetcher` gives the door to the network."""
    rows = PackageDelivery.objects.system(WHY).select_related(
        "package__agency", "receiver", "notice__article__section", "notice__article__agency"
    )
    delivery = rows.get(pk=delivery_id)
    if delivery.state != SendingState.QUEUED:
        return str(delivery.state)
    tried = _tried(delivery, now, make_fetcher or webhook_fetcher)
    settled = settle_push(delivery, tried, now=now, most_tries=MOST_TRIES)
    if settled.state == SendingState.QUEUED:
        raise NotTaken(tried.fault)
    return str(settled.state)


def _tried(delivery: PackageDelivery, now: datetime, door: MakeFetcher) -> Tried:
    event, payload = payload_of(delivery, now=now)
    receiver = delivery.receiver
    body, headers = signed_message(
        payload, event=event, number=delivery.pk, secret=receiver.secret, now=now
    )
    try:
        answer = asyncio.run(post_to(door, receiver.url, body, headers))
    except FetchError as error:
        return Tried(fault=str(error), is_final=error.code == "refused")
    outcome = outcome_of(answer.status)
    return Tried(outcome.status, outcome.fault, outcome.is_final)


@every(minutes=2)
@job()
def follow_packages(now: datetime) -> int:
    """How many sendings were settled by how their letters ended."""
    rows = PackageDelivery.objects.system(WHY).filter(state=SendingState.QUEUED, mail__isnull=False)
    settled = [follow_letter(row, now=now) for row in rows.order_by("pk")[:FOLLOWED]]
    return sum(row.state != SendingState.QUEUED for row in settled)


@hears
def tell_who_received(article: Article, message: str, now: datetime) -> None:
    """Tell everybody who received the article what became of it."""
    tell_holders(article, message, now=now)
