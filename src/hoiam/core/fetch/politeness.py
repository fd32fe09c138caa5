"""One host at a time: a pause between requests, and never more than two under way."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_MOST_HOSTS = 20_000  # remembered; the longest unused idle one is forgotten first
_LONGEST_PAUSE = 60.0


@dataclass
class _Turn:
    slots: asyncio.Semaphore
    pause: float
    free_at: float = 0.0
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Politeness:
    """Gives each request to a host its turn."""

    def __init__(self, pause: float, per_host: int) -> None:
        self._pause, self._per_host = pause, per_host
        self._hosts: OrderedDict[str, _Turn] = OrderedDict()

    def slow_down(self, host: str, pause: float) -> None:
        """From now on at least `pause` seconds between requests to this host (at most a minute)."""
        turn = self._of(host)
        turn.pause = min(max(turn.pause, pause), _LONGEST_PAUSE)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """The host's next turn, held as long as the block runs."""
        turn = self._of(host)
        turn.users += 1
        try:
            async with turn.slots:
                await self._wait(turn)
                yield
        finally:
            turn.users -= 1

    async def _wait(self, turn: _Turn) -> None:
        async with turn.gate:
            clock = asyncio.get_running_loop().time
            await asyncio.sleep(max(0.0, turn.free_at - clock()))
            turn.free_at = clock() + turn.pause

    def _of(self, host: str) -> _Turn:
        turn = self._hosts.get(host)
        if turn is None:
            turn = _Turn(asyncio.Semaphore(self._per_host), self._pause)
            self._hosts[host] = turn
            self._forget(but=host)
        self._hosts.move_to_end(host)
        return turn

    def _forget(self, but: str) -> None:
        if len(self._hosts) > _MOST_HOSTS:
            now = asyncio.get_running_loop().time()
            idle = (
                host
                for host, turn in self._hosts.items()
                if host != but and not turn.users and turn.free_at <= now
            )
            oldest = next(idle, None)
            if oldest is not None:
                del self._hosts[oldest]
