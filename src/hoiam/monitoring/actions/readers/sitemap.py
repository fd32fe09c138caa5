"""Reading a sitemap: an index leads to its newest sitemaps, those lead to articles, what is old is left alone."""

import asyncio
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hoiam.core.fetch import Fetched, FetchError
from hoiam.kit.news import Entry, Sitemap, SitemapEntry, SitemapWalk, read_sitemap
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.actions.readers.values import Answer, Door, Reading, ask
from hoiam.monitoring.actions.sources import Seen, habits
from hoiam.monitoring.models import Source

OLD = "Bỏ qua {count} địa chỉ trang ghi cũ hơn {days} ngày."
LEFT = "Chỉ mục có {count} sơ đồ con; lượt này đọc {read} sơ đồ mới nhất."
CHILD = "Sơ đồ con {url}: {sentence}"
_NEWS = re.compile(r"news|tin", re.IGNORECASE)


@dataclass
class _Found:
    """What the sitemaps of one round hold together."""

    rows: list[SitemapEntry] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


async def read(source: Source, door: Door) -> Reading:
    """The articles of a sitemap the site dates as fresh or does not date at all.

    Raises:
        FetchError: the source's own address cannot be had.
    """
    answer = await ask(source, door)
    if answer.is_known:
        return Reading(status=answer.fetched.status, unchanged=True)
    sitemap = await _parsed(answer.fetched)
    found = _Found(problems=list(sitemap.problems))
    if sitemap.kind == "index":
        await _follow(source.url, sitemap, door, found)
    else:
        found.rows += sitemap.entries
    return _reading(found, answer, sitemap, door.now)


def _reading(found: _Found, answer: Answer, sitemap: Sitemap, now: datetime) -> Reading:
    fresh = [row for row in found.rows if _is_fresh(row, now)]
    old = len(found.rows) - len(fresh)
    if old:
        words = OLD.format(count=show_number(old), days=habits()["sitemap"]["fresh_days"])
        found.notes.append(words)
    return Reading(
        entries=tuple(_entry(row) for row in fresh),
        problems=tuple(found.problems),
        notes=tuple(found.notes),
        status=answer.fetched.status,
        # An index may stay as it is while its sitemaps change, so it is never passed over.
        seen=Seen() if sitemap.kind == "index" else answer.seen,
        modified={row.link: row.modified_at for row in fresh if row.modified_at},
    )


async def _follow(address: str, index: Sitemap, door: Door, found: _Found) -> None:
    """What the index leads to, indexes inside it too; none twice, a bounded number of them in one round."""
    most: int = habits()["sitemap"]["children"]
    walk = SitemapWalk(address, most=1 + most)
    walk.take(_worth_reading(index, door.now, found))
    while (link := walk.next_address()) is not None:
        try:
            sitemap = await _parsed(await door.get(link))
        except FetchError as error:
            found.problems.append(CHILD.format(url=link, sentence=error))
            continue
        found.problems += [CHILD.format(url=link, sentence=p) for p in sitemap.problems]
        found.rows += walk.take(_worth_reading(sitemap, door.now, found))
    found.notes += walk.problems


def _worth_reading(sitemap: Sitemap, now: datetime, found: _Found) -> Sitemap:
    """An index with only the sitemaps worth reading now; any other sitemap as it is."""
    if sitemap.kind != "index":
        return sitemap
    children = newest(sitemap.entries, now)
    if len(children) < len(sitemap.entries):
        count, read_now = show_number(len(sitemap.entries)), show_number(len(children))
        found.notes.append(LEFT.format(count=count, read=read_now))
    # Those of news stand first though no time is told of them: the walk keeps the order it is given among equals.
    return replace(sitemap, entries=tuple(replace(child, modified_at=None) for child in children))


def newest(children: tuple[SitemapEntry, ...], now: datetime) -> list[SitemapEntry]:
    """The sitemaps of an index worth reading now: not dated as old, those of news first, then the latest."""
    fresh = [child for child in children if _is_fresh(child, now)]
    fresh.sort(key=_rank, reverse=True)
    most: int = habits()["sitemap"]["children"]
    return fresh[:most]


def _rank(child: SitemapEntry) -> tuple[bool, float, tuple[int, ...]]:
    moment = child.modified_at.timestamp() if child.modified_at else 0.0
    # Numbers in the name are mostly dates ("sitemap-2026-08.xml"): the greater, the later.
    numbers = tuple(int(part) for part in re.findall(r"\d{1,9}", child.link.rpartition("/")[2]))
    return bool(_NEWS.search(child.link.rpartition("/")[2])), moment, numbers


def _is_fresh(row: SitemapEntry, now: datetime) -> bool:
    moment = row.published_at or row.modified_at
    span = timedelta(days=habits()["sitemap"]["fresh_days"])
    return moment is None or moment >= now - span


async def _parsed(page: Fetched) -> Sitemap:
    return await asyncio.to_thread(read_sitemap, page.body, charset=page.charset)


def _entry(row: SitemapEntry) -> Entry:
    return Entry(
        link=row.link,
        title=row.title,
        published_at=row.published_at,
        published_raw=row.published_raw,
    )
