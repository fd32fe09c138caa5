"""Counts of the portal by month and by article, without persons."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.models import Article, CountKind, PortalCount
from hoiam.newsroom.queries.articles import WHY


@dataclass(frozen=True)
class Month:
    """What happened on the portal in one month."""

    month: date
    articles: int
    reads: int
    helpful: int
    unhelpful: int
    searches: int
    missed: int


def months() -> list[Month]:
    """Every month in which something was published, read, rated or looked for; the newest first."""
    found: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    counted = PortalCount.objects.annotate(month=TruncMonth("day")).values("month", "kind")
    for row in counted.annotate(sum=Sum("count")).order_by():
        found[row["month"]][row["kind"]] = row["sum"]
    published = Article.objects.system(WHY).annotate(
        month=TruncMonth("published_at", tzinfo=VIETNAM)
    )
    for row in published.values("month").annotate(sum=Count("id")).order_by():
        found[row["month"].date()]["articles"] = row["sum"]
    return [_month(month, found[month]) for month in sorted(found, reverse=True)]


def _month(month: date, sums: Mapping[Any, int]) -> Month:
    return Month(
        month,
        sums["articles"],
        sums[CountKind.READ],
        sums[CountKind.HELPFUL],
        sums[CountKind.UNHELPFUL],
        sums[CountKind.SEARCH],
        sums[CountKind.MISSED],
    )
