"""The collector: one asyncio process that reads due sources through `core.fetch` and hands reports to intake."""

import asyncio
import hashlib
import logging
import os
import secrets
import socket
from collections.abc import Callable
from datetime import datetime

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from hoiam.core.blobs import BlobFault
from hoiam.core.fetch import BadStatus, Fetched, Fetcher, FetchError, RobotsBook
from hoiam.kit.news import Entry, Page, extract, read_feed, read_sitemap, sentences
from hoiam.kit.recognition import is_candidate
from hoiam.monitoring.actions.captures import keep_page
from hoiam.monitoring.actions.incoming import Incoming, url_key
from hoiam.monitoring.actions.intake import take_each
from hoiam.monitoring.actions.rechecks import follow_feed
from hoiam.monitoring.actions.sources import Seen, extend_lease, lease, note_collection
from hoiam.monitoring.models import Collection, Item, Source
from hoiam.monitoring.queries.sources import due_sources
from hoiam.monitoring.states import SourceKind

Clock = Callable[[], datetime]

AT_ONCE = 20  # sources read side by side; each host still gets its pauses
STEP = 10  # articles fetched before they are kept: what was kept is not lost when the collector is killed
MOST_PROBLEMS = 20
_log = logging.getLogger(__name__)


async def collect(
    stop: asyncio.Event, *, clock: Clock, fetcher: Fetcher, idle: float = 2.0
) -> None:
    """Nothing, after `stop` was set and the readings in hand ended."""
    owner = f"{socket.gethostname()[:24]}:{os.getpid()}:{secrets.token_hex(4)}"
    robots = RobotsBook(fetcher, "HoiAm", clock)
    readings: set[asyncio.Task[None]] = set()
    stopping = asyncio.create_task(stop.wait())
    while not stop.is_set():
        # A slow site holds one place, never the others: places are filled as they fall free.
        sources = await _lease_due(owner, clock(), AT_ONCE - len(readings))
        readings |= {
            asyncio.create_task(_guarded(source, fetcher, robots, clock)) for source in sources
        }
        done, _ = await asyncio.wait(
            {stopping, *readings}, timeout=idle, return_when=asyncio.FIRST_COMPLETED
        )
        readings -= done
        for ended in done - {stopping}:
            ended.result()
    await asyncio.gather(*readings)


@sync_to_async
def _lease_due(owner: str, now: datetime, places: int) -> list[Source]:
    close_old_connections()
    return lease(list(due_sources(now, places)), owner=owner, now=now) if places > 0 else []


async def _guarded(source: Source, fetcher: Fetcher, robots: RobotsBook, clock: Clock) -> None:
    try:
        await read_source(source, fetcher=fetcher, robots=robots, clock=clock)
    except Exception:  # the rim of the collector's loop: one source never stops the others
        _log.exception("source %s failed", source.pk)
        await _note(
            source,
            Collection(failed=1),
            clock(),
            "Lỗi trong chương trình khi đọc nguồn này; đã ghi nhật ký máy chủ.",
        )


async def read_source(
    source: Source, *, fetcher: Fetcher, robots: RobotsBook | None, clock: Clock
) -> Source:
    """The source after one reading; every fault is noted on it, none is raised."""
    collection = Collection()
    try:
        if robots is not None:
            await robots.check(source.url)
        answer = await fetcher.get(
            source.url, etag=source.etag or None, modified=source.modified or None
        )
    except FetchError as error:
        collection.failed = 1
        wait = error.retry_after if isinstance(error, BadStatus) else None
        return await _note(source, collection, clock(), str(error), wait=wait)
    collection.status = answer.status
    digest = hashlib.sha256(answer.body).hexdigest()
    if answer.not_modified or digest == source.body_hash:
        return await _note(source, collection, clock(), "")
    entries, problems = await asyncio.to_thread(_entries, source, answer)
    collection.seen, collection.problems = len(entries), list(problems)[:MOST_PROBLEMS]
    await _follow(entries, clock())
    for group in batched(await _unknown(entries), STEP):
        reports = await asyncio.gather(
            *(_report(entry, source, fetcher, robots, collection) for entry in group)
        )
        await _keep(list(reports), collection, clock())
        if not await sync_to_async(extend_lease)(source, now=clock()):
            break  # too slow: another collector holds the source and goes on where this one was
    else:
        problem = "; ".join(problems[:3])
        # A faulty answer is read again next time: only a clean one may be passed over as "nothing new".
        seen = Seen() if problem else _seen(answer, digest)
        return await _note(source, collection, clock(), problem, seen=seen)
    return await _note(source, collection, clock(), "; ".join(problems[:3]))


def _seen(answer: Fetched, digest: str) -> Seen:
    return Seen((answer.etag or "")[:300], (answer.modified or "")[:100], digest)


