"""The rules of feedvalidator.org that a feed of ours must keep, as a list of what is wrong."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

ATOM, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT"
)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
CHANNEL = {"title", "link", "description", "language", "lastBuildDate", f"{ATOM}link", "item"}
ITEM = {"title", "link", "guid", "pubDate", f"{DC}creator", "category", "description", f"{MEDIA}content"}  # fmt: skip


def faults(ending: str, text: bytes, url: str) -> list[str]:
    """What feedvalidator would complain of; nothing when the feed is valid."""
    return list({"rss": _rss, "atom": _atom, "json": _json}[ending](text, url))


def _rss(text: bytes, url: str) -> Iterator[str]:
    root = ElementTree.fromstring(text)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        yield "no rss 2.0"
        return
    yield from (f"channel has {each.tag}" for each in channel if each.tag not in CHANNEL)
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        if len(channel.findall(name)) != 1 or not channel.findtext(name):
            yield f"channel needs one {name}"
    own = channel.find(f"{ATOM}link")
    if own is None or (own.get("rel"), own.get("href"), own.get("type")) != ("self", url, "application/rss+xml"):  # fmt: skip
        yield "no self link"
    yield from _days(channel.findtext("lastBuildDate"), RFC822)
    items = channel.findall("item")
    yield from _twice(item.findtext("guid") for item in items)
    for item in items:
        yield from (f"item has {each.tag}" for each in item if each.tag not in ITEM)
        yield from (f"item has {tag} {n} times" for tag, n in Counter(each.tag for each in item).items() if n > 1)  # fmt: skip
        if not item.findtext("title") or re.search(r"</?\w", item.findtext("title") or ""):
            yield "title with markup, or none"
        yield from _address(item.findtext("link"))
        guid = item.find("guid")
        if guid is None or guid.get("isPermaLink") != "true" or not ADDRESS.fullmatch(guid.text or ""):  # fmt: skip
            yield "guid is no permalink"
        yield from _days(item.findtext("pubDate"), RFC822)


def _atom(text: bytes, url: str) -> Iterator[str]:
    root = ElementTree.fromstring(text)
    if root.tag != f"{ATOM}feed":
        yield "no atom feed"
        return
    for name in ("id", "title", "updated"):
        if len(root.findall(ATOM + name)) != 1 or not root.findtext(ATOM + name):
            yield f"feed needs one {name}"
    if not re.fullmatch(r"(https?:|tag:[\w.-]+,\d{4}(-\d\d)*:|urn:)\S+", root.findtext(ATOM + "id") or ""):  # fmt: skip
        yield "id is no IRI"
    links = {link.get("rel"): link.get("href") for link in root.findall(ATOM + "link")}
    if links.get("self") != url or not ADDRESS.fullmatch(links.get("alternate") or ""):
        yield "self or alternate link is wrong"
    yield from _days(root.findtext(ATOM + "updated"), RFC3339)
    entries = root.findall(ATOM + "entry")
    yield from _twice(entry.findtext(ATOM + "id") for entry in entries)
    for entry in entries:
        for name in ("id", "title", "updated"):
            if len(entry.findall(ATOM + name)) != 1 or not entry.findtext(ATOM + name):
                yield f"entry needs one {name}"
        if entry.find(f"{ATOM}author/{ATOM}name") is None:
            yield "entry without an author"
        for name in ("updated", "published"):
            yield from _days(entry.findtext(ATOM + name), RFC3339)
        yield from _address(entry.find(ATOM + "link").get("href"))  # type: ignore[union-attr]
        if entry.find(ATOM + "summary") is None and entry.find(ATOM + "content") is None:
            yield "entry with neither summary nor content"


def _json(text: bytes, url: str) -> Iterator[str]:
    told = json.loads(text)
    if told.get("version") != "https://jsonfeed.org/version/1.1" or not told.get("title"):
        yield "version or title missing"
    if told.get("feed_url") != url or not ADDRESS.fullmatch(told.get("home_page_url", "")):
        yield "feed_url or home_page_url wrong"
    yield from _twice(item.get("id") for item in told["items"])
    for item in told["items"]:
        if not isinstance(item.get("id"), str) or not (item.get("content_text") or item.get("content_html")):  # fmt: skip
            yield "item without id or content"
        yield from _address(item.get("url"))
        for name in ("date_published", "date_modified"):
            yield from _days(item.get(name), RFC3339)
        if not all(author.get("name") for author in item.get("authors", [{}])):
            yield "author without a name"


def _days(value: str | None, shape: re.Pattern[str]) -> Iterator[str]:
    if not shape.fullmatch(value or ""):
        yield f"{value} is no moment of this format"


def _address(value: str | None) -> Iterator[str]:
    if not ADDRESS.fullmatch(value or ""):
        yield f"{value} is no whole address"


def _twice(keys: Iterator[str | None]) -> Iterator[str]:
    yield from (f"{key} stands {n} times" for key, n in Counter(keys).items() if n > 1)
