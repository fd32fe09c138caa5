"""Reads of each article, summed from the days on which somebody read it."""

from datetime import datetime, timedelta

from django.db.models import Sum

from hoiam.core.jobs import every, job
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.models import Article, CountKind, PortalCount

WHY = "sum its reads"
LOOKED_BACK = timedelta(
    days=2
)  # not-law: how far back the job looks for articles whose number has changed


@every(minutes=30)
@job()
def sum_reads(now: datetime) -> int:
    """How many articles were given a new sum."""
    since = (now - LOOKED_BACK).astimezone(VIETNAM).date()
    rows = PortalCount.objects.filter(kind=CountKind.READ, place__startswith="article:")
    places = rows.filter(day__gte=since).order_by().values_list("place", flat=True).distinct()
    sums = rows.filter(place__in=list(places)).order_by().values("place").annotate(sum=Sum("count"))
    changed = 0
    for row in sums:
        article = Article.objects.system(WHY).filter(pk=int(row["place"].removeprefix("article:")))
        changed += article.exclude(reads=row["sum"]).update(reads=row["sum"])
    return changed
