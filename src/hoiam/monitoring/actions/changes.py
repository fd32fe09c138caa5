"""Signs that a known report was changed by its paper: another title in the feed, or a later time in the sitemap.

Only a sign is left here; whoever keeps versions reads the page again and compares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hoiam.core import outbox
from hoiam.kit.news import Entry
from hoiam.monitoring.actions.incoming import cleaned
from hoiam.monitoring.actions.sources import habits
from hoiam.monitoring.models import Item, MaybeChanged

LOOKED_UP = 500
MESSAGE = "item_maybe_changed"  # the outbox message, with the item's number


@dataclass(frozen=True)
class Known:
    """An entry of a source whose report is already in the house."""

    entry: Entry
    item: Item


@transaction.atomic
def note_changes(
    known: Sequence[Known], *, source_id: int, modified: Mapping[str, datetime], now: datetime
) -> int:
    """How many of the known reports bear a sign of change not told before; each is told once.

    Args:
        known: entries with their items.
        source_id: only items first read from this source are compared: another feed may title the same report otherwise.
        modified: when the source says an address was last changed.
        now: the moment of the reading.
    """
    own = [one for one in known if one.item.source_id == source_id]
    believed = {} if _is_stamped(own, modified) else modified
    signs = [sign for one in own if (sign := _sign(one, believed, now)) is not None]
    told = _told([sign.item_id for sign in signs])
    fresh = [sign for sign in signs if _is_fresh(sign, told.get(sign.item_id))]
    for sign in fresh:
        _tell(sign, now)
    return len(fresh)


def _is_stamped(own: Sequence[Known], modified: Mapping[str, datetime]) -> bool:
    """Whether so many known addresses are dated after they were first seen that the dates cannot be true."""
    later = sum(
        one.item.first_seen_at < modified.get(one.entry.link, one.item.first_seen_at) for one in own
    )
    limits = habits()["changes"]
    return bool(later > limits["stamped_least"] and later > limits["stamped_share"] * len(own))


def _told(items: Sequence[int]) -> dict[int, MaybeChanged]:
    told: dict[int, MaybeChanged] = {}
    for start in range(0, len(items), LOOKED_UP):
        rows = MaybeChanged.objects.filter(item__in=items[start : start + LOOKED_UP])
        told.update((row.item_id, row) for row in rows)
    return told


def _sign(one: Known, modified: Mapping[str, datetime], now: datetime) -> MaybeChanged | None:
    title = cleaned(one.entry.title, [])
    has_other_title = bool(title) and title != one.item.title
    moment = modified.get(one.entry.link)
    is_later = moment is not None and one.item.first_seen_at < moment <= now
    if not has_other_title and not is_later:
        return None
    return MaybeChanged(
        item_id=one.item.pk,
        title=title or one.item.title,
        modified_at=moment if is_later else None,
        seen_at=now,
    )


def _is_fresh(sign: MaybeChanged, told: MaybeChanged | None) -> bool:
    if told is None or sign.title != told.title:
        return True
    if sign.modified_at is None:
        return False
    return told.modified_at is None or sign.modified_at > told.modified_at


def _tell(sign: MaybeChanged, now: datetime) -> None:
    MaybeChanged.objects.update_or_create(
        item_id=sign.item_id,
        defaults={
            "title": sign.title,
            "modified_at": sign.modified_at,
            "seen_at": now,
            "handled_at": None,
        },
    )
    if outbox.is_handled(MESSAGE):
        outbox.post(MESSAGE, sign.item_id, at=now)
