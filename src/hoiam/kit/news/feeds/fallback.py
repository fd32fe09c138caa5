"""The second reader: feedparser, for feeds the strict reader cannot save.

feedparser is some twenty times slower but recovers from almost anything. It gets UTF-8 bytes without a
doctype (so no entity can be expanded and nothing fetched), never an address, and never more nor deeper
markup than it can read in a second or two.
"""

import io
import re
import warnings
from itertools import islice
from typing import Any

import feedparser

from hoiam.kit.news.feeds.entries import first
from hoiam.kit.news.feeds.raw import RawEntry, RawFeed
from hoiam.kit.news.feeds.xml import undeclared
from hoiam.kit.news.limits import safe_length

MOST_CHARACTERS = 2_000_000
# A pair of tags costs it 40 microseconds, and half a million cost minutes; a thousand items hold fewer.
MOST_TAGS = 15_000
_TAG = re.compile("<")
_KINDS = {"atom": "atom", "rss": "rss", "cdf": "rss"}


def read_loosely(text: str) -> RawFeed:
    """The feed as feedparser sees it; nothing where feedparser itself breaks."""
    body = undeclared(text[:MOST_CHARACTERS])
    beyond = next(islice(_TAG.finditer(body), MOST_TAGS, None), None)
    body = body[: beyond.start()] if beyond else body
    body = body[: safe_length(body, html=False)]
    try:
        parsed = _parsed(body)
    except (
        Exception
    ):  # feedparser trips over some broken feeds itself (KeyError, AssertionError, …)
        return RawFeed(broken=True)
    kind = _kind(parsed.get("version") or "", body)
    feed = RawFeed(kind=kind, title=first(dict(parsed.feed), "title"), broken=True)
    feed.entries = [_entry(dict(item)) for item in parsed.entries]
    return feed


def _parsed(body: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return feedparser.parse(
            io.BytesIO(body.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )


def _kind(version: str, body: str) -> str:
    if "<rdf:RDF" in body[:2000]:
        return "rdf"
    # A feed without a root has no version; items are RSS until something else is said.
    unsaid = "rss" if "<item" in body else ""
    return next((kind for start, kind in _KINDS.items() if version.startswith(start)), unsaid)


def _entry(item: dict[str, Any]) -> RawEntry:
    contents = [first(dict(part), "value") for part in item.get("content", ())]
    raw: RawEntry = {
        "id": first(item, "id").strip(),
        "link": first(item, "link"),
        "title": first(item, "title"),
        "summary": first(item, "summary"),
        "content": next((words for words in contents if words), ""),
        "author": first(item, "author"),
        "published": first(item, "published"),
        "created": first(item, "created"),
        "updated": first(item, "updated"),
    }
    if not item.get("guidislink", True):
        raw["opaque"] = "1"
    return {slot: words for slot, words in raw.items() if words}
