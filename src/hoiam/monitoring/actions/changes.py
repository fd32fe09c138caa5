"""Signs that a known report was changed by its paper: another title in the feed, or a later time in the sitemap.

A sign only hastens the next reading of the page; what really changed is told by its versions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoiam.kit.news import Entry
from hoiam.monitoring.actions.incoming import cleaned
from hoiam.monitoring.actions.rechecks import follow_feed
from hoiam.monitoring.models import Item


@dataclass(frozen=True)
class Known:
    """An entry of a source whose report is already in the house."""

    entry: Entry
    item: Item


def note_changes(
    known: Sequence[Known], *, source_id: int, modified: Mapping[str, datetime], now: datetime
) -> int:
    """How many of the known reports bear a sign of change not seen before; their pages are read again at once.

    Args:
        known: entries with their items.
        source_id: only items first read from this source are compared: another feed may title the same report otherwise.
        modified: when the source says an address was last changed.
        now: the moment of the reading.
    """
    own = [one for one in known if one.item.source_id == source_id]
    return follow_feed({one.item.url_key: _said(one, modified, now) for one in own}, now=now)


def _said(one: Known, modified: Mapping[str, datetime], now: datetime) -> str:
    """What the source says of the report now: its title, with the time of change when that is later than ours."""
    title = cleaned(one.entry.title, []) or one.item.title
    moment = modified.get(one.entry.link)
    is_later = moment is not None and one.item.first_seen_at < moment <= now
    return f"{title} · {moment.isoformat()}" if moment is not None and is_later else title
