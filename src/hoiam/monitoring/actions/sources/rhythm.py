"""How a source lives: its usual gap, how soon it is read again, and since when it is silent."""

from datetime import datetime, timedelta

from hoiam.kit.news import silence
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.sources.habits import habits
from hoiam.monitoring.models import Source

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
    night, hour = habits()["polling"]["night"], now.astimezone(VIETNAM).hour
    return hour >= night["from"] or hour < night["to"]


def note_silence(source: Source, now: datetime) -> None:
    """Set or clear since when the source is silent: a source that stops producing is a fault."""
    if source.last_new_at is None:
        return
    usual = timedelta(seconds=source.usual_gap_seconds) if source.usual_gap_seconds else FIRST_GAP
    found = silence(source.last_new_at, usual, now)
    source.silent_since = source.last_new_at if found else None
