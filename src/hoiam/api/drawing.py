"""Articles, documents, sections and themes as the API tells them: whole addresses, hours of Viet Nam, few queries."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from hoiam.api.places import address, here, named, of_the_web
from hoiam.api.shapes.articles import PictureRow
from hoiam.core.markup import clean
from hoiam.newsroom.models import Article, ArticlePicture, Section
from hoiam.newsroom.states import ArticleState
from hoiam.newsroom.states.facts import FACTS
from hoiam.newsroom.states.themes import Theme
from hoiam.newsroom.weblinks import public

_OWN = re.compile(r'\b(src|href)="(/(?!/)[^"]*)"')


def section_rows(rows: list[Section]) -> Iterable[dict[str, Any]]:
    """Sections with their pages and feeds."""
    for row in rows:
        feeds = {"rss": "rss", "atom": "atom", "json_feed": "json"}
        yield {
            "slug": row.slug,
            "name": row.name,
            "about": row.about or None,
            "url": address("portal-section", row.slug),
            "feeds": {n: address("portal-section-feed", row.slug, e) for n, e in feeds.items()},
        }


def theme_rows(rows: list[Theme]) -> Iterable[dict[str, Any]]:
    """Themes with their pages."""
    for row in rows:
        page = address("portal-theme", row.number)
        yield {"number": row.number, "name": row.short, "whole": row.whole, "url": page}


def article_rows(rows: list[Article]) -> Iterable[dict[str, Any]]:
    """Articles of a list, each with its first picture; one query for all pictures."""
    first = ArticlePicture.objects.filter(article__in=[row.pk for row in rows], order=0)
    covers = {each.article_id: each for each in first}
    return [_row(row, covers.get(row.pk)) for row in rows]


def _row(row: Article, cover: ArticlePicture | None) -> dict[str, Any]:
    return _standing(row) | {
        "kind": row.kind,
        "lead": row.lead,
        "theme": row.theme,
        "corrected": here(row.corrected_at),
        "picture": _picture(cover) if cover else None,
    }


def _standing(row: Article) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "url": address("portal-article", row.slug),
        "title": row.title,
        "section": {"slug": row.section.slug, "name": row.section.name},
        "agency": named(row.agency),
        "published": here(row.published_at),
        "changed": here(row.changed_at),
        "expires": here(row.expires_at),
    }


def _picture(row: ArticlePicture) -> PictureRow:
    return PictureRow(
        url=address("portal-picture", f"{row.blob}.jpg"),
        width=row.width,
        height=row.height,
        alt=row.alt,
        caption=row.caption or None,
        credit=row.credit or None,
    )


def article_whole(row: Article, now: datetime) -> dict[str, Any]:
    """One article with its text, cleaned once more, whoever wrote the row; a campaign that came down is not named."""
    pictures = list(row.pictures.all())
    source = {"name": row.source_name, "url": of_the_web(row.source_url)}
    return _row(row, pictures[0] if pictures else None) | {
        "html": whole_addresses(clean(row.body)),
        "byline": row.byline or None,
        "pictures": [_picture(each) for each in pictures],
        "correction": {"text": row.correction, "at": here(row.corrected_at)} if row.correction else None,
        "source": source if row.source_name else None,
        "campaign": _campaign(row.campaign, now),
        "facts": _facts(row.extra),
        "video": of_the_web(str(row.extra.get("video_url", ""))),
        "file": _file(row),
        "version": row.version,
    }  # fmt: skip


def _campaign(found: Article | None, now: datetime) -> dict[str, str] | None:
    if found is None or found.state != ArticleState.STANDING:
        return None
    is_over = found.expires_at is not None and found.expires_at <= now
    return None if is_over else {"slug": found.slug, "title": found.title}


def _facts(extra: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"name": name, "label": label, "value": str(extra[name])}
        for name, label in FACTS
        if extra.get(name)
    ]


def _file(row: Article) -> str | None:
    return address("portal-file", row.slug) if row.extra.get("file_blob") else None


def document_rows(rows: list[Article]) -> Iterable[dict[str, Any]]:
    """Documents with what is written on them."""
    for row in rows:
        said = {name: str(row.extra.get(name) or "") for name, _ in FACTS}
        words = {name: said[name] or None for name in ("number", "issuer", "signer", "signer_title")}  # fmt: skip
        days = {name: _day(said[name]) for name in ("dated", "in_force")}
        yield {**_standing(row), **words, **days, "file": _file(row)}


def _day(text: str) -> date | None:
    """The day as the portal shows it (12/3/2026); None when it is not one."""
    parts = text.split("/")
    try:
        day, month, year = map(int, parts)
        return date(year, month, day)
    except ValueError:
        return None


def whole_addresses(html: str) -> str:
    """Clean markup that may stand on another site: its pictures and links of ours get the house in front."""
    return _OWN.sub(lambda found: f'{found[1]}="{public(found[2])}"', html)
