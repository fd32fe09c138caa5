"""A newspaper on loopback: a feed and its articles, each answering as told."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from tests.core.fetch.loopback import whole
from tests.monitoring.house import NOW

HTML = "text/html; charset=utf-8"
XML = "application/rss+xml; charset=utf-8"


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
