"""What a person was told, and for a warning: who was told, how it was sent, who acknowledged, how far it went up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.monitoring.models import Delivery, Escalation, Notice, Signal, UnitLine, Warning
from hoiam.monitoring.states import Carrier, SignalKind

WHY = "the house looks after its own sendings"


def notices_of(actor: Actor) -> ScopedQuerySet:
    """The actor's own notices, newest first."""
    return Notice.objects.narrowed(official=actor.official)


def notices_listed(actor: Actor) -> ScopedQuerySet:
    """The actor's notices with what a row shows; the sendings come in one more query."""
    sent = Delivery.objects.narrowed(notice__official=actor.official).exclude(carrier=Carrier.WEB)
    return (
        notices_of(actor)
        .select_related("warning__agency", "warning__story", "signal__agency")
        .prefetch_related(Prefetch("deliveries", sent.select_related("mail", "carried_by__mail")))
    )


def unread_of(actor: Actor, now: datetime) -> ScopedQuerySet:
    """Notices the actor has not looked at yet; those held back by quiet hours are on the page all the same."""
    return notices_of(actor).filter(read_at=None, at__lte=now)


@dataclass(frozen=True)
class Sendings:
    """Everything that was sent about one warning, oldest first."""

    notices: tuple[Notice, ...]
    escalations: tuple[Escalation, ...]
    lines: tuple[Delivery, ...]


def sendings_of(warnings: Iterable[Warning]) -> dict[int, Sendings]:
    """The sendings of each of these warnings, which the caller was allowed to see; three queries whatever their number."""
    keys = [warning.pk for warning in warnings]
    notices = list(
        Notice.objects.narrowed(warning__in=keys).select_related("official").order_by("pk")
    )
    steps = list(Escalation.objects.narrowed(warning__in=keys).order_by("pk"))
    about = Q(notice__in=notices) | Q(warning__in=keys, notice=None)
    sent = Delivery.objects.narrowed().filter(about).order_by("pk")
    rows = list(sent.select_related("mail", "carried_by__mail", "line__agency"))
    # What a prefetch would fill, out of the one query that also reads what went to lines.
    for notice in notices:
        notice._prefetched_objects_cache = {
            "deliveries": [row for row in rows if row.notice_id == notice.pk]
        }
    lines = [row for row in rows if row.notice_id is None]
    return {
        key: Sendings(
            tuple(n for n in notices if n.warning_id == key),
            tuple(s for s in steps if s.warning_id == key),
            tuple(d for d in lines if d.warning_id == key),
        )
        for key in keys
    }


def lines_visible_to(actor: Actor) -> ScopedQuerySet:
    """Lines of the units in the actor's sight."""
    rows = UnitLine.objects.select_related("agency", "made_by")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def signals_visible_to(actor: Actor) -> ScopedQuerySet:
    """Signals about agencies and stories in the actor's sight, newest first."""
    if actor.sees_everything:
        return Signal.objects.narrowed()
    own = Q(agency__in=actor.agency_ids)
    seen = Warning.objects.narrowed(agency__in=actor.agency_ids).values("story")
    return Signal.objects.narrowed().filter(own | Q(story__in=seen))


def open_bursts(actor: Actor) -> ScopedQuerySet:
    """Bursts that still last, of the agencies in sight."""
    rows = signals_visible_to(actor).filter(kind=SignalKind.SURPRISE, closed_at=None)
    return rows.select_related("agency")
