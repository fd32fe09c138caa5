"""Telling people: one notice a person and occasion for ever, planned onto the carriers each person chose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Official
from hoiam.core import outbox
from hoiam.core.errors import InvalidInput
from hoiam.core.mail import queue_mail
from hoiam.monitoring.actions.letters import bundle_of, payload_of
from hoiam.monitoring.defaults import number
from hoiam.monitoring.hours import quiet_until
from hoiam.monitoring.models import (
    Delivery,
    Notice,
    NoticeChoice,
    Signal,
    Subscription,
    Warning,
)
from hoiam.monitoring.queries.routing import Told
from hoiam.monitoring.states import Carrier, DeliveryState, NoticeKind

WHY = "the house tells people"
# When one carrier fails the next of these is used.
ORDER: tuple[Carrier, ...] = (Carrier.PUSH, Carrier.EMAIL)


@dataclass(frozen=True)
class Message:
    """What is told: of which kind and severity, its words, where it leads, and by when it must be known.

    Quiet hours that end only after `needed_by` do not hold it back: somebody would learn of it when it is too late.
    """

    kind: NoticeKind
    severity: int
    title: str
    text: str = ""
    path: str = ""
    warning: Warning | None = None
    signal: Signal | None = None
    needed_by: datetime | None = None


@transaction.atomic
def tell(people: Iterable[Told], message: Message, *, key: str, now: datetime) -> list[Notice]:
    """The notices that are new; who was told under this key before is not told again.

    Somebody already told of the same story at the same severity (of another agency's row) gets the notice on the page
    only: one thing rings once.

    Args:
        key: names the occasion ("warning:17:2"); one notice for each person under it, for ever.
    """
    fresh = []
    for told in people:
        notice, is_new = _notice(message, f"{key}:{told.official.pk}", now, told)
        if is_new:
            _plan(notice, told.official, now, message, rings=not _rang_before(notice))
            fresh.append(notice)
    return fresh


@transaction.atomic
def tell_mailbox(
    address: str, recipient: str, message: Message, *, key: str, now: datetime
) -> Notice | None:
    """The notice to an office's mailbox, or None when it was told under this key before."""
    notice, is_new = Notice.objects.system(WHY).get_or_create(
        key=f"{key}:{address.lower()}"[:160],
        defaults=_fields(message, now) | {"mailbox": address, "recipient": recipient},
    )
    if not is_new:
        return None
    send(_delivery(notice, Carrier.EMAIL, address, now), now)
    return notice


def _notice(message: Message, key: str, now: datetime, told: Told) -> tuple[Notice, bool]:
    return Notice.objects.system(WHY).get_or_create(
        key=key,
        defaults=_fields(message, now) | {"official": told.official, "recipient": told.recipient},
    )


def _fields(message: Message, now: datetime) -> dict[str, object]:
    return {
        "kind": message.kind,
        "warning": message.warning,
        "signal": message.signal,
        "severity": message.severity,
        "title": message.title,
        "text": message.text,
        "path": message.path,
        "at": now,
        "due_at": now,
    }


def _rang_before(notice: Notice) -> bool:
    if notice.warning is None:
        return False
    return (
        Notice.objects.system(WHY)
        .filter(
            official=notice.official,
            kind=notice.kind,
            severity=notice.severity,
            warning__story=notice.warning.story_id,
        )
        .exclude(warning=notice.warning)
        .exists()
    )


def _plan(
    notice: Notice, official: Official, now: datetime, message: Message, *, rings: bool
) -> None:
    """Write the deliveries of a new notice and set the quick ones going."""
    page = _delivery(notice, Carrier.WEB, str(official), now)
    page.state, page.sent_at = DeliveryState.SENT, now
    page.save(update_fields=["state", "sent_at"])
    if not rings:
        return
    choice = choice_of(official)
    due = _due(choice, message, now)
    if due != now:
        notice.due_at = due
        notice.save(update_fields=["due_at"])
    for carrier in _carriers(official, choice):
        for delivery in _deliveries(notice, official, carrier, due, now):
            send(delivery, now)


def choice_of(official: Official) -> NoticeChoice:
    """How the person wants to be told; the unsaved default for those who never said."""
    return NoticeChoice.objects.filter(official=official).first() or NoticeChoice(official=official)


def _due(choice: NoticeChoice, message: Message, now: datetime) -> datetime:
    grave = message.severity >= number("sending", "breaks_quiet") and choice.may_break_quiet
    if grave or message.kind == NoticeKind.TEST:
        return now
    until = quiet_until(choice.quiet_from, choice.quiet_to, now) or now
    return now if message.needed_by is not None and message.needed_by <= until else until


def _carriers(official: Official, choice: NoticeChoice) -> list[Carrier]:
    """What the person chose and has; when that is nothing, whatever there is."""
    has: list[Carrier] = [carrier for carrier in ORDER if reaches(official, carrier)]
    wanted = {Carrier.PUSH: choice.by_push, Carrier.EMAIL: choice.by_email}
    chosen: list[Carrier] = [carrier for carrier in has if wanted[carrier]]
    return chosen or has


def reaches(official: Official, carrier: Carrier) -> bool:
    """Whether the person can be reached by this carrier at all."""
    if carrier == Carrier.EMAIL:
        return bool(official.email)
    return Subscription.objects.filter(official=official).exists()


def _deliveries(
    notice: Notice, official: Official, carrier: Carrier, due: datetime, now: datetime
) -> list[Delivery]:
    if carrier == Carrier.EMAIL:
        return [_delivery(notice, carrier, official.email, now, due=due)]
    return [
        _delivery(notice, carrier, row.label, now, due=due, subscription=row)
        for row in Subscription.objects.filter(official=official).order_by("pk")
    ]


def _delivery(
    notice: Notice,
    carrier: Carrier,
    target: str,
    now: datetime,
    *,
    due: datetime | None = None,
    subscription: Subscription | None = None,
    instead_of: Delivery | None = None,
    payload: dict[str, str] | None = None,
) -> Delivery:
    due = due or now
    suffix = f":{subscription.pk}" if subscription else ""
    return Delivery.objects.create(
        notice=notice,
        warning=notice.warning,
        carrier=carrier,
        target=target[:254],
        key=f"{notice.pk}:{carrier}{suffix}",
        payload={} if carrier == Carrier.WEB else payload or payload_of(notice),
        state=DeliveryState.HELD if due > now else DeliveryState.WAITING,
        queued_at=now,
        due_at=due,
        subscription=subscription,
        instead_of=instead_of,
    )


def send(delivery: Delivery, now: datetime) -> None:
    """Nothing; the delivery is on its way: a letter in the mail queue, others and held ones in the outbox."""
    if delivery.state == DeliveryState.WAITING and delivery.carrier == Carrier.EMAIL:
        _queue_letter(delivery, now)
    else:
        outbox.post("delivery_due", delivery.pk, at=max(delivery.due_at, now))


def _queue_letter(delivery: Delivery, now: datetime) -> None:
    payload = delivery.payload
    try:
        [mail] = queue_mail(
            delivery.target,
            payload["subject"],
            payload["text"],
            key=f"delivery:{delivery.pk}",
            now=now,
        )
    except InvalidInput as error:
        # One address that is none must not keep the others from being told.
        delivery.state, delivery.fault = DeliveryState.FAILED, str(error)[:500]
        delivery.save(update_fields=["state", "fault", "payload"])
        use_next_carrier(delivery, now=now)
        return
    delivery.mail, delivery.state = mail, DeliveryState.HANDED
    delivery.save(update_fields=["mail", "state", "payload"])


@transaction.atomic
def release(delivery: Delivery, *, now: datetime) -> list[Delivery]:
    """What was held for this person and carrier and is due now, on its way as one bundle; empty when it went before."""
    rows = Delivery.objects.system(WHY).select_for_update(of=("self",))
    held = list(
        rows.filter(
            state=DeliveryState.HELD,
            notice__official=delivery.notice.official_id,
            carrier=delivery.carrier,
            subscription=delivery.subscription_id,
            due_at__lte=now,
        )
        .select_related("notice__warning")
        .order_by("pk")
    )
    if not held:
        return []
    first, rest = held[0], held[1:]
    if rest:
        first.payload = bundle_of(held)
    first.state = DeliveryState.WAITING
    first.save(update_fields=["state", "payload"])
    for other in rest:
        other.state, other.carried_by = DeliveryState.CARRIED, first
        other.save(update_fields=["state", "carried_by"])
    if first.carrier == Carrier.EMAIL:
        _queue_letter(first, now)
    return held


def use_next_carrier(delivery: Delivery, *, now: datetime) -> list[Delivery]:
    """The deliveries by the next carrier the person can be reached by; empty when there is none or another arrived."""
    notice = delivery.notice
    if notice is None or notice.official is None:
        return []
    rows = Delivery.objects.system(WHY).filter(notice=notice).exclude(carrier=Carrier.WEB)
    used = {row.carrier for row in rows}
    arrived = rows.filter(state=DeliveryState.SENT).exclude(pk=delivery.pk).exists()
    left = [c for c in ORDER if c not in used and reaches(notice.official, c)]
    if arrived or not left:
        return []
    made = [
        _delivery(
            notice, left[0], target, now,
            subscription=row, instead_of=delivery, payload=delivery.payload,
        )
        for target, row in _targets(notice.official, left[0])
    ]  # fmt: skip
    for fresh in made:
        send(fresh, now)
    return made


def _targets(official: Official, carrier: Carrier) -> list[tuple[str, Subscription | None]]:
    if carrier == Carrier.EMAIL:
        return [(official.email, None)]
    return [(row.label, row) for row in Subscription.objects.filter(official=official)]
