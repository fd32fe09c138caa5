"""A newspaper on loopback: a feed and its articles, each answering as told."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from asgiref.sync import sync_to_async
from django.db import connections

from hoiam.monitoring.jobs.collector import read_source
from hoiam.monitoring.models import Source
from tests.core.fetch.loopback import fetcher, site, whole
from tests.monitoring.house import NOW

HTML = "text/html; charset=utf-8"
XML = "application/rss+xml; charset=utf-8"
TITLE = "THADS tỉnh Thanh Giang bị tố chậm chi trả tiền thi hành án"
TEXT = "Ông Trần Văn Thử khiếu nại Thi hành án dân sự tỉnh Thanh Giang chậm chi trả tiền. " * 6
PLAIN = "Tiểu thương cho biết lượng rau về chợ giảm vì đường vào chợ bị ngập. " * 6


def article(title, text):
    """The page of one article."""
    return whole(
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{text}</p></article></body></html>".encode(),
        Content_Type=HTML,
    )


def entry(number, title=None, date="Wed, 05 Aug 2026 08:00:00 +0700"):
    """One item of a feed; the address is filled in by the stand."""
    parts = [f"<link>{{url}}/tin-{number}.html</link>"]
    parts += [f"<title>{title}</title>"] if title else []
    parts += [f"<pubDate>{date}</pubDate>"] if date else []
    return f"<item>{''.join(parts)}</item>"


def rss(*entries):
    """A feed, its addresses still open."""
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title>{"".join(entries)}</channel></rss>'


@dataclass
class Stand:
    """What the site answers by path; counts what it was asked."""

    url: str = ""
    pages: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    slow: dict = field(default_factory=dict)
    breaks: set = field(default_factory=set)

    def feed(self, *entries, **headers):
        """Put this feed at /rss."""
        body = rss(*entries).replace("{url}", self.url).encode()
        self.pages["/rss"] = whole(body, Content_Type=XML, **headers)

    async def __call__(self, request, writer):
        self.asked.append(request)
        await asyncio.sleep(self.slow.get(request.path, 0))
        answer = self.pages.get(request.path, whole(b"", status="404 Not Found"))
        writer.write(answer(request) if callable(answer) else answer)
        if request.path in self.breaks:
            writer.close()

    def count(self, path):
        """How often this path was asked for."""
        return sum(request.path == path for request in self.asked)


class Clock:
    """A clock tests move by hand."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def on(self, **step):
        """Move on."""
        self.now += timedelta(**step)


@dataclass
class Round:
    """A stand, its source and a clock."""

    stand: Stand
    source: Source
    clock: Clock
    out: object

    async def read(self, robots=None):
        """One reading; the row afterwards."""
        self.source = await Source.objects.aget(pk=self.source.pk)
        self.source = await read_source(
            self.source, fetcher=self.out, robots=robots, clock=self.clock
        )
        self.clock.on(minutes=20)
        return self.source


def stand_of_three(stand):
    stand.pages |= {
        "/tin-1.html": article(TITLE, TEXT),
        "/tin-2.html": article("Giá rau ở chợ Lam Hải", PLAIN),
        "/tin-3.html": article("Thuyền rồng ở bến Cồn Én", PLAIN),
    }
    stand.feed(
        entry(1, TITLE), entry(2, "Giá rau ở chợ Lam Hải"), entry(3, "Thuyền rồng ở bến Cồn Én"), ETag='"một"'
    )  # fmt: skip


def play(story, seconds=10):
    """Run a story with a stand on loopback."""

    async def run():
        stand = Stand()
        async with site(stand) as place:
            stand.url = place.url
            source = await Source.objects.acreate(
                name="Báo Sông Thanh", kind="feed", url=f"{place.url}/rss", due_at=NOW, home_province="Thanh Giang"
            )  # fmt: skip
            async with fetcher(clock=lambda: NOW) as out, asyncio.timeout(seconds):
                await story(Round(stand, source, Clock(), out))
        await sync_to_async(connections.close_all)()  # of the thread that spoke to the database

    asyncio.run(run())


def figures(source):
    return (source.seen, source.fetched, source.kept, source.failed)
