"""Finding a site's feeds from its address and looking at a source before it is saved: nothing is written."""

import asyncio

import pytest

from hoiam.core.errors import NotAllowed
from hoiam.core.fetch import FetchError
from hoiam.monitoring.actions.discovery import find_places
from hoiam.monitoring.actions.preview import preview, propose_rule
from hoiam.monitoring.models import Collection, Item, Source
from tests.core.fetch.loopback import fetcher, whole
from tests.monitoring.house import NOW, make_actor
from tests.monitoring.newsstand import HTML, TITLE, XML, entry, play, rss, stand_of_three

pytestmark = pytest.mark.django_db(transaction=True)


def html(text):
    return whole(f"<html><body>{text}</body></html>".encode(), Content_Type=HTML)


def feed(stand, *entries):
    return whole(rss(*entries).replace("{url}", stand.url).encode(), Content_Type=XML)


async def find(it, actor, path="/"):
    found = await asyncio.to_thread(
        find_places, it.stand.url + path, actor=actor, now=NOW, make_fetcher=fetcher
    )
    return [
        (one.place.kind, one.place.url.removeprefix(it.stand.url), one.total, one.place.found)
        for one in found
    ], found


async def look(it, actor, **fields):
    source = Source(name="Thử", **({"kind": "feed", "url": f"{it.stand.url}/rss"} | fields))
    return await asyncio.to_thread(preview, source, actor=actor, now=NOW, make_fetcher=fetcher)


def test_the_feed_a_page_names_is_found_and_tried(desk):
    async def story(it):
        stand_of_three(it.stand)
        it.stand.pages["/"] = html(
            '<link rel="alternate" type="application/rss+xml" href="/rss">'
            '<link rel="alternate" type="application/rss+xml" href="/hong.rss">'
        )
        rows, found = await find(it, desk)
        assert rows == [("feed", "/rss", 3, "link"), ("feed", "/hong.rss", 0, "link")]
        assert (found[0].newest, found[0].place.label) == (TITLE, "Báo")
        assert found[1].problem == "Trang không còn ở địa chỉ này (mã 404)."

    play(story)


def test_a_page_that_lists_feeds_is_followed(desk):
    async def story(it):
        it.stand.pages["/"] = html('<a href="/rss.html">RSS</a>')
        it.stand.pages["/rss.html"] = html('<a href="/rss/phap-luat.rss">Pháp luật</a>')
        it.stand.pages["/rss/phap-luat.rss"] = feed(it.stand, entry(1, TITLE))
        rows, found = await find(it, desk)
        assert rows == [("feed", "/rss/phap-luat.rss", 1, "anchor")]
        assert found[0].place.label == "Pháp luật"

    play(story)


def test_common_places_and_robots_sitemaps_are_tried_and_failed_guesses_not_shown(desk):
    async def story(it):
        it.stand.pages["/"] = html("<p>Trang chủ</p>")
        it.stand.pages["/feed"] = feed(it.stand, entry(1, TITLE))
        it.stand.pages["/robots.txt"] = whole(f"Sitemap: {it.stand.url}/ban-do.xml".encode())
        it.stand.pages["/ban-do.xml"] = whole(
            f"<urlset><url><loc>{it.stand.url}/a</loc><lastmod>2026-08-05</lastmod></url></urlset>".encode()
        )
        rows, _ = await find(it, desk)
        assert rows == [("feed", "/feed", 1, "common"), ("sitemap", "/ban-do.xml", 1, "robots")]

    play(story)


def test_a_sitemap_without_dates_comes_last(desk):
    async def story(it):
        blocks = "".join(
            f'<div class="tin"><a href="/t-{n}.html">Một tiêu đề đủ dài để là bài báo {n}</a></div>'
            for n in range(6)
        )
        it.stand.pages["/"] = html(blocks)
        it.stand.pages["/sitemap.xml"] = whole(
            f"<urlset><url><loc>{it.stand.url}/lien-he</loc></url></urlset>".encode()
        )
        rows, found = await find(it, desk)
        assert [row[0] for row in rows] == ["listing", "sitemap"]
        assert [one.tells_what_is_new for one in found] == [True, False]

    play(story)


def test_a_site_without_any_gets_a_listing_proposed(desk):
    async def story(it):
        blocks = "".join(
            f'<div class="tin"><a href="/t-{n}.html">Một tiêu đề đủ dài để là bài báo {n}</a></div>'
            for n in range(6)
        )
        it.stand.pages["/phap-luat"] = html(blocks)
        rows, found = await find(it, desk, "/phap-luat")
        assert rows == [("listing", "/phap-luat", 6, "itself")]
        assert found[0].rule["item"] == "div.tin"
        guess = await asyncio.to_thread(
            propose_rule, f"{it.stand.url}/phap-luat", actor=desk, now=NOW, make_fetcher=fetcher
        )
        assert guess.rule.as_json() == found[0].rule
        seen = await look(
            it, desk, kind="listing", url=f"{it.stand.url}/phap-luat", rule=found[0].rule
        )
        assert (seen.total, seen.entries[0].title) == (6, "Một tiêu đề đủ dài để là bài báo 0")

    play(story)


def test_the_address_of_a_feed_itself_is_enough(desk):
    async def story(it):
        stand_of_three(it.stand)
        rows, _ = await find(it, desk, "/rss")
        assert rows == [("feed", "/rss", 3, "itself")]

    play(story)


def test_nothing_found_and_nothing_there(desk):
    async def story(it):
        it.stand.pages["/"] = html("<p>Trang chủ</p>")
        assert (await find(it, desk))[0] == []
        with pytest.raises(FetchError, match="không còn ở địa chỉ này"):
            await find(it, desk, "/khong-co")
        it.stand.pages["/robots.txt"] = whole(b"User-agent: *\nDisallow: /")
        with pytest.raises(FetchError, match="đề nghị các chương trình"):
            await find(it, desk)

    play(story)


def test_a_preview_shows_ten_and_writes_nothing(desk):
    async def story(it):
        many = [entry(n, f"Tin số {n} ở chợ", date="hôm nọ" if n == 1 else None) for n in range(12)]
        it.stand.pages["/rss"] = feed(it.stand, *many)
        seen = await look(it, desk)
        assert (len(seen.entries), seen.total, seen.problems, seen.is_empty) == (10, 12, (), False)
        assert seen.entries[1].problems == (
            "Không đọc được thời gian đăng “hôm nọ”; hãy nhập tay nếu cần.",
        )
        assert it.stand.count("/tin-1.html") == 0
        assert await Item.objects.acount() + await Collection.objects.acount() == 0
        assert await Source.objects.acount() == 1

    play(story)


def test_a_preview_of_what_cannot_be_read_says_why(desk):
    async def story(it):
        seen = await look(it, desk, url=f"{it.stand.url}/khong-co")
        assert (seen.is_empty, seen.problems) == (
            True, ("Trang không còn ở địa chỉ này (mã 404).",),
        )  # fmt: skip
        seen = await look(it, desk, url="http://169.254.169.254/latest")
        assert seen.problems == ("Địa chỉ này không nằm trên mạng công cộng nên không được đọc.",)

    play(story)


def test_who_may_not_keep_sources_may_not_send_us_out(province):
    editor = make_actor(province, "editor")

    async def story(it):
        for ask in (find(it, editor), look(it, editor)):
            with pytest.raises(NotAllowed):
                await ask
        assert it.stand.asked == []

    play(story)
