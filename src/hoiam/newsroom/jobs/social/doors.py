"""A connector with an open door and keys that are fresh."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from hoiam.core.fetch import Fetcher
from hoiam.core.secrets import SecretLost
from hoiam.monitoring.jobs.sending import webhook_fetcher
from hoiam.newsroom.actions import social_channels as channels
from hoiam.newsroom.connectors import (
    CONNECTORS,
    AskedToRest,
    ChannelFault,
    Connector,
    Keys,
    MakeFetcher,
    TokenRefused,
)
from hoiam.newsroom.models import SocialChannel
from hoiam.newsroom.states.social import ConnectorKind

Found = TypeVar("Found")
# not-law: technical; a key that ends within this time may end on the way.
AHEAD = timedelta(minutes=5)
CLAIM = timedelta(minutes=2)  # not-law: technical


def spoken(
    channel: SocialChannel,
    use: Callable[[Connector], Awaitable[Found]],
    *,
    now: datetime,
    make_fetcher: MakeFetcher | None = None,
) -> Found:
    """What the platform gave; keys that run out are renewed first. Never call it in a transaction.

    Raises:
        ChannelFault: one of its kinds.
    """
    door = make_fetcher or _door_of(channel)
    keys = fresh_keys(channel, now=now, make_fetcher=door)
    return _run(channel, keys, use, now, door)


def fresh_keys(
    channel: SocialChannel,
    *,
    now: datetime,
    make_fetcher: MakeFetcher | None = None,
    ahead: timedelta = AHEAD,
) -> Keys:
    """The channel's keys; renewed when they run out soon and the platform renews keys.

    Raises:
        TokenRefused: they cannot be opened, have run out, or the platform gives no new ones.
        AskedToRest: another worker is renewing them at this moment.
    """
    try:
        keys = channels.keys_of(channel)
    except SecretLost as lost:
        raise TokenRefused(str(lost)) from lost
    if keys.expires_at is None or keys.expires_at > now + ahead:
        return keys
    if not keys.refresh:
        if keys.expires_at <= now:
            raise TokenRefused("Khóa đã hết hạn. Lấy khóa mới rồi dán vào trang của tài khoản.")
        return keys
    if not channels.claim_refresh(channel, now=now, until=now + CLAIM):
        raise AskedToRest("Khóa đang được gia hạn.", CLAIM.total_seconds())
    renewed = _run(channel, keys, lambda one: one.refreshed(), now, make_fetcher or _door_of(channel))  # fmt: skip
    if renewed is None:
        return keys
    channels.renew_keys(channel, renewed, now=now)
    return renewed


def _run(
    channel: SocialChannel,
    keys: Keys,
    use: Callable[[Connector], Awaitable[Found]],
    now: datetime,
    make_fetcher: MakeFetcher,
) -> Found:
    async def speak() -> Found:
        async with make_fetcher() as door:
            made = CONNECTORS[channel.kind](channels.place_of(channel), keys, door, now)
            return await use(made)

    return asyncio.run(speak())


def _door_of(channel: SocialChannel) -> MakeFetcher:
    return webhook_fetcher if channel.kind == ConnectorKind.WEBHOOK else Fetcher


def tried(
    channel: SocialChannel, *, now: datetime, make_fetcher: MakeFetcher | None = None
) -> tuple[str, str]:
    """The name the platform tells for the key, and the fault when it tells none."""
    try:
        return spoken(channel, lambda one: one.check_token(), now=now, make_fetcher=make_fetcher), ""  # fmt: skip
    except ChannelFault as fault:
        return "", str(fault)
