"""The starter list: every province served, nothing called checked, loaded once and never over what people changed."""

from urllib.parse import urlsplit

import pytest

from hoiam.agencies.actions import load_press, press_rows
from hoiam.agencies.models import Channel, PressAgency
from hoiam.agencies.outlets import SCOPES, home_of, starter_outlets
from hoiam.agencies.queries import channel_of
from hoiam.kit.news import is_feed_address
from hoiam.kit.recognition import provinces
from hoiam.kit.recognition.places import today_of


def test_every_province_of_today_and_of_before_has_its_paper():
    local = [o for o in starter_outlets() if o.scope == "local"]
    served = {o.province for o in local}
    before = served | {o.former_province for o in local}
    assert len(starter_outlets()) >= 120
    assert served == {p.name for p in provinces()}
    assert {old for p in provinces() for old in p.predecessors} - before == set()


def test_the_papers_of_law_and_our_own_pages_are_there():
    keys = {o.key for o in starter_outlets()}
    assert keys >= {
        "baophapluat.vn", "plo.vn", "baovephapluat.vn", "congly.vn", "thads.moj.gov.vn", "moj.gov.vn",
    }  # fmt: skip


def test_no_address_is_called_checked_and_each_says_how_sure_it_is():
    rows = starter_outlets()
    assert {o.checked for o in rows} == {"no"}
    assert {o.site_confidence for o in rows} <= {"B", "C", "U"}
    assert [o.key for o in rows if bool(o.feed) != bool(o.feed_confidence)] == []
    assert {o.scope for o in rows} == set(SCOPES)


def test_rows_are_whole_and_stand_once():
    rows = starter_outlets()
    assert len({o.key for o in rows}) == len({o.address for o in rows}) == len(rows)
    assert [o.key for o in rows if urlsplit(o.site).hostname.removeprefix("www.") != o.key] == []
    assert [o.feed for o in rows if o.feed and not o.feed.startswith("https://")] == []
    assert [
        o.feed for o in rows if o.feed and not is_feed_address(o.feed) and "rss_feed" not in o.feed
    ] == []
    assert {o.province for o in rows} - {p.name for p in provinces()} == {""}
    assert {bool(o.press_agency) for o in rows if o.scope == "portal"} == {False}


def test_the_home_of_an_outlet_tells_its_province_of_today():
    wrong = [o.key for o in starter_outlets() if o.home and today_of(o.home) != o.province]
    assert wrong == []
    assert sum(today_of(o.home) != o.home for o in starter_outlets()) > 20


@pytest.mark.parametrize(
    ("url", "name", "home"),
    [
        ("https://baokiengiang.vn/phap-luat/a-1.html", "", "Kiên Giang"),
        ("http://www.baokiengiang.vn:80/a", "Báo Sông Thanh", "Kiên Giang"),
        ("https://m.baokiengiang.vn/a", "", "Kiên Giang"),
        ("baobacgiang.vn/a-1.html", "", "Bắc Giang"),
        ("https://cafef.vn/a.chn", "báo  BẮC GIANG", "Bắc Giang"),
        ("", "Báo Bắc Giang", "Bắc Giang"),
        ("https://vnexpress.net/a", "VnExpress", ""),
        ("https://songthanh.example/a", "Báo Sông Thanh", ""),
        # Everybody may write under these hosts, by any name.
        ("https://www.facebook.com/abc/posts/1", "Báo Bắc Giang", ""),
        ("HTTPS://M.Facebook.com/abc", "Báo Bắc Giang", ""),
        ("youtu.be/abc", "Báo Bắc Giang", ""),
        ("https://khongbaobacgiang.vn/a", "", ""),
        ("http://[hong", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_home_is_found_by_host_else_by_name(url, name, home):
    assert home_of(url, name) == home


@pytest.mark.django_db
def test_loading_twice_adds_nothing_and_keeps_what_people_wrote():
    PressAgency.objects.create(name="Báo Pháp luật Việt Nam", owner="Người dùng đã sửa")
    rows = press_rows()
    assert load_press(rows) == len(rows) - 1
    assert load_press(rows) == 0
    assert PressAgency.objects.get(name="Báo Pháp luật Việt Nam").owner == "Người dùng đã sửa"
    assert channel_of("www.baocaobang.vn").press_agency.province_code == "04"
    assert Channel.objects.get(host="cafef.vn").media_type == "aggregator"
    assert channel_of("thads.moj.gov.vn") is None
