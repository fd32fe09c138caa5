"""Directives of other authorities and remedies inside: what is open in the actor's sight, and their lights."""

from datetime import datetime

from django.db.models import F, Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Directive, Remedy
from hoiam.handling.queries.calendars import calendar_seen
from hoiam.handling.queries.cases import cases_visible_to
from hoiam.handling.states import CaseState
from hoiam.kit.rulebook import Light, light


def open_directives(actor: Actor) -> ScopedQuerySet:
    """Directives not answered yet on open cases in sight, first due first."""
    seen = cases_visible_to(actor).exclude(state=CaseState.CLOSED).values("pk")
    rows = Directive.objects.narrowed(case__in=seen, answered_at=None)
    return rows.select_related("case__agency", "case__holder").order_by(
        F("due_at").asc(nulls_last=True), "pk"
    )


def directives_since(actor: Actor, since: datetime) -> ScopedQuerySet:
    """Directives in sight that wait for an answer on open cases, and those answered since a moment; first due first."""
    waits = Q(answered_at=None) & ~Q(case__state=CaseState.CLOSED)
    rows = Directive.objects.narrowed(case__in=cases_visible_to(actor).values("pk"))
    rows = rows.filter(waits | Q(answered_at__gte=since))
    return rows.select_related("case__agency", "case__holder").order_by(
        F("due_at").asc(nulls_last=True), "pk"
    )


def open_remedies(actor: Actor) -> ScopedQuerySet:
    """Planned remedies not done yet; they stand whether their case is open or closed."""
    rows = Remedy.objects.narrowed(case__in=cases_visible_to(actor).values("pk"), done_at=None)
    return rows.select_related("case__agency", "case__holder").order_by(
        F("due_at").asc(nulls_last=True), "pk"
    )


def directive_light(directive: Directive, now: datetime) -> Light:
    """The light of one directive; without a day in the paper it is never late by itself."""
    return _light(directive.due_at, directive.received_at, directive.answered_at, now)


def remedy_light(remedy: Remedy, now: datetime) -> Light:
    """The light of one remedy."""
    return _light(remedy.due_at, remedy.planned_at, remedy.done_at, now)


def _light(due: datetime | None, start: datetime, done: datetime | None, now: datetime) -> Light:
    work = "run" if done is None else "done"
    if due is None and done is not None:
        return Light("ok", work, "đã xong")
    return light(due, now, work, start=start, done_at=done, calendar=calendar_seen())
