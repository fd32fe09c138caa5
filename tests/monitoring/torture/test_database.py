"""A database at fault while the collector reads: it outlives it, says so once, and nothing is lost."""

import asyncio
import logging
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from asgiref.sync import sync_to_async
from django.db import DataError, InterfaceError, OperationalError, ProgrammingError, connection

from hoiam.monitoring.jobs import collector
from hoiam.monitoring.jobs.collector import BROKE, collect
from hoiam.monitoring.jobs.reading import BROKEN_OFF, BY_DATABASE, BY_PROGRAM, MISFIT
from hoiam.monitoring.models import Collection, Item, Source, SourceDay
from tests.monitoring.newsstand import PLAIN, article, entry, play, stand_of_three

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]
WRITES = ("INSERT", "UPDATE", "DELETE")


class Outage:
    """While it lasts every writing statement is refused, as the database itself would."""

    def __init__(self, words, most=10_000):
        self.words, self.lasts, self.refused, self.most = words, False, 0, most

    def __call__(self, execute, sql, params, many, context):
        if self.lasts and self.refused < self.most and sql.lstrip().startswith(WRITES):
            self.refused += 1
            raise OperationalError(self.words)
        return execute(sql, params, many, context)


@sync_to_async
def begin(outage):
    connection.execute_wrappers.append(outage)  # of the thread that speaks to the database


@sync_to_async
def end(outage):
    connection.execute_wrappers.remove(outage)


async def until(true):
    while not await true():
        await asyncio.sleep(0.02)


async def met(refusing, times):
    """Nothing, once so many statements were refused."""

    async def is_met():
        return refusing.refused >= times

    await until(is_met)


async def reach(grown, length):
    """Nothing, once the list is so long."""

    async def is_long():
        return len(grown) >= length

    await until(is_long)


@contextmanager
def ended_readings():
    """The sources whose reading the collector has ended and done with, in order; the list grows."""
    ended, whole = [], collector._guarded

    async def guarded(source, *given):
        await whole(source, *given)
        ended.append(source)

    with patch.object(collector, "_guarded", guarded):
        yield ended


@pytest.mark.parametrize(
    "words", ["attempt to write a readonly database", "database or disk is full", "database is locked"]
)  # fmt: skip
def test_a_database_at_fault_stops_no_collector_and_loses_no_reading(province, caplog, words):
    outage = Outage(words)

    async def story(it):
        async def asked():
            return it.stand.count("/tin-2.html")

        async def kept():
            return await Item.objects.acount() == 3

        stand_of_three(it.stand)
        it.stand.slow["/tin-2.html"] = 0.3
        await begin(outage)
        stop = asyncio.Event()
        task = asyncio.create_task(collect(stop, clock=it.clock, fetcher=it.out, idle=0.02))
        await until(asked)
        outage.lasts = True  # in the middle of the reading
        await reach(ended, 1)
        it.clock.on(seconds=121)  # leases run out while nothing can be leased
        await met(outage, outage.refused + 3)
        assert (task.done(), await Item.objects.acount()) == (False, 0)
        outage.lasts = False
        await until(kept)
        stop.set()
        await task
        source = await Source.objects.aget(pk=it.source.pk)
        assert (source.kept, source.failures, source.problem, source.lease_owner) == (3, 0, "", "")
        await end(outage)

    with caplog.at_level(logging.ERROR), ended_readings() as ended:
        play(story)
    told = [record.getMessage() for record in caplog.records if words in record.getMessage()]
    # One sentence for the reading, one for the collector, however often it asked.
    assert [one.split(":")[0].split(" ")[0] for one in told] == ["source", "the"]


def test_an_outage_that_ends_before_the_reading_does_not_pass_the_list_for_read(province):
    outage = Outage("database or disk is full", most=3)  # together, and some of them one by one

    async def story(it):
        stand_of_three(it.stand)
        await begin(outage)
        outage.lasts = True
        with pytest.raises(OperationalError):
            await it.read()
        await end(outage)
        source = await Source.objects.aget(pk=it.source.pk)
        assert (source.etag, source.body_hash, source.last_success_at) == ("", "", None)
        assert (source.kept, source.failures) == (2, 0)
        assert source.problem == BROKEN_OFF.format(why=BY_DATABASE)
        await it.read()
        assert await Item.objects.acount() == 3
        source = await Source.objects.aget(pk=it.source.pk)
        assert (source.kept, source.problem) == (3, "")

    play(story)


class Poison:
    """A statement that holds these words is refused each time, as the database would; all others are served."""

    def __init__(self, words, error):
        self.words, self.error, self.refused = words, error, 0

    def __call__(self, execute, sql, params, many, context):
        if self.words in f"{sql} {params}":
            self.refused += 1
            raise self.error
        return execute(sql, params, many, context)


@pytest.mark.parametrize("error", [OperationalError("disk I/O error"), InterfaceError("closed")])
def test_what_was_kept_before_a_reading_broke_off_is_counted(province, error):
    count, poison = 25, Poison("/tin-12.html", error)

    async def story(it):
        for number in range(count):
            it.stand.pages[f"/tin-{number}.html"] = article(f"Tin số {number} ở chợ", PLAIN)
        it.stand.feed(*(entry(n, f"Tin số {n} ở chợ") for n in range(count)))
        await begin(poison)
        with pytest.raises(type(error)):
            await it.read()
        await end(poison)
        assert await Item.objects.acount() == 19  # ten, then all of the second ten but one
        await it.read()

    play(story)
    source, day = Source.objects.get(), SourceDay.objects.get()
    assert (source.kept, day.kept, Item.objects.count()) == (count, count, count)
    assert sorted(Collection.objects.values_list("kept", flat=True)) == [6, 19]
    assert source.last_new_at is not None


