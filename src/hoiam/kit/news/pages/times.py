"""When a page was published: JSON-LD, then meta, then the page near its heading, then the address.

Nothing is guessed. A source that gives a day without an hour yields to a later source that gives the hour of the
same day; sources that lie more than a day apart are reported.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.news import sentences
from hoiam.kit.news.addresses import path_of
from hoiam.kit.news.pages.metadata import Metadata
from hoiam.kit.vietnamese import VIETNAM, Moment, read_moment, show_datetime

_PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "date.published",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dc.created",
    "its_publication",
    "date",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "lastmod", "datemodified", "last-modified")
_NUMERIC = re.compile(
    r"\d{1,4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,4}|\d{1,2}\s+tháng\s+\d{1,2}", re.I
)
_MARKED = "time, [class*='date'], [class*='time'], [class*='publish'], [class*='ngay'], [id*='date'], [id*='time']"
_STAMP = re.compile(
    r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)\d{0,5}(?!\d)"
)
_SHORT_STAMP = re.compile(
    r"(?<!\d)\d{2,3}(\d\d)(0[1-9]|1[0-2])([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)\d{3}(?=\.\w+$|$)"
)
_DAY = re.compile(r"/(20\d\d)[/-](0?[1-9]|1[0-2])[/-]([0-3]?\d)(?=[/-])")
_FIRST_YEAR = 1997
_NEAR = 400
_FIRST_LINES = 250
_MONTHS = 12
_MACHINE = frozenset({"json-ld", "meta"})
_A_DAY = timedelta(days=1)
# A longer line is a sentence, and its date the date of an event.
_LINE = 90
_MUTE = frozenset({"script", "style", "noscript", "template"})


@dataclass(frozen=True)
class Published:
    """The time chosen, where it came from, and sentences about doubt."""

    at: datetime | None = None
    source: str | None = None
    precision: str | None = None
    problems: tuple[str, ...] = ()


def published(
    tree: LexborHTMLParser,
    metadata: Metadata,
    url: str,
    selectors: Iterable[str] = (),
    heading: LexborNode | None = None,
) -> Published:
    """When the page says it was published."""
    found = _day_first(list(_sources(tree, metadata, url, selectors, heading)))
    if not found:
        return Published(problems=(sentences.PAGE_NO_TIME,))
    source, moment = _most_exact(found)
    problems = [] if moment.has_time else [sentences.PAGE_DAY_ONLY]
    if _differ(moment, found):
        times = "; ".join(dict.fromkeys(show_datetime(one.value) for _, one in found))
        problems.append(sentences.PAGE_TIMES_DIFFER.format(times=times))
    precision = "minute" if moment.has_time else "day"
    return Published(moment.value, source, precision, tuple(problems))


def modified(metadata: Metadata) -> Published:
    """When the page says it was last changed, and where it says so."""
    stated = (("json-ld", metadata.said("dateModified")), ("meta", metadata.meta(*_MODIFIED)))
    for source, words in stated:
        if moment := _honest(words):
            precision = "minute" if moment.has_time else "day"
            return Published(moment.value, source, precision)
    return Published()


def url_moment(url: str) -> Moment | None:
    """The time many systems write into an address.

    >>> url_moment("https://bao.example/dau-gia-20250818132533149.htm").value.isoformat()
    '2025-08-18T13:25:33+07:00'
    """
    path = path_of(url)
    long, short, day = _STAMP.search(path), _SHORT_STAMP.search(path), _DAY.search(path + "/")
    if long:
        return _moment(long[0], *map(int, long.groups()))
    if short:
        year, *rest = map(int, short.groups())
        return _moment(short[0], 2000 + year, *rest)
    if day:
        return _moment(day[0], *map(int, day.groups()))
    return None


def _sources(
    tree: LexborHTMLParser,
    metadata: Metadata,
    url: str,
    selectors: Iterable[str],
    heading: LexborNode | None,
) -> Iterator[tuple[str, Moment]]:
    if moment := _honest(metadata.said("datePublished", "dateCreated", "uploadDate")):
        yield "json-ld", moment
    for name in _PUBLISHED:
        if moment := _honest(metadata.meta(name)):
            yield "meta", moment
            break
    if moment := _on_page(tree, selectors, heading):
        yield "page", moment
    if moment := url_moment(url):
        yield "url", moment


def _on_page(
    tree: LexborHTMLParser, selectors: Iterable[str], heading: LexborNode | None
) -> Moment | None:
    for selector in selectors:
        node = tree.css_first(selector)
        if node and (moment := _of_node(node)):
            return moment
    return _near(heading) if heading else None


def _near(heading: LexborNode) -> Moment | None:
    """The nearest time beside the heading: its neighbours first, then those of what holds it."""
    node: LexborNode | None = heading
    for _ in range(4):
        if node is None or node.tag in ("body", "html"):
            return None
        for neighbour in _neighbours(node):
            if moment := _of_block(neighbour):
                return moment
        node = node.parent
    # A heading that was never closed holds its own date line.
    return _in_words(heading.text(separator="\n"))


def _neighbours(node: LexborNode) -> Iterator[LexborNode]:
    for step, most in (("next", 5), ("prev", 3)):
        one = getattr(node, step)
        while one is not None and most:
            if one.is_element_node and one.tag not in _MUTE:
                most -= 1
                yield one
            one = getattr(one, step)


def _of_block(node: LexborNode) -> Moment | None:
    """The time in a piece of the page: of what is marked as one, of its words, or of its first lines."""
    day_only: Moment | None = None
    for marked in node.css(_MARKED)[:4]:
        moment = _of_node(marked)
        if moment and moment.has_time:
            return moment
        day_only = day_only or moment
    words = node.text(separator="\n").strip()
    return day_only or _in_words(words if len(words) <= _NEAR else words[:_FIRST_LINES])


def _of_node(node: LexborNode) -> Moment | None:
    attributes = node.attributes
    for name in ("datetime", "content", "title", "data-time"):
        if moment := _honest(attributes.get(name) or ""):
            return moment
    words = node.text(separator=" ").strip()
    return _in_words(words) if len(words) <= _NEAR else None


def _in_words(words: str) -> Moment | None:
    day_only: Moment | None = None
    for line in words.split("\n"):
        if len(line) <= _LINE and _NUMERIC.search(line):
            moment = _honest(" ".join(line.split()))
            if moment and moment.has_time:
                return moment
            day_only = day_only or moment
    return day_only


def _honest(words: str) -> Moment | None:
    # Systems write 0001-01-01 or 1970-01-01 where they know nothing.
    if not words or len(words) > _NEAR or not any(letter.isdigit() for letter in words):
        return None
    moment = read_moment(words.strip())
    return moment if moment and moment.value.year >= _FIRST_YEAR else None


def _day_first(found: list[tuple[str, Moment]]) -> list[tuple[str, Moment]]:
    """The moments with day and month changed back where a system wrote the month first.

    Only another place on the page proves it ("4/8/2026 2:05 PM" beside "14:05 - 08/04/2026"), and what
    the page shows its Vietnamese readers is never changed.
    """
    mended = []
    for source, moment in found:
        changed = _exchanged(moment) if source in _MACHINE else None
        others = [one.value for _, one in found if one is not moment]
        proven = changed and any(
            abs(one - changed.value) < _A_DAY and abs(one - moment.value) > _A_DAY for one in others
        )
        mended.append((source, changed if changed and proven else moment))
    return mended


def _exchanged(moment: Moment) -> Moment | None:
    value = moment.value
    if "/" not in moment.raw or value.day > _MONTHS or value.day == value.month:
        return None
    return replace(moment, value=value.replace(month=value.day, day=value.month))


def _most_exact(found: list[tuple[str, Moment]]) -> tuple[str, Moment]:
    source, moment = found[0]
    if moment.has_time:
        return source, moment
    same_day = (one for one in found[1:] if one[1].has_time and _day(one[1]) == _day(moment))
    return next(same_day, (source, moment))


def _day(moment: Moment) -> object:
    return moment.value.astimezone(VIETNAM).date()


def _differ(chosen: Moment, found: list[tuple[str, Moment]]) -> bool:
    return any(abs(one.value - chosen.value) > _A_DAY for _, one in found)


def _moment(raw: str, year: int, month: int, day: int, *clock: int) -> Moment | None:
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    try:
        value = datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM)
    except ValueError:
        return None
    return Moment(value=value, has_time=bool(clock), raw=raw)
