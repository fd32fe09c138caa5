"""Counting how often something comes by, for every process of the house at once: a bar against floods."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from hoiam.core.models import Passage


@transaction.atomic
def passed(key: str, *, span: timedelta, now: datetime) -> int:
    """How often this key came by in its span, this time included; a span begins with its first passage.

    Args:
        key: a keyed hash of at most 64 letters, so that nobody's address is kept.
        span: how long one span is.
    """
    if Passage.objects.filter(key=key, until__gt=now).update(count=F("count") + 1):
        return Passage.objects.values_list("count", flat=True).get(key=key)
    row, is_new = Passage.objects.get_or_create(key=key, defaults={"until": now + span, "count": 1})
    if not is_new:
        # Over since, or begun by another process a moment ago: of two that see it over, both count from one.
        Passage.objects.filter(pk=row.pk, until__lte=now).update(until=now + span, count=1)
    return 1


def forget_passages(now: datetime) -> int:
    """How many spans that are over were removed."""
    return Passage.objects.filter(until__lte=now).delete()[0]