async def after_readings(it, poison, number, after=None):
    """The source after so many readings by a collector, each once the lease of the one before has run out."""
    stop = asyncio.Event()
    with ended_readings() as ended:
        task = asyncio.create_task(collect(stop, clock=it.clock, fetcher=it.out, idle=0.01))
        for times in range(1, number + 1):
            await reach(ended, times)
            if after is not None:
                await after(times)
            it.clock.on(seconds=121 if times < number else 0)
        stop.set()
        await task
    assert (len(ended), poison.refused >= number) == (number, True)
    return await Source.objects.aget(pk=it.source.pk)


@pytest.mark.parametrize(
    ("error", "readings", "failures"),
    [(DataError("odd"), 1, 1), (OperationalError("I/O"), 2, 0), (OperationalError("I/O"), 3, 1)],
)
def test_a_source_at_which_the_database_fails_each_time_is_told_and_left_longer(
    province, caplog, error, readings, failures
):
    poison = Poison("url_key", error)  # nothing of the list can be looked up

    async def story(it):
        stand_of_three(it.stand)
        await begin(poison)
        source = await after_readings(it, poison, readings)
        await end(poison)
        assert (source.failures, source.last_tried_at) == (failures, it.clock())
        assert (source.due_at > it.clock()) == bool(failures)
        assert source.problem
        assert source.failed == isinstance(error, DataError)
        assert (await SourceDay.objects.aget()).readings == readings
        assert await Collection.objects.acount() == readings
        assert any(record.exc_info for record in caplog.records) == bool(failures)

    play(story)


def test_outages_of_the_database_itself_are_no_fault_of_a_source(province):
    poison = Poison("url_key", OperationalError("I/O"))
    leases = Poison("lease_owner", OperationalError("I/O"))

    async def story(it):
        async def no_lease(times):
            if times == 2:
                await begin(leases)
                await met(leases, 1)
                await end(leases)

        stand_of_three(it.stand)
        await begin(poison)
        source = await after_readings(it, poison, 3, no_lease)
        await end(poison)
        assert source.failures == 0

    play(story)


def test_a_report_beyond_a_limit_of_the_database_costs_only_itself(province):
    beyond = OperationalError("index row size exceeds maximum")
    beyond.__cause__ = type("ProgramLimitExceeded", (Exception,), {"sqlstate": "54000"})()
    poison = Poison("/tin-2.html", beyond)

    async def story(it):
        stand_of_three(it.stand)
        await begin(poison)
        source = await it.read()
        await end(poison)
        assert (source.kept, source.failed, source.failures) == (2, 1, 0)

    play(story)


def beside(kind, words, **code):
    """An error as Django raises it, with the number its driver gives."""
    error = kind(words)
    error.__cause__ = Exception()
    vars(error.__cause__).update(code)
    return error


NO_COLUMN = beside(OperationalError, "table has no column named x", sqlite_errorcode=1)
UNDEFINED = beside(ProgrammingError, "column does not exist", sqlstate="42703")


@pytest.mark.parametrize("error", [NO_COLUMN, UNDEFINED])
def test_a_list_read_before_the_upgrade_is_done_is_read_again(province, error):
    poison = Poison("/tin-2.html", error)

    async def story(it):
        stand_of_three(it.stand)
        await begin(poison)
        source = await it.read()
        assert (source.kept, source.failures, source.etag) == (2, 0, "")
        assert source.problem == MISFIT.format(count=1)
        await end(poison)
        source = await it.read()
        assert (source.kept, source.problem, source.etag) == (3, "", '"một"')

    play(story)


def test_a_report_that_is_bad_itself_does_not_have_its_list_read_for_ever(province):
    poison = Poison("/tin-2.html", DataError("value too long"))

    async def story(it):
        stand_of_three(it.stand)
        await begin(poison)
        source = await it.read()
        await end(poison)
        assert (source.kept, source.etag) == (2, '"một"')

    play(story)


@pytest.mark.parametrize("state", ["40P01", "40001"])
def test_what_lost_against_another_twice_is_read_again(province, state):
    poison = Poison("/tin-2.html", beside(OperationalError, "deadlock detected", sqlstate=state))

    async def story(it):
        stand_of_three(it.stand)
        await begin(poison)
        with pytest.raises(OperationalError):
            await it.read()
        await end(poison)
        source = await Source.objects.aget(pk=it.source.pk)
        assert (source.kept, source.failures, source.etag) == (2, 0, "")
        assert (await it.read()).kept == 3

    play(story)


@pytest.mark.parametrize("where", ["reading.read_or_find", "reading.note_changes"])
def test_a_fault_of_the_program_counts_its_reading_once_and_is_called_so(
    province, monkeypatch, where
):
    def broken(*args, **kwargs):
        raise ValueError("odd")

    monkeypatch.setattr(f"hoiam.monitoring.jobs.{where}", broken)

    async def story(it):
        async def told():
            return await Source.objects.filter(failures=1).aexists()

        stand_of_three(it.stand)
        stop = asyncio.Event()
        task = asyncio.create_task(collect(stop, clock=it.clock, fetcher=it.out, idle=0.01))
        await until(told)
        stop.set()
        await task
        source = await Source.objects.aget(pk=it.source.pk)
        assert (source.problem, source.failed, source.lease_owner) == (BROKE, 1, "")
        assert source.due_at > it.clock()
        row, day = await Collection.objects.aget(), await SourceDay.objects.aget()
        assert (row.problems, row.failed) == ([BROKEN_OFF.format(why=BY_PROGRAM)], 1)
        assert (day.readings, day.failed) == (1, 1)

    play(story)
