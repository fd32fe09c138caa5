"""How many stories an agency usually has, and how many came in the last 24 hours: the counts surprise is asked of."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Min, Q

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_on, case_agency
from hoiam.agencies.states import Level
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.news import Surprise, group_rate, surprise
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.defaults import number
from hoiam.monitoring.models import Story, Warning
from hoiam.monitoring.states import WarningState

DAY = timedelta(days=1)
KEPT_SECONDS = 3600
WHY = "stories are counted for the house, not for a person"
# Before the house has a past of its own: what the measured series of offices gave (text-pipeline §7).
FIRST_RATE = 0.03


@dataclass(frozen=True)
class Rhythm:
    """Story counts by 24-hour spans ending now: the past, oldest first, and the last one."""

    past: tuple[int, ...]
    today: int


def rhythm_of(agency: Agency, now: datetime) -> Rhythm:
    """The agency's story counts; one query. Stories without anything to answer and refused ones do not count."""
    days = watched_days(now)
    moments = _counted(now, days).filter(agency=agency).values_list("story__first_at", flat=True)
    spans = Counter((now - at) // DAY for at in moments)
    return Rhythm(tuple(spans[back] for back in range(days, 0, -1)), spans[0])


def watched_days(now: datetime) -> int:
    """How many days the house has looked at, at most those the model remembers: before its first story there is no past.

    Without this a house of three days would take ninety silent days for granted and call its second story a wonder.
    """
    first = _kept("first", lambda: _first_story(now))
    return int(min(number("signals", "past_days"), max(0, (now.timestamp() - first) // 86400)))


def _first_story(now: datetime) -> float:
    found = Story.objects.aggregate(first=Min("first_at"))["first"]
    return (found or now).timestamp()


def surprise_of(agency: Agency, now: datetime) -> Surprise:
    """How unusual the last 24 hours are for this agency, its own past backed by its province's and the nation's."""
    found = rhythm_of(agency, now)
    return surprise(found.past, found.today, prior_per_day=prior_of(agency, now))


def prior_of(agency: Agency, now: datetime) -> float:
    """The daily rate an agency with no past is measured by; kept for an hour, for it moves slowly."""
    nation = _kept("nation", lambda: _rate(_offices(now), None, now, above=FIRST_RATE))
    if agency.level not in {Level.REGION, Level.DISTRICT}:
        return nation
    unit = case_agency(agency)
    return _kept(f"unit.{unit.pk}", lambda: _rate(_offices(now, unit), unit, now, above=nation))


def _offices(now: datetime, unit: Agency | None = None) -> int:
    rows = agencies_on(now.astimezone(VIETNAM).date()).exclude(level=Level.CENTRE)
    return (rows.filter(Q(pk=unit.pk) | Q(parent=unit)) if unit else rows).count()


def _rate(offices: int, unit: Agency | None, now: datetime, *, above: float) -> float:
    days = watched_days(now)
    # The last day is what is being judged: it does not excuse itself.
    rows = _counted(now, days).filter(story__first_at__lte=now - DAY).exclude(agency=None)
    if unit is not None:
        rows = rows.filter(Q(agency=unit) | Q(agency__parent=unit))
    return group_rate(rows.count(), offices * days, above=above)


def _counted(now: datetime, days: int) -> ScopedQuerySet:
    refused = (WarningState.DISMISSED, WarningState.DUPLICATE)
    return (
        Warning.objects.system(WHY)
        .filter(severity__gt=0, story__merged_into=None)
        .filter(story__first_at__gt=now - (days + 1) * DAY, story__first_at__lte=now)
        .exclude(state__in=refused)
    )


def _kept(name: str, read: Callable[[], float]) -> float:
    key = f"monitoring.rate.{name}"
    value = cache.get(key)
    if value is None:
        value = read()
        cache.set(key, value, KEPT_SECONDS)
    return float(value)


def agencies_with_news(now: datetime) -> Iterable[Agency]:
    """Agencies that a story of the last 24 hours stands before."""
    fresh = _counted(now, 0).values("agency")
    return Agency.objects.filter(pk__in=fresh).select_related("parent").order_by("pk")
