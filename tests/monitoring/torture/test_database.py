"""A database at fault while the collector reads: it outlives it, says so once, and nothing is lost."""

import asyncio
import logging

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connection

from hoiam.monitoring.jobs.collector import collect
from hoiam.monitoring.models import Item, Source
from tests.monitoring.newsstand import play, stand_of_three

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


@pytest.mark.parametrize(
    "words", ["attempt to write a readonly database", "database or disk is full", "database is locked"]
)  # fmt: skip
def test_a_database_at_fault_stops_no_collector_and_loses_no_reading(province, caplog, words):
    outage = Outage(words)

    async def story(it):
        async def asked():
            return it.stand.count("/tin-2.html")

        async def refused():
            return outage.refused > 2

        async def kept():
            return await Item.objects.acount() == 3

        stand_of_three(it.stand)
        it.stand.slow["/tin-2.html"] = 0.3
        await begin(outage)
        stop = asyncio.Event()
        task = asyncio.create_task(collect(stop, clock=it.clock, fetcher=it.out, idle=0.02))
        await until(asked)
        outage.lasts = True  # in the middle of the reading
        await until(refused)
        await asyncio.sleep(0.2)
        it.clock.on(seconds=121)  # leases run out while nothing can be leased
        await asyncio.sleep(0.2)
        assert (task.done(), await Item.objects.acount()) == (False, 0)
        outage.lasts = False
        await until(kept)
        stop.set()
        await task
        source = await Source.objects.aget(pk=it.source.pk)
        assert (source.kept, source.failures, source.problem, source.lease_owner) == (3, 0, "", "")
        await end(outage)

    with caplog.at_level(logging.ERROR):
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
        await it.read()
        assert await Item.objects.acount() == 3

    play(story)
