"""How a sending ended: sent, tried again, or failed and handed to the next carrier; and sending again by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import WrongState
from hoiam.core.jobs.models import Job, JobState
from hoiam.monitoring.actions.notices import WHY, use_next_carrier
from hoiam.monitoring.defaults import number
from hoiam.monitoring.models import Delivery, Subscription, UnitLine, Warning
from hoiam.monitoring.states import DeliveryState

OPEN = (DeliveryState.WAITING, DeliveryState.HANDED)
NOT_SENT = "Tiến trình gửi bị ngắt quá nhiều lần."


@dataclass(frozen=True)
class Outcome:
    """What came of one try: the answer's status, and the fault in a sentence when it was not taken.

    `is_final` when another try cannot help; `is_gone` when the browser took its subscription back.
    """

    status: int = 0
    fault: str = ""
    is_final: bool = False
    is_gone: bool = False


@transaction.atomic
def settle(delivery: Delivery, outcome: Outcome, *, now: datetime) -> Delivery:
    """The delivery after one try; what was sent before stays sent, whoever comes second."""
    delivery = (
        Delivery.objects.system(WHY)
        .select_for_update(of=("self",))
        .select_related("notice__official", "notice__warning", "subscription")
        .get(pk=delivery.pk)
    )
    if delivery.state != DeliveryState.WAITING:
        return delivery
    delivery.tries += 1
    delivery.status, delivery.fault = outcome.status, outcome.fault[:500]
    if not outcome.fault:
        delivery.state, delivery.sent_at = DeliveryState.SENT, now
    elif outcome.is_final or delivery.tries >= number("sending", "most_tries"):
        delivery.state = DeliveryState.FAILED
    subscription = delivery.subscription
    if outcome.is_gone and subscription is not None:
        delivery.subscription = None
    delivery.save(update_fields=["tries", "status", "fault", "state", "sent_at", "subscription"])
    if outcome.is_gone and subscription is not None:
        subscription.delete()
    elif subscription is not None and not outcome.fault:
        Subscription.objects.filter(pk=subscription.pk).update(last_sent_at=now)
    if delivery.state == DeliveryState.FAILED:
        use_next_carrier(delivery, now=now)
    return delivery


@transaction.atomic
def follow(delivery: Delivery, *, now: datetime) -> Delivery:
    """The delivery as its letter or its job stands: sent, given up, or waiting so long that the next carrier helps."""
    delivery = (
        Delivery.objects.system(WHY)
        .select_for_update(of=("self",))
        .select_related("notice__official", "notice__warning", "mail")
        .get(pk=delivery.pk)
    )
    if delivery.state not in OPEN:
        return delivery
    patience = timedelta(minutes=number("sending", "mail_patience_minutes"))
    if delivery.mail is not None and delivery.mail.sent_at is not None:
        delivery.state, delivery.sent_at, delivery.fault = (
            DeliveryState.SENT, delivery.mail.sent_at, "",
        )  # fmt: skip
    elif (dead := _dead_job(delivery)) is not None:
        delivery.state, delivery.fault = DeliveryState.FAILED, _reason(dead)
        use_next_carrier(delivery, now=now)
    elif delivery.mail is not None and now - delivery.queued_at > patience:
        delivery.fault = "Máy chủ thư chưa nhận thư này; hệ thống vẫn đang gửi lại."
        use_next_carrier(delivery, now=now)
    delivery.save(update_fields=["state", "sent_at", "fault"])
    return delivery


def job_key(delivery: Delivery) -> str:
    """The key of the job that sends this delivery, or its letter."""
    return f"mail:{delivery.mail_id}" if delivery.mail_id else f"delivery:{delivery.pk}"


def _dead_job(delivery: Delivery) -> Job | None:
    return Job.objects.filter(key=job_key(delivery), state=JobState.DEAD).first()


def _reason(job: Job) -> str:
    lines = job.error.strip().splitlines()
    said = lines[-1].rpartition(": ")[2] if lines else ""
    return (said or NOT_SENT)[:500]


@transaction.atomic
def send_to_line(
    line: UnitLine,
    payload: dict[str, Any],
    *,
    key: str,
    now: datetime,
    warning: Warning | None = None,
) -> Delivery | None:
    """The delivery to a unit's line, on its way; None when this occasion went to it before or the line is paused."""
    if line.is_paused:
        return None
    delivery, is_new = Delivery.objects.system(WHY).get_or_create(
        key=f"line:{line.pk}:{key}"[:160],
        defaults={
            "line": line,
            "warning": warning,
            "carrier": line.carrier,
            "target": line.label,
            "payload": payload,
            "queued_at": now,
            "due_at": now,
        },
    )
    if not is_new:
        return None
    outbox.post("delivery_due", delivery.pk, at=now)
    return delivery


@transaction.atomic
def replay(delivery: Delivery, *, actor: Actor, now: datetime) -> Delivery:
    """A new delivery with the same body, beside the old one.

    Raises:
        NotAllowed: the actor may not keep this unit's lines.
        WrongState: the old one is still being tried, or the line is paused.
    """
    line = delivery.line
    authority.check(actor, "replay", line)
    if delivery.state == DeliveryState.WAITING:
        raise WrongState("Lượt này còn đang được gửi lại tự động. Chờ kết quả rồi hãy gửi lại.")
    if line.is_paused:
        raise WrongState("Kênh đang tạm dừng. Hãy cho chạy lại trước.")
    again = f"replay:{delivery.pk}:{now.timestamp():.3f}"
    made = send_to_line(line, delivery.payload, key=again, now=now, warning=delivery.warning)
    if made is None:
        raise WrongState("Lượt này vừa được gửi lại. Tải lại trang để xem kết quả.")
    made.instead_of = delivery
    made.save(update_fields=["instead_of"])
    ledger.write(line, actor=actor, step="replay", at=now, delivery=delivery.pk)
    return made
