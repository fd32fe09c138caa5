"""Going up when nobody acknowledges: one step at a time, each once for a severity, each waiting its own time."""

from datetime import datetime, timedelta

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import case_agency
from hoiam.core import ledger
from hoiam.kit.vietnamese import VIETNAM, show_datetime
from hoiam.monitoring.actions.acknowledge import counts_for
from hoiam.monitoring.actions.letters import warning_text
from hoiam.monitoring.actions.notices import Message, tell, tell_mailbox
from hoiam.monitoring.addresses import story_path
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.monitoring.defaults import EscalationFact, number
from hoiam.monitoring.hours import office_time
from hoiam.monitoring.models import Escalation, Notice, Warning
from hoiam.monitoring.queries.routing import (
    Told,
    centre_on,
    people_for,
    place_of,
    routing_of,
)
from hoiam.monitoring.states import NoticeKind, Recipient, WarningState

WHY = "the house looks for warnings nobody acknowledged"


def unanswered(now: datetime) -> list[int]:
    """Keys of the warnings that may have to go up: new ones that somebody was told of in the last days."""
    since = now - timedelta(days=number("sending", "escalation_days"))
    rows = Warning.objects.system(WHY).filter(
        state=WarningState.NEW,
        severity__gt=0,
        notices__kind=NoticeKind.RAISED,
        notices__at__gte=since,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())


@transaction.atomic
def escalate(warning_id: int, *, now: datetime) -> list[Escalation]:
    """The steps taken now: the next one when its time has come; a step nobody stands on is noted and passed over.

    Each step waits its own time after the one before, so that after a stop, or when a clock was put forward, one
    level is told and then given its time; never all of them at once.
    """
    rows = Warning.objects.system(WHY).select_for_update(of=("self",))
    warning = rows.select_related("story", "agency__parent").get(pk=warning_id)
    place = place_of(warning, now.astimezone(VIETNAM).date())
    if place is None or not _is_open(warning, place, now):
        return []
    start = _told_at(warning)
    taken = list(_steps_taken(warning))
    last = taken[-1].at if taken else start
    if last is None:
        return []
    done = {step.recipient for step in taken}
    made: list[Escalation] = []
    for fact in routing_of(place).steps_of(warning.severity):
        if fact.recipient in done:
            continue
        if not made and not _is_time(fact, last, now):
            break
        made.append(_climb(warning, place, fact, now))
        if made[-1].told:
            break
    return made


def _is_open(warning: Warning, place: Agency, now: datetime) -> bool:
    """Whether nobody has it in hand: new, awake, and not acknowledged by whom it counts of."""
    asleep = warning.snoozed_until is not None and warning.snoozed_until > now
    if warning.state != WarningState.NEW or asleep:
        return False
    units = {place.pk, case_agency(place).pk}
    answered = (
        Notice.objects.system(WHY)
        .filter(warning=warning, severity__gte=warning.severity)
        .exclude(acknowledged_at=None)
        .select_related("official")
        .prefetch_related("official__posts")
    )
    return not any(counts_for(notice, units) for notice in answered)


def _told_at(warning: Warning) -> datetime | None:
    """When the first person could know: a notice held back by quiet hours has not been told yet."""
    rows = Notice.objects.system(WHY).filter(
        warning=warning, kind=NoticeKind.RAISED, severity=warning.severity
    )
    return rows.order_by("due_at").values_list("due_at", flat=True).first()


def _steps_taken(warning: Warning) -> list[Escalation]:
    rows = Escalation.objects.system(WHY).filter(warning=warning, severity=warning.severity)
    return list(rows.order_by("pk"))


def _is_time(fact: EscalationFact, since: datetime, now: datetime) -> bool:
    waited = office_time(since, now, calendar_in_use()) if fact.office else now - since
    return waited >= fact.wait


def _climb(warning: Warning, place: Agency, fact: EscalationFact, now: datetime) -> Escalation:
    """One step, with whom it told; `told` is 0 when nobody stands there."""
    key = f"escalated:{warning.pk}:{warning.severity}"
    today = now.astimezone(VIETNAM).date()
    message = _message(warning)
    if fact.recipient == Recipient.MINISTRY:
        centre = centre_on(today)
        address = routing_of(centre).ministry_email if centre else ""
        notices = (
            [tell_mailbox(address, fact.recipient, message, key=key, now=now)] if address else []
        )
    else:
        people = people_for(fact.recipient, place, today)
        told = [Told(person, fact.recipient) for person in people]
        notices = list(tell(told, message, key=key, now=now))
    step = Escalation.objects.create(
        warning=warning,
        severity=warning.severity,
        recipient=fact.recipient,
        at=now,
        told=len([notice for notice in notices if notice is not None]),
    )
    reached = [notice.whom for notice in notices if notice is not None]
    words = f"báo {', '.join(reached)}" if reached else "không có ai để báo, chuyển bước sau"
    label = Recipient(fact.recipient).label
    ledger.write(warning, actor=None, step="escalate", at=now, reason=f"{label}: {words}")
    return step


def _message(warning: Warning) -> Message:
    since = _told_at(warning)
    told = f"Đã báo từ {show_datetime(since)}, chưa ai xác nhận.\n" if since else ""
    return Message(
        kind=NoticeKind.ESCALATED,
        severity=warning.severity,
        title=warning.story.title,
        text=told + warning_text(warning),
        path=story_path(warning.story_id),
        warning=warning,
    )
