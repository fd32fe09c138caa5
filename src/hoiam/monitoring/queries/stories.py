"""Stories and their items."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from hoiam.core.actor import Actor
from hoiam.monitoring.models import Item, Story, Version
from hoiam.monitoring.queries.warnings import warnings_visible_to


def stories_visible_to(actor: Actor) -> QuerySet[Story]:
    """Stories that raised a warning in the actor's scope, newest first."""
    seen = warnings_visible_to(actor).values("story")
    merged = Story.objects.filter(merged_into=OuterRef("pk"))
    return Story.objects.filter(pk__in=seen, merged_into=None).annotate(has_merged=Exists(merged))


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
