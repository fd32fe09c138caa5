"""One entry with its page: the report that is handed to intake."""

import asyncio
from dataclasses import dataclass

from asgiref.sync import sync_to_async

from hoiam.core.blobs import BlobFault
from hoiam.core.fetch import Fetched, FetchError
from hoiam.kit.news import Entry, Page, extract, first_doubt, host_of, sentences
from hoiam.monitoring.actions.captures import keep_page
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.readers import Door
from hoiam.monitoring.actions.site_rules import note_page
from hoiam.monitoring.models import Collection, Source
from hoiam.monitoring.queries.lexicon import lexicon_in_use
from hoiam.monitoring.queries.site_rules import rules_off_by_host


@dataclass(frozen=True)
class _Got:
    """What the address of an entry gave."""

    page: Page | None = None
    answer: Fetched | None = None
    problem: str = ""
    is_due: bool = False
    """Asking again soon makes sense."""


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
        is_page_due=got.is_due,
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
