"""RSS 2.0, Atom 1.0 and JSON Feed 1.1 of a channel, written out by element so that every reader takes them.

RSS keeps to what feedvalidator.org accepts without a warning: RFC 822 days, permalinks as guid, a self link, Dublin Core
for names without an e-mail address.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from hoiam.core.markup import plain
from hoiam.newsroom.models import Article
from hoiam.portal.addresses import absolute
from hoiam.portal.channels import Channel
from hoiam.portal.lists import Card, cards

MOST = 40
HOUSE = "Hệ thống Thi hành án dân sự"
# What no XML 1.0 document may hold, whoever typed it.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Line:
    """One entry of a feed."""

    url: str
    title: str
    summary: str
    section: str
    author: str
    published: datetime
    changed: datetime
    picture: str
    picture_words: str


def lines_of(rows: Iterable[Article]) -> list[Line]:
    """The rows as entries of a feed."""
    found = list(rows)
    return [_line(row, card) for row, card in zip(found, cards(found), strict=True)]


def _line(row: Article, card: Card) -> Line:
    return Line(
        url=absolute(card.url),
        title=row.title,
        summary=" ".join(plain(row.lead).split()),
        section=row.section.name,
        author=row.byline or row.agency.name,
        published=row.published_at,
        changed=row.corrected_at or row.changed_at or row.published_at,
        picture=absolute(card.shot.small) if card.shot else "",
        picture_words=card.shot.alt if card.shot else "",
    )


def feed_of(channel: Channel, rows: Iterable[Article], ending: str, now: datetime) -> str:
    """The feed's text in one of the three formats."""
    lines = lines_of(rows)
    written = {"rss": rss, "atom": atom, "json": json_feed}[ending]
    return written(channel, lines, max((line.changed for line in lines), default=now))


def _x(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text))


def _a(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("", text))


def _title(channel: Channel) -> str:
    return f"{channel.title} – {HOUSE}"


def rss(channel: Channel, lines: list[Line], changed: datetime) -> str:
    """RSS 2.0."""
    items = "".join(_rss_item(line) for line in lines)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>{_x(_title(channel))}</title><link>{_x(absolute(channel.path))}</link>"
        f"<description>{_x(_title(channel))}</description><language>vi</language>"
        f"<lastBuildDate>{_rfc822(changed)}</lastBuildDate>"
        f'<atom:link href={_a(absolute(channel.feed("rss")))} rel="self" type="application/rss+xml"/>'
        f"{items}</channel></rss>\n"
    )


def _rss_item(line: Line) -> str:
    picture = f'<media:content url={_a(line.picture)} medium="image"/>' if line.picture else ""
    return (
        f"<item><title>{_x(_tagless(line.title))}</title><link>{_x(line.url)}</link>"
        f'<guid isPermaLink="true">{_x(line.url)}</guid><pubDate>{_rfc822(line.published)}</pubDate>'
        f"<dc:creator>{_x(line.author)}</dc:creator><category>{_x(line.section)}</category>"
        f"<description>{_x(escape(line.summary))}</description>{picture}</item>"
    )


def _tagless(title: str) -> str:
    """A title that no reader takes for markup: RSS does not say which of the two it is."""
    return re.sub(r"<(?=[/!?\w])", "‹", title)


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def atom(channel: Channel, lines: list[Line], changed: datetime) -> str:
    """Atom 1.0."""
    entries = "".join(_atom_entry(line) for line in lines)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">'
        f"<id>{_x(tag(channel.path))}</id><title>{_x(_title(channel))}</title><updated>{_rfc3339(changed)}</updated>"
        f'<link rel="self" type="application/atom+xml" href={_a(absolute(channel.feed("atom")))}/>'
        f'<link rel="alternate" type="text/html" href={_a(absolute(channel.path))}/>'
        f"<author><name>{_x(HOUSE)}</name></author>{entries}</feed>\n"
    )


def _atom_entry(line: Line) -> str:
    return (
        f"<entry><id>{_x(line.url)}</id><title>{_x(line.title)}</title>"
        f'<link rel="alternate" type="text/html" href={_a(line.url)}/>'
        f"<published>{_rfc3339(line.published)}</published><updated>{_rfc3339(line.changed)}</updated>"
        f"<author><name>{_x(line.author)}</name></author><category term={_a(line.section)}/>"
        f'<summary type="text">{_x(line.summary)}</summary></entry>'
    )


def tag(path: str) -> str:
    """The lasting name of a channel (RFC 4151): the same whichever scheme and port it is read at."""
    return f"tag:{urlsplit(absolute('/')).hostname},2026:{path}"


def _rfc3339(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def json_feed(channel: Channel, lines: list[Line], changed: datetime) -> str:
    """JSON Feed 1.1."""
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(channel),
        "language": "vi",
        "home_page_url": absolute(channel.path),
        "feed_url": absolute(channel.feed("json")),
        "authors": [{"name": HOUSE}],
        "items": [_json_item(line) for line in lines],
    }
    return json.dumps(told, ensure_ascii=False)


def _json_item(line: Line) -> dict[str, Any]:
    item = {
        "id": line.url,
        "url": line.url,
        "title": line.title,
        # The one obligatory content; the whole text stands on our page alone, where corrections reach it.
        "content_text": line.summary or line.title,
        "date_published": _rfc3339(line.published),
        "date_modified": _rfc3339(line.changed),
        "authors": [{"name": line.author}],
        "tags": [line.section],
    }
    return item | ({"image": line.picture} if line.picture else {})
