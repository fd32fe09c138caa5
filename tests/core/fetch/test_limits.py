"""Bombs, drips and endless bodies: stopped by size and by the clock, in little memory."""

import asyncio
import gzip
import resource
import time
import zlib

import pytest

from hoiam.core.fetch import BadContent, TooBig, TooSlow
from tests.core.fetch.loopback import MIB, answering, bomb, fetcher, head, site, whole


def get(handler, **kwargs):
    async def run():
        async with site(handler) as here, fetcher() as out:
            return await out.get(here.url, **kwargs)

    return asyncio.run(run())


def headless(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", headless),
    ],
)
@pytest.mark.parametrize("size", [1, 64 * 1024, 300_001])
def test_a_packed_page_reads_the_same(encoding, pack, size):
    body = bytes(i * 7 % 251 for i in range(size))

    packed = pack(body)

    got = get(answering(whole(packed, Content_Encoding=encoding)))

    assert (got.body, got.raw) == (body, packed)


def test_a_very_repetitive_page_is_unpacked_to_its_last_byte():
    got = get(answering(whole(bomb(2 * MIB), Content_Encoding="gzip")))

    assert got.body == bytes(2 * MIB)


def test_a_packed_page_that_breaks_off_is_told():
    packed = gzip.compress(b"a" * 1000)[:-12]

    with pytest.raises(BadContent, match="đứt giữa chừng"):
        get(answering(whole(packed, Content_Encoding="gzip")))


@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_a_page_packed_in_several_members_is_read_to_its_end(step):
    packed = gzip.compress(b"mot " * 50) + gzip.compress(b"hai") + gzip.compress(b"") + bytes(9)

    async def handle(_, writer):
        writer.write(head(Content_Length=len(packed), Content_Encoding="gzip"))
        for start in range(0, len(packed), step):
            writer.write(packed[start : start + step])
            await writer.drain()
            await asyncio.sleep(0)

    assert get(handle).body == b"mot " * 50 + b"hai"


def test_a_second_member_that_breaks_off_is_told():
    packed = gzip.compress(b"mot") + gzip.compress(b"hai" * 1000)[:-12]

    with pytest.raises(BadContent, match="đứt giữa chừng"):
        get(answering(whole(packed, Content_Encoding="gzip")))


@pytest.mark.fault
def test_a_bomb_is_stopped_in_little_memory():
    packed = bomb(300 * MIB)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(TooBig, match="15 MB"):
        get(answering(whole(packed, Content_Encoding="gzip")))

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert (len(packed) < MIB, grown < 64 * MIB) == (True, True)


def test_a_body_of_ten_gigabytes_is_refused_by_its_header():
    with pytest.raises(TooBig):
        get(answering(head(Content_Length=10 * 1024**3)))


def test_an_endless_body_is_cut_off():
    async def endless(_, writer):
        writer.write(head(Transfer_Encoding="chunked"))
        while True:
            writer.write(b"10000\r\n" + bytes(65536) + b"\r\n")
            await writer.drain()

    with pytest.raises(TooBig):
        get(endless)


def test_a_smaller_limit_can_be_asked_for():
    with pytest.raises(TooBig, match="0,000977 MB"):
        get(answering(whole(b"a" * 1025)), max_bytes=1024)


@pytest.mark.parametrize("where", ["head", "body", "nothing", "redirects"])
def test_the_clock_runs_over_everything(where):
    async def drip(_, writer):
        if where == "redirects":
            await asyncio.sleep(0.2)
            writer.write(whole(b"", "302 Found", Location="/"))
            return
        if where == "body":
            writer.write(head(Content_Length=1000))
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1000 if where != "nothing" else []:
            writer.write(bytes([letter]))
            await writer.drain()
            await asyncio.sleep(0.05)
        await asyncio.sleep(10)

    start = time.monotonic()
    with pytest.raises(TooSlow, match="0,6 giây"):
        get(drip, seconds=0.6)

    assert 0.5 < time.monotonic() - start < 1.5
