"""Mending what an older version of the house took in, for the reports people still work on; nobody is told for that."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Max, Min, QuerySet

from hoiam.core import search
from hoiam.kit.news import sentences
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.folding import WINDOW, renew
from hoiam.monitoring.actions.incoming import standing_at
from hoiam.monitoring.actions.reprints import turn_lead, turn_to_first
from hoiam.monitoring.actions.warn import follow_story
from hoiam.monitoring.models import Item, Story
from hoiam.monitoring.queries.outlets import OutletBook
from hoiam.monitoring.queries.reprints import firsts_of
from hoiam.monitoring.queries.searched import changed_documents, item_documents

SPAN = timedelta(days=90)  # not-law: how far back a matter of the press is still worked on
BATCH = 500


@dataclass(frozen=True)
class Mended:
    """How many reports were tied to a channel or learnt that their time is a bare day, and how many stories followed."""

    items: int = 0
    stories: int = 0


def mend_recent(*, now: datetime) -> Mended:
    """What was mended of the relevant reports and their stories since ninety days ago; a second time there is nothing to do."""
    since = now - SPAN
    mended = _items(since)
    standing = Story.objects.filter(last_at__gte=since, merged_into=None).order_by("pk")
    copying = standing.filter(items__duplicate_of__isnull=False)
    # Asked of the stories, not of the items in hand: an upgrade that moved the items may have left them behind before.
    spanned = standing.annotate(first=Min("items__at"), last=Max("items__at"))
    moved = spanned.exclude(first=None).exclude(first=F("first_at"), last=F("last_at"))
    found = {pk for rows in (copying, moved) for pk in rows.values_list("pk", flat=True)}
    return Mended(mended, sum(_turned(pk, now) for pk in sorted(found)))


def _items(since: datetime) -> int:
    book = OutletBook()
    rows = Item.objects.filter(is_relevant=True, at__gte=since).select_related("clip")
    rows = rows.defer("sapo", "body").order_by("pk")
    changed = [item for item in rows.iterator(BATCH) if _is_mended(item, book)]
    for start in range(0, len(changed), BATCH):
        _save(changed[start : start + BATCH])
    return len(changed)


@transaction.atomic
def _save(items: list[Item]) -> None:
    Item.objects.bulk_update(items, ["published_precision", "at", "channel"])
    _index_days(Item.objects.filter(pk__in=[item.pk for item in items]))


def _is_mended(item: Item, book: OutletBook) -> bool:
    """Whether the item in hand, not saved, says more than before: how exact its time is, where it came from."""
    before = (item.published_precision, item.channel_id)
    if _is_bare(item):
        item.published_precision = "day"
        item.at = standing_at(item.published_at, "day", item.first_seen_at)
    if item.channel_id is None:
        medium = item.clip.medium if hasattr(item, "clip") else ""
        item.channel_id = book.channel(item.url, item.outlet, medium)
    return before != (item.published_precision, item.channel_id)


def _is_bare(item: Item) -> bool:
    """Whether the time is a page's day without an hour, kept before that was known of a time."""
    at = item.published_at
    if at is None or item.is_day_only or item.published_from == "feed":
        return False
    return sentences.PAGE_DAY_ONLY in item.problems and at.astimezone(VIETNAM).time() == time()


@transaction.atomic
def _turned(pk: int, now: datetime) -> bool:
    """Whether copies of the story, or its lead, turned to who published first, or its times followed its reports."""
    story = Story.objects.select_for_update(of=("self",)).select_related("lead_item").get(pk=pk)
    before, span = (story.lead_item_id, _links(story)), (story.first_at, story.last_at)
    items = {item.pk: item for item in story.items.order_by("at", "pk")}
    for first in sorted(set(firsts_of(items.values()).values()) & items.keys()):
        item = items[first]
        turn_to_first(
            item, copy_of=item.duplicate_of_id, share=item.story_score or 1.0, within=WINDOW
        )
    turn_lead(renew(story), now=now)
    is_moved = span != (story.first_at, story.last_at)
    if is_moved:
        _index_days(story.items.all())
    if not is_moved and before == (story.lead_item_id, _links(story)):
        return False
    follow_story(story)
    return True


def _index_days(items: QuerySet[Item]) -> None:
    """Put in search where those of the items stand now of whose time only the day is known."""
    days = items.filter(published_precision="day")
    search.put_many(item_documents(days))
    search.put_many(changed_documents(days))


def _links(story: Story) -> list[tuple[int, int | None]]:
    return list(story.items.order_by("pk").values_list("pk", "duplicate_of"))
