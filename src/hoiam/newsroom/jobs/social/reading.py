"""What comes back: readers' words under our posts, and whether our posts still stand as they were."""

from datetime import datetime, timedelta

from django.db import transaction

from hoiam.core.jobs import daily, every, job
from hoiam.kit.rulebook import default_number
from hoiam.newsroom.actions import social_channels as channels
from hoiam.newsroom.actions.social_messages import BroughtIn, bring_in
from hoiam.newsroom.actions.social_sending import note_seen
from hoiam.newsroom.connectors import (
    AskedToRest,
    ChannelFault,
    MakeFetcher,
    NotOffered,
    TokenRefused,
)
from hoiam.newsroom.jobs.social.doors import spoken
from hoiam.newsroom.models import SocialAct, SocialChannel
from hoiam.newsroom.queries.social import standing_acts
from hoiam.newsroom.states.social import ActKind, ActState, ConnectorKind

WHY = "read every account"
READ = (ConnectorKind.FACEBOOK, ConnectorKind.ZALO)
# What a platform shows late is still caught: each reading reaches this far behind the last one.
OVERLAP = timedelta(hours=6)  # not-law: technical
MOST_POSTS = 100


@every(minutes=15)
@job()
def read_channels(now: datetime) -> int:
    """How many messages were kept, from every account that is read through an interface."""
    rows = SocialChannel.objects.system(WHY).filter(kind__in=READ, is_paused=False, token_fault="")
    return sum(found.kept for channel in rows if (found := read_channel(channel, now)) is not None)


def read_channel(
    channel: SocialChannel, now: datetime, *, make_fetcher: MakeFetcher | None = None
) -> BroughtIn | None:
    """What one account brought; None when it could not be read, and why stands on it."""
    if channel.rest_until is not None and channel.rest_until > now:
        return None
    days = default_number("MD-159")
    rows = SocialAct.objects.system(WHY).filter(
        channel=channel, kind=ActKind.POST, state=ActState.DONE, done_at__gte=now - timedelta(days)
    )
    rows = rows.exclude(external_id="").order_by("-done_at")
    targets = list(rows.values_list("external_id", flat=True)[:MOST_POSTS])
    since = (channel.comments_read_at or channel.connected_at) - OVERLAP
    try:
        found = spoken(channel, lambda one: one.read_comments(targets, since), now=now, make_fetcher=make_fetcher)  # fmt: skip
    except ChannelFault as fault:
        note_fault(channel, fault, now)
        return None
    with transaction.atomic():
        locked = channels.locked(channel)
        made = bring_in(locked, found, actor=None, now=now, how="API của nền tảng")
        locked.comments_read_at = now
        locked.save(update_fields=["comments_read_at"])
        channels.note_health(locked, now)
    return made


@transaction.atomic
def note_fault(channel: SocialChannel, fault: ChannelFault, now: datetime) -> None:
    """The channel with a fault of reading: a refused key stops it, a rest is kept."""
    locked = channels.locked(channel)
    channels.note_health(locked, now, fault=str(fault))
    if isinstance(fault, TokenRefused):
        locked.token_fault = str(fault)[:300]
    if isinstance(fault, AskedToRest):
        locked.rest_until = now + min(timedelta(seconds=fault.seconds), timedelta(1))
    locked.save(update_fields=["token_fault", "rest_until"])


@daily("04:20")
@job()
def look_at_posts(now: datetime) -> int:
    """How many posts were looked at again."""
    rows = standing_acts(now, default_number("MD-157"))
    return sum(look_at(act, now) for act in rows)


def look_at(act: SocialAct, now: datetime, *, make_fetcher: MakeFetcher | None = None) -> bool:
    """Whether the post could be looked at; a fault stands on its account."""
    channel = SocialChannel.objects.system(WHY).get(pk=act.channel_id)
    if channel.token_fault or (channel.rest_until is not None and channel.rest_until > now):
        return False
    try:
        seen = spoken(channel, lambda one: one.see(act.external_id), now=now, make_fetcher=make_fetcher)  # fmt: skip
    except NotOffered:
        return False
    except ChannelFault as fault:
        note_fault(channel, fault, now)
        return False
    note_seen(act, seen, now=now)
    return True
