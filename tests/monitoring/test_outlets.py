"""Where a report came from: its channel and its outlet's home by the address, else by the outlet's name, by whatever door it came."""

from datetime import UTC, datetime
from itertools import count

import pytest

from hoiam.agencies.actions import load_press, press_rows
from hoiam.agencies.models import Channel, PressAgency
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.clip import ClipDetails, clip
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import take_in
from hoiam.monitoring.actions.judging_again import document_of
from hoiam.monitoring.models import Attribution, Item, Source
from hoiam.monitoring.queries.outlets import OutletBook
from tests.monitoring.house import NOW

BEFORE = datetime(2024, 5, 6, 2, tzinfo=UTC)
NUMBERS = count(1)  # without an address, title and time make a report the same
TITLE = "Cục Thi hành án dân sự tỉnh tổ chức hội nghị giao ban"


@pytest.fixture
def press(centre):
    load_press(press_rows())


def told(url="", outlet="", at=BEFORE, **fields):
    """A report that names no province, taken in."""
    fields.setdefault("title", TITLE)
    one = Incoming(url=url, outlet=outlet, published_at=at, **fields)
    return take_in([one], now=NOW).items[0]


def named(item):
    """The agencies its finding names."""
    return list(Attribution.objects.filter(finding__item=item).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("url", "outlet", "host"),
    [
        ("https://baobacgiang.vn/hoi-nghi-1.html", "", "baobacgiang.vn"),
        ("https://m.baobacgiang.vn/hoi-nghi-1.html", "Tin tổng hợp", "baobacgiang.vn"),
        ("https://ten-mien-moi.example/hoi-nghi-1.html", "BÁO Bắc Giang", "baobacgiang.vn"),
        ("https://cafef.vn/hoi-nghi-1.chn", "Báo Bắc Giang", "cafef.vn"),
    ],
)
def test_a_report_without_a_source_finds_channel_and_home(press, url, outlet, host):
    item = told(url, outlet)
    assert item.channel.host == host
    assert named(item) == ["Cục THADS tỉnh Bắc Giang"]


def test_today_the_home_is_the_province_that_took_it_in(press):
    item = told("https://baobacgiang.vn/giao-ban-2.html", at=NOW, title="Phòng THADS khu vực 2 họp")
    assert named(item) == ["Phòng THADS khu vực 2 - Bắc Ninh"]


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.facebook.com/baobacgiang/posts/1", "Báo Bắc Giang"),  # an account may bear any name
        ("https://songthanh.example/1.html", "Báo Sông Thanh"),
        ("https://thads.moj.gov.vn/1.html", "Cổng thông tin"),
    ],
)  # fmt: skip
def test_what_is_not_sure_has_no_channel(press, url, outlet):
    assert told(url, outlet).channel_id is None


def clipped(medium, outlet="BÁO Bắc Giang"):
    """A report clipped by hand without an address: by the name as printed, from where it was printed."""
    return told("", outlet, medium=medium, title=f"{TITLE} {next(NUMBERS)}").channel


@pytest.mark.parametrize(("medium", "host"), [("web", "baobacgiang.vn"), ("", "baobacgiang.vn")])
def test_without_an_address_the_name_tells_the_only_channel_it_can_be(press, medium, host):
    assert clipped(medium).host == host


@pytest.mark.parametrize("medium", ["print", "radio", "television", "social"])
def test_what_was_printed_or_aired_did_not_stand_on_the_web_site(press, medium):
    # The kind of channel decides by when an outlet has to answer, and stands in the papers that go out.
    assert clipped(medium) is None


def test_a_clip_finds_the_channel_of_its_kind(press):
    agency = PressAgency.objects.get(name="Báo Bắc Giang")
    made = {
        medium: Channel.objects.create(press_agency=agency, name=name, media_type=kind)
        for medium, name, kind in [
            ("print", "Bắc Giang (báo in)", "daily_print"),
            ("radio", "Bắc Giang (phát thanh)", "radio"),
            ("social", "Bắc Giang (trang mạng xã hội)", "social"),
        ]
    }
    assert (clipped("print"), clipped("radio")) == (made["print"], made["radio"])
    assert clipped("print", "bac giang (bao in)") == made["print"]
    assert clipped("web").host == "baobacgiang.vn"
    assert [clipped(medium) for medium in ("", "television", "social")] == [None] * 3


@pytest.mark.parametrize("medium", ["print", "radio", "television", "social"])
def test_the_address_of_a_clip_does_not_lay_it_to_the_web_site(press, medium):
    url = f"https://baobacgiang.vn/ban-tin-{medium}.html"
    assert told(url, "Báo Bắc Giang", medium=medium).channel is None


