"""When pages are read again: by plan, at the feed's hint, while a matter is open; by a job that loses nothing."""

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from hoiam.monitoring.actions.incoming import url_key
from hoiam.monitoring.actions.rechecks import (
    case_closed,
    case_reopened,
    follow_feed,
    lease_rechecks,
    note_answer,
    wake_rechecks,
)
from hoiam.monitoring.actions.triage import mark_read, restore
from hoiam.monitoring.jobs.rechecks import recheck_due
from hoiam.monitoring.models import Item, Recheck, Source, Version, Warning
from hoiam.monitoring.queries.rechecks import due_rechecks, rhythm
from hoiam.monitoring.states import WarningState
from tests.core.fetch.loopback import fetcher, head, site, whole
from tests.monitoring.house import ELSEWHERE, GRAVE, NOW, take, warnings_of
from tests.monitoring.newsstand import TEXT, TITLE, Stand, article, entry, play, stand_of_three

HOUR = timedelta(hours=1)


@pytest.fixture
def row(province):
    """The plan of one grave report."""
    return Recheck.objects.get(item=take(GRAVE).items[0])


def went(row, now, status=304):
    """One reading that showed nothing new."""
    from tests.monitoring.test_versions import answer

    note_answer(row, answer(b"", status=status, at=now), now=now)
    return row.due_at


def test_only_relevant_reports_with_an_address_are_planned(province):
    take(GRAVE, ELSEWHERE, replace(GRAVE, url="", title=GRAVE.title + " (báo in)"))
    assert [(r.item.url, r.due_at) for r in Recheck.objects.all()] == [(GRAVE.url, NOW + HOUR)]


def test_an_archive_is_not_read_again(province):
    old = GRAVE.published_at - rhythm().oldest - HOUR
    take(replace(GRAVE, published_at=old))
    assert not Recheck.objects.exists()


