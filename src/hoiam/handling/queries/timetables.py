"""What stands in a private .ics calendar: open clocks, and what other nouns of the room add.

Never a person's name or a matter: case number, title of the rule, link.
"""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import actor_on
from hoiam.core.actor import Actor
from hoiam.handling.models import CalendarLink, Clock
from hoiam.handling.queries.lights import OPEN
from hoiam.handling.queries.work import mine
from hoiam.kit.rulebook import default_number

MOST_EVENTS = 500
HOUR_UNITS = ("hour", "working_hour")


@dataclass(frozen=True)
class Event:
    """One entry of a calendar; `uid` never changes, `alarms` say how long before the start it rings."""

    uid: str
    title: str
    start: datetime
    end: datetime
    stamp: datetime
    address: str  # name of the page, with `key` when it takes one
    key: int | None
    note: str = ""
    sequence: int = 0
    alarms: tuple[timedelta, ...] = ()


@dataclass(frozen=True)
class Owner:
    """Whose calendar it is: a person with the posts of today, or a unit."""

    actor: Actor | None
    agency: Agency | None


Source = Callable[[Owner, datetime], Iterable[Event]]
_sources: list[Source] = []


def calendar_source(source: Source) -> Source:
    """A decorator that adds what this function gives to every private calendar."""
    _sources.append(source)
    return source


def owner_of(digest: str, today: date) -> Owner | None:
    """Whose address it is; None when there is no such address, it was revoked, or the person has no post today."""
    rows = CalendarLink.objects.select_related("official", "agency")
    link = rows.filter(digest=digest, revoked_at=None).first()
    if link is None or not hmac.compare_digest(link.digest, digest):
        return None
    if link.official is None:
        return Owner(None, link.agency)
    actor = actor_on(link.official, today)
    return Owner(actor, None) if actor.is_active else None


def events_of(owner: Owner, now: datetime) -> list[Event]:
    """Everything in the calendar, first things first."""
    found = [event for source in _sources for event in source(owner, now)]
    return sorted(found, key=lambda event: (event.start, event.uid))[:MOST_EVENTS]


@calendar_source
def clock_events(owner: Owner, now: datetime) -> list[Event]:
    """The open clocks that have a due time: those on the person's work list, or those of the unit's cases."""
    if owner.actor is not None:
        rows = Clock.objects.narrowed(state__in=OPEN).filter(mine(owner.actor))
    else:
        rows = Clock.objects.narrowed(state__in=OPEN, case__agency=owner.agency)
    rows = rows.exclude(due_at=None).select_related("case").order_by("due_at", "pk")
    rows = rows.prefetch_related("extensions", "recounts", "pauses")
    return [_event(clock) for clock in rows[:MOST_EVENTS]]


def _event(clock: Clock) -> Event:
    assert clock.due_at is not None  # excluded by the query
    changes = (clock.extensions.all(), clock.recounts.all(), clock.pauses.all())
    return Event(
        uid=f"clock-{clock.pk}",
        title=f"{clock.case.number}: {clock.title}",
        start=clock.due_at,
        end=clock.due_at,
        stamp=clock.started_at,
        address="desk-clock",
        key=clock.pk,
        note=f"{clock.rule} · {clock.badge or clock.source}",
        sequence=sum(len(rows) for rows in changes),
        alarms=(_before(clock.unit),),
    )


def _before(unit: str) -> timedelta:
    """When a clock turns "due" on the screen, its alarm rings (MD-09, MD-10)."""
    if unit in HOUR_UNITS:
        return timedelta(hours=default_number("MD-09"))
    return timedelta(days=default_number("MD-10"))
