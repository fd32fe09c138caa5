"""Counts for the overview: items a day, stories a province."""

from collections import Counter
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from hoiam.core.actor import Actor
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item
from hoiam.monitoring.queries.warnings import warnings_visible_to


def items_by_day(actor: Actor, *, first: date, last: date) -> list[tuple[date, int]]:
    """Relevant items of the actor's stories for each day from first to last, days without any included."""
    stories = warnings_visible_to(actor).values("story")
    start = datetime(first.year, first.month, first.day, tzinfo=VIETNAM)
    rows = (
        Item.objects.filter(is_relevant=True, story__in=stories, at__gte=start)
        .annotate(day=TruncDate("at", tzinfo=VIETNAM))
        .values("day")
        .annotate(count=Count("pk"))
        .order_by("day")
    )
    found = {row["day"]: row["count"] for row in rows}
    days = (last - first).days + 1
    return [(first + timedelta(n), found.get(first + timedelta(n), 0)) for n in range(days)]


def province_counts(actor: Actor, *, since: datetime) -> dict[str, int]:
    """How many warnings stand against agencies of each province (by the agency's province name) since a moment."""
    rows = (
        warnings_visible_to(actor)
        .filter(at__gte=since)
        .exclude(agency=None)
        .values_list("agency__province")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return dict(Counter(dict(rows)))
