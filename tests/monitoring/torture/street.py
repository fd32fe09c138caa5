"""A street of bad neighbours on loopback: papers whose servers answer in every way a server can harm a reader."""

import asyncio
import gzip
import socket
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from asgiref.sync import sync_to_async
from django.db import connections

from hoiam.core.fetch import AddressGuard, Fetcher
from hoiam.monitoring.jobs.rechecks import recheck_due
from hoiam.monitoring.models import Item, Source
from tests.core.fetch.loopback import MIB, QUICK, bomb, head, site, whole
from tests.monitoring.house import NOW
from tests.monitoring.newsstand import HTML, PLAIN, Clock, Round, Stand, article, entry

SECONDS = 0.6  # the readers here are as strict as the real ones but sooner tired: twenty seconds a test are too long
OTHER = "Thuyền rồng ở bến Cồn Én"


class Impatient(Fetcher):
    """The real fetcher with its clock wound up: tired after so many seconds."""

    def __init__(self, *, tired_after=SECONDS, **more):
        super().__init__(**more)
        self.tired_after = tired_after

    async def get(self, url, **more):
        return await super().get(url, **{"seconds": self.tired_after, **more})


def patience(told):
    """How long to wait for an act: only what is told of as slow is left early, a bomb takes a busy machine its time."""
    return SECONDS if told == SLOW else 6


@dataclass
class Street(Stand):
    """A stand of which some paths are acted out, byte by byte."""

    acts: dict = field(default_factory=dict)

    async def __call__(self, request, writer):
        act = self.acts.get(request.path)
        if act is None:
            await super().__call__(request, writer)
            return
        self.asked.append(request)
        await act(writer)

    def three(self, title):
        """A feed of three, of which the second's page is up to the test."""
        self.pages |= {
            "/tin-1.html": article("Giá rau ở chợ Lam Hải", PLAIN),
            "/tin-3.html": article(OTHER, PLAIN),
        }
        self.feed(entry(1, "Giá rau ở chợ Lam Hải"), entry(2, title), entry(3, OTHER))


def resolver(**names):
    """A lookup by which names lead where the test says; every other name ends in .example leads to loopback."""

    def lookup(host, port, family=0, kind=0):
        address = names.get(host.replace(".", "_").replace("-", "_"), "127.0.0.1")
        if callable(address):
            address = address()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    return lookup


def fetcher(**more):
    """A reader that may speak to loopback and is soon tired."""
    guard = AddressGuard(allow=["127.0.0.1"], ports=None)
    return Impatient(**{"guard": guard, "manners": QUICK, "lookup": resolver(), **more})


def play(story, seconds=20, **more):
    """Run a story on the street; its source is the feed at /rss."""

    async def run():
        street = Street()
        async with site(street) as place:
            street.url = place.url
            source = await Source.objects.acreate(
                name="Báo Sông Thanh", kind="feed", url=f"{place.url}/rss", due_at=NOW, home_province="Thanh Giang"
            )  # fmt: skip
            clock = Clock()
            async with fetcher(clock=clock, **more) as out, asyncio.timeout(seconds):
                await story(Round(street, source, clock, out))
        await sync_to_async(connections.close_all)()

    asyncio.run(run())


async def reread(it):
    """The round in which pages that could not be had are asked for again."""
    now = it.clock()
    return await sync_to_async(recheck_due)(now, lambda: fetcher(clock=lambda: now, tired_after=6))


async def titled(title):
    """The item of this title."""
    return await Item.objects.aget(title=title)


