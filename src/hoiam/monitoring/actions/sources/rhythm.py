"""How a source lives: its usual gap, how soon it is read again, and since when it is silent."""

from datetime import datetime, timedelta

from hoiam.kit.news import Habit, Silence, silence, unknown_habit
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.sources.habits import habits
from hoiam.monitoring.models import Source
from hoiam.monitoring.queries.source_pasts import Past

# A source that has given something once and never again is measured by this until its own rhythm is known.
FIRST_GAP = timedelta(days=1)


def note_rhythm(source: Source, kept: int, now: datetime) -> None:
    """Renew the usual gap between items with what this reading brought."""
    if source.last_new_at is not None:
        gap = max(1.0, (now - source.last_new_at).total_seconds() / kept)
        usual = source.usual_gap_seconds or gap
        source.usual_gap_seconds = int(0.8 * usual + 0.2 * gap)
    source.last_new_at = now


def interval(source: Source, now: datetime) -> int:
    """Seconds until the next reading: 1 to 15 minutes by the source's own rhythm, rarer at night."""
    polling = habits()["polling"]
    gap = (source.usual_gap_seconds or polling["unknown_gap"]) * polling["share_of_gap"]
    if is_night(now):
        gap *= polling["night"]["times"]
    return int(min(polling["slowest"], max(polling["fastest"], gap)))


def is_night(now: datetime) -> bool:
    """Whether papers sleep at this moment in Viet Nam."""
    return _asleep(now.astimezone(VIETNAM).hour)


def _asleep(hour: int) -> bool:
    night = habits()["polling"]["night"]
    return bool(hour >= night["from"] or hour < night["to"])


def note_silence(source: Source, past: Past, now: datetime) -> Silence | None:
    """The silence of the source, set on it or cleared from it: a source that stops producing is a fault.

    Once silent it stays so until it gives something new; long silence is no new habit.
    """
    if source.last_new_at is None:
        return None
    found = silence_of(source, past, now)
    if found is not None or source.silent_since != source.last_new_at:
        source.silent_since = source.last_new_at if found else None
    return found


def silence_of(source: Source, past: Past, now: datetime) -> Silence | None:
    """What there is to say of a source's silence at this moment, or None when it is within its habit.

    Quiet lasts only as far as somebody tried to read: a collector that stands still makes no source silent.
    """
    last = source.last_new_at
    if last is None:
        return None
    until = min(now, source.last_tried_at or now)
    return silence(last, past.habit or _unknown(source), until, past.is_off)


def _unknown(source: Source) -> Habit:
    gap = source.usual_gap_seconds
    return unknown_habit(timedelta(seconds=gap) if gap else FIRST_GAP, _asleep)
