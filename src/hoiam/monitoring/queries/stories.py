"""Stories and their items."""

from django.db.models import Count, Q, QuerySet

from hoiam.core.actor import Actor
from hoiam.monitoring.models import Item, Story
from hoiam.monitoring.queries.warnings import warnings_visible_to


def stories_visible_to(actor: Actor) -> QuerySet[Story]:
    """Stories that raised a warning in the actor's scope, newest first."""
    seen = warnings_visible_to(actor).values("story")
    return Story.objects.filter(pk__in=seen, merged_into=None)


def items_of(story: Story) -> QuerySet[Item]:
    """The items of one story, oldest first, with what recognition found."""
    return (
        story.items.select_related("finding", "channel", "capture", "source", "duplicate_of")
        .prefetch_related("finding__attributions__agency_today")
        .order_by("at", "id")
    )


def story_counts(story: Story) -> dict[str, int]:
    """Items and different outlets of a story, counted anew."""
    return story.items.aggregate(
        item_count=Count("pk"), outlet_count=Count("outlet", distinct=True, filter=~Q(outlet=""))
    )
