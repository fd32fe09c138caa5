"""Pages that are due to be read again, and versions of an item."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files

from django.db.models import Exists, OuterRef, Q, QuerySet

from hoiam.kit.lists import yaml_of
from hoiam.monitoring.models import Item, Recheck, Version, Warning
from hoiam.monitoring.states import VersionKind, WarningState

TEXTS = (VersionKind.FIRST, VersionKind.CHANGED, VersionKind.FILLED, VersionKind.BACK)


@dataclass(frozen=True)
class Rhythm:
    """How often pages are read again (data/rechecks.yaml)."""

    steps: tuple[timedelta, ...]
    page_due: timedelta
    then: timedelta
    oldest: timedelta
    after_fault: tuple[timedelta, ...]
    lease: timedelta
    at_once: int


@lru_cache(maxsize=1)
def rhythm() -> Rhythm:
    """The rhythm in use: a product default, never law."""
    source = files("hoiam.monitoring").joinpath("data/rechecks.yaml").read_text("utf-8")
    data = yaml_of(source)
    return Rhythm(
        steps=tuple(timedelta(hours=hours) for hours in data["hours_after"]),
        page_due=timedelta(minutes=data["page_due_minutes"]),
        then=timedelta(hours=data["then_hours"]),
        oldest=timedelta(days=data["oldest_days"]),
        after_fault=tuple(timedelta(hours=hours) for hours in data["after_fault_hours"]),
        lease=timedelta(minutes=data["lease_minutes"]),
        at_once=data["at_once"],
    )


def due_rechecks(now: datetime) -> QuerySet[Recheck]:
    """Pages whose time has come and nobody holds: those of reports that concern THADS first, then the longest waiting.

    Fictional papers have no page to read.
    """
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    rows = Recheck.objects.filter(free, due_at__lte=now).exclude(item__source__fictional=True)
    return rows.select_related("item").order_by("-item__is_relevant", "due_at", "pk")


def open_matters() -> Exists:
    """Whether a recheck's item still has a warning to screen or a case that is open; for use in a filter."""
    rows = Warning.objects.system("is the matter still open").filter(
        story=OuterRef("item__story"), state__in=(WarningState.NEW, WarningState.TAKEN)
    )
    cased = Warning.objects.system("is the matter still open").filter(
        story=OuterRef("item__story"), state=WarningState.CASED
    )
    return Exists(rows) | (Q(case_closed=False) & Exists(cased))


def latest_text(item: Item) -> Version | None:
    """The last version that shows a text; None when the page never changed."""
    return item.versions.filter(kind__in=TEXTS).select_related("capture").order_by("number").last()


def versions_of(item: Item) -> QuerySet[Version]:
    """All versions of one item, oldest first, with what proves them."""
    return item.versions.select_related("capture", "by").order_by("number")
