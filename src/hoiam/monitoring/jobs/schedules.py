"""Repeated work: the morning digest, the look for silent sources."""

from datetime import datetime, timedelta

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import in_force
from hoiam.core.jobs import daily, every, job
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.digest import make_digest, send_digest
from hoiam.monitoring.actions.signals import note_surprise
from hoiam.monitoring.actions.sources import note_silence
from hoiam.monitoring.jobs.telling import tell_of_silence
from hoiam.monitoring.models import Digest, Signal, Source
from hoiam.monitoring.queries.rhythm import agencies_with_news
from hoiam.monitoring.states import SignalKind


@daily("07:30")
@job()
def morning_digests(now: datetime, slot: str) -> int:
    """Make and send the digest of the day before to every agency that has a desk; how many were sent.

    Run again after a stop in the middle, it goes on where it was: what was sent since the slot is not sent twice.
    """
    since = datetime.fromisoformat(slot)
    day = since.astimezone(VIETNAM).date() - timedelta(days=1)
    sent = Digest.objects.system("not sent twice").filter(day=day, sent_at__gte=since)
    desks = Agency.objects.filter(
        in_force(day), level__in=["centre", "province"], posts__isnull=False
    )
    count = 0
    for agency in desks.exclude(pk__in=sent.values("agency")).distinct():
        send_digest(make_digest(agency, day, actor=None, now=now), actor=None, now=now)
        count += 1
    return count


@every(minutes=15)
@job()
def look_for_silence(now: datetime) -> int:
    """Mark the sources that stopped producing and tell who keeps them; how many are silent."""
    silent = 0
    for source in Source.objects.filter(is_paused=False).exclude(url=""):
        before = source.silent_since
        note_silence(source, now)
        if source.silent_since != before:
            source.save(update_fields=["silent_since"])
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
