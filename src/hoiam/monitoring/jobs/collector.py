"""The collector: one asyncio process that reads due sources through `core.fetch` and hands reports to intake."""

import asyncio
import logging
import os
import secrets
import socket
from collections import Counter
from datetime import datetime

from asgiref.sync import sync_to_async
from django.db import Error, close_old_connections

from hoiam.core.databases import is_at_fault
from hoiam.core.fetch import Fetcher, RobotsBook
from hoiam.monitoring.actions.sources import lease, note_own_fault
from hoiam.monitoring.jobs.reading import Clock, read_source
from hoiam.monitoring.models import Source
from hoiam.monitoring.queries.sources import due_sources

AT_ONCE = 20  # sources read side by side; each host still gets its pauses
OWN_FAULT = 3  # so often in a row the database fails at one source while it serves the collector: it is the source
BROKE = "Lỗi trong chương trình khi đọc nguồn này; đã ghi nhật ký máy chủ."
NOT_KEPT = "Cơ sở dữ liệu báo lỗi {count} lần liền khi đọc nguồn này; đã ghi nhật ký máy chủ."
_log = logging.getLogger(__name__)


async def collect(
    stop: asyncio.Event, *, clock: Clock, fetcher: Fetcher, idle: float = 2.0
) -> None:
    """Nothing, after `stop` was set and the readings in hand ended.

    While the database is at fault nothing new is taken up and the readings in hand go on; what could not be kept is read
    again once its lease has run out. Where it fails at one source again and again that is the source's fault, told there.
    """
    owner = f"{socket.gethostname()[:24]}:{os.getpid()}:{secrets.token_hex(4)}"
    robots = RobotsBook(fetcher, "HoiAm", clock)
    readings: set[asyncio.Task[None]] = set()
    outages: Counter[int] = Counter()  # in a row, by source
    is_out = False
    stopping = asyncio.create_task(stop.wait())
    while not stop.is_set():
        # A slow site holds one place, never the others: places are filled as they fall free.
        try:
            sources = await _lease_due(owner, clock(), AT_ONCE - len(readings))
        except Error as error:
            # A full disk, a lock that lasts, a database that only reads or restarts: it passes, and the collector
            # outlives it. What the sources met meanwhile was not their own.
            sources = []
            outages.clear()
            if not is_out:  # once, not every two seconds of an outage
                _log.error("the database is at fault, the collector waits and goes on: %s", error)
            is_out = True
        else:
            is_out = False
        readings |= {
            asyncio.create_task(_guarded(source, fetcher, robots, clock, outages))
            for source in sources
        }
        done, _ = await asyncio.wait(
            {stopping, *readings}, timeout=idle, return_when=asyncio.FIRST_COMPLETED
        )
        readings -= done
        for ended in done - {stopping}:
            ended.result()
    await asyncio.gather(*readings)


@sync_to_async
def _lease_due(owner: str, now: datetime, places: int) -> list[Source]:
    close_old_connections()
    return lease(list(due_sources(now, places)), owner=owner, now=now) if places > 0 else []


async def _guarded(
    source: Source, fetcher: Fetcher, robots: RobotsBook, clock: Clock, outages: Counter[int]
) -> None:
    try:
        await read_source(source, fetcher=fetcher, robots=robots, clock=clock)
    except Exception as error:  # the rim of the collector's loop: one source never stops the others
        said = BROKE
        if is_at_fault(error):
            outages[source.pk] += 1
            if outages[source.pk] < OWN_FAULT:
                told = "source %s: not kept, read again after its lease: %s"
                _log.error(told, source.pk, error)
                return
            said = NOT_KEPT.format(count=outages[source.pk])
        _log.exception("source %s failed", source.pk)
        await _note_failed(source, clock(), said)
    else:
        outages.pop(source.pk, None)


async def _note_failed(source: Source, now: datetime, said: str) -> None:
    try:
        await sync_to_async(note_own_fault)(source, now=now, problem=said)
    except Error:
        _log.exception("source %s: fault not written down", source.pk)
