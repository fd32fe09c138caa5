"""Several collectors: one lease each, no double work, a kill in the middle, a slow site."""

import asyncio
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async

from hoiam.monitoring.actions.sources import extend_lease, lease, note_collection
from hoiam.monitoring.jobs.collector import collect, read_source
from hoiam.monitoring.jobs.holding import held
from hoiam.monitoring.models import Collection, Item, Source
from hoiam.monitoring.queries.sources import due_sources
from tests.core.fetch.loopback import whole
from tests.monitoring.house import NOW
from tests.monitoring.newsstand import (
    PLAIN,
    XML,
    article,
    entry,
    play,
    rss,
    stand_of_three,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_lease_is_one_collectors_and_runs_out(db):
    source = Source.objects.create(name="Báo", kind="feed", url="https://a.example/rss", due_at=NOW)
    found = [list(due_sources(NOW, 5)), list(due_sources(NOW, 5))]
    assert [len(lease(rows, owner=f"máy {n}", now=NOW)) for n, rows in enumerate(found)] == [1, 0]
    assert list(due_sources(NOW + timedelta(seconds=119), 5)) == []
    later = NOW + timedelta(seconds=120)
    taken = lease(list(due_sources(later, 5)), owner="máy 1", now=later)
    assert taken == [source]
    # The slow first one learns that it lost the source.
    assert (extend_lease(found[0][0], now=later), extend_lease(taken[0], now=later)) == (
        False,
        True,
    )


def test_two_collectors_share_the_work(province):
    async def story(it):
        for number in range(6):
            it.stand.pages[f"/tin-{number}.html"] = article(f"Tin số {number} ở chợ", PLAIN)
            feed = rss(entry(number, f"Tin số {number} ở chợ")).replace("{url}", it.stand.url)
            it.stand.pages[f"/rss-{number}"] = whole(feed.encode(), Content_Type=XML)
            await Source.objects.acreate(
                name=f"Nguồn {number}", kind="feed", url=f"{it.stand.url}/rss-{number}", due_at=NOW
            )
        await Source.objects.filter(pk=it.source.pk).adelete()
        stop = asyncio.Event()
        both = [
            asyncio.create_task(collect(stop, clock=it.clock, fetcher=it.out, idle=0.05))
            for _ in range(2)
        ]
        while await Source.objects.filter(last_success_at=None).aexists():
            await asyncio.sleep(0.05)
        stop.set()
        await asyncio.gather(*both)
        assert [it.stand.count(f"/rss-{n}") for n in range(6)] == [1] * 6
        assert [it.stand.count(f"/tin-{n}.html") for n in range(6)] == [1] * 6
        assert not await Source.objects.exclude(leased_until=None).aexists()
        assert await Item.objects.acount() == 6

    play(story)


def test_a_slow_site_holds_up_no_other(province):
    async def story(it):
        stand_of_three(it.stand)
        slow = await Source.objects.acreate(
            name="Chậm", kind="feed", url=f"{it.stand.url}/cham", due_at=NOW
        )
        it.stand.slow["/cham"] = 2
        stop = asyncio.Event()
        task = asyncio.create_task(collect(stop, clock=it.clock, fetcher=it.out, idle=0.05))
        while await Item.objects.acount() < 3:
            await asyncio.sleep(0.02)
        assert (await Source.objects.aget(pk=slow.pk)).last_tried_at is None
        stop.set()
        await task
        assert (
            await Source.objects.aget(pk=slow.pk)
        ).problem == "Trang không còn ở địa chỉ này (mã 404)."

    play(story)


def test_killed_in_the_middle_nothing_is_lost_and_nothing_double(province):
    async def story(it):
        count = 25
        for number in range(count):
            it.stand.pages[f"/tin-{number}.html"] = article(f"Tin số {number} ở chợ", PLAIN)
        it.stand.feed(*(entry(n, f"Tin số {n} ở chợ") for n in range(count)))
        it.stand.slow["/tin-22.html"] = 30
        held = await sync_to_async(
            lambda: lease(list(due_sources(NOW, 1)), owner="máy 1", now=NOW)
        )()
        task = asyncio.create_task(
            read_source(held[0], fetcher=it.out, robots=None, clock=it.clock)
        )
        while await Item.objects.acount() < 20:
            await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        it.stand.slow.clear()
        source = await Source.objects.aget(pk=it.source.pk)
        assert (await Item.objects.acount(), source.body_hash, source.lease_owner) == (
            20,
            "",
            "máy 1",
        )
        assert source.last_tried_at == NOW  # a source in hand for long is not one that nobody reads
        it.clock.on(seconds=121)
        again = await sync_to_async(
            lambda: lease(list(due_sources(it.clock.now, 1)), owner="máy 2", now=it.clock.now)
        )()
        await read_source(again[0], fetcher=it.out, robots=None, clock=it.clock)
        assert await Item.objects.acount() == count
        assert {it.stand.count(f"/tin-{n}.html") for n in range(20)} == {1}

    play(story)


def test_a_long_reading_keeps_its_lease_and_a_lost_one_stays_lost(db):
    async def story(it):
        await Source.objects.filter(pk=it.source.pk).aupdate(lease_owner="máy 1", leased_until=NOW)
        mine = await Source.objects.aget(pk=it.source.pk)
        it.clock.on(seconds=100)
        async with held(mine, it.clock, every=0.02):
            await asyncio.sleep(0.2)
        row = await Source.objects.aget(pk=mine.pk)
        assert row.leased_until == NOW + timedelta(seconds=220)
        await Source.objects.filter(pk=mine.pk).aupdate(lease_owner="máy 2", leased_until=NOW)
        async with held(mine, it.clock, every=0.02):
            await asyncio.sleep(0.1)
        assert (await Source.objects.aget(pk=mine.pk)).leased_until == NOW

    play(story)


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
def test_a_clock_set_forward_and_back_leaves_no_source_unread(db, ahead):
    source = Source.objects.create(name="Báo", kind="feed", url="https://a.example/rss", due_at=NOW)
    held = lease(list(due_sources(NOW + ahead, 1)), owner="máy 1", now=NOW + ahead)
    # The clock is right again while the lease of the wrong time still lies ahead.
    again = lease(list(due_sources(NOW, 1)), owner="máy 2", now=NOW)
    assert (held, again) == ([source], [source])
    note_collection(again[0], Collection(seen=1, kept=1), now=NOW + ahead)
    [due] = due_sources(NOW, 1)
    after = note_collection(due, Collection(seen=1), now=NOW)
    assert (after.due_at, after.last_new_at) == (NOW + timedelta(seconds=300), NOW)
    assert list(due_sources(NOW, 1)) == []


def test_a_site_that_asks_for_a_day_of_rest_is_no_clock_gone_wrong(db):
    source = Source.objects.create(name="Báo", kind="feed", url="https://a.example/rss", due_at=NOW)
    note_collection(source, Collection(failed=1), now=NOW, problem="Chậm lại.", wait=1e9)
    later = NOW + timedelta(minutes=5)
    assert list(due_sources(later, 1)) == []
    assert list(due_sources(NOW + timedelta(days=1), 1)) == [source]


def test_a_source_resumed_while_the_clock_was_ahead_is_due(db):
    due = {"due_at": NOW + timedelta(days=400), "last_tried_at": NOW - timedelta(days=1)}
    source = Source.objects.create(name="Báo", kind="feed", url="https://a.example/rss", **due)
    assert list(due_sources(NOW, 1)) == [source]
