"""Reading sources: one module for each kind the collector reads by itself."""

from hoiam.monitoring.actions.readers import feed, listing, mailbox, sitemap
from hoiam.monitoring.actions.readers.values import Door, Reading
from hoiam.monitoring.models import Source
from hoiam.monitoring.states import SourceKind

READERS = {
    SourceKind.FEED: feed.read,
    SourceKind.SITEMAP: sitemap.read,
    SourceKind.LISTING: listing.read,
    SourceKind.MAILBOX: mailbox.read,
}

__all__ = ["READERS", "Door", "Reading", "read"]


async def read(source: Source, door: Door) -> Reading:
    """What the source gives now, by its kind.

    Raises:
        FetchError: it cannot be had; the sentence says why.
    """
    return await READERS[SourceKind(source.kind)](source, door)
