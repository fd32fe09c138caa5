"""Which report of one text came first: the one order behind chains, marks of reprints, signals and the lead of a story."""

from collections.abc import Iterable

from hoiam.kit.news import Report, firsts
from hoiam.monitoring.models import Item

# What the order is read from; texts are long and stay where they are.
ORDERED_BY = (
    *("duplicate_of", "outlet", "story_score"),
    *("published_at", "published_precision", "first_seen_at", "at"),
)


def as_report(item: Item, text: str = "") -> Report:
    """The item as a chain of copies takes it; its text only where a credit is looked for."""
    return Report(
        id=str(item.pk),
        outlet=item.outlet,
        at=item.published_at or item.first_seen_at,
        text=text,
        copy_of=str(item.duplicate_of_id) if item.duplicate_of_id else None,
        share=item.story_score or 1.0,
        is_time_known=item.published_at is not None,
        is_day_only=item.is_day_only,
    )


def firsts_of(items: Iterable[Item]) -> dict[int, int]:
    """Which item each reprint among these repeats, by key; the first of each text, and what nobody repeats, is no key."""
    found = firsts(as_report(item) for item in items)
    return {int(copy): int(first) for copy, first in found.items()}
