"""What happened to a clock since it began, as the rulebook counts with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoiam.handling.models import Clock, Extension, Pause
from hoiam.handling.queries.tightenings import as_number
from hoiam.kit.rulebook import Calendar, Granted, Waited, recount

Event = Granted | Waited


@dataclass(frozen=True)
class Recounted:
    """A clock as it comes out of a new count; `unit` as counted."""

    due_at: datetime | None
    law_due_at: datetime | None
    steps: list[str]


def history_of(clock: Clock) -> list[Event]:
    """The extensions and finished pauses of a clock."""
    return history(clock.extensions.select_related("signer"), clock.pauses.all())


def history(extensions: Iterable[Extension], pauses: Iterable[Pause]) -> list[Event]:
    """These extensions and finished pauses as the rulebook counts with them."""
    granted: list[Event] = [
        Granted(
            one.at,
            one.reason,
            one.signed_by or str(one.signer),
            number=one.number,
            unit=one.unit,
            until=None if one.number or one.values else one.new_due_at,
            when=one.ground,
            values=one.values,
        )
        for one in extensions
    ]
    waited = [
        Waited(pause.since, pause.until, pause.reason)
        for pause in pauses
        if pause.stops and pause.until is not None
    ]
    return [*granted, *waited]


def recounted(clock: Clock, calendar: Calendar, events: Sequence[Event]) -> Recounted:
    """The clock counted again from its start over this calendar.

    Raises:
        RulebookError: the rule can no longer be counted with what the clock keeps.
    """
    own = as_number(clock.tightening)
    found = recount(
        clock.rule,
        clock.started_at,
        events,
        calendar=calendar,
        values=clock.values,
        tightening=own,
        note=clock.note,
    )
    law = None
    if own is not None:
        law = recount(
            clock.rule, clock.started_at, events, calendar=calendar, values=clock.values
        ).due
    return Recounted(found.due, law if law != found.due else None, list(found.steps))
