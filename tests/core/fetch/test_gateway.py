"""The browser's door: what the guard allows passes, everything inward is refused at the socket, bytes are counted."""

import asyncio
import socket

import pytest

from hoiam.core.fetch import AddressGuard
from hoiam.core.fetch.gateway import gateway
from tests.core.fetch.loopback import MIB, answering, site, whole

LOOPBACK = AddressGuard(allow=["127.0.0.1"], ports=None)


async def through(door, request):
    reader, writer = await asyncio.open_connection(*door.address.removeprefix("http://").split(":"))
    writer.write(request)
    writer.write_eof()
    try:
        return await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()


def run(work):
    return asyncio.run(work)


def get(url, more=""):
    return f"GET {url} HTTP/1.1\r\nHost: x\r\nProxy-Connection: keep-alive\r\n{more}\r\n".encode()


def test_a_plain_page_passes_without_the_proxys_own_words():
    async def work():
        async with site(answering(whole(b"xin chao"))) as server, gateway(LOOPBACK) as door:
            answer = await through(door, get(f"{server.url}/bai?x=1"))
            return answer, server.seen[0], door

    answer, seen, door = run(work())
    assert answer.endswith(b"xin chao")
    assert (seen.path, "proxy-connection" in seen.headers) == ("/bai?x=1", False)
    assert (door.hosts, door.refused) == ({"127.0.0.1"}, set())


def test_a_tunnel_passes_bytes_as_they_are():
    async def work():
        async with site(answering(whole(b"kin"))) as server, gateway(LOOPBACK) as door:
            head = f"CONNECT 127.0.0.1:{server.port} HTTP/1.1\r\n\r\n".encode()
            return await through(door, head + b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")

    answer = run(work())
    assert answer.startswith(b"HTTP/1.1 200 Connection Established\r\n\r\n")
    assert answer.endswith(b"kin")


INWARD = [
    "http://127.0.0.1/", "http://10.0.0.5/", "http://169.254.169.254/latest", "http://[::1]/",
    "http://2130706433/", "http://bao.example:22/", "ftp://bao.example/", "file:///etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize("url", INWARD)
def test_the_way_inward_is_refused(url):
    async def work():
        async with gateway() as door:
            return await through(door, get(url)), door.refused

    answer, refused = run(work())
    assert answer.startswith(b"HTTP/1.1 403")
    assert len(refused) == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "100.64.0.1"])
def test_a_name_that_leads_inward_is_refused_at_the_socket(address):
    def lookup(host, port, *_):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    async def work():
        async with gateway(lookup=lookup) as door:
            plain = await through(door, get("http://bao.example/"))
            tunnel = await through(door, b"CONNECT bao.example:443 HTTP/1.1\r\n\r\n")
            return plain, tunnel, door.refused

    plain, tunnel, refused = run(work())
    assert plain.startswith(b"HTTP/1.1 403") and tunnel.startswith(b"HTTP/1.1 403")
    assert refused == {"bao.example"}


def test_more_than_the_door_lets_through_is_cut_off():
    async def work():
        async with (
            site(answering(whole(bytes(3 * MIB)))) as server,
            gateway(LOOPBACK, most_bytes=MIB) as door,
        ):
            return len(await through(door, get(server.url)))

    assert run(work()) <= MIB


@pytest.mark.parametrize(
    "junk", [b"\r\n\r\n", b"GET\r\n\r\n", b"\xff\xfe\r\n\r\n", b"GET http://[ HTTP/1.1\r\n\r\n"]
)
def test_junk_ends_its_own_connection_only(junk):
    async def work():
        async with site(answering(whole(b"ok"))) as server, gateway(LOOPBACK) as door:
            first = await through(door, junk)
            return first, await through(door, get(server.url))

    first, second = run(work())
    assert (first, second.endswith(b"ok")) == (b"", True)
