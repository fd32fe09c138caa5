"""A time that is only a day: known as such by whatever door it came, yields to an hour, and is shown as a day."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from hoiam.config.cli import main
from hoiam.desk.moments import say_datetime
from hoiam.desk.presenters.stories import items_shown
from hoiam.desk.presenters.versions import chains_shown, differences
from hoiam.kit.news import Entry, Page, sentences
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.jobs.reports import _missing, _published
from hoiam.monitoring.models import Item, Version
from tests.monitoring.house import GRAVE, NOW, take
from tests.monitoring.newsstand import TEXT, TITLE, entry, play, whole

pytestmark = pytest.mark.django_db
EIGHT = datetime(2026, 8, 5, 8, 12, tzinfo=VIETNAM)
MIDNIGHT = EIGHT.replace(hour=0, minute=0)
DAY = timedelta(days=1)
FIRST = datetime(1, 1, 1, tzinfo=timezone(14 * timedelta(hours=1)))  # no such moment in London
OF_DAY = replace(
    GRAVE, published_at=MIDNIGHT, published_precision="day", published_from="page",
    url="https://nang-ha.example/0.html", outlet="Tạp chí Nắng Hạ",
)  # fmt: skip


def of_page(moment, precision):
    return Page(published_at=moment, published_from="page", published_precision=precision)


@pytest.mark.parametrize(
    ("page", "entry", "found"),
    [
        (of_page(MIDNIGHT, "day"), Entry(published_at=EIGHT, published_raw="05/08/2026 08:12"), (EIGHT, "feed", "minute")),
        (of_page(EIGHT, "minute"), Entry(published_at=MIDNIGHT, published_raw="05/08/2026"), (EIGHT, "page", "minute")),
        (of_page(EIGHT, "minute"), Entry(published_at=EIGHT - DAY, published_raw="04/08/2026 08:12"), (EIGHT, "page", "minute")),
        # An hour of another day is another time, not the same one told better.
        (of_page(MIDNIGHT, "day"), Entry(published_at=EIGHT - DAY, published_raw="04/08/2026 08:12"), (MIDNIGHT, "page", "day")),
        (None, Entry(published_at=MIDNIGHT, published_raw="2026-08-05"), (MIDNIGHT, "feed", "day")),
        (None, Entry(published_at=MIDNIGHT, published_raw="2026-08-05T00:00:00+07:00"), (MIDNIGHT, "feed", "minute")),
        (None, Entry(), (None, "", "minute")),
        (of_page(EIGHT, "minute"), Entry(published_at=FIRST, published_raw="0001-01-01"), (EIGHT, "page", "minute")),
    ],
)  # fmt: skip
def test_the_more_exact_of_page_and_feed_is_taken(page, entry, found):
    assert _published(entry, page, NOW) == found


def test_a_page_that_tells_only_the_day_is_no_problem_when_the_feed_tells_the_hour():
    page = replace(of_page(MIDNIGHT, "day"), problems=(sentences.PAGE_DAY_ONLY,))
    assert _missing(Entry(published_at=EIGHT, published_raw="05/08/2026 08:12"), page) == []
    assert _missing(Entry(published_at=MIDNIGHT, published_raw="05/08/2026"), page) == [
        sentences.PAGE_DAY_ONLY
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("date", "at", "precision"),
    [("Wed, 05 Aug 2026 08:12:00 +0700", EIGHT, "minute"), (None, MIDNIGHT, "day")],
)
def test_the_collector_keeps_what_is_known_of_the_time(province, date, at, precision):
    async def story(it):
        page = f"<html><body><article><h1>{TITLE}</h1><time>05/08/2026</time><p>{TEXT}</p></article></body></html>"
        it.stand.pages["/tin-1.html"] = whole(page.encode(), Content_Type="text/html")
        it.stand.feed(entry(1, TITLE, date=date))
        await it.read()

    play(story)
    item = Item.objects.get()
    assert (item.published_at, item.published_precision) == (at, precision)


def test_a_file_of_items_keeps_what_is_known_of_the_time(province, tmp_path):
    told = {"2026-08-05": "day", "05/08/2026": "day", "2026-08-05T00:00:00+07:00": "minute"}
    path = Path(tmp_path / "tin.jsonl")
    rows = [{"title": f"Tin {n}", "id": n, "published": raw} for n, raw in enumerate(told, 1)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["import-items", str(path)]) == 0
    found = dict(Item.objects.values_list("published_raw", "published_precision"))
    assert found == told


def test_it_stands_in_lists_where_it_was_seen_within_its_day(province):
    seen = take(OF_DAY).items[0]
    late = take(replace(OF_DAY, url="https://nang-ha.example/1.html"), now=NOW + 3 * DAY).items[0]
    early = take(replace(OF_DAY, url="https://nang-ha.example/2.html"), now=NOW - DAY).items[0]
    assert (seen.at, seen.published_at) == (NOW, MIDNIGHT)
    assert late.at == MIDNIGHT + DAY - timedelta(minutes=1)
    assert early.at == MIDNIGHT


def test_it_is_shown_as_a_day(warning):
    take(OF_DAY)
    items = list(Item.objects.order_by("at", "pk"))
    assert sorted(shown.moment for shown in items_shown(items, NOW)) == ["08:00 hôm nay", "hôm nay"]
    first, copy = chains_shown(items, NOW)[0]
    assert (first.moment, copy.moment) == ("08:00 hôm nay", "hôm nay")
    assert "cùng ngày" in copy.words
    assert [say_datetime(item.shown_at) for item in items] == ["05/08/2026 08:00", "05/08/2026"]


def test_its_versions_tell_the_day(warning):
    item = take(OF_DAY).items[0]
    told = {"item": item, "kind": "changed", "at": NOW, "published_at": MIDNIGHT}
    before, after = (Version.objects.create(number=n, title=f"Tin {n}", **told) for n in (1, 2))
    found = {one.label: str(one.html) for one in differences(before, after)}
    assert found["Thời điểm đăng"] == "05/08/2026"
