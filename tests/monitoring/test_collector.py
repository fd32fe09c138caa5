"""The collector against a newspaper that behaves as the real web does."""

import hashlib
import os
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async

from hoiam.agencies.models import Channel, PressAgency
from hoiam.core import blobs
from hoiam.core.fetch import RobotsBook
from hoiam.core.warc import read_capture
from hoiam.monitoring.actions.sources import pause_source, save_source
from hoiam.monitoring.jobs.collector import read_source
from hoiam.monitoring.jobs.schedules import look_for_silence
from hoiam.monitoring.models import Capture, Collection, Item, Source, Warning
from hoiam.monitoring.queries.sources import due_sources
from tests.core.fetch.loopback import head, whole
from tests.monitoring.house import NOW, make_actor, note_past
from tests.monitoring.newsstand import (
    PLAIN,
    TEXT,
    TITLE,
    XML,
    article,
    entry,
    figures,
    play,
    rss,
    stand_of_three,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_feed_is_read_and_only_candidates_leave_evidence(province):
    async def story(it):
        stand_of_three(it.stand)
        source = await it.read()
        assert (figures(source), source.problem, source.failures) == ((3, 3, 3, 0), "", 0)
        assert source.etag == '"một"'
        assert source.due_at == NOW + timedelta(seconds=300)

    play(story)
    items = {item.title: item for item in Item.objects.all()}
    assert {title: item.capture_id is not None for title, item in items.items()} == {
        TITLE: True, "Giá rau ở chợ Lam Hải": False, "Thuyền rồng ở bến Cồn Én": False,
    }  # fmt: skip
    capture = Capture.objects.get()
    kept = read_capture(blobs.read(capture.blob))
    assert (
        capture.payload_sha256 == hashlib.sha256(kept.body).hexdigest() == kept.about["body_sha256"]
    )
    assert kept.about["about"] == {"how": "nguồn: Báo Sông Thanh", "who": "bộ thu thập"}
    assert items[TITLE].body.startswith("Ông Trần Văn Thử")
    assert items[TITLE].published_at.isoformat() == "2026-08-05T01:00:00+00:00"
    assert [w.agency for w in Warning.objects.system("look").select_related("agency")] == [province]


def test_not_modified_and_the_same_body_cost_nothing_more(province):
    async def story(it):
        stand_of_three(it.stand)
        await it.read()
        plain = it.stand.pages["/rss"]

        def conditional(request):
            return (
                head("304 Not Modified")
                if request.headers.get("if-none-match") == '"một"'
                else plain
            )

        it.stand.pages["/rss"] = conditional
        first = await it.read()
        it.stand.pages["/rss"] = plain  # a server that ignores conditions
        second = await it.read()
        assert [figures(s) for s in (first, second)] == [(3, 3, 3, 0)] * 2
        assert (second.last_success_at, second.problem) == (NOW + timedelta(minutes=40), "")
        assert it.stand.count("/tin-1.html") == 1
        assert await Collection.objects.acount() == 1

    play(story)


def test_known_addresses_are_not_fetched_again(province):
    async def story(it):
        stand_of_three(it.stand)
        await it.read()
        it.stand.pages["/tin-4.html"] = article("Tin mới", PLAIN)
        it.stand.feed(
            entry(4, "Tin mới"), entry("1", TITLE).replace(".html", ".html?utm_source=rss")
        )
        source = await it.read()
        assert figures(source) == (5, 4, 4, 0)
        assert [it.stand.count(f"/tin-{n}.html") for n in (1, 4)] == [1, 1]

    play(story)


BROKEN = {
    "html": (whole(b"<!doctype html><html><body>Trang chu</body></html>", Content_Type=XML), 0),
    "empty": (whole(b"", Content_Type=XML), 0),
    "500": (whole(b"", status="500 Oops"), 1),
    "404": (whole(b"", status="404 Not Found"), 1),
    "403": (whole(b"", status="403 Forbidden"), 1),
    "cut": (head(Content_Length=5000, Content_Type=XML) + b"<rss>", 1),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_fault_is_one_clear_sentence_and_is_not_forgotten(db, kind):
    answer, failed = BROKEN[kind]

    async def story(it):
        it.stand.pages["/rss"] = answer
        it.stand.breaks = {"/rss"} if kind == "cut" else set()
        first, second = await it.read(), await it.read()
        assert first.problem == second.problem != ""
        assert first.problem.endswith(".") and "\n" not in first.problem
        assert (second.failures, second.failed, second.last_success_at) == (2, 2 * failed, None)
        it.stand.breaks.clear()
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        it.stand.feed(entry(1, TITLE))
        healed = await it.read()
        assert (healed.problem, healed.failures, healed.kept) == ("", 0, 1)

    play(story)


def test_failures_back_off_and_a_site_may_ask_for_longer(db):
    async def story(it):
        it.stand.pages["/rss"] = whole(b"", status="500 Oops")
        waits = []
        for _ in range(9):
            before = it.clock.now
            waits.append(((await it.read()).due_at - before).total_seconds())
        assert waits == [300 * n for n in (2, 3, 4, 5, 6, 7, 8, 8, 8)]
        it.stand.pages["/rss"] = whole(b"", status="429 Slow", Retry_After=7200)
        before = it.clock.now
        assert (await it.read()).due_at == before + timedelta(hours=2)

    play(story)


def test_a_truncated_feed_gives_what_it_has_and_says_so(province):
    async def story(it):
        text = rss(entry(1, TITLE), entry(2, "Giá rau")).replace("{url}", it.stand.url)
        it.stand.pages |= {
            "/tin-1.html": article(TITLE, TEXT),
            "/tin-2.html": article("Giá rau", PLAIN),
        }
        it.stand.pages["/rss"] = whole(text[: text.index("Giá rau")].encode(), Content_Type=XML)
        for _ in range(2):
            source = await it.read()
            assert (source.kept >= 1, source.failures, source.problem != "") == (True, 0, True)

    play(story)


def test_a_wrong_charset_header_leaves_no_damaged_title(province):
    async def story(it):
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        it.stand.feed(entry(1, TITLE))
        it.stand.pages["/rss"] = it.stand.pages["/rss"].replace(
            b"charset=utf-8", b"charset=iso-8859-1"
        )
        await it.read()
        assert (await Item.objects.aget()).title == TITLE

    play(story)


def test_one_missing_article_is_kept_as_the_feed_tells_it(province):
    async def story(it):
        stand_of_three(it.stand)
        del it.stand.pages["/tin-2.html"]
        source = await it.read()
        assert figures(source) == (3, 2, 3, 1)
        item = await Item.objects.aget(title="Giá rau ở chợ Lam Hải")
        assert (item.body, item.problems) == ("", ["Trang không còn ở địa chỉ này (mã 404)."])

    play(story)


def test_an_item_without_title_or_time_takes_them_from_its_page_or_leaves_them(province):
    async def story(it):
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        it.stand.feed(entry(1, date=None), entry(9, date=None))
        source = await it.read()
        assert figures(source) == (2, 1, 2, 1)
        rows = {item.title: item async for item in Item.objects.all()}
        assert set(rows) == {TITLE, "(không có tiêu đề)"}
        assert [(r.published_at, r.published_from, r.at) for r in rows.values()] == [
            (None, "", NOW)
        ] * 2

    play(story)


def test_robots_are_obeyed_for_feed_and_article(province):
    async def story(it):
        stand_of_three(it.stand)
        it.stand.pages["/robots.txt"] = whole(
            b"User-agent: *\nDisallow: /tin-1*\nDisallow: /rieng/"
        )
        robots = RobotsBook(it.out, "HoiAm", it.clock)
        source = await it.read(robots)
        assert (figures(source), it.stand.count("/tin-1.html")) == ((3, 2, 3, 1), 0)
        assert (await Item.objects.aget(title=TITLE)).problems == [
            "Trang đề nghị các chương trình không đọc địa chỉ này."
        ]
        await Source.objects.filter(pk=source.pk).aupdate(url=f"{it.stand.url}/rieng/rss")
        refused = await it.read(robots)
        assert refused.problem == "Trang đề nghị các chương trình không đọc địa chỉ này."
        assert it.stand.count("/rieng/rss") == 0

    play(story)


def test_a_person_who_stops_or_changes_a_source_meanwhile_is_not_overruled(province):
    admin = make_actor(province, "focal_point")

    async def story(it):
        stand_of_three(it.stand)
        held = await Source.objects.aget(pk=it.source.pk)
        row = await Source.objects.aget(pk=it.source.pk)
        await sync_to_async(pause_source)(row, actor=admin, now=NOW, paused=True, reason="Bảo trì.")
        after = await read_source(held, fetcher=it.out, robots=None, clock=it.clock)
        assert (after.is_paused, after.kept) == (True, 3)
        after.url = f"{it.stand.url}/rss-moi"
        moved = await sync_to_async(save_source)(after, actor=admin, now=NOW)
        assert (moved.etag, moved.body_hash, moved.due_at) == ("", "", NOW)

    play(story)


def test_feeds_of_one_paper_are_one_outlet(province):
    async def story(it):
        press = await PressAgency.objects.acreate(name="Báo Sông Thanh")
        it.source.channel = await Channel.objects.acreate(
            press_agency=press, name="Sông Thanh Online", media_type="online"
        )
        await it.source.asave()
        stand_of_three(it.stand)
        held = (await sync_to_async(list)(due_sources(NOW, 1)))[0]
        await read_source(held, fetcher=it.out, robots=None, clock=it.clock)
        assert {item.outlet async for item in Item.objects.all()} == {"Sông Thanh Online"}

    play(story)


def test_a_full_evidence_disk_keeps_the_report_and_says_so(province, settings, tmp_path):
    closed = tmp_path / "closed"
    closed.write_text("a file where the folder should be")
    settings.HOIAM_BLOBS = closed / os.sep.lstrip("/")

    async def story(it):
        stand_of_three(it.stand)
        assert figures(await it.read()) == (3, 3, 3, 0)
        item = await Item.objects.aget(title=TITLE)
        assert (item.capture_id, item.problems) == (
            None, ["Không ghi được vào kho chứng cứ. Hãy kiểm tra ổ đĩa và quyền của thư mục."],
        )  # fmt: skip

    play(story)


def test_a_sitemap_is_a_source_too(province):
    async def story(it):
        await Source.objects.filter(pk=it.source.pk).aupdate(kind="sitemap")
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        it.stand.pages["/rss"] = whole(
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{it.stand.url}/tin-1.html</loc></url></urlset>'.encode(),
            Content_Type=XML,
        )
        assert figures(await it.read()) == (1, 1, 1, 0)
        assert (await Item.objects.aget()).title == TITLE

    play(story)


def test_rhythm_and_silence_follow_what_comes(province):
    async def story(it):
        for number in range(4):
            it.stand.pages[f"/tin-{number}.html"] = article(f"Tin {number} ở chợ Lam Hải", PLAIN)
            it.stand.feed(entry(number, f"Tin {number} ở chợ Lam Hải"))
            source = await it.read()
        assert (source.usual_gap_seconds, source.interval_seconds, source.silent_since) == (
            1200,
            600,
            None,
        )
        await sync_to_async(note_past)(source, past=28, ahead=-1)
        it.clock.on(hours=8)
        await it.read()
        assert await sync_to_async(look_for_silence.func)(now=it.clock()) == 1
        quiet = await it.read()
        assert quiet.silent_since == quiet.last_new_at
        it.stand.pages["/tin-9.html"] = article("Tin 9 ở chợ Lam Hải", PLAIN)
        it.stand.feed(entry(9, "Tin 9 ở chợ Lam Hải"))
        assert (await it.read()).silent_since is None

    play(story)


def test_the_ledger_of_a_day_keeps_the_hours_in_which_something_came(province):
    async def story(it):
        stand_of_three(it.stand)
        await it.read()  # at nine in Viet Nam
        it.clock.on(hours=1)
        await it.read()
        it.clock.on(hours=3)
        it.stand.pages["/tin-9.html"] = article("Tin 9 ở chợ Lam Hải", PLAIN)
        it.stand.feed(entry(9, "Tin 9 ở chợ Lam Hải"))
        source = await it.read()
        [day] = [row async for row in source.days.all()]
        assert (day.readings, day.kept, day.hours) == (3, 4, 1 << 9 | 1 << 13)

    play(story)
