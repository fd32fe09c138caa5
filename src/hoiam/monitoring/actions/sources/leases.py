"""Leases: several collectors share the sources, each is read by one of them at a time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from hoiam.monitoring.models import Source
from hoiam.monitoring.queries.sources import is_held

LEASE = 120  # seconds


@transaction.atomic
def lease(
    sources: list[Source], *, owner: str, now: datetime, seconds: int = LEASE
) -> list[Source]:
    """Those of the sources this collector now holds; another may have been quicker."""
    held = []
    for source in sources:
        free = Source.objects.filter(pk=source.pk, due_at=source.due_at).exclude(is_held(now))
        if free.update(leased_until=now + timedelta(seconds=seconds), lease_owner=owner):
            source.lease_owner = owner
            held.append(source)
    return held


def extend_lease(source: Source, *, now: datetime, seconds: int = LEASE) -> bool:
    """Whether the source is still this collector's, now for `seconds` more."""
    return bool(_mine(source).update(leased_until=now + timedelta(seconds=seconds)))


def note_progress(source: Source, *, now: datetime) -> bool:
    """Whether the source is still this collector's after a step of a long reading; it then is none that nobody reads."""
    until = now + timedelta(seconds=LEASE)
    return bool(_mine(source).update(leased_until=until, last_tried_at=now))


def _mine(source: Source) -> QuerySet[Source]:
    return Source.objects.filter(pk=source.pk, lease_owner=source.lease_owner)