def test_the_plan_is_dense_at_first_then_daily_while_the_matter_is_open(row, desk):
    seen = [row.due_at - NOW]
    for _ in range(5):
        seen.append(went(row, row.due_at) - NOW)
    assert [step // HOUR for step in seen] == [1, 6, 24, 72, 96, 120]
    mark_read(warnings_of(row.item)[0], actor=desk, now=NOW)
    assert went(row, NOW + 144 * HOUR) is None
    assert list(due_rechecks(NOW + timedelta(days=99))) == []


def test_a_settled_matter_is_still_read_in_its_first_days(row, desk):
    mark_read(warnings_of(row.item)[0], actor=desk, now=NOW)
    assert went(row, NOW + HOUR) == NOW + 6 * HOUR


def test_a_case_keeps_its_pages_until_it_closes(row):
    Warning.objects.system("set up").update(state=WarningState.CASED)
    assert went(row, NOW + 100 * HOUR) == NOW + 124 * HOUR
    case_closed(row.item.story)
    row.refresh_from_db()
    assert went(row, NOW + 124 * HOUR) is None
    case_reopened(row.item.story)
    assert (wake_rechecks(now=NOW + 200 * HOUR), Recheck.objects.get().due_at) == (1, NOW + 200 * HOUR)  # fmt: skip


def test_a_matter_opened_anew_is_read_again(row, desk):
    warning = mark_read(warnings_of(row.item)[0], actor=desk, now=NOW)
    assert went(row, NOW + 100 * HOUR) is None
    assert wake_rechecks(now=NOW + 101 * HOUR) == 0
    restore(warning, actor=desk, now=NOW + 102 * HOUR)
    assert wake_rechecks(now=NOW + 103 * HOUR) == 1


def test_faults_are_tried_again_ever_more_slowly(row):
    waits = []
    now = NOW + HOUR
    for _ in range(4):
        due = went(row, now, status=503)
        waits.append((due - now) // HOUR)
        now = due
    assert (waits, row.failures) == ([1, 6, 24, 24], 4)


def test_a_clock_that_went_back_never_plans_the_past(row):
    for now in (NOW + 30 * HOUR, NOW - 50 * HOUR):
        assert went(row, now) > now


def test_the_feed_hastens_a_report_once(row):
    key = row.item.url_key
    assert follow_feed({key: GRAVE.title}, now=NOW) == 0
    assert follow_feed({key: "Tiêu đề mới"}, now=NOW) == 1
    assert Recheck.objects.get().due_at == NOW
    assert follow_feed({key: "Tiêu đề mới"}, now=NOW + HOUR) == 0
    assert follow_feed({key: "  "}, now=NOW) == 0


def test_the_feed_hastens_what_concerned_others_only_when_it_may_concern_us(province):
    take(ELSEWHERE)
    key = url_key(ELSEWHERE)
    assert follow_feed({key: "Giá rau lại tăng"}, now=NOW) == 0
    assert follow_feed({key: "Thi hành án dân sự tỉnh Thanh Giang kê biên chợ rau"}, now=NOW) == 1
    assert Recheck.objects.get().due_at == NOW


def test_two_workers_never_hold_one_page(row):
    now = NOW + HOUR
    assert [r.pk for r in lease_rechecks(now=now, limit=9)] == [row.pk]
    assert lease_rechecks(now=now, limit=9) == []
    assert [r.pk for r in lease_rechecks(now=now + rhythm().lease, limit=9)] == [row.pk]


def test_fictional_papers_are_not_asked(row):
    source = Source.objects.create(name="Thử", kind="feed", url="https://x.example/rss", fictional=True)  # fmt: skip
    Item.objects.update(source=source)
    assert list(due_rechecks(NOW + HOUR)) == []


def test_due_pages_cost_one_query(row, django_assert_num_queries):
    for n in range(3):
        take(replace(GRAVE, url=f"https://do-moi.example/{n}.html"))
        with django_assert_num_queries(1):
            assert len([r.item.url for r in due_rechecks(NOW + HOUR)]) == n + 2


# The job, against a site on loopback


@contextmanager
def standing(stand):
    """The stand answering in a thread of its own, since the job brings its own loop."""
    ready, stop = threading.Event(), threading.Event()

    async def serve():
        async with site(stand) as place:
            stand.url = place.url
            ready.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(5)
    try:
        yield stand
    finally:
        stop.set()
        thread.join()


def reports(stand, *paths):
    """Relevant reports whose pages the stand has."""
    for path in paths:
        stand.pages[path] = article(TITLE, TEXT)
    rows = [replace(GRAVE, url=stand.url + path, title=TITLE, sapo="", body=TEXT) for path in paths]
    return take(*rows).items


@pytest.mark.django_db(transaction=True)
def test_the_job_reads_due_pages_asks_conditionally_and_notes_each(province):
    with standing(Stand()) as stand:
        reports(stand, "/a.html", "/b.html", "/c.html", "/d.html")
        stand.pages["/a.html"] = whole(
            article(TITLE, TEXT).split(b"\r\n\r\n", 1)[1], Content_Type="text/html; charset=utf-8", ETag='"1"'
        )  # fmt: skip

        def make():
            return fetcher(clock=lambda: NOW)

        assert recheck_due(NOW, make) == 0  # nothing is due yet
        first = recheck_due(NOW + HOUR, make)
        stand.pages["/a.html"] = lambda request: head("304 Not Modified") if request.headers.get("if-none-match") == '"1"' else whole(b"")  # fmt: skip
        stand.pages["/b.html"] = article(TITLE + ": đính chính", TEXT)
        del stand.pages["/c.html"]
        stand.pages["/d.html"] = whole(b"", status="503 Busy")
        second = recheck_due(NOW + 6 * HOUR, make)
    rows = {r.item.url[-6]: r for r in Recheck.objects.select_related("item")}
    assert (first, second) == (0, 2)
    assert [v.kind for v in Version.objects.order_by("item__url", "number")] == ["first", "changed", "first", "gone"]  # fmt: skip
    assert (rows["a"].times, rows["a"].problem) == (2, "")
    assert (rows["d"].failures, "503" in rows["d"].problem) == (1, True)
    assert rows["c"].gone_at == NOW + 6 * HOUR
    assert all(r.leased_until is None for r in rows.values())


@pytest.mark.django_db(transaction=True)
def test_a_page_that_cannot_be_had_is_noted_and_stops_no_other(province):
    with standing(Stand()) as stand:
        reports(stand, "/a.html", "/b.html")
        Item.objects.filter(url__endswith="/a.html").update(url="http://127.0.0.1:1/a.html")
        recheck_due(NOW + HOUR, lambda: fetcher(clock=lambda: NOW))
    problems = dict(Recheck.objects.order_by("item__url").values_list("item__url", "problem"))
    assert problems["http://127.0.0.1:1/a.html"].endswith(".")
    assert problems[f"{stand.url}/b.html"] == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("store", "sentence"),
    [
        ("/nowhere\x00", "Lỗi trong chương trình khi so bản mới; sẽ đọc lại sau, đã ghi nhật ký máy chủ."),
        ("/dev/null/kho", "Không"),
    ],
    ids=["a fault nobody foresaw", "a store that cannot keep"],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_in_a_sentence_and_tried_again(
    province, settings, store, sentence
):
    with standing(Stand()) as stand:
        reports(stand, "/a.html")
        stand.pages["/a.html"] = article(TITLE + ": sửa", TEXT)
        settings.HOIAM_BLOBS = store
        assert recheck_due(NOW + HOUR, lambda: fetcher(clock=lambda: NOW)) == 0
    row = Recheck.objects.get()
    assert row.problem.startswith(sentence) and row.problem.endswith(".")
    assert row.failures == 1 and row.due_at > NOW + HOUR


@pytest.mark.django_db(transaction=True)
def test_robots_are_honoured(province):
    with standing(Stand()) as stand:
        reports(stand, "/a.html")
        stand.pages["/robots.txt"] = whole(b"User-agent: *\nDisallow: /", Content_Type="text/plain")
        recheck_due(NOW + HOUR, lambda: fetcher(clock=lambda: NOW))
    assert stand.count("/a.html") == 0
    assert Recheck.objects.get().failures == 1


@pytest.mark.django_db(transaction=True)
def test_the_collector_hears_a_changed_title_in_the_feed(province):
    async def story(it):
        stand_of_three(it.stand)
        await it.read()
        row = await Recheck.objects.aget()
        it.stand.feed(entry(1, TITLE + " (cập nhật)"))
        await it.read()
        assert ((await Recheck.objects.aget()).due_at, row.due_at) == (NOW + timedelta(minutes=20), NOW + HOUR)  # fmt: skip

    play(story)
