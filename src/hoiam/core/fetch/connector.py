"""The connector: the address that is checked is the very address the socket connects to.

"Resolve, check, then fetch" is beaten by a name that answers differently the second time (DNS rebinding). So the check
stands where the socket is made, after which nothing is resolved any more.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from hoiam.core.fetch.guard import AddressGuard

Lookup = Callable[..., list[Any]]

_DNS_THREADS = 16  # own threads: slow names must not use up those of the event loop
_DNS_SECONDS = 60  # how long a looked-up name is remembered


class InnerAddress(OSError):
    """A name led to an address that may not be spoken to."""


class GuardedResolver(AbstractResolver):
    """Looks names up and drops addresses that may not be spoken to."""

    def __init__(self, guard: AddressGuard, lookup: Lookup = socket.getaddrinfo) -> None:
        self._guard, self._lookup = guard, lookup
        self._threads = ThreadPoolExecutor(_DNS_THREADS, thread_name_prefix="dns")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of the name that may be spoken to."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._threads, lambda: self._lookup(host, port, family, socket.SOCK_STREAM)
        )
        results = [_result(host, row) for row in found if self._guard.permits(row[4][0])]
        if found and not results:
            raise InnerAddress(f"{host} leads to an inner address")
        return results

    async def close(self) -> None:
        """Let go of the threads; a lookup under way ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def guarded_connector(
    guard: AddressGuard, *, at_once: int, lookup: Lookup = socket.getaddrinfo
) -> aiohttp.TCPConnector:
    """A connector that opens no socket to an address the guard refuses."""

    def make_socket(info: Any) -> socket.socket:
        family, kind, proto, _, address = info
        if not guard.permits(address[0]):
            raise InnerAddress(f"{address[0]} is an inner address")
        return socket.socket(family, kind, proto)

    return aiohttp.TCPConnector(
        resolver=GuardedResolver(guard, lookup),
        socket_factory=make_socket,
        limit=at_once,
        ttl_dns_cache=_DNS_SECONDS,
        keepalive_timeout=15,
    )


def _result(host: str, row: Any) -> ResolveResult:
    family, _, proto, _, address = row
    return ResolveResult(
        hostname=host,
        host=address[0],
        port=address[1],
        family=family,
        proto=proto,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
