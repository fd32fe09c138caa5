"""What a page kept by the server is checked against."""

from datetime import datetime

from django.db import connection

from hoiam.newsroom.models import Article, PortalStamp
from hoiam.newsroom.queries.articles import WHY

_READ = f"SELECT version FROM {PortalStamp._meta.db_table} WHERE id = 1"  # noqa: S608


def stamp() -> int:
    """The version of what the portal shows; one short read, as it is made for every page."""
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def next_expiry(now: datetime) -> datetime | None:
    """When the next article comes down by its hour; None when none will.

    One that was withdrawn before its hour counts too: a page is then drawn anew once more than it need be, and the index on
    the hour alone answers.
    """
    due = Article.objects.system(WHY).filter(expires_at__gt=now).order_by("expires_at")
    first: datetime | None = due.values_list("expires_at", flat=True).first()
    return first
