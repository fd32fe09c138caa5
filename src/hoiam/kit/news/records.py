"""The command line's shapes: plain dictionaries in, plain dictionaries out, unknown keys carried through."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from hoiam.kit.news import sentences
from hoiam.kit.news.faults import beginnings
from hoiam.kit.news.feeds import read_feed
from hoiam.kit.news.pages import extract
from hoiam.kit.news.stories import StoryIndex, StoryItem
from hoiam.kit.news.values import Feed
from hoiam.kit.vietnamese import read_moment, show_number

Record = dict[str, Any]
_PAGE_INPUT = frozenset({"html", "charset"})
_CUT = beginnings(
    sentences.TRUNCATED,
    sentences.TOO_MANY,
    sentences.TOO_MANY_IDLE,
    sentences.TOO_MANY_IN_ALL,
    sentences.TOO_MANY_STRAY,
    sentences.TOO_MANY_SIGNS,
)
_STORY_INPUT = frozenset({"title", "sapo", "text", "published_at"})


def read_feed_lines(
    data: bytes, url: str = "", charset: str | None = None
) -> tuple[list[Record], Feed]:
    """One record per entry for ``hoiam read-feed``, and the feed with its own problems and losses."""
    feed = read_feed(data, url=url, charset=charset)
    return [entry.as_json() for entry in feed.entries], feed


def feed_problems(feed: Feed) -> tuple[str, ...]:
    """The sentences about the whole feed, with how many entries are nameless: shown, but never kept."""
    count = sum(one.is_nameless for one in feed.entries)
    return (
        (sentences.NAMELESS_SHOWN.format(count=show_number(count)), *feed.problems)
        if count
        else feed.problems
    )


def has_losses(feed: Feed) -> bool:
    """True when entries were lost or nameless, the file was cut, or a stated time could not be read: exit code 1.

    A feed without a ``kind`` was not readable at all: exit code 2, with its ``problems`` as the sentence.
    """
    unread = any(one.published_raw and one.published_at is None for one in feed.entries)
    nameless = any(one.is_nameless for one in feed.entries)
    cut = any(problem.startswith(_CUT) for problem in feed.problems)
    return feed.lost > 0 or nameless or unread or cut


def extract_record(record: Record) -> Record:
    """A page record ``{id, url, html}`` as ``hoiam extract`` answers it."""
    page = extract(
        record.get("html") or "", url=_words(record, "url"), charset=record.get("charset") or None
    )
    carried = {key: value for key, value in record.items() if key not in _PAGE_INPUT}
    return {"id": record.get("id"), **carried, **page.as_json()}


def story_records(records: Iterable[Record], *, window_hours: float = 96) -> Iterator[Record]:
    """Items in time order, each answered with its story as it comes."""
    index = StoryIndex(window_hours)
    for place, record in enumerate(records):
        link = index.add(_item(record, place))
        carried = {key: value for key, value in record.items() if key not in _STORY_INPUT}
        answer = {"story": link.story, "duplicate_of": link.duplicate_of, "score": link.score}
        yield {**carried, "id": link.id, **answer, "shared": list(link.shared)}


def _item(record: Record, place: int) -> StoryItem:
    identity = record.get("id")
    return StoryItem(
        id=str(identity) if identity not in (None, "") else str(place + 1),
        title=_words(record, "title"),
        sapo=_words(record, "sapo"),
        text=_words(record, "text") or _words(record, "body"),
        published_at=_time(record.get("published_at")),
    )


def _words(record: Record, key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _time(value: object) -> datetime | None:
    moment = read_moment(value) if isinstance(value, str) and value else None
    return moment.value if moment else None
