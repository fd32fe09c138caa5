"""Which sitemaps of a site to read, from its index down: never one twice, never without an end."""

from collections import deque
from datetime import datetime

from hoiam.kit.news import sentences
from hoiam.kit.news.addresses import url_key
from hoiam.kit.news.values import Sitemap, SitemapEntry

MOST_SITEMAPS = 50
DEEPEST = 3


class SitemapWalk:
    """A walk over an index and the indexes it names; the caller fetches.

    >>> walk = SitemapWalk("https://bst.example/sitemap.xml")
    >>> walk.take(Sitemap("index", (SitemapEntry("https://bst.example/sitemap.xml"),)))
    ()
    >>> walk.next_address() is None
    True
    """

    def __init__(self, address: str, *, most: int = MOST_SITEMAPS, deepest: int = DEEPEST) -> None:
        self._waiting: deque[tuple[str, int]] = deque()
        self._seen = {url_key(address)}
        self._now = (address, 0)
        self._most, self._deepest, self._handed = most, deepest, 1
        self._left_out = 0

    def take(self, sitemap: Sitemap) -> tuple[SitemapEntry, ...]:
        """The articles the sitemap names; the sitemaps an index names wait their turn, newest first."""
        if sitemap.kind != "index":
            return sitemap.entries
        depth = self._now[1] + 1
        for entry in sorted(sitemap.entries, key=_newest_first):
            key = url_key(entry.link)
            if key in self._seen:
                continue
            self._seen.add(key)
            if depth > self._deepest:
                self._left_out += 1
            else:
                self._waiting.append((entry.link, depth))
        return ()

    def next_address(self) -> str | None:
        """The address to read next; None when the walk is at its end."""
        if not self._waiting or self._handed >= self._most:
            return None
        self._handed += 1
        self._now = self._waiting.popleft()
        return self._now[0]

    @property
    def problems(self) -> tuple[str, ...]:
        """What was left out, as a sentence."""
        left = self._left_out + len(self._waiting)
        return (sentences.SITEMAPS_LEFT.format(count=left),) if left else ()


def _newest_first(entry: SitemapEntry) -> tuple[bool, float]:
    when: datetime | None = entry.modified_at
    return (when is None, -when.timestamp() if when else 0.0)
