"""JSON Feed 1.0 and 1.1."""

import json
from typing import Any

from hoiam.kit.news.feeds.bounds import MOST_ENTRIES
from hoiam.kit.news.feeds.entries import first
from hoiam.kit.news.feeds.raw import RawEntry, RawFeed


def read_json(text: str) -> RawFeed | None:
    """The feed, or None when the text is not JSON; ``broken`` when it is JSON but no feed.

    An item that is no object, or lies beyond those that are read, is counted in ``lost``.
    """
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        return RawFeed(broken=True)
    feed = RawFeed(kind="json", title=first(document, "title"))
    feed.entries = [_entry(item) for item in items[:MOST_ENTRIES] if isinstance(item, dict)]
    feed.over = max(0, len(items) - MOST_ENTRIES)
    feed.lost = len(items) - len(feed.entries)
    return feed


def _entry(item: dict[str, Any]) -> RawEntry:
    identity = item.get("id")
    slots: RawEntry = {
        "id": str(identity).strip() if isinstance(identity, str | int | float) else "",
        "link": first(item, "url", "external_url"),
        "title": first(item, "title"),
        "summary": first(item, "summary"),
        "content": first(item, "content_html", "content_text"),
        "author": _author(item),
        "published": first(item, "date_published"),
        "updated": first(item, "date_modified"),
    }
    return {slot: words for slot, words in slots.items() if words}


def _author(item: dict[str, Any]) -> str:
    people = item.get("authors")
    listed = people if isinstance(people, list) else [item.get("author")]
    names = [first(person, "name") for person in listed if isinstance(person, dict)]
    return "\n".join(" ".join(name.split()) for name in names if name)
