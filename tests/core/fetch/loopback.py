"""Servers on loopback that behave as badly as the real web: each handler writes its answer byte by byte."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hoiam.core.fetch import AddressGuard, Fetcher, Manners

Handler = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]

QUICK = Manners(user_agent="HoiAm/0.1 (+mailto:quantri@thanhgiang.example)", pause=0.0)
MIB = 1024 * 1024


@dataclass(frozen=True)
class Request:
    """What the server was asked."""

    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""


@dataclass
class Site:
    """A running server."""

    url: str
    port: int
    seen: list[Request] = field(default_factory=list)


@asynccontextmanager
async def site(handler: Handler, ssl=None) -> AsyncIterator[Site]:
    """A server that answers each request with the handler."""
    seen: list[Request] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                headers = {}
                while (header := await reader.readline()).strip():
                    name, _, value = header.decode().partition(":")
                    headers[name.lower()] = value.strip()
                method, path = line.decode().split()[:2]
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                request = Request(path, headers, method, body)
                seen.append(request)
                await handler(request, writer)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=ssl)
    port = server.sockets[0].getsockname()[1]
    scheme = "https" if ssl else "http"
    try:
        yield Site(f"{scheme}://127.0.0.1:{port}", port, seen)
    finally:
        server.close()


def fetcher(**kwargs) -> Fetcher:
    """A fetcher that may speak to loopback, and does not pause."""
    kwargs.setdefault("guard", AddressGuard(allow=["127.0.0.1"], ports=None))
    kwargs.setdefault("manners", QUICK)
    return Fetcher(**kwargs)


def head(status: str = "200 OK", **headers: object) -> bytes:
    """The head of an answer; underscores in names become hyphens."""
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
    return f"HTTP/1.1 {status}\r\n{''.join(lines)}\r\n".encode()


def whole(body: bytes = b"xin chao", status: str = "200 OK", **headers: object) -> bytes:
    """A complete answer."""
    return head(status, Content_Length=len(body), **headers) + body


def answering(answer: bytes) -> Handler:
    """A handler that always gives this answer."""

    async def handle(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)

    return handle


def bomb(size: int) -> bytes:
    """A gzip body that unpacks to `size` zero bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(bytes(MIB)) for _ in range(size // MIB)]
    return b"".join([*parts, packer.flush()])
