"""How many items and tags of one file are read: what lies beyond is counted, never quietly left out.

The lines lie far above any honest file (a sitemap may hold 50,000 addresses by its own standard) and far below what
makes a parser swallow a gigabyte: fifteen megabytes of "<item/>" are two million items (measured: 29 s, 1 GB).
"""

import re
from dataclasses import dataclass
from itertools import islice

MOST_ENTRIES = 100_000
MOST_TAGS = 1_000_000
# Tags in a row that open no item: an article written in a quarter of a million of them is nobody's.
MOST_IDLE = 250_000
# "&" in a feed of fifteen megabytes of headlines written in entities come near 300,000; two megabytes of bare ones cost 4 s.
MOST_REFERENCES = 500_000
# Beyond so many items those that say nothing at all are counted and not kept.
MANY = 1_000
# So far in, something must have named itself: a feed's own element, an item, or a page's.
FIRST_LOOK = 64 * 1024
# Of a file served packed inside its own packing, unpacked here: as much as the way in lets through unpacked.
LARGEST = 16 * 1024 * 1024
_STEP = 4096
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
    return tags <= (MOST_TAGS if opened else MOST_IDLE) and opened <= MOST_ENTRIES


def is_nothing(text: str) -> bool:
    """Whether a long text names nothing that could be read where everything honest names itself.

    Megabytes of "<" cost every reader that is asked in turn; one look at the head costs none.

    >>> is_nothing("<" * 100_000), is_nothing("<rss>" + "<" * 100_000), is_nothing("<")
    (True, False, False)
    """
    return len(text) > FIRST_LOOK and _NAMED.search(text, 0, FIRST_LOOK) is None


def bounded(text: str, opening: re.Pattern[str], tails: tuple[str, ...]) -> Bounded:
    """The text up to the last item, the last tag and the last reference that are read.

    Args:
        text: the file.
        opening: what opens an item: one "<", and no other behind it.
        tails: one of these stands in each opening, in small letters once the text is; "i" and "s" have twins in other
            alphabets, so they are left out.

    >>> bounded("<u>" * 100_003, re.compile("<u>"), ("u",)).over
    3
    """
    tags, references = text.count("<"), text.count("&")
    if tags <= MOST_ENTRIES and references <= MOST_REFERENCES:
        return Bounded(text)
    end = len(text)
    if references > MOST_REFERENCES:
        end = _start(text, _REFERENCE, MOST_REFERENCES, end)
    if tags > MOST_TAGS:
        end = _start(text, _TAG, MOST_TAGS, end)
    end = _end_of_items(text, opening, end)
    if end == len(text):
        return Bounded(text)
    return Bounded(text[:end], _count(text, opening, tails, end), is_cut=True)


def _start(text: str, pattern: re.Pattern[str], number: int, end: int, place: int = 0) -> int:
    """Where the match of this number (from 0) from a place on stands; the end when there are not so many before it."""
    found = next(islice(pattern.finditer(text, place, end), number, None), None)
    return found.start() if found is not None else end


def _end_of_items(text: str, opening: re.Pattern[str], end: int) -> int:
    """Where the first item too many opens, or where too many tags in a row have opened none; at most the end."""
    # An item that the end cuts through ends before the next tag.
    reach = text.find("<", end)
    place = 0
    for number, found in enumerate(opening.finditer(text, 0, reach if reach >= 0 else len(text))):
        if text.count("<", place, found.start()) > MOST_IDLE:
            break
        place = found.start()
        if number == MOST_ENTRIES:
            return min(place, end)
    return _start(text, _TAG, MOST_IDLE, end, place)


def _count(text: str, opening: re.Pattern[str], tails: tuple[str, ...], place: int) -> int:
    """How many items open from a place on; where none can, no "<" is looked at: fifteen million of them took 1.2 s."""
    count = 0
    while place < len(text):
        end = text.find("<", place + _STEP)
        end = end if end >= 0 else len(text)
        step = text[place:end].lower()
        if any(tail in step for tail in tails):
            count += sum(1 for _ in opening.finditer(text, place, end))
        place = end
    return count
