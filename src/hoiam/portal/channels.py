"""What can be followed: the whole portal, a section, an agency, a theme; one list of articles with an address each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import tree
from hoiam.core.scope import ScopedQuerySet
from hoiam.newsroom.models import Section
from hoiam.newsroom.states import ArticleKind
from hoiam.newsroom.states.themes import Theme
from hoiam.portal.lists import light

# An expert's card is no news.
NO_NEWS = (ArticleKind.EXPERT,)


@dataclass(frozen=True)
class Channel:
    """One list of articles: its title, where it stands, which rows it has."""

    title: str
    path: str
    narrow: Callable[[ScopedQuerySet], ScopedQuerySet]

    def rows(self, now: datetime) -> ScopedQuerySet:
        """What stands in it, the newest first."""
        return self.narrow(light(now).exclude(kind__in=NO_NEWS))

    def feed(self, ending: str) -> str:
        """The address of its feed: rss, atom or json."""
        return f"{self.path}nguon.{ending}"

    @property
    def feeds(self) -> tuple[tuple[str, str, str], ...]:
        """Its feeds: name, media type, address."""
        return tuple((name, kind, self.feed(ending)) for ending, (name, kind) in FORMATS.items())


FORMATS = {
    "rss": ("RSS", "application/rss+xml"),
    "atom": ("Atom", "application/atom+xml"),
    "json": ("JSON Feed", "application/feed+json"),
}


def whole() -> Channel:
    """Everything."""
    return Channel("Tin mới", reverse("portal-news"), lambda rows: rows)


def of_section(section: Section) -> Channel:
    """One section."""
    path = reverse("portal-section", args=[section.slug])
    return Channel(section.name, path, lambda rows: rows.filter(section=section))


def of_agency(agency: Agency) -> Channel:
    """One agency, what stands under it, and what it followed."""
    path = reverse("portal-agency", args=[agency.code])
    keys = tree().scope({agency.pk})
    return Channel(agency.name, path, lambda rows: rows.filter(Q(agency__in=keys)))


def of_theme(theme: Theme) -> Channel:
    """One core theme."""
    path = reverse("portal-theme", args=[theme.number])
    return Channel(theme.short, path, lambda rows: rows.filter(theme=theme.number))
