"""JSON Feed 1.0 and 1.1."""

import json
from typing import Any

from hoiam.kit.news.feeds.entries import RawEntry, first
from hoiam.kit.news.feeds.xml import RawFeed


def read_json(text: str) -> RawFeed | None:
    """The feed, or None when the text is not a JSON object."""
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return RawFeed(broken=True)
    feed = RawFeed(kind="json", title=first(document, "title"))
    feed.entries = [_entry(item) for item in document["items"] if isinstance(item, dict)]
    return feed


def count_json_items(text: str) -> int:
    """How many items the document lists, readable or not."""
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return 0
    items = document.get("items") if isinstance(document, dict) else None
    return len(items) if isinstance(items, list) else 0


def _entry(item: dict[str, Any]) -> RawEntry:
    identity = item.get("id")
    return RawEntry(
        id=str(identity) if isinstance(identity, str | int) else "",
        link=first(item, "url", "external_url"),
        title=first(item, "title"),
        summary=first(item, "summary"),
        content=first(item, "content_html", "content_text"),
        author=_author(item),
        published=first(item, "date_published"),
        updated=first(item, "date_modified"),
    )


def _author(item: dict[str, Any]) -> str:
    people = item.get("authors")
    listed = people if isinstance(people, list) else [item.get("author")]
    names = [first(person, "name") for person in listed if isinstance(person, dict)]
    return ", ".join(name for name in names if name)
