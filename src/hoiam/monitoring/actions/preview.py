"""A source looked at before it is saved: its newest entries as they would be read, and what is wrong."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.fetch import Fetcher, FetchError, RobotsBook
from hoiam.kit.news import Entry, ListingGuess, guess_rule
from hoiam.monitoring.actions.readers import Door, Reading, read
from hoiam.monitoring.models import Source

SHOWN = 10
NO_GUESS = (
    "Không thấy khối tin lặp lại trên trang này. Hãy chọn trang chuyên mục có danh sách bài, "
    "hoặc tự ghi bộ chọn."
)


@dataclass(frozen=True)
class Preview:
    """The first entries of a source, how many there are in all, and what was wrong or left out."""

    entries: tuple[Entry, ...] = ()
    total: int = 0
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lost: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all would be read."""
        return not self.total


def preview(
    source: Source, *, actor: Actor, now: datetime, make_fetcher: Callable[[], Fetcher] = Fetcher
) -> Preview:
    """What the source gives now; nothing is written, no letter is marked. Never call it in a transaction.

    A source that cannot be read gives no entries and the reason in `problems`.

    Raises:
        NotAllowed: the actor may not keep sources.
    """
    authority.check(actor, "save_source", source)
    looked = Source(
        kind=source.kind, url=source.url, rule=source.rule
    )  # without what was seen before
    try:
        reading = asyncio.run(_read(looked, now, make_fetcher))
    except FetchError as error:
        return Preview(problems=(str(error),))
    return Preview(
        entries=reading.entries[:SHOWN],
        total=len(reading.entries),
        problems=reading.problems,
        notes=reading.notes,
        lost=reading.lost,
    )


def propose_rule(
    url: str, *, actor: Actor, now: datetime, make_fetcher: Callable[[], Fetcher] = Fetcher
) -> ListingGuess | None:
    """The likeliest rule for a listing page, or None when nothing repeats on it.

    Raises:
        FetchError: the page cannot be had.
        NotAllowed: the actor may not keep sources.
    """
    authority.check(actor, "save_source", Source)

    async def run() -> ListingGuess | None:
        async with make_fetcher() as fetcher:
            page = await _door(fetcher, now).get(url)
            return guess_rule(page.body, url=page.final_url, charset=page.charset)

    return asyncio.run(run())


async def _read(source: Source, now: datetime, make_fetcher: Callable[[], Fetcher]) -> Reading:
    async with make_fetcher() as fetcher:
        return await read(source, _door(fetcher, now))


def _door(fetcher: Fetcher, now: datetime) -> Door:
    return Door(fetcher, RobotsBook(fetcher, "HoiAm", lambda: now), now)
