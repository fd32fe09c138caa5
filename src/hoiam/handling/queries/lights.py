"""Clocks and warnings as lights: colour is time, shape is work, always with words."""

from datetime import datetime, timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Clock, Pause
from hoiam.handling.queries.calendars import calendar_seen
from hoiam.handling.queries.cases import cases_visible_to
from hoiam.handling.states import ClockState
from hoiam.kit.rulebook import Light, light
from hoiam.monitoring.models import Warning
from hoiam.monitoring.states import WarningState

OPEN = (ClockState.WAITING, ClockState.RUNNING, ClockState.PAUSED)


def open_clocks(actor: Actor) -> ScopedQuerySet:
    """Open clocks of the cases in the actor's sight, first due first."""
    seen = cases_visible_to(actor).values("pk")
    return (
        Clock.objects.narrowed(case__in=seen, state__in=OPEN)
        .select_related("case__agency", "holder")
        .prefetch_related("pauses")
        .order_by(F("due_at").asc(nulls_last=True), "pk")
    )


def with_waiting(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    """These clocks with who is waited for and since when (`waits_for`, `waits_since`; None when nobody), in the same query."""
    open_pause = Pause.objects.filter(clock=OuterRef("pk"), until=None)
    return clocks.annotate(
        waits_for=Subquery(open_pause.values("reason")[:1]),
        waits_since=Subquery(open_pause.values("since")[:1]),
    )


def clock_light(clock: Clock, now: datetime) -> Light:
    """The light of one clock at this moment; a paused one stands as it stood when the pause began."""
    if clock.state == ClockState.CANCELLED:
        return Light("ok", "done", "không còn áp dụng")
    paused_at, paused_for = _pauses(clock, now)
    return light(
        clock.due_at,
        now,
        clock.state,
        paused_at=paused_at,
        paused_for=paused_for,
        unit=clock.unit or None,
        start=clock.started_at,
        done_at=clock.ended_at,
        calendar=calendar_seen(),
    )


def _pauses(clock: Clock, now: datetime) -> tuple[datetime | None, timedelta]:
    if clock.state != ClockState.PAUSED:
        return None, timedelta()
    pauses = list(clock.pauses.all())
    since = next((pause.since for pause in pauses if pause.until is None), None)
    return since, sum(((p.until or now) - p.since for p in pauses), timedelta())


def warning_light(warning: Warning, now: datetime) -> Light:
    """The light of one warning: the screening clock until it is settled."""
    settled = warning.state not in {WarningState.NEW, WarningState.TAKEN}
    work = "done" if settled else ("run" if warning.state == WarningState.TAKEN else "wait")
    if warning.due_at is None and not settled:
        return Light("ok", work, "không có hạn")
    if settled:
        return Light("ok", "done", str(warning.get_state_display()).lower())
    return light(
        warning.due_at, now, work, unit="working_hour", start=warning.at, calendar=calendar_seen()
    )
