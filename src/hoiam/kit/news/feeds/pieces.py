"""A broken feed read item by item, so that a broken item spoils only itself."""

import re

from hoiam.kit.news.feeds.bounds import MANY
from hoiam.kit.news.feeds.raw import RawFeed
from hoiam.kit.news.feeds.xml import is_item, parse_piece, read_item, read_xml

ITEM = re.compile(r"<(?:[\w.-]{1,40}+:)?(item|entry)\b[^<>]*+>", re.I)
# What the names of items end in, for `bounded`.
TAILS = ("tem", "ntry")
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.S)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_DECLARED = re.compile(
    r"""xmlns(?::[\w.-]{1,40})?\s{0,9}=\s{0,9}(?:"[^"<]{0,300}"|'[^'<]{0,300}')"""
)
# Words, an attribute or CDATA; an item of none says nothing, and no parser need be asked: a hundred thousand took 3 s.
_SAYS = re.compile(r">\s*[^<\s]|=|\[CDATA\[")
_HEAD = 100_000


def read_pieces(text: str, starts: list[int]) -> RawFeed:
    """The feed read item by item from where they start; the head gives its title and its kind."""
    if not starts:
        return RawFeed(broken=True)
    head = text[: starts[0]]
    feed = read_xml(head)
    feed.broken, feed.entries = True, []
    feed.kind = feed.kind or ("atom" if "<entry" in text[starts[0] : starts[0] + 40] else "rss")
    opening = " ".join(["hoiam-piece", *dict.fromkeys(_DECLARED.findall(head[-_HEAD:]))])
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if len(starts) > MANY and _SAYS.search(text, start, end) is None:
            continue
        root = parse_piece(f"<{opening}>{text[start:end]}")
        item = next(filter(is_item, root.iter()), None) if root is not None else None
        if item is not None:
            feed.entries.append(read_item(item, feed.kind))
    return feed


def item_starts(text: str) -> list[int]:
    """Where items open, outside CDATA and comments."""
    return [found.start() for found in ITEM.finditer(_hidden(text))]


def _hidden(text: str) -> str:
    """The text with CDATA and comments blanked, so that an item quoted in one does not count."""
    for mark, pattern in (("<![CDATA[", _CDATA), ("<!--", _COMMENT)):
        if mark in text:
            text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text
