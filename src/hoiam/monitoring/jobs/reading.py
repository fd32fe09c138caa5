"""One reading of one source: read its list, fetch what is new, keep it step by step, note what happened."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from asgiref.sync import sync_to_async
from django.db import Error

from hoiam.core.databases import is_at_fault
from hoiam.core.fetch import BadStatus, Fetcher, FetchError, RobotsBook
from hoiam.kit.news import Entry, is_garbled, sentences
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.actions.changes import Known, note_changes
from hoiam.monitoring.actions.incoming import Incoming, printable, sound, url_key
from hoiam.monitoring.actions.intake import take_each
from hoiam.monitoring.actions.readers import Door, Reading
from hoiam.monitoring.actions.sources import Seen, note_broken_off, note_collection, note_progress
from hoiam.monitoring.jobs.first_contact import read_or_find
from hoiam.monitoring.jobs.holding import Clock, held
from hoiam.monitoring.jobs.reports import report_in_any_case
from hoiam.monitoring.models import Collection, Item, Source

STEP = 10  # articles fetched before they are kept: what was kept is not lost when the collector is killed
LOOKED_UP = 500  # addresses asked of the database at once
MOST_PROBLEMS = 20
BROKEN_OFF = (
    "Lần đọc dừng giữa chừng vì {why}; tin đã lưu vẫn được tính, phần còn lại sẽ được đọc lại."
)
BY_DATABASE, BY_PROGRAM = "lỗi cơ sở dữ liệu", "lỗi trong chương trình"
MISFIT = "{count} tin chưa lưu được vì cơ sở dữ liệu không khớp phiên bản chương trình; nâng cấp xong (hoiam setup) sẽ đọc lại."
_log = logging.getLogger(__name__)


async def read_source(
    source: Source, *, fetcher: Fetcher, robots: RobotsBook | None, clock: Clock
) -> Source:
    """The source after one reading; every fault of the site is noted on it.

    Raises:
        Error: of the database, like any fault of the program, once the reading is counted with what it kept until then.
    """
    collection = Collection()
    async with held(source, clock):
        try:
            return await _read(source, Door(fetcher, robots, clock()), collection, clock)
        except Exception as error:  # counted here, raised on to the rim
            await _note_broken_off(source, collection, clock(), error)
            raise


async def _read(source: Source, door: Door, collection: Collection, clock: Clock) -> Source:
    try:
        source, reading = await read_or_find(source, door)
    except FetchError as error:
        collection.failed = 1
        wait = error.retry_after if isinstance(error, BadStatus) else None
        return await _note(source, collection, clock(), str(error), wait=wait)
    collection.status = reading.status
    if reading.unchanged:
        return await _note(source, collection, clock(), "")
    # Made fit for the database first: a name of nothing but odd signs is none.
    entries = [sound(entry) for entry in reading.entries]
    collection.seen, collection.lost = len(entries), reading.lost
    collection.problems = [*reading.problems, *reading.notes][:MOST_PROBLEMS]
    nameless = sum(entry.is_nameless for entry in entries)
    if nameless:
        collection.lost += nameless
        told = sentences.NAMELESS.format(count=show_number(nameless))
        collection.problems = [told, *collection.problems][:MOST_PROBLEMS]
    problems = list(reading.problems)
    is_whole = await _take(entries, reading, source, door, collection, clock, problems)
    if is_whole:
        problems += await _settle(reading, collection)
    # A faulty or half-read answer is read again next time: only a clean one may be passed over as "nothing new".
    seen = (Seen() if problems else reading.seen) if is_whole else None
    wait = max(door.resting.values(), default=None)
    return await _note(source, collection, clock(), "; ".join(problems[:3]), seen=seen, wait=wait)


async def _take(
    entries: list[Entry],
    reading: Reading,
    source: Source,
    door: Door,
    collection: Collection,
    clock: Clock,
    problems: list[str],
) -> bool:
    """Whether all that was new is kept; False when the lease was lost and another collector goes on.

    What was refused for no fault of its own is told in `problems`: the list does not pass for read.
    """
    misfits = 0
    fresh, known = await _sorted(entries)
    collection.changed = await sync_to_async(note_changes)(
        known, source_id=source.pk, modified=reading.modified, now=clock()
    )
    for group in batched(fresh, STEP):
        reports = await asyncio.gather(
            *(report_in_any_case(entry, source, door, collection) for entry in group)
        )
        misfits += await _keep(list(reports), collection, clock())
        if not await sync_to_async(note_progress)(source, now=clock()):
            return False
    if misfits:
        problems.insert(0, MISFIT.format(count=show_number(misfits)))
    return True


async def _settle(reading: Reading, collection: Collection) -> list[str]:
    """What went wrong while the source was told that its letters are kept; a refused report leaves them unread."""
    if reading.settle is None or collection.refused:
        return []
    try:
        await reading.settle()
    except FetchError as error:
        return [str(error)]
    return []


def batched(entries: Sequence[Entry], size: int) -> list[list[Entry]]:
    """The entries in pieces of at most so many."""
    return [list(entries[start : start + size]) for start in range(0, len(entries), size)]


@sync_to_async
def _sorted(entries: Sequence[Entry]) -> tuple[list[Entry], list[Known]]:
    """The entries the house does not have, and those it has with their items."""
    keyed = {url_key(Incoming(title=e.title, url=e.link)): e for e in entries if not e.is_nameless}
    keys, have = list(keyed), dict[str, Item]()
    for start in range(0, len(keys), LOOKED_UP):
        rows = Item.objects.filter(url_key__in=keys[start : start + LOOKED_UP])
        found = rows.only("url_key", "title", "first_seen_at", "source_id")
        have.update((item.url_key, item) for item in found)
    fresh = [entry for key, entry in keyed.items() if key not in have]
    return fresh, [Known(keyed[key], item) for key, item in have.items()]


@sync_to_async
def _keep(reports: list[Incoming], collection: Collection, now: datetime) -> int:
    """How many were refused for no fault of theirs; a bad one costs only itself and is counted.

    A report that is bad itself does not hold its list up: that would be read again for ever.

    Raises:
        Error: the database is at fault. Were the reports only counted as refused, the list would pass for read and they
            would be lost with it.
    """
    done = take_each(reports, now=now)
    collection.kept += len(done.items)
    collection.failed += len(done.faults)
    collection.refused += len(done.faults)
    collection.reprints += sum(item.duplicate_of_id is not None for item in done.items)
    collection.garbled += sum(any(map(is_garbled, item.problems)) for item in done.items)
    told = [f"{report.title[:80]}: {sentence}" for report, sentence in done.faults]
    collection.problems = [*collection.problems, *told][:MOST_PROBLEMS]
    if done.outage is not None:
        raise done.outage
    return done.misfits


async def _note_broken_off(
    source: Source, collection: Collection, now: datetime, error: Exception
) -> None:
    """Count the reading before the fault that is being raised; where even that cannot be written, the log says so."""
    problem = BROKEN_OFF.format(why=BY_DATABASE if isinstance(error, Error) else BY_PROGRAM)
    collection.problems = [problem, *map(printable, collection.problems)][:MOST_PROBLEMS]
    collection.failed += not is_at_fault(error)
    try:
        await sync_to_async(note_broken_off)(source, collection, now=now, problem=problem)
    except Error:
        _log.error("source %s: broken off, %s kept but not counted", source.pk, collection.kept)


@sync_to_async
def _note(
    source: Source,
    collection: Collection,
    now: datetime,
    problem: str,
    *,
    seen: Seen | None = None,
    wait: float | None = None,
) -> Source:
    """The source with this reading written down."""
    collection.problems = [printable(told) for told in collection.problems]
    problem = printable(problem)
    return note_collection(source, collection, now=now, problem=problem, seen=seen, wait=wait)