def batched(entries: list[Entry], size: int) -> list[list[Entry]]:
    """The entries in pieces of at most so many."""
    return [entries[start : start + size] for start in range(0, len(entries), size)]


def _entries(source: Source, answer: Fetched) -> tuple[list[Entry], tuple[str, ...]]:
    if source.kind == SourceKind.SITEMAP:
        sitemap = read_sitemap(answer.body, charset=answer.charset)
        rows = [
            Entry(
                link=row.link,
                title=row.title,
                published_at=row.published_at,
                published_raw=row.published_raw,
            )
            for row in sitemap.entries
        ]
        return rows, sitemap.problems
    feed = read_feed(answer.body, url=answer.final_url, charset=answer.charset)
    return list(feed.entries), feed.problems


@sync_to_async
def _follow(entries: list[Entry], now: datetime) -> int:
    """Known reports of which the feed now says something else are read again."""
    said = {url_key(Incoming(title=e.title, url=e.link)): e.title for e in entries if e.link}
    return follow_feed(said, now=now)


@sync_to_async
def _unknown(entries: list[Entry]) -> list[Entry]:
    keyed = {url_key(Incoming(title=e.title, url=e.link)): e for e in entries if e.link or e.title}
    have = set(Item.objects.filter(url_key__in=list(keyed)).values_list("url_key", flat=True))
    return [entry for key, entry in keyed.items() if key not in have]


async def _report(
    entry: Entry,
    source: Source,
    fetcher: Fetcher,
    robots: RobotsBook | None,
    collection: Collection,
) -> Incoming:
    """The entry with its page's text; when the page cannot be had, what the feed says is kept with the fault."""
    problems = list(entry.problems)
    page, answer, capture_id = None, None, None
    if entry.link:
        try:
            if robots is not None:
                await robots.check(entry.link)
            answer = await fetcher.get(entry.link)
            collection.fetched += 1
            page = await asyncio.to_thread(
                extract, answer.body, url=answer.final_url, charset=answer.charset
            )
        except FetchError as error:
            collection.failed += 1
            problems.append(str(error))
    body = page.body if page else ""
    if answer is not None and is_candidate(f"{entry.title}\n{entry.summary}\n{body}"):
        # Evidence is kept of candidates only: nearly all of the news concerns others.
        capture_id = await _capture(answer, source, problems)
    if page is not None:
        problems += _missing(entry, page)
    return Incoming(
        title=entry.title or (page.title if page else "") or "",
        url=entry.link,
        sapo=(page.sapo if page else "") or entry.summary,
        body=body,
        outlet=_outlet(source, page.outlet if page else ""),
        author=(page.author if page else "") or entry.author or "",
        section=(page.section if page else "") or "",
        published_at=(page.published_at if page else None) or entry.published_at,
        published_raw=entry.published_raw or "",
        published_from=_published_from(entry, page),
        home_province=source.home_province,
        source_id=source.pk,
        channel_id=source.channel_id,
        capture_id=capture_id,
        problems=tuple(dict.fromkeys(problems)),
    )


def _missing(entry: Entry, page: Page) -> list[str]:
    """What is wrong with the page and not made good by what the feed says."""
    made_good = {sentences.PAGE_NO_TITLE: entry.title, sentences.PAGE_NO_TIME: entry.published_at}
    return [problem for problem in page.problems if not made_good.get(problem)]


def _outlet(source: Source, found: str | None) -> str:
    # Several feeds of one paper are one outlet: the register's name goes before what page or feed call themselves.
    return source.channel.name if source.channel is not None else (found or source.name)


def _published_from(entry: Entry, page: Page | None) -> str:
    if page is not None and page.published_at is not None:
        return page.published_from or "page"
    return "feed" if entry.published_at is not None else ""


@sync_to_async
def _capture(answer: Fetched, source: Source, problems: list[str]) -> int | None:
    try:
        return keep_page(answer, actor=None, how=f"nguồn: {source.name}").pk
    except BlobFault as error:
        problems.append(str(error))
        return None


@sync_to_async
def _keep(reports: list[Incoming], collection: Collection, now: datetime) -> None:
    """Take the reports in; a bad one costs only itself and is counted."""
    done = take_each(reports, now=now)
    collection.kept += len(done.items)
    collection.failed += len(done.faults)
    told = [f"{report.title[:80]}: {sentence}" for report, sentence in done.faults]
    collection.problems = [*collection.problems, *told][:MOST_PROBLEMS]


@sync_to_async
def _note(
    source: Source,
    collection: Collection,
    now: datetime,
    problem: str,
    *,
    seen: Seen | None = None,
    wait: float | None = None,
) -> Source:
    return note_collection(source, collection, now=now, problem=problem, seen=seen, wait=wait)
