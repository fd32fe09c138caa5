"""Repeated work: the morning digest, the look for silent sources."""

from datetime import date, datetime

from django.db.models import QuerySet

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import in_force
from hoiam.agencies.states import Level
from hoiam.core.jobs import daily, every, job
from hoiam.kit.rulebook import default, default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.digest import make_digest, send_digest
from hoiam.monitoring.actions.signals import note_surprise
from hoiam.monitoring.actions.sources import note_silence
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.monitoring.jobs.telling import tell_of_silence
from hoiam.monitoring.models import Digest, Signal, Source
from hoiam.monitoring.queries.digest import covered_until
from hoiam.monitoring.queries.periods import ONE_DAY
from hoiam.monitoring.queries.rhythm import agencies_with_news
from hoiam.monitoring.queries.source_pasts import pasts_of
from hoiam.monitoring.states import POLLED, DigestKind, SignalKind

# When the morning digest is made, whether also on days off, and how far back a stop is made good.
MORNING, ON_DAYS_OFF, FARTHEST_BACK = "MD-36", "MD-37", "MD-38"


@daily(str(default(MORNING).value))
@job()
def morning_digests(now: datetime, slot: str) -> int:
    """Make and send the digest of the days before to every agency that has a desk; how many were sent.

    Days off are told on the next working day, days missed by a stop on the first morning after it: one digest for all.
    Run again after a stop in the middle, it goes on where it was: what was sent since the slot is not sent twice.
    """
    since = datetime.fromisoformat(slot)
    today = since.astimezone(VIETNAM).date()
    if not is_sending_day(today):
        return 0
    day = today - ONE_DAY
    sent = Digest.objects.system("not sent twice").filter(
        kind=DigestKind.DAY, day=day, sent_at__gte=since
    )
    count = 0
    for agency in desks_on(day).exclude(pk__in=sent.values("agency")):
        first = first_untold(agency, day)
        made = make_digest(agency, day, actor=None, now=now, first=first)
        send_digest(made, actor=None, now=now)
        count += 1
    return count


def is_sending_day(today: date) -> bool:
    """Whether digests go out on this day: a working day, or any day when the default says so."""
    return bool(default(ON_DAYS_OFF).value) or calendar_in_use().is_working(today)


def desks_on(day: date) -> QuerySet[Agency]:
    """Agencies in force that have people: the centre and the provinces."""
    rows = Agency.objects.filter(
        in_force(day), level__in=[Level.CENTRE, Level.PROVINCE], posts__isnull=False
    )
    return rows.distinct()


def first_untold(agency: Agency, day: date) -> date:
    """The first day the digest of `day` has to tell of: after what was told, or from the last working day on."""
    told = covered_until(agency, day)
    earliest = day - ONE_DAY * (default_number(FARTHEST_BACK) - 1)
    if told is not None:
        return min(day, max(told + ONE_DAY, earliest))
    usual = day if default(ON_DAYS_OFF).value else calendar_in_use().previous_working(day)
    return max(usual, earliest)


@every(minutes=15)
@job()
def look_for_silence(now: datetime) -> int:
    """Mark the sources that stopped producing and tell who keeps them; how many are silent."""
    silent = 0
    rows = list(Source.objects.filter(is_paused=False, kind__in=POLLED))
    pasts = pasts_of(rows, now.astimezone(VIETNAM).date())
    for source in rows:
        before = source.silent_since
        note_silence(source, pasts[source.pk], now)
        if source.silent_since != before:
            # A reading that brought something meanwhile has the last word.
            same = Source.objects.filter(pk=source.pk, last_new_at=source.last_new_at)
            same.update(silent_since=source.silent_since)
        silent += source.silent_since is not None
    tell_of_silence(now)
    return silent


@every(minutes=60)
@job()
def look_for_bursts(now: datetime) -> int:
    """Ask of every agency with news today, and of those in a burst, whether it has unusually many; how many have."""
    lasting = Signal.objects.system("bursts that still last").filter(
        kind=SignalKind.SURPRISE, closed_at=None
    )
    rows = Agency.objects.filter(pk__in=lasting.values("agency")).select_related("parent")
    agencies = {agency.pk: agency for agency in [*rows, *agencies_with_news(now)]}
    return sum(note_surprise(agency, now=now) is not None for agency in agencies.values())
