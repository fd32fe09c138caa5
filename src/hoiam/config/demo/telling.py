"""Who was told of what still stands open: notices, one that went up, one acknowledged, and a line of the unit."""

from datetime import datetime, time, timedelta

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import actor_on
from hoiam.core.jobs.models import Job, OutgoingMail
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.acknowledge import acknowledge
from hoiam.monitoring.actions.deliveries import Outcome, send_to_line, settle
from hoiam.monitoring.actions.escalation import escalate
from hoiam.monitoring.actions.letters import event_of
from hoiam.monitoring.actions.lines import add_line, pause_line
from hoiam.monitoring.jobs.telling import tell_the_desk
from hoiam.monitoring.models import Delivery, Notice, NoticeChoice, Warning
from hoiam.monitoring.states import Carrier, DeliveryState, WarningState

WHY = "the demonstration tells its people"
SHOWN = 4
MINUTE = timedelta(minutes=1)


def tell_some(agencies: dict[str, Agency], people: dict[str, Official], now: datetime) -> int:
    """How many of the newest open warnings were told, the oldest of them with its way up."""
    rows = Warning.objects.system(WHY).filter(state=WarningState.NEW, severity__gte=2)
    newest = list(
        rows.exclude(agency=None).select_related("story", "agency").order_by("-at")[:SHOWN]
    )
    for order, warning in enumerate(reversed(newest)):
        tell_the_desk(warning.pk, warning.at)
        if order == 0:
            _climb(warning, now)
        elif order == 1:
            _know(warning, min(warning.at + 9 * MINUTE, now))
    _choose(people)
    _line(agencies["thads-thanh-giang"], people["quan-tri"], newest, now)
    _sent()
    return len(newest)


def _climb(warning: Warning, now: datetime) -> None:
    """Let the hours pass for one nobody took: each look may take one step up."""
    moment = warning.at
    while moment < now:
        escalate(warning.pk, now=moment)
        moment += 30 * MINUTE


def _know(warning: Warning, at: datetime) -> None:
    notice = Notice.objects.system(WHY).filter(warning=warning).order_by("pk").first()
    if notice is not None and notice.official is not None:
        actor = actor_on(notice.official, at.astimezone(VIETNAM).date())
        acknowledge(notice, actor=actor, now=at)


def _choose(people: dict[str, Official]) -> None:
    NoticeChoice.objects.create(official=people["truong"], quiet_from=time(22), quiet_to=time(6))


def _line(unit: Agency, keeper: Official, warnings: list[Warning], now: datetime) -> None:
    """A webhook of the unit, paused: its address exists in this story only."""
    actor = actor_on(keeper, now.astimezone(VIETNAM).date())
    line = add_line(
        unit,
        actor=actor,
        now=now,
        carrier=Carrier.WEBHOOK,
        label="Hệ thống quản lý văn bản của tỉnh",
        address="https://vanban.thanhgiang.example/nhan-tin",
        least_severity=2,
    )
    answers = (Outcome(status=200), Outcome(404, "Nơi nhận trả lời mã 404.", is_final=True))
    for warning, outcome in zip(warnings, answers, strict=False):
        payload = event_of(warning, "warning", warning.why)
        sent = send_to_line(
            line, payload, key=f"demo:{warning.pk}", now=warning.at, warning=warning
        )
        if sent is not None:
            settle(sent, outcome, now=warning.at + MINUTE)
    pause_line(line, actor=actor, now=now, paused=True)


def _sent() -> None:
    """Everything as sent long ago: nobody is really written to."""
    for delivery in Delivery.objects.system(WHY).filter(state=DeliveryState.HANDED):
        at = delivery.queued_at + MINUTE / 2
        OutgoingMail.objects.filter(pk=delivery.mail_id).update(sent_at=at)
        Job.objects.filter(key=f"mail:{delivery.mail_id}").delete()
        delivery.state, delivery.sent_at = DeliveryState.SENT, at
        delivery.save(update_fields=["state", "sent_at"])
