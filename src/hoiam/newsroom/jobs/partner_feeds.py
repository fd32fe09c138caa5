"""Reads the feeds of partners: through the one way out, a few times a day, never their texts."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import Fetched, Fetcher
from hoiam.core.jobs import every, job
from hoiam.kit.news import read_feed
from hoiam.newsroom.actions.partner_feeds import keep_headlines
from hoiam.newsroom.models import PartnerFeed

MakeFetcher = Callable[[], Fetcher]
LARGEST = 5 * 1024 * 1024


@every(minutes=30)
@job()
def read_partner_feeds(now: datetime) -> int:
    """How many new headlines were taken from the feeds that are on."""
    return read_all(now, Fetcher)


def read_all(now: datetime, make_fetcher: MakeFetcher) -> int:
    """How many new headlines were taken; a feed that fails keeps the sentence that says why, the others are read."""
    feeds = list(PartnerFeed.objects.filter(is_on=True))
    answers = asyncio.run(_fetched(feeds, make_fetcher)) if feeds else []
    return sum(_taken(feed, answer, now) for feed, answer in zip(feeds, answers, strict=True))


async def _fetched(
    feeds: list[PartnerFeed], make_fetcher: MakeFetcher
) -> list[Fetched | HoiAmError]:
    async with make_fetcher() as fetcher:
        return await asyncio.gather(*(_one(fetcher, feed) for feed in feeds))


async def _one(fetcher: Fetcher, feed: PartnerFeed) -> Fetched | HoiAmError:
    try:
        return await fetcher.get(feed.url, etag=feed.etag or None, max_bytes=LARGEST)
    except HoiAmError as error:
        return error


def _taken(feed: PartnerFeed, answer: Fetched | HoiAmError, now: datetime) -> int:
    feed.read_at, feed.trouble, count = now, "", 0
    if isinstance(answer, HoiAmError):
        feed.trouble = str(answer)[:300]
    elif not answer.not_modified:
        found = read_feed(answer.body, url=answer.final_url, charset=answer.charset)
        if not found.entries:
            feed.trouble = (found.problems or ("Nguồn tin không có tin nào.",))[0][:300]
        count = keep_headlines(feed, found.entries, now=now)
        feed.etag = str(answer.headers.get("ETag", ""))[:300]
    PartnerFeed.objects.filter(pk=feed.pk).update(
        read_at=feed.read_at, trouble=feed.trouble, etag=feed.etag
    )
    return count
