"""What the room hands out: entries, feeds, sitemaps and pages, in the shapes of the contract."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple

from hoiam.kit.news.moments import shown_moment

Json = dict[str, Any]


class Entry(NamedTuple):
    """One entry of a feed; an unread time is None and its words stay in ``published_raw``.

    A named tuple, because feeds are read by the ten thousand and it is made in half the time of a frozen dataclass.
    """

    id: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    author: str = ""
    published_at: datetime | None = None
    published_raw: str = ""
    problems: tuple[str, ...] = ()

    @property
    def is_nameless(self) -> bool:
        """Whether it has neither title nor link: nobody can tell what it is, so it is lost to whoever keeps entries."""
        return not (self.link or self.title)

    @property
    def shown_at(self) -> date | None:
        """When it was published, as people are shown it: a bare day without its hour."""
        return shown_moment(self.published_at, self.published_raw) if self.published_at else None

    def as_json(self) -> Json:
        """The entry in the shape of ``hoiam read-feed``."""
        return {name: _plain(value) for name, value in self._asdict().items()}


@dataclass(frozen=True)
class Feed:
    """All entries of one feed, how many were lost, and sentences about what was wrong."""

    entries: tuple[Entry, ...] = ()
    title: str = ""
    problems: tuple[str, ...] = ()
    lost: int = 0
    kind: str = ""


@dataclass(frozen=True)
class SitemapEntry:
    """One address of a sitemap; news sitemaps add title, outlet and time."""

    link: str
    title: str = ""
    outlet: str = ""
    published_at: datetime | None = None
    published_raw: str = ""
    modified_at: datetime | None = None


@dataclass(frozen=True)
class Sitemap:
    """A sitemap: ``kind`` is "index" (addresses of other sitemaps), "urlset" or empty.

    ``lost`` counts what had no web address.
    """

    kind: str = ""
    entries: tuple[SitemapEntry, ...] = ()
    problems: tuple[str, ...] = ()
    lost: int = 0


@dataclass(frozen=True)
class Page:
    """An article page: what was read, by which tier, and what is missing.

    ``…_from`` tell where a field was read: "json-ld", "meta", "page", "url", or "rule" for a site rule;
    ``published_precision`` is "minute" or "day"; ``rule`` names the site rule and its version that read the body,
    ``rules_missed`` those that found nothing where another tier found the text.
    """

    url: str = ""
    canonical_url: str = ""
    title: str = ""
    sapo: str = ""
    body: str = ""
    author: str = ""
    outlet: str = ""
    published_at: datetime | None = None
    published_from: str | None = None
    modified_at: datetime | None = None
    section: str = ""
    tier: str = ""
    problems: tuple[str, ...] = ()
    published_precision: str | None = None
    modified_from: str | None = None
    author_from: str | None = None
    section_from: str | None = None
    rule: str = ""
    rules_missed: tuple[str, ...] = ()

    def as_json(self) -> Json:
        """The page in the shape of ``hoiam extract``."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value
