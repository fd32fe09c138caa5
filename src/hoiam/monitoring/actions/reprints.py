"""Turning copies of one text toward the report that was published first, and a story's lead with them.

Who was read first need not be who published first. When the earlier one comes in late nobody is told: the text is the same,
and the desks have it.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from hoiam.core import ledger
from hoiam.kit.news import earliest
from hoiam.monitoring.models import Item, Story
from hoiam.monitoring.queries.reprints import ORDERED_BY, as_report, firsts_of


def turn_to_first(item: Item, *, copy_of: int | None, share: float, within: timedelta) -> None:
    """Nothing; the item and the copies of its text all point at the earliest published, which points at none of them.

    Twice gives the same. Whom the first repeats from before the span stays as it was. Call it in a transaction: the rows are
    locked, so that of two workers who place copies of one text the second sees what the first wrote.

    Args:
        item: the item just placed; saved by its key, its own `duplicate_of` is renewed.
        copy_of: the key of the item whose text it repeats, None when folding found none.
        share: how alike the two are, from 0 to 1.
        within: how far from the item a copy may lie in time.
    """
    if copy_of is not None and copy_of != item.pk:
        Item.objects.filter(pk=item.pk).update(duplicate_of=copy_of)
    rows = _copies(item, within)
    first = earliest(as_report(row) for row in rows)
    before = {row.duplicate_of_id for row in rows} - {None, *(row.pk for row in rows)}
    turned = []
    for row in rows:
        wanted = min(before, default=None) if str(row.pk) == first.id else int(first.id)
        if row.duplicate_of_id == wanted:
            continue
        if row.duplicate_of_id is None and copy_of is not None:
            # It was the first until now: how alike both are was measured when the other came in.
            row.story_score = share
        row.duplicate_of_id = wanted
        turned.append(row)
    Item.objects.bulk_update(turned, ["duplicate_of", "story_score"])
    item.duplicate_of_id = next(row.duplicate_of_id for row in rows if row.pk == item.pk)


def _copies(item: Item, within: timedelta) -> list[Item]:
    """The item and all that are linked with it in time, locked, in the order they came in."""
    near = Item.objects.filter(at__range=(item.at - within, item.at + within))
    known, held = {item.pk}, set[int]()
    while True:
        linked = near.filter(Q(pk__in=known) | Q(duplicate_of__in=known))
        rows = list(linked.select_for_update().only(*ORDERED_BY).order_by("pk"))
        found = {row.pk for row in rows} | {r.duplicate_of_id for r in rows if r.duplicate_of_id}
        # A reading that had to wait for a lock may have missed what the other worker wrote: only one of rows already held
        # is whole.
        if found <= known and held == {row.pk for row in rows}:
            return rows
        known, held = known | found, {row.pk for row in rows}


def turn_lead(story: Story, *, now: datetime) -> Story:
    """The story led by the earliest of the copies its lead belongs to; by one of its own where the lead left it.

    A lead that nobody in the story published earlier stays, whichever report came before it on the same matter. The caller
    holds the story's row.
    """
    items = list(story.items.only(*ORDERED_BY).order_by("at", "id"))
    lead = _lead_of(story, items)
    if lead is None or lead == story.lead_item_id:
        return story
    was, story.lead_item = story.lead_item_id, Item.objects.get(pk=lead)
    story.title, story.sapo = story.lead_item.title, story.lead_item.sapo
    story.save(update_fields=["lead_item", "title", "sapo"])
    ledger.write(story, actor=None, step="turn_lead", at=now, item=lead, was=was)
    return story


def _lead_of(story: Story, items: list[Item]) -> int | None:
    if not items:
        return None
    lead = story.lead_item
    is_here = lead is not None and any(item.pk == lead.pk for item in items)
    first_of = firsts_of(items if is_here or lead is None else [lead, *items])
    text = first_of.get(lead.pk, lead.pk) if lead is not None else None
    same = [item for item in items if first_of.get(item.pk, item.pk) == text]
    return int(earliest(as_report(item) for item in same or items).id)
