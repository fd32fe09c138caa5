"""Holding a source while a long reading runs: a site may ask for a minute between pages, a lease is two minutes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError

from hoiam.monitoring.actions.sources import LEASE, extend_lease
from hoiam.monitoring.models import Source

Clock = Callable[[], datetime]


@asynccontextmanager
async def held(source: Source, clock: Clock, every: float = LEASE / 3) -> AsyncIterator[None]:
    """Renew the lease again and again as long as the block runs; a lost one stays lost, and the reading finds out."""
    task = asyncio.create_task(_hold(source, clock, every))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _hold(source: Source, clock: Clock, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        # A database at fault may be well again before the lease runs out: the next beat tries again.
        with suppress(DatabaseError, InterfaceError):
            await sync_to_async(extend_lease)(source, now=clock())
