"""Counting on the portal: one number a place and day, nobody's name, no address, no cookie."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.models import CountKind, PortalCount


@transaction.atomic
def count_one(kind: CountKind, place: str, *, now: datetime) -> None:
    """Nothing; the day's number of this place is one more."""
    day = now.astimezone(VIETNAM).date()
    where = {"kind": kind, "place": place[:120], "day": day}
    if not PortalCount.objects.filter(**where).update(count=F("count") + 1):
        row, made = PortalCount.objects.get_or_create(**where, defaults={"count": 1})
        if not made:
            PortalCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
