"""A clock counted again from its start with all that was granted since: extensions and pauses, in order of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hoiam.kit.vietnamese import VIETNAM, show_datetime

from .calendar import Calendar
from .calendar_files import national_calendar
from .counting import AFTER
from .deadlines import Deadline, compute
from .steps import UNITS, long_day, sentence
from .tightening import Tightening


@dataclass(frozen=True)
class Granted:
    """An extension as it was granted: a number of a unit, or new values for the law to count with, or a moment."""

    at: datetime
    reason: str
    signer: str
    number: int | None = None
    unit: str = ""
    until: datetime | None = None
    when: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Waited:
    """A stretch during which the clock stood still."""

    since: datetime
    until: datetime
    reason: str

    @property
    def at(self) -> datetime:
        """When it was over: from then on the due time is another."""
        return self.until


Event = Granted | Waited


@dataclass(frozen=True)
class Recount:
    """Where the whole history arrives: the due moment, every step as a sentence, and the count it began with."""

    due: datetime | None
    steps: tuple[str, ...]
    base: Deadline


def recount(
    rule_id: str,
    start: datetime,
    events: Sequence[Event] = (),
    *,
    calendar: Calendar | None = None,
    values: Mapping[str, str] | None = None,
    tightening: Tightening | None = None,
    note: str = "",
) -> Recount:
    """Give back when the rule is due after all that happened since its start.

    Args:
        rule_id, start, calendar, values, tightening: see `compute`.
        events: extensions and pauses, in any order.
        note: a sentence of whoever began the clock, kept after the count.

    Raises:
        UnknownName, NotInForce, MissingValue, WrongValue, LoosensLaw: see `errors`.
    """
    days = calendar or national_calendar()
    ordered = sorted(events, key=lambda event: event.at)
    known = dict(values or {})
    for event in ordered:
        if isinstance(event, Granted):
            known.update(event.values)
    base = compute(rule_id, start, calendar=days, values=known, tightening=tightening)
    due, told = base.due, list(base.as_json()["steps"])
    told += [note] if note else []
    for event in ordered:
        if due is not None:
            due, sentences = apply_event(due, event, days)
            told += sentences
    return Recount(due, tuple(told), base)


def apply_event(due: datetime, event: Event, calendar: Calendar) -> tuple[datetime, list[str]]:
    """Give back the due moment after one extension or pause, and the sentences that say so."""
    if isinstance(event, Waited):
        return _waited(due, event)
    who = {"reason": event.reason, "signer": event.signer}
    if event.values:
        return due, [sentence("extended_anew", when=event.when, **who)]
    if event.number is not None:
        day = long_day(due.astimezone(VIETNAM).date())
        told = sentence("extended", number=event.number, unit=UNITS[event.unit], day=day, **who)
        count = AFTER[event.unit](due.astimezone(VIETNAM), event.number, calendar)
        return count.due or due, [told, *(item.text for item in count.steps)]
    # What a decider granted by its hour stands, unless a pause has moved the clock beyond it since.
    moved = max(due, event.until or due)
    return moved, [sentence("extended_to", moment=show_datetime(moved), **who)]


def _waited(due: datetime, event: Waited) -> tuple[datetime, list[str]]:
    span = max(event.until - event.since, timedelta())
    moved = due + span
    words = {
        "reason": event.reason,
        "since": show_datetime(event.since),
        "until": show_datetime(event.until),
        "span": span_words(span),
        "moment": show_datetime(moved),
    }
    return moved, [sentence("paused", **words)]


def span_words(span: timedelta) -> str:
    """Give back a length of time in words: days, else hours, else minutes.

    >>> span_words(timedelta(hours=30))
    '1 ngày 6 giờ'
    """
    days, rest = span.days, span - timedelta(days=span.days)
    hours, minutes = divmod(int(rest.total_seconds()) // 60, 60)
    told = [f"{days} ngày"] * bool(days) + [f"{hours} giờ"] * bool(hours)
    if minutes and not days:
        told.append(f"{minutes} phút")
    return " ".join(told) or "dưới 1 phút"
