"""Reading a feed: RSS, RDF, Atom, JSON Feed."""

import asyncio

from hoiam.kit.news import read_feed
from hoiam.monitoring.actions.readers.values import Door, Reading, ask
from hoiam.monitoring.models import Source


async def read(source: Source, door: Door) -> Reading:
    """The entries of a feed, or that it is unchanged.

    Raises:
        FetchError: it cannot be had.
    """
    answer = await ask(source, door)
    page = answer.fetched
    if answer.is_known:
        return Reading(status=page.status, unchanged=True)
    feed = await asyncio.to_thread(read_feed, page.body, url=page.final_url, charset=page.charset)
    return Reading(
        entries=feed.entries,
        problems=feed.problems,
        lost=feed.lost,
        status=page.status,
        seen=answer.seen,
    )
