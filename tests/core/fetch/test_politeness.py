"""Pauses, limits per host, and what robots.txt allows."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from hoiam.core.fetch import (
    Manners,
    RefusedAddress,
    RefusedByRobots,
    RobotsBook,
    RobotsUnread,
    politeness,
)
from tests.core.fetch.loopback import answering, fetcher, site, whole

NOW = datetime(2026, 4, 5, tzinfo=UTC)


def test_a_host_is_asked_with_a_pause_between():
    async def run():
        manners = Manners(user_agent="HoiAm", pause=0.2)
        async with site(answering(whole())) as here, fetcher(manners=manners) as out:
            start = time.monotonic()
            await asyncio.gather(*(out.get(here.url) for _ in range(4)))
            return time.monotonic() - start

    assert 0.6 <= asyncio.run(run()) < 1.2


def test_waiting_for_the_turn_costs_none_of_the_allowed_time():
    async def run():
        manners = Manners(user_agent="HoiAm", pause=0.3)
        async with site(answering(whole())) as here, fetcher(manners=manners) as out:
            got = await asyncio.gather(*(out.get(here.url, seconds=0.25) for _ in range(3)))
            return [answer.status for answer in got]

    assert asyncio.run(run()) == [200, 200, 200]


def test_never_more_than_two_requests_to_one_host_at_once():
    under_way, most = 0, 0

    async def handle(_, writer):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.05)
        under_way -= 1
        writer.write(whole())

    async def run():
        async with site(handle) as here, fetcher() as out:
            await asyncio.gather(*(out.get(here.url) for _ in range(6)))

    asyncio.run(run())

    assert most == 2


ROBOTS = b"User-agent: *\nDisallow: /kin/\n\nUser-agent: HoiAm\nDisallow: /rieng/\nCrawl-delay: 2\n"


def ask(robots, paths, clock=lambda: NOW):
    async def handle(request, writer):
        writer.write(robots if request.path == "/robots.txt" else whole())

    async def run():
        async with site(handle) as here, fetcher() as out:
            book = RobotsBook(out, "HoiAm", clock)
            said = [await book.allows(here.url + path) for path in paths]
            return said, len(here.seen), out.politeness._of("127.0.0.1").pause

    return asyncio.run(run())


def test_the_rules_for_our_name_hold_and_are_read_once():
    assert ask(whole(ROBOTS), ["/", "/rieng/a", "/kin/a"]) == ([True, False, True], 1, 2.0)


@pytest.mark.parametrize(
    ("status", "allowed"),
    [("404 No", True), ("403 No", True), ("500 Oh", False), ("429 Slow", False)],
)
def test_without_a_file_all_is_allowed_and_with_a_broken_one_nothing(status, allowed):
    assert ask(whole(status=status), ["/a"])[0] == [allowed]


def test_the_file_is_read_again_after_a_day():
    moments = iter([NOW, NOW, NOW + timedelta(hours=25), NOW + timedelta(hours=25)])

    assert ask(whole(ROBOTS), ["/", "/", "/"], lambda: next(moments))[1] == 2


def test_an_address_that_is_none_is_refused_before_any_file_is_asked_for():
    async def run():
        async with fetcher() as out:
            for url in ("bao.example/a", "http://[::1", "", "file:///etc/passwd"):
                with pytest.raises(RefusedAddress):
                    await RobotsBook(out, "HoiAm", lambda: NOW).allows(url)

    asyncio.run(run())


def test_a_page_that_may_not_be_read_is_refused_with_a_sentence():
    async def run():
        async with site(answering(whole(ROBOTS))) as here, fetcher() as out:
            with pytest.raises(RefusedByRobots, match="đề nghị các chương trình"):
                await RobotsBook(out, "HoiAm", lambda: NOW).check(here.url + "/rieng/a")

    asyncio.run(run())


def test_a_site_that_cannot_be_reached_allows_nothing():
    async def drop(_, writer):
        writer.close()

    async def run():
        async with site(drop) as here, fetcher() as out:
            return await RobotsBook(out, "HoiAm", lambda: NOW).allows(here.url + "/a")

    assert asyncio.run(run()) is False


def test_a_file_that_cannot_be_read_is_told_from_a_refusal():
    async def run():
        async with site(answering(whole(status="500 Oh"))) as here, fetcher() as out:
            with pytest.raises(RobotsUnread, match=r"Không đọc được tệp robots\.txt"):
                await RobotsBook(out, "HoiAm", lambda: NOW).check(here.url + "/a")

    asyncio.run(run())


def test_what_the_site_last_asked_for_holds_while_it_cannot_be_asked():
    moments = [NOW, NOW]
    answers = [whole(ROBOTS), whole(status="503 Busy")]

    async def handle(_, writer):
        writer.write(answers.pop(0))

    async def run():
        async with site(handler=handle) as here, fetcher() as out:
            book = RobotsBook(out, "HoiAm", lambda: moments[-1])
            first = [await book.allows(here.url + path) for path in ("/a", "/rieng/a")]
            moments.append(NOW + timedelta(hours=25))
            return first, [await book.allows(here.url + path) for path in ("/a", "/rieng/a")]

    assert asyncio.run(run()) == ([True, False], [True, False])


def test_many_pages_at_once_ask_for_the_file_once():
    async def run():
        async with site(answering(whole(ROBOTS))) as here, fetcher() as out:
            book = RobotsBook(out, "HoiAm", lambda: NOW)
            said = await asyncio.gather(*(book.allows(f"{here.url}/{n}") for n in range(10)))
            return said, len(here.seen)

    assert asyncio.run(run()) == ([True] * 10, 1)


def test_only_the_hosts_used_last_are_remembered(monkeypatch):
    monkeypatch.setattr(politeness, "_MOST_HOSTS", 3)
    turns = politeness.Politeness(pause=0.0, per_host=2)

    async def run():
        for host in ("a", "b", "c", "a", "d"):
            async with turns.turn(host):
                await asyncio.sleep(0)

    asyncio.run(run())

    assert list(turns._hosts) == ["c", "a", "d"]


def test_a_host_in_use_is_never_forgotten(monkeypatch):
    monkeypatch.setattr(politeness, "_MOST_HOSTS", 1)
    turns = politeness.Politeness(pause=0.0, per_host=2)

    async def run():
        async with turns.turn("a"), turns.turn("b"):
            return list(turns._hosts)

    assert asyncio.run(run()) == ["a", "b"]


def test_a_pause_can_only_grow_and_to_a_minute_at_most():
    turns = politeness.Politeness(pause=1.0, per_host=2)
    said = []
    for pause in (0.5, 5, 3600):
        turns.slow_down("a", pause)
        said.append(turns._of("a").pause)

    assert said == [1.0, 5, 60.0]


def test_the_sitemaps_a_site_names_are_given_in_its_order():
    named = b"Sitemap: https://a.example/tin.xml\nUser-agent: *\nDisallow:\nSitemap: https://a.example/b.xml\n"

    async def run():
        async with site(answering(whole(named))) as here, fetcher() as out:
            return await RobotsBook(out, "HoiAm", lambda: NOW).sitemaps(here.url + "/a")

    assert asyncio.run(run()) == ("https://a.example/tin.xml", "https://a.example/b.xml")
