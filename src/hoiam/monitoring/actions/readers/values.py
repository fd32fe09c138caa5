"""What a reader gives back, and the door it reads through."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hoiam.core.fetch import BadStatus, Fetched, Fetcher, RobotsBook
from hoiam.kit.news import Entry, host_of
from hoiam.monitoring.actions.sources import Seen, habits
from hoiam.monitoring.models import Source

RESTING = "Trang đề nghị đọc thưa hơn nên lượt này không mở bài. Hệ thống sẽ đọc lại sau."


@dataclass(frozen=True)
class Reading:
    """One look at one source, whatever its kind."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()
    """Faults of the source, one sentence each."""
    notes: tuple[str, ...] = ()
    """What was left alone on purpose; told in the ledger, no fault."""
    lost: int = 0
    """Entries that could not be read."""
    status: int = 0
    unchanged: bool = False
    seen: Seen | None = None
    """What the next reading may compare with."""
    modified: Mapping[str, datetime] = field(default_factory=dict)
    """When the source says an address was last changed."""
    settle: Callable[[], Awaitable[None]] | None = None
    """To be done once everything was kept (letters are then marked as seen)."""


@dataclass(frozen=True)
class Door:
    """The way out for one reading: the fetcher, the sites' wishes, the moment."""

    fetcher: Fetcher
    robots: RobotsBook | None
    now: datetime
    resting: dict[str, float] = field(default_factory=dict)
    """Hosts that asked for rest during this reading, with the seconds they named (0: none)."""

    async def get(
        self, url: str, *, etag: str | None = None, modified: str | None = None
    ) -> Fetched:
        """The answer, when the site lets programs read this page.

        Raises:
            FetchError: one of its kinds, worded for an official.
        """
        host = host_of(url)
        if host in self.resting:
            raise BadStatus(RESTING, url, 429)
        if self.robots is not None:
            await self.robots.check(url)
        try:
            return await self.fetcher.get(url, etag=etag, modified=modified)
        except BadStatus as error:
            if error.asks_for_rest:
                self.resting[host] = error.retry_after or 0.0
            raise


@dataclass(frozen=True)
class Answer:
    """An answer with its hash, and whether the source has given it before."""

    fetched: Fetched
    digest: str
    is_known: bool

    @property
    def seen(self) -> Seen:
        """What the next reading may compare with."""
        etag, modified = self.fetched.etag or "", self.fetched.modified or ""
        return Seen(etag[:300], modified[:100], self.digest)


async def ask(source: Source, door: Door) -> Answer:
    """What the source's address answers now.

    Raises:
        FetchError: it cannot be had.
    """
    is_whole = _is_due_whole(source, door.now)
    etag, modified = (None, None) if is_whole else (source.etag or None, source.modified or None)
    fetched = await door.get(source.url, etag=etag, modified=modified)
    digest = hashlib.sha256(fetched.body).hexdigest()
    return Answer(fetched, digest, fetched.not_modified or digest == source.body_hash)


def _is_due_whole(source: Source, now: datetime) -> bool:
    """Whether the list is asked for without "only when it changed": a server may give that answer wrongly, and for ever."""
    every: int = habits()["polling"]["whole_every"]
    last = source.last_tried_at
    return last is None or last.timestamp() // every != now.timestamp() // every
