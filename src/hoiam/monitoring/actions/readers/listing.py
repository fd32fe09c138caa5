"""Reading a listing page by the rule kept with its source."""

import asyncio

from hoiam.kit.news import ListingRule, read_listing
from hoiam.monitoring.actions.readers.values import Door, Reading, ask
from hoiam.monitoring.models import Source


async def read(source: Source, door: Door) -> Reading:
    """The items a listing page shows; a rule that no longer matches is a fault, never "nothing new".

    Raises:
        FetchError: the page cannot be had.
    """
    answer = await ask(source, door)
    page = answer.fetched
    if answer.is_known:
        return Reading(status=page.status, unchanged=True)
    feed = await asyncio.to_thread(
        read_listing,
        page.body,
        ListingRule.of(source.rule),
        url=page.final_url,
        charset=page.charset,
    )
    return Reading(
        entries=feed.entries,
        problems=feed.problems,
        lost=feed.lost,
        status=page.status,
        seen=answer.seen,
    )
