"""Keys renewed before they run out and brought under the house's newest key; names of readers wiped in time."""

from datetime import datetime, timedelta

from hoiam.core.jobs import daily, every, job
from hoiam.core.secrets import SecretLost
from hoiam.kit.rulebook import default_number
from hoiam.newsroom.actions.social_channels import reseal_keys
from hoiam.newsroom.actions.social_messages import wipe_names
from hoiam.newsroom.connectors import ChannelFault, MakeFetcher
from hoiam.newsroom.jobs.social.doors import fresh_keys
from hoiam.newsroom.jobs.social.reading import note_fault
from hoiam.newsroom.models import SocialChannel

WHY = "keys and names of every account"
SOON = timedelta(minutes=20)  # not-law: technical


@every(minutes=10)
@job()
def renew_keys(now: datetime) -> int:
    """How many channels had keys that run out soon; those a platform renews have new ones now."""
    return renew_due(now)


def renew_due(now: datetime, *, make_fetcher: MakeFetcher | None = None) -> int:
    """As `renew_keys`; `make_fetcher` gives the door to the network."""
    rows = SocialChannel.objects.system(WHY).filter(
        token_expires_at__lte=now + SOON, is_paused=False, token_fault=""
    )
    rows = list(rows)
    for channel in rows:
        try:
            fresh_keys(channel, now=now, make_fetcher=make_fetcher, ahead=SOON)
        except ChannelFault as fault:
            note_fault(channel, fault, now)
    return len(rows)


@daily("03:10")
@job()
def keep_keys_and_names(now: datetime) -> int:
    """How many readers' names were wiped; on the way every key is brought under the newest key of the house."""
    for channel in SocialChannel.objects.system(WHY).exclude(secret=""):
        try:
            reseal_keys(channel)
        except SecretLost:
            continue  # told by the health check and when it is used
    return wipe_names(now=now, days=default_number("MD-155"))
