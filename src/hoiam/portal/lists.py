"""Lists of articles as pages show them: cards with their pictures, pages of twenty, few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from hoiam.core.scope import ScopedQuerySet
from hoiam.newsroom.models import Article, ArticlePicture
from hoiam.newsroom.queries import standing
from hoiam.newsroom.states import ArticleKind
from hoiam.portal.reading import Shot

A_PAGE = 20
NEWS = (ArticleKind.ARTICLE, ArticleKind.PHOTOS, ArticleKind.VIDEO, ArticleKind.CORRECTION)
# The kinds that say what they are above their title; for the others it is plain.
TOLD = frozenset(
    {ArticleKind.PHOTOS, ArticleKind.VIDEO, ArticleKind.CORRECTION, ArticleKind.RELEASE}
)


@dataclass(frozen=True)
class Card:
    """One article on a list."""

    pk: int
    url: str
    title: str
    lead: str
    kicker: str
    at: datetime
    place: str
    note: str
    shot: Shot | None


def light(now: datetime) -> ScopedQuerySet:
    """What stands now, without the texts: a list needs none."""
    rows = standing(now).select_related("agency", "section")
    return rows.defer("body", "ended_reason", "correction")


def cards(rows: Iterable[Article], *, pictures: bool = True) -> list[Card]:
    """The rows as cards; two queries at most, however many they are."""
    found = list(rows)
    covers = _covers([row.pk for row in found]) if pictures and found else {}
    return [_card(row, covers.get(row.pk)) for row in found]


def _covers(keys: list[int]) -> dict[int, Shot]:
    rows = ArticlePicture.objects.filter(article__in=keys, order=0)
    return {
        row.article_id: Shot(row.blob, row.width, row.height, row.alt, row.caption, row.credit)
        for row in rows
    }


def _card(row: Article, shot: Shot | None) -> Card:
    return Card(
        pk=row.pk,
        url=reverse("portal-article", args=[row.slug]),
        title=row.title,
        lead=row.lead,
        kicker=str(row.get_kind_display()) if row.kind in TOLD else "",
        at=row.published_at,
        place=row.agency.name,
        note=str(row.extra.get("number") or ""),
        shot=shot,
    )


def paged(rows: QuerySet[Any], number: str, *, size: int = A_PAGE) -> Page:
    """One page of rows; a number that is none, or beyond the last, gives the nearest there is."""
    return Paginator(rows, size).get_page(number)