@asynccontextmanager
async def within(seconds):
    """The block, in at most so many seconds of wall clock."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < seconds


# The acts, by name: what a server does from the first byte of its answer on.


async def stalls_before_the_head(_):
    await asyncio.sleep(30)


async def stalls_after_the_head(writer):
    writer.write(head(Content_Length=500, Content_Type=HTML))
    await asyncio.sleep(30)


async def drips(writer):
    writer.write(head(Content_Length=5000, Content_Type=HTML))
    for _ in range(600):
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.05)


async def never_ends(writer):
    writer.write(head(Transfer_Encoding="chunked", Content_Type=HTML))
    while True:
        writer.write(b"10000\r\n" + b"a" * 65536 + b"\r\n")
        await writer.drain()


async def drips_chunks(writer):
    writer.write(head(Transfer_Encoding="chunked", Content_Type=HTML))
    while True:
        writer.write(b"1\r\na\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


async def heads_without_end(writer):
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Them: " + b"a" * 500 + b"\r\n")
        await writer.drain()


async def early_hints_without_end(writer):
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0)


async def chunk_size_without_end(writer):
    writer.write(head(Transfer_Encoding="chunked", Content_Type=HTML) + b"1;")
    while True:
        writer.write(b"a" * 65536)
        await writer.drain()


async def promises_more(writer):
    writer.write(head(Content_Length=9000, Content_Type=HTML) + b"<html><body><p>nua chung")
    await writer.drain()
    writer.close()


async def breaks_a_chunk(writer):
    writer.write(head(Transfer_Encoding="chunked", Content_Type=HTML) + b"ff\r\n<html><p>nua")
    await writer.drain()
    writer.close()


async def resets(writer):
    writer.write(head(Content_Length=9000, Content_Type=HTML) + b"<html>")
    await writer.drain()
    lingering = socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00"
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, *lingering)
    writer.transport.abort()


async def bombs(writer):
    writer.write(whole(bomb(60 * MIB), Content_Encoding="gzip", Content_Type=HTML))


async def bombs_in_a_name(writer):
    """A gzip head whose file name never ends: it unpacks to nothing, for ever."""
    writer.write(head(Transfer_Encoding="chunked", Content_Encoding="gzip"))
    writer.write(b"a\r\n\x1f\x8b\x08\x08\0\0\0\0\0\xff\r\n")
    while True:
        writer.write(b"10000\r\n" + b"a" * 65536 + b"\r\n")
        await writer.drain()


async def breaks_the_packing(writer):
    packed = gzip.compress(b"<html><body><p>nua chung" * 100)[:-20]
    writer.write(whole(packed, Content_Encoding="gzip", Content_Type=HTML))


async def packs_as_brotli(writer):
    writer.write(whole(b"\x1b\x03\x00", Content_Encoding="br", Content_Type=HTML))


async def speaks_no_http(writer):
    writer.write(b"220 mail.bao-song-thanh.example ESMTP\r\n" * 3)


async def is_twenty_megabytes(writer):
    writer.write(head(Content_Length=20 * MIB, Content_Type=HTML))


async def says_nothing_new(writer):
    writer.write(head("304 Not Modified"))


SLOW, CUT = "không trả lời xong trong 0,6 giây", "đứt giữa chừng"
BIG, ODD = "lớn hơn mức 15 MB", "sai quy cách"
# Behaviour, what the official reads, whether the page is asked for again.
WIRE = {
    "stalls before the head": (stalls_before_the_head, SLOW, True),
    "stalls after the head": (stalls_after_the_head, SLOW, True),
    "drips its body": (drips, SLOW, True),
    "drips its chunks": (drips_chunks, SLOW, True),
    "a body without end": (never_ends, BIG, False),
    "heads without end": (heads_without_end, ODD, True),
    "early hints without end": (early_hints_without_end, SLOW, True),
    "a chunk size without end": (chunk_size_without_end, SLOW, True),
    "promises more than it sends": (promises_more, CUT, True),
    "breaks off in a chunk": (breaks_a_chunk, CUT, True),
    "resets in the middle": (resets, CUT, True),
    "a bomb": (bombs, BIG, False),
    "a bomb in a file name": (bombs_in_a_name, BIG, False),
    "breaks its packing": (breaks_the_packing, CUT, True),
    "packed in a way nobody offered": (packs_as_brotli, "«br»", True),
    "speaks no HTTP": (speaks_no_http, ODD, True),
    "twenty megabytes": (is_twenty_megabytes, BIG, False),
    "an unasked 304": (says_nothing_new, "mã 304", True),
}