@pytest.mark.parametrize(
    ("medium", "kind"),
    [("television", "television"), ("radio", "radio"), ("print", "weekly_print")],
)
def test_with_an_address_too_a_clip_finds_the_channel_of_its_kind(press, medium, kind):
    agency = PressAgency.objects.get(name="Báo Bắc Giang")
    made = Channel.objects.create(press_agency=agency, name="Kênh thứ hai", media_type=kind)
    url = f"https://baobacgiang.vn/ban-tin-{medium}.html"
    assert told(url, "", medium=medium).channel == made
    assert told(f"{url}?so=2", "Báo Bắc Giang", medium=medium).channel == made
    assert told(f"{url}?so=3", "", medium="web").channel.host == "baobacgiang.vn"


def test_of_two_channels_at_one_host_the_medium_tells(press):
    agency = PressAgency.objects.get(name="Báo Bắc Giang")
    fields = {"name": "Xuân Bắc Giang", "media_type": "magazine", "host": "baobacgiang.vn"}
    made = Channel.objects.create(press_agency=agency, **fields)
    found = [
        told(f"https://baobacgiang.vn/xuan-{medium}.html", "", medium=medium).channel
        for medium in ("print", "web")
    ]
    assert (found[0], found[1].name) == (made, "Báo Bắc Giang")


def test_the_clip_says_where_it_was_printed(press, desk):
    printed = Incoming(title=TITLE, outlet="Báo Bắc Giang", published_at=BEFORE)
    assert (
        clip(printed, ClipDetails("print", issue="1", page="1"), actor=desk, now=NOW).channel
        is None
    )
    page = Incoming(title=f"{TITLE} quý II", outlet="Báo Bắc Giang", published_at=BEFORE)
    assert clip(page, ClipDetails("web"), actor=desk, now=NOW).channel.host == "baobacgiang.vn"


def test_a_name_two_channels_share_tells_none(press):
    agency = PressAgency.objects.create(name="Báo Đò Mới")
    for host in ("domoi.example", "domoi2.example"):
        Channel.objects.create(press_agency=agency, name=host, media_type="online", host=host)
    printed = Channel.objects.create(
        press_agency=agency, name="Đò Mới (báo in)", media_type="daily_print"
    )
    assert told("https://khac.example/1.html", "Báo Đò Mới").channel_id is None
    assert told("https://x.domoi2.example/1.html", "Báo Đò Mới").channel.host == "domoi2.example"
    assert clipped("print", "báo Đò Mới") == printed
    assert clipped("", "Báo Đò Mới") is None


def test_a_press_agency_people_entered_tells_its_province(press):
    agency = PressAgency.objects.create(name="Báo Nắng Hạ", province_code="01")
    Channel.objects.create(
        press_agency=agency, name="Nắng Hạ", media_type="online", host="nangha.example"
    )
    item = told("https://nangha.example/1.html", title="Cục THADS thành phố họp giao ban")
    assert named(item) == ["Cục THADS TP. Hà Nội"]


def test_what_the_source_says_wins_and_the_list_only_tells_its_part(press):
    book = OutletBook()
    page = "https://baokiengiang.vn/1.html"
    assert book.home("Hà Tĩnh", page, "") == "Hà Tĩnh"
    assert book.home("An Giang", page, "") == "Kiên Giang"  # as the list was added before
    assert book.home("", page, "") == "Kiên Giang"


@pytest.mark.parametrize("url", ["https://www.facebook.com/abc/posts/1", "HTTPS://t.me/abc/1"])
def test_an_account_has_no_home_by_its_name(press, url):
    assert OutletBook().home("", url, "Báo Bắc Giang") == ""
    assert OutletBook().home("Hà Tĩnh", url, "Báo Bắc Giang") == "Hà Tĩnh"
    assert named(told(url, "Báo Bắc Giang")) == named(told("https://la.example/1.html", "Báo lạ"))


def test_a_channel_that_was_given_stays(press):
    given = Channel.objects.get(host="vnexpress.net")
    item = told("https://baobacgiang.vn/3.html", channel_id=given.pk)
    assert item.channel_id == given.pk


def test_judged_again_it_has_the_same_home(press):
    box = Source.objects.create(name="Hộp thư cảnh báo", kind="mailbox", url="imaps://x/INBOX")
    item = told("https://baobacgiang.vn/4.html", source_id=box.pk)
    document = document_of(Item.objects.get(pk=item.pk), OutletBook())
    assert document.home_province == "Bắc Giang"
    assert document.published_on == BEFORE.astimezone(VIETNAM).date()


def test_channels_cost_one_query_for_any_number_of_reports(press, django_assert_num_queries):
    book = OutletBook()
    with django_assert_num_queries(1):
        for number in range(3):
            assert book.channel(f"https://baobacgiang.vn/{number}", "")
            assert book.channel(f"https://khong-co.example/{number}", "Báo lạ") is None
