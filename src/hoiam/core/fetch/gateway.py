"""A door for a browser: it reaches the network only through here, under the same guard as our own fetches.

A browser resolves names and follows redirects by itself, so checking the address of the page would not be enough. It is
told to use this proxy for everything, loopback too; each connection is checked where its socket is made, and the bytes of
all of them together are counted.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from yarl import URL

from hoiam.core.fetch.connector import InnerAddress, Lookup
from hoiam.core.fetch.dialing import dial
from hoiam.core.fetch.errors import FetchError
from hoiam.core.fetch.guard import AddressGuard
from hoiam.core.fetch.limits import MIB

_Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_STEP = 64 * 1024
_LONGEST_HEAD = 64 * 1024
_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_DEAD = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_OPEN = b"HTTP/1.1 200 Connection Established\r\n\r\n"
_BETWEEN_HOPS = ("proxy-", "connection:", "keep-alive:")


@dataclass
class Gateway:
    """An open door: its address, what passed and who was turned away."""

    guard: AddressGuard
    lookup: Lookup = socket.getaddrinfo
    most_bytes: int = 60 * MIB
    seconds: float = 10
    address: str = ""
    passed: int = 0
    hosts: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the browser, from its request to the end."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await self._pass(head, reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _pass(
        self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        is_tunnel = method == "CONNECT"
        url = URL(f"https://{target}" if is_tunnel else target)
        try:
            self.guard.check_url(url)
            far = await self._dial(url)
        except (FetchError, InnerAddress):
            self.refused.add(url.host or target)
            writer.write(_REFUSED)
            return
        except OSError:
            writer.write(_DEAD)
            return
        self.hosts.add(url.host or "")
        far_reader, far_writer = await asyncio.open_connection(sock=far)
        try:
            writer.write(_OPEN if is_tunnel else b"")
            far_writer.write(b"" if is_tunnel else _plain_head(head, method, url))
            await self._both_ways((reader, writer), (far_reader, far_writer))
        finally:
            far_writer.close()

    async def _both_ways(self, near: _Ends, far: _Ends) -> None:
        """Until the far end has said all; a browser that says nothing more does not end it."""
        up = asyncio.create_task(self._pump(near[0], far[1]))
        try:
            await self._pump(far[0], near[1])
        finally:
            up.cancel()
            await asyncio.gather(up, return_exceptions=True)

    async def _dial(self, url: URL) -> socket.socket:
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(
            None,
            lambda: dial(
                url.host or "",
                url.port or 443,
                guard=self.guard,
                lookup=self.lookup,
                seconds=self.seconds,
            ),
        )
        made.setblocking(False)
        return made

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while step := await source.read(_STEP):
            self.passed += len(step)
            if self.passed > self.most_bytes:
                break
            sink.write(step)
            await sink.drain()
        with contextlib.suppress(OSError, RuntimeError):
            if self.passed > self.most_bytes:
                sink.close()
            elif sink.can_write_eof():
                sink.write_eof()


def _plain_head(head: bytes, method: str, url: URL) -> bytes:
    """The request as the site shall see it: one a connection, nothing of the proxy's."""
    lines = head.decode("latin-1").split("\r\n")[1:-2]
    kept = [line for line in lines if not line.lower().startswith(_BETWEEN_HOPS)]
    path = url.raw_path_qs or "/"
    return "\r\n".join([f"{method} {path} HTTP/1.1", *kept, "Connection: close", "", ""]).encode(
        "latin-1"
    )


@asynccontextmanager
async def gateway(
    guard: AddressGuard | None = None,
    *,
    lookup: Lookup = socket.getaddrinfo,
    most_bytes: int = 60 * MIB,
) -> AsyncIterator[Gateway]:
    """A door on loopback, open until the block ends."""
    door = Gateway(guard or AddressGuard(), lookup, most_bytes)
    server = await asyncio.start_server(door.serve, "127.0.0.1", 0, limit=_LONGEST_HEAD)
    port = server.sockets[0].getsockname()[1]
    door.address = f"http://127.0.0.1:{port}"
    try:
        yield door
    finally:
        server.close()
