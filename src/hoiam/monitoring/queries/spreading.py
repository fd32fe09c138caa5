"""Stories that spread: more reports today than yesterday."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from hoiam.core.actor import Actor
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item, Story
from hoiam.monitoring.queries.warnings import warnings_visible_to

WEEK = 7
FEWEST = 2


@dataclass(frozen=True)
class Spreading:
    """A story with its reports a day over a week, the last day being today, and whom it concerns."""

    story: Story
    days: tuple[int, ...]
    agencies: tuple[str, ...]

    @property
    def yesterday(self) -> int:
        """Reports of the day before."""
        return self.days[-2]

    @property
    def today(self) -> int:
        """Reports of today."""
        return self.days[-1]


def spreading_stories(actor: Actor, *, now: datetime, limit: int = 5) -> list[Spreading]:
    """The actor's stories with at least two reports today and more than yesterday, most growth first; two queries."""
    today = now.astimezone(VIETNAM).date()
    week = [today - timedelta(days=back) for back in range(WEEK - 1, -1, -1)]
    counts = _counts(actor, week[0])
    grown = {
        story: days
        for story, days in counts.items()
        if days[today] >= FEWEST and days[today] > days[week[-2]]
    }
    first = sorted(grown, key=lambda pk: (grown[pk][week[-2]] - grown[pk][today], pk))[:limit]
    stories, agencies = _named(actor, first)
    return [
        Spreading(stories[pk], tuple(grown[pk][day] for day in week), tuple(agencies[pk]))
        for pk in first
        if pk in stories
    ]


def _counts(actor: Actor, first: date) -> dict[int, Counter[date]]:
    seen = warnings_visible_to(actor).values("story")
    rows = (
        Item.objects.filter(
            is_relevant=True,
            story__in=seen,
            story__merged_into=None,
            at__gte=datetime.combine(first, time.min, tzinfo=VIETNAM),
        )
        .annotate(day=TruncDate("at", tzinfo=VIETNAM))
        .values("story", "day")
        .annotate(count=Count("pk"))
        .order_by()
    )
    found: dict[int, Counter[date]] = defaultdict(Counter)
    for row in rows:
        found[row["story"]][row["day"]] = row["count"]
    return found


def _named(actor: Actor, pks: list[int]) -> tuple[dict[int, Story], dict[int, list[str]]]:
    stories: dict[int, Story] = {}
    agencies: dict[int, list[str]] = defaultdict(list)
    warnings = warnings_visible_to(actor).filter(story__in=pks).select_related("story", "agency")
    for warning in warnings.order_by("pk"):
        stories[warning.story_id] = warning.story
        agencies[warning.story_id].append(str(warning.agency or "Chưa gán đơn vị"))
    return stories, agencies
