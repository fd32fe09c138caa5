"""How many items and tags of one file are read: what lies beyond is counted, never quietly left out.

The lines lie far above any honest file (a sitemap may hold 50,000 addresses by its own standard) and far below what
makes a parser swallow a gigabyte: fifteen megabytes of "<item/>" are two million items (measured: 29 s, 1 GB).
"""

import re
from dataclasses import dataclass
from itertools import islice

MOST_ENTRIES = 100_000
MOST_TAGS = 1_000_000
# "&" in a feed of fifteen megabytes of headlines written in entities come near 300,000; two megabytes of bare ones cost 4 s.
MOST_REFERENCES = 500_000
# Beyond so many items those that say nothing at all are counted and not kept.
MANY = 1_000
# So far in, something must have named itself: a feed's own element, an item, or a page's.
FIRST_LOOK = 64 * 1024
# Of a file served packed inside its own packing, unpacked here: as much as the way in lets through unpacked.
LARGEST = 16 * 1024 * 1024
_TAG, _REFERENCE = re.compile("<"), re.compile("&")
_NAMED = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel|item|entry|html|head|body|urlset|sitemapindex|url|sitemap)\b",
    re.I,
)


@dataclass(frozen=True)
class Bounded:
    """The text that is read, and how many items lie beyond it."""

    text: str
    over: int = 0
    is_cut: bool = False


def is_bearable(data: bytes) -> bool:
    """Whether bytes of UTF-8 hold no more tags, items and references than are read, by a count that costs nothing.

    >>> is_bearable(b"<rss><item/></rss>"), is_bearable(b"<item/>" * 100_001)
    (True, False)
    """
    if len(data) <= MOST_ENTRIES:
        return True
    if data.count(b"&") > MOST_REFERENCES:
        return False
    tags = data.count(b"<")
    if tags <= MOST_ENTRIES:
        return True
    opened = sum(data.count(mark) for mark in (b"<item", b"<entry", b"<url>"))
    return tags <= MOST_TAGS and opened <= MOST_ENTRIES


def is_nothing(text: str) -> bool:
    """Whether a long text names nothing that could be read where everything honest names itself.

    Megabytes of "<" cost every reader that is asked in turn; one look at the head costs none.

    >>> is_nothing("<" * 100_000), is_nothing("<rss>" + "<" * 100_000), is_nothing("<")
    (True, False, False)
    """
    return len(text) > FIRST_LOOK and _NAMED.search(text, 0, FIRST_LOOK) is None


def bounded(text: str, opening: re.Pattern[str]) -> Bounded:
    """The text up to the last item, the last tag and the last reference that are read.

    Args:
        text: the file.
        opening: what opens an item.

    >>> bounded("<i>" * 100_003, re.compile("<i>")).over
    3
    """
    tags, references = text.count("<"), text.count("&")
    if tags <= MOST_ENTRIES and references <= MOST_REFERENCES:
        return Bounded(text)
    ends = [_start(text, opening, MOST_ENTRIES)]
    if references > MOST_REFERENCES:
        ends.append(_start(text, _REFERENCE, MOST_REFERENCES))
    if tags > MOST_TAGS:
        ends.append(_start(text, _TAG, MOST_TAGS))
    end = min(ends)
    if end == len(text):
        return Bounded(text)
    return Bounded(text[:end], sum(1 for _ in opening.finditer(text, end)), is_cut=True)


def _start(text: str, pattern: re.Pattern[str], number: int) -> int:
    """Where the match of this number (from 0) stands; the end of the text when there are not so many."""
    found = next(islice(pattern.finditer(text), number, None), None)
    return found.start() if found is not None else len(text)
