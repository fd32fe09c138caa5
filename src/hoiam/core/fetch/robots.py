"""What each site's robots.txt allows us to read (RFC 9309)."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from protego import Protego
from yarl import URL

from hoiam.core.fetch.client import Fetcher, parsed
from hoiam.core.fetch.errors import (
    BadStatus,
    FetchError,
    RefusedAddress,
    RefusedByRobots,
    RobotsUnread,
)
from hoiam.core.fetch.limits import MIB

_KEPT = timedelta(hours=24)
_KEPT_WHEN_UNREACHABLE = timedelta(hours=1)
_MOST_SITES = 5_000


@dataclass(frozen=True)
class _Page:
    rules: Protego | None  # None: the file could not be read, so nothing may be
    until: datetime


class RobotsBook:
    """Remembers the robots.txt of each site for a day.

    Args:
        fetcher: fetches the files.
        agent: our name as the files would write it ("HoiAm").
        clock: gives the moment.
    """

    def __init__(self, fetcher: Fetcher, agent: str, clock: Callable[[], datetime]) -> None:
        self._fetcher, self._agent, self._clock = fetcher, agent, clock
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._gates: dict[str, asyncio.Lock] = {}

    async def allows(self, url: str) -> bool:
        """Whether the site lets programs read this page; also takes over the pause it asks for.

        No file (4xx) allows all; a file that cannot be fetched allows nothing until the next try in an hour.

        Raises:
            RefusedAddress: the address is not one we may read at all.
        """
        page = await self._page(parsed(url))
        return page.rules is not None and page.rules.can_fetch(url, self._agent)

    async def check(self, url: str) -> None:
        """Nothing, when the page may be read.

        Raises:
            RefusedByRobots: the site asks programs not to.
            RobotsUnread: what the site asks could not be read, so nothing of it is read until the next try.
        """
        page = await self._page(parsed(url))
        if page.rules is None:
            raise RobotsUnread(
                "Không đọc được tệp robots.txt của trang nên hệ thống chưa đọc trang; sẽ hỏi lại sau một giờ.",
                url,
            )
        if not page.rules.can_fetch(url, self._agent):
            raise RefusedByRobots("Trang đề nghị các chương trình không đọc địa chỉ này.", url)

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps the site's robots.txt names, in its order.

        Raises:
            RefusedAddress: the address is not one we may read at all.
        """
        page = await self._page(parsed(url))
        return tuple(page.rules.sitemaps) if page.rules is not None else ()

    async def _page(self, url: URL) -> _Page:
        origin = str(url.origin())
        page = self._pages.get(origin)
        if page is None or page.until <= self._clock():
            # Ten articles of one host ask at once; the file is asked for once.
            async with self._gates.setdefault(origin, asyncio.Lock()):
                page = await self._renewed(url, origin, page)
            self._gates.pop(origin, None)
        self._pages.move_to_end(origin)
        if len(self._pages) > _MOST_SITES:
            self._pages.popitem(last=False)
        return page

    async def _renewed(self, url: URL, origin: str, before: _Page | None) -> _Page:
        latest = self._pages.get(origin)
        if latest is not None and latest is not before:
            return latest
        page = await self._fetch(origin)
        if page.rules is None and before is not None and before.rules is not None:
            # What the site last asked for holds until it can be asked again (RFC 9309 2.4).
            page = replace(page, rules=before.rules)
        self._pages[origin] = page
        self._pace(url, page)
        return page

    async def _fetch(self, origin: str) -> _Page:
        now = self._clock()
        try:
            answer = await self._fetcher.get(
                f"{origin}/robots.txt", max_bytes=MIB, accept="text/plain"
            )
        except BadStatus as error:
            if error.status < 500 and error.status != 429:
                return _Page(Protego.parse(""), now + _KEPT)
            return _Page(None, now + _KEPT_WHEN_UNREACHABLE)
        except RefusedAddress:
            raise
        except FetchError:
            return _Page(None, now + _KEPT_WHEN_UNREACHABLE)
        return _Page(Protego.parse(answer.body.decode("utf-8", "replace")), now + _KEPT)

    def _pace(self, url: URL, page: _Page) -> None:
        pause = page.rules.crawl_delay(self._agent) if page.rules else None
        if pause:
            self._fetcher.politeness.slow_down(url.host or "", float(pause))
