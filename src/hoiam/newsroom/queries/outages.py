"""Planned outages of the portal."""

from datetime import datetime

from django.db.models import QuerySet

from hoiam.newsroom.models import Outage


def outages_told(now: datetime) -> QuerySet[Outage]:
    """What readers are told of now: announced, not called off, not over; the nearest first."""
    rows = Outage.objects.filter(announced_at__lte=now, ends_at__gt=now, cancelled_at=None)
    return rows.order_by("starts_at", "id")
