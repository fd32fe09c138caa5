"""One entry with its page: the report that is handed to intake."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from asgiref.sync import sync_to_async

from hoiam.core.blobs import BlobFault
from hoiam.core.fetch import Fetched, FetchError
from hoiam.kit.news import (
    Entry,
    Page,
    extract,
    first_doubt,
    host_of,
    is_same_day,
    precision_of,
    sentences,
)
from hoiam.kit.news.moments import DAY, MINUTE
from hoiam.monitoring.actions.captures import keep_page
from hoiam.monitoring.actions.incoming import Incoming, is_possible
from hoiam.monitoring.actions.readers import Door
from hoiam.monitoring.actions.site_rules import note_page
from hoiam.monitoring.models import Collection, Source
from hoiam.monitoring.queries.lexicon import lexicon_in_use
from hoiam.monitoring.queries.site_rules import rules_off_by_host

BROKE = "Lỗi trong chương trình khi đọc trang của bài; giữ những gì nguồn tin viết, đã ghi nhật ký máy chủ."
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Got:
    """What the address of an entry gave."""

    page: Page | None = None
    answer: Fetched | None = None
    problem: str = ""
    is_due: bool = False
    """Asking again soon makes sense."""


class _Time(NamedTuple):
    """A time of publication, where it stands, and whether an hour of it is told."""

    at: datetime | None = None
    place: str = ""
    precision: str = MINUTE

    def tells_hour_of(self, other: "_Time") -> bool:
        """Whether the other is the bare day of this minute."""
        if (
            self.at is None
            or other.at is None
            or (self.precision, other.precision) != (MINUTE, DAY)
        ):
            return False
        return is_same_day(self.at, other.at)


async def report_in_any_case(
    entry: Entry, source: Source, door: Door, collection: Collection
) -> Incoming:
    """The report of an entry; where the program itself fails at its page, what the feed says is kept with that fault."""
    try:
        return await report_of(entry, source, door, collection)
    except Exception:  # the rim of one entry: it never stops the others of its source
        _log.exception("the page of %s could not be read", entry.link)
        collection.failed += 1
        return _report(entry, source, None, [*entry.problems, BROKE], now=door.now)


async def report_of(entry: Entry, source: Source, door: Door, collection: Collection) -> Incoming:
    """The entry with its page's text; when the page cannot be had, what the feed says is kept with the fault."""
    got = await _got(entry, door, collection) if entry.link else _Got()
    page, capture_id = got.page, None
    problems = [*entry.problems, *([got.problem] if got.problem else [])]
    body = page.body if page else ""
    if got.answer is not None and await _is_candidate(f"{entry.title}\n{entry.summary}\n{body}"):
        # Evidence is kept of candidates only: nearly all of the news concerns others.
        capture_id = await _capture(got.answer, source, problems)
    if page is not None:
        problems += _missing(entry, page)
    return _report(
        entry,
        source,
        page,
        problems,
        now=door.now,
        capture_id=capture_id,
        is_page_due=got.is_due,
    )


def _report(
    entry: Entry,
    source: Source,
    page: Page | None,
    problems: list[str],
    *,
    now: datetime,
    capture_id: int | None = None,
    is_page_due: bool = False,
) -> Incoming:
    time = _published(entry, page, now)
    return Incoming(
        title=entry.title or (page.title if page else "") or "",
        url=entry.link,
        sapo=(page.sapo if page else "") or entry.summary,
        body=page.body if page else "",
        outlet=_outlet(source, page.outlet if page else ""),
        author=(page.author if page else "") or entry.author or "",
        section=(page.section if page else "") or "",
        published_at=time.at,
        published_raw=entry.published_raw or "",
        published_from=time.place,
        published_precision=time.precision,
        home_province=source.home_province,
        source_id=source.pk,
        channel_id=source.channel_id,
        capture_id=capture_id,
        problems=tuple(dict.fromkeys(problems)),
        is_page_due=is_page_due,
    )


async def _got(entry: Entry, door: Door, collection: Collection) -> _Got:
    try:
        answer = await door.get(entry.link)
        collection.fetched += 1
        page = await _read_page(answer)
    except FetchError as error:
        collection.failed += 1
        return _Got(problem=str(error), is_due=error.passes)
    doubt = first_doubt(entry.title, page, asked=entry.link, final=answer.final_url)
    if doubt.is_other:
        # A wall's words are not the article's, and a later text would pass for an edit of them.
        collection.failed += 1
        return _Got(problem=doubt.sentence, is_due=True)
    return _Got(page, answer, doubt.sentence, is_due=bool(doubt.sentence))


async def _read_page(answer: Fetched) -> Page:
    """The page, read without the site rules that are off on its host; what the rules did is counted."""
    off = await sync_to_async(rules_off_by_host)()
    page = await asyncio.to_thread(
        extract,
        answer.body,
        url=answer.final_url,
        charset=answer.charset,
        without=off.get(host_of(answer.final_url), frozenset()),
    )
    if page.rule or page.rules_missed:
        await sync_to_async(note_page)(page, now=answer.fetched_at)
    return page


@sync_to_async
def _is_candidate(text: str) -> bool:
    return lexicon_in_use().admits(text)


def _missing(entry: Entry, page: Page) -> list[str]:
    """What is wrong with the page and not made good by what the feed says."""
    made_good = {
        sentences.PAGE_NO_TITLE: entry.title,
        sentences.PAGE_NO_TIME: entry.published_at,
        sentences.PAGE_DAY_ONLY: _of_feed(entry).tells_hour_of(_of_page(page)),
    }
    return [problem for problem in page.problems if not made_good.get(problem)]


def _outlet(source: Source, found: str | None) -> str:
    # Several feeds of one paper are one outlet: the register's name goes before what page or feed call themselves.
    return source.channel.name if source.channel is not None else (found or source.name)


def _published(entry: Entry, page: Page | None, now: datetime) -> _Time:
    """The time of publication: the page's before the feed's, but no bare day before an hour of it, and none that cannot be
    before one that can."""
    told = [time for time in (_of_page(page), _of_feed(entry)) if time.at is not None]
    possible = [time for time in told if time.at and is_possible(time.at, now)]
    first = next(iter(possible or told), _Time())
    return next((time for time in possible if time.tells_hour_of(first)), first)


def _of_page(page: Page | None) -> _Time:
    if page is None:
        return _Time()
    precision = page.published_precision or MINUTE
    return _Time(page.published_at, page.published_from or "page", precision)


def _of_feed(entry: Entry) -> _Time:
    if entry.published_at is None:
        return _Time()
    precision = precision_of(entry.published_at, entry.published_raw)
    return _Time(entry.published_at, "feed", precision)


@sync_to_async
def _capture(answer: Fetched, source: Source, problems: list[str]) -> int | None:
    try:
        return keep_page(answer, actor=None, how=f"nguồn: {source.name}").pk
    except BlobFault as error:
        problems.append(str(error))
        return None
