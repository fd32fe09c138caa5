"""How many items and tags of one file are read: what lies beyond is counted, never quietly left out.

The lines lie far above any honest file (a sitemap may hold 50,000 addresses by its own standard) and far below what
makes a parser swallow a gigabyte: fifteen megabytes of "<item/>" are two million items (measured: 29 s, 1 GB).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from itertools import islice

from hoiam.kit.news import sentences
from hoiam.kit.vietnamese import show_number

MOST_ENTRIES = 100_000
MOST_TAGS = 1_000_000
# Tags in a row that open no item: an article written in a quarter of a million of them is nobody's.
# A well-formed feed that holds items is not asked: it is read at once, whole, and costs no more (900,000: 0.7 s).
MOST_IDLE = 250_000
# Letters written in signs ("&#7885;", "&agrave;") cost little: fifteen megabytes of Vietnamese that writes so every letter
# with a mark hold a million and a half. An "&" that begins none of those is put right by itself: two megabytes cost 4 s.
MOST_REFERENCES = 2_000_000
MOST_STRAY = 500_000
# Beyond so many items those that say nothing at all are counted and not kept.
MANY = 1_000
# So far in, something must have named itself: a feed's own element, an item, or a page's.
FIRST_LOOK = 64 * 1024
# Of a file served packed inside its own packing, unpacked here: as much as the way in lets through unpacked.
LARGEST = 16 * 1024 * 1024
_STEP = 4096
_TAG, _REFERENCE = re.compile("<"), re.compile("&")
# Every "&" but those a parser takes as they stand, with the name behind it if there is one.
_UNSURE = re.compile(
    r"&(?!(?:amp|lt|gt|quot);|#(?!1[2-5]\d;|5[5-7]\d{3};)[1-9]\d{1,5};|#x(?![89][\dA-Fa-f];|[dD][\dA-Fa-f]{3};)[\dA-Fa-f]{2,5};)"
    r"([A-Za-z][A-Za-z\d]{1,31};)?",
    re.ASCII,
)
_NAMED = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel|item|entry|html|head|body|urlset|sitemapindex|url|sitemap)\b",
    re.I,
)


@dataclass(frozen=True)
class Bounded:
    """The text that is read, how many items lie beyond it, and why it ends there."""

    text: str
    over: int = 0
    why: str = ""


def is_bearable(data: bytes) -> bool:
    """Whether bytes of UTF-8 hold no more tags, items and references than are read, by a count that costs nothing.

    >>> is_bearable(b"<rss><item/></rss>"), is_bearable(b"<item/>" * 100_001)
    (True, False)
    """
    if len(data) <= MOST_ENTRIES:
        return True
    if data.count(b"&") > MOST_STRAY:  # perhaps they are all sound: the careful way looks
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
    if tags <= MOST_ENTRIES and references <= MOST_STRAY:
        return Bounded(text)
    end, why = len(text), ""
    for found, number, told in _lines(text, tags, references):
        start = _start(found, number, end)
        end, why = (start, told) if start < end else (end, why)
    last, told = _end_of_items(text, opening, end)
    end, why = (last, told) if last < end else (end, why)
    if not why:
        return Bounded(text)
    return Bounded(text[:end], _count(text, opening, tails, end), why)


def _lines(
    text: str, tags: int, references: int
) -> Iterator[tuple[Iterator[re.Match[str]], int, str]]:
    """What is counted in a text of so many tags and "&", how many are read, and what is said of more."""
    if references > MOST_STRAY:
        told = sentences.TOO_MANY_STRAY.format(limit=show_number(MOST_STRAY))
        yield _stray(text), MOST_STRAY, told
    if references > MOST_REFERENCES:
        told = sentences.TOO_MANY_SIGNS.format(limit=show_number(MOST_REFERENCES))
        yield _REFERENCE.finditer(text), MOST_REFERENCES, told
    if tags > MOST_TAGS:
        told = sentences.TOO_MANY_IN_ALL.format(limit=show_number(MOST_TAGS))
        yield _TAG.finditer(text), MOST_TAGS, told


def _start(found: Iterator[re.Match[str]], number: int, end: int) -> int:
    """Where the match of this number (from 0) stands; the end when there are not so many."""
    match = next(islice(found, number, None), None)
    return match.start() if match is not None else end


def _stray(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _UNSURE.finditer(text) if found[1] not in html5)


def _end_of_items(text: str, opening: re.Pattern[str], end: int) -> tuple[int, str]:
    """Where the first item too many opens, or where too many tags in a row have opened none; at most the end.

    With it what is said of a text that goes on from there.
    """
    # An item that the end cuts through ends before the next tag.
    reach = text.find("<", end)
    place = 0
    for number, found in enumerate(opening.finditer(text, 0, reach if reach >= 0 else len(text))):
        if text.count("<", place, found.start()) > MOST_IDLE:
            break
        place = found.start()
        if number == MOST_ENTRIES:
            return min(place, end), sentences.TOO_MANY.format(limit=show_number(MOST_ENTRIES))
    told = sentences.TOO_MANY_IDLE.format(limit=show_number(MOST_IDLE))
    return _start(_TAG.finditer(text, place, end), MOST_IDLE, end), told


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
