"""The second reader: feedparser, for feeds the strict reader cannot save.

feedparser is some forty times slower but recovers from almost anything. It gets UTF-8 bytes without a
doctype (so no entity can be expanded and nothing fetched), never an address.
"""

import io
from typing import Any

import feedparser

from hoiam.kit.news.feeds.entries import RawEntry, first
from hoiam.kit.news.feeds.xml import RawFeed

_KINDS = {"atom": "atom", "rss": "rss", "cdf": "cdf", "json": "json"}


def read_loosely(text: str) -> RawFeed:
    """The feed as feedparser sees it."""
    body = _without_declaration(text)
    parsed = feedparser.parse(
        io.BytesIO(body.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    version = parsed.get("version") or ""
    feed = RawFeed(kind=_kind(version, body), title=first(dict(parsed.feed), "title"), broken=True)
    feed.entries = [_entry(dict(item)) for item in parsed.entries]
    return feed


def _without_declaration(text: str) -> str:
    trimmed = text.lstrip()
    if trimmed.startswith("<?xml") and "?>" in trimmed:
        return trimmed[trimmed.index("?>") + 2 :]
    return trimmed


def _kind(version: str, body: str) -> str:
    if "<rdf:RDF" in body[:2000]:
        return "rdf"
    return next((kind for start, kind in _KINDS.items() if version.startswith(start)), "")


def _entry(item: dict[str, Any]) -> RawEntry:
    contents = [first(dict(part), "value") for part in item.get("content", ())]
    return RawEntry(
        id=first(item, "id"),
        link=first(item, "link"),
        title=first(item, "title"),
        summary=first(item, "summary"),
        content=next((words for words in contents if words), ""),
        author=first(item, "author"),
        published=first(item, "published", "created"),
        updated=first(item, "updated"),
        id_is_link=bool(item.get("guidislink", True)),
    )
