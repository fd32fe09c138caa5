"""Stories and their items."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet

from hoiam.core.actor import Actor
from hoiam.monitoring.models import Item, Story, Version
from hoiam.monitoring.queries.warnings import warnings_visible_to
from hoiam.monitoring.states import SignalKind


@dataclass(frozen=True)
class Spread:
    """One way a story was seen to spread, and when."""

    words: str
    at: datetime


def stories_visible_to(actor: Actor) -> QuerySet[Story]:
    """Stories that raised a warning in the actor's scope, newest first."""
    seen = warnings_visible_to(actor).values("story")
    merged = Story.objects.filter(merged_into=OuterRef("pk"))
    return Story.objects.filter(pk__in=seen, merged_into=None).annotate(has_merged=Exists(merged))


def story_with_spread(pk: int, actor: Actor) -> tuple[Story | None, list[Spread]]:
    """One story in the actor's sight, and how it was seen to spread, in time order; one query.

    Also what copies alone made, which rang nowhere. A story spreads in a handful of ways, each noted once.
    """
    signals = FilteredRelation("signals", condition=Q(signals__kind=SignalKind.SPREAD))
    rows = list(
        stories_visible_to(actor)
        .filter(pk=pk)
        .annotate(spread=signals)
        .annotate(spread_words=F("spread__words"), spread_at=F("spread__at"))
        .order_by("spread__at", "spread__pk")
    )
    told = [Spread(row.spread_words, row.spread_at) for row in rows if row.spread_at is not None]
    return (rows[0] if rows else None), told


def root_of(pk: int, actor: Actor) -> Story | None:
    """The story in the actor's sight that a merged one now is; None when it is not merged or out of sight."""
    seen = warnings_visible_to(actor).values("story")
    story = Story.objects.filter(pk__in=seen, pk=pk).first()
    while story is not None and story.merged_into is not None:
        story = story.merged_into
    if story is None or story.pk == pk:
        return None
    return stories_visible_to(actor).filter(pk=story.pk).first()


def merged_into(story: Story) -> list[Story]:
    """The stories people merged into one that `stories_visible_to` gave; asks only when there are any."""
    return list(story.merged.order_by("pk")) if story.has_merged else []


def items_of(story: Story) -> QuerySet[Item]:
    """The items of one story, oldest first, with what recognition found."""
    return (
        story.items.select_related(
            "finding", "channel", "capture", "source", "duplicate_of", "recheck"
        )
        .prefetch_related(
            "finding__attributions__agency_today",
            Prefetch("versions", Version.objects.only("item", "number", "kind", "at")),
        )
        .order_by("at", "id")
    )


def story_counts(story: Story) -> dict[str, int]:
    """Items and different outlets of a story, counted anew."""
    return story.items.aggregate(
        item_count=Count("pk"), outlet_count=Count("outlet", distinct=True, filter=~Q(outlet=""))
    )
