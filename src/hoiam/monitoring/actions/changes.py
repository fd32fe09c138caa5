"""Signs that a known report was changed by its paper: another title in the feed, or a later time in the sitemap.

A sign only hastens the next reading of the page; what really changed is told by its versions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoiam.kit.news import Entry
from hoiam.monitoring.actions.incoming import cleaned
from hoiam.monitoring.actions.rechecks import follow_feed
from hoiam.monitoring.actions.sources import habits
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
    believed = {} if _is_stamped(own, modified) else modified
    signs = {one.item.url_key: sign for one in own if (sign := _sign(one, believed, now))}
    return follow_feed(signs, now=now)


def _is_stamped(own: Sequence[Known], modified: Mapping[str, datetime]) -> bool:
    """Whether so many known addresses are dated after they were first seen that the dates cannot be true."""
    later = sum(
        one.item.first_seen_at < modified.get(one.entry.link, one.item.first_seen_at) for one in own
    )
    limits = habits()["changes"]
    return bool(later > limits["stamped_least"] and later > limits["stamped_share"] * len(own))


def _sign(one: Known, modified: Mapping[str, datetime], now: datetime) -> str:
    """What the source now says otherwise of the report: its title, with the time of change; blank when all is as it was."""
    title = cleaned(one.entry.title, []) or one.item.title
    moment = modified.get(one.entry.link)
    if moment is not None and one.item.first_seen_at < moment <= now:
        return f"{title} · {moment.isoformat()}"
    return title if title != one.item.title else ""
