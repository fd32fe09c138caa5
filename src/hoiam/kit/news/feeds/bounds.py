"""How many items and tags of one file are read: what lies beyond is counted, never quietly left out.

The lines lie far above any honest file (a sitemap may hold 50,000 addresses by its own standard) and far below what
makes a parser swallow a gigabyte: fifteen megabytes of "<item/>" are two million items (measured: 29 s, 1 GB).
"""

import re
from dataclasses import dataclass
from itertools import islice

MOST_ENTRIES = 100_000
MOST_TAGS = 2_000_000
# Of a file served packed inside its own packing, unpacked here: as much as the way in lets through unpacked.
LARGEST = 16 * 1024 * 1024
_TAG = re.compile("<")


@dataclass(frozen=True)
class Bounded:
    """The text that is read, and how many items lie beyond it."""

    text: str
    over: int = 0
    is_cut: bool = False


def is_bearable(data: bytes) -> bool:
    """Whether bytes of UTF-8 hold no more tags and items than are read, by a count that costs nothing.

    >>> is_bearable(b"<rss><item/></rss>"), is_bearable(b"<item/>" * 100_001)
    (True, False)
    """
    tags = data.count(b"<")
    if tags <= MOST_ENTRIES:
        return True
    opened = sum(data.count(mark) for mark in (b"<item", b"<entry", b"<url>"))
    return tags <= MOST_TAGS and opened <= MOST_ENTRIES


def bounded(text: str, opening: re.Pattern[str]) -> Bounded:
    """The text up to the last item and the last tag that are read.

    Args:
        text: the file.
        opening: what opens an item.

    >>> bounded("<i>" * 100_003, re.compile("<i>")).over
    3
    """
    tags = text.count("<")
    if tags <= MOST_ENTRIES:
        return Bounded(text)
    ends = [_start(text, opening, MOST_ENTRIES)]
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
