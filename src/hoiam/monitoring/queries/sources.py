"""Sources and their health."""

from datetime import datetime

from django.db.models import QuerySet

from hoiam.monitoring.models import ItemImport, Source
from hoiam.monitoring.states import POLLED


def sources_listed() -> QuerySet[Source]:
    """Every source: those in trouble first, then by name."""
    return Source.objects.select_related("channel__press_agency").order_by(
        "is_paused", "-failures", "silent_since", "name"
    )


def silent_sources() -> QuerySet[Source]:
    """Sources that stopped producing and are not paused: a fault."""
    return Source.objects.filter(is_paused=False).exclude(silent_since=None)


def due_sources(now: datetime, limit: int) -> QuerySet[Source]:
    """Sources whose time has come and that no other collector holds."""
    return (
        Source.objects.filter(is_paused=False, due_at__lte=now, kind__in=POLLED)
        .exclude(url="")
        .exclude(leased_until__gt=now)
        .select_related("channel")
        .order_by("due_at")[:limit]
    )


def latest_imports(limit: int = 5) -> QuerySet[ItemImport]:
    """The last imports of items from files, with the lines that could not be taken."""
    return ItemImport.objects.select_related("by")[:limit]
