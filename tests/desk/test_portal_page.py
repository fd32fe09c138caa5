"""Cổng thông tin on the desk: feeds of partners, planned outages and their clock, told to whom may not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hoiam.agencies.states import Role
from hoiam.core import authority
from hoiam.core.fetch import FetchError
from hoiam.core.models import LedgerEntry
from hoiam.kit.news import Entry
from hoiam.kit.vietnamese import show_datetime
from hoiam.newsroom.actions import Snapshot, publish_article
from hoiam.newsroom.actions.partner_feeds import add_partner_feed, keep_headlines
from hoiam.newsroom.jobs.partner_feeds import read_all
from hoiam.newsroom.models import Outage, PartnerFeed, PartnerItem, Section
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "/desk/portal/"
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Ban</title><link>https://ban.example/</link><description>x</description>
<item><title>Tu\xe1\xba\xa7n l\xe1\xbb\x85 &lt;b onclick=x&gt;ph\xc3\xa1p lu\xe1\xba\xadt&lt;/b&gt;</title><link>https://ban.example/1</link><description>&lt;p&gt;L\xe1\xbb\x9di&lt;script&gt;alert(1)&lt;/script&gt; d\xe1\xba\xabn&lt;/p&gt;</description><pubDate>Mon, 03 Aug 2026 01:00:00 GMT</pubDate></item>
<item><title>X\xe1\xba\xa5u</title><link>javascript:alert(1)</link><pubDate>Mon, 03 Aug 2026 01:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def keeper(tree):
    return make.actor(tree.centre, Role.ADMINISTRATOR, today=timezone.localdate())


def desk_of(actor):
    desk = Client()
    desk.force_login(actor.official)
    return desk


def test_a_feed_is_added_once_and_only_by_its_keepers(tree, keeper):
    typed = {"name": "Sở bạn", "url": "https://ban.example/rss"}
    desk = desk_of(keeper)
    assert desk.post(URL, typed).status_code == 302
    again = desk.post(URL, typed)
    assert again.status_code == 422 and "đã có trong danh sách" in again.content.decode()

    other = desk_of(make.actor(tree.province, Role.FOCAL_POINT, today=timezone.localdate()))
    refused = other.post(URL, {**typed, "url": "https://khac.example/rss"})
    assert "Chỉ quản trị" in refused.content.decode() and PartnerFeed.objects.count() == 1


def test_two_who_switch_at_once_the_second_is_told(tree, keeper):
    feed = add_partner_feed(tree.centre, actor=keeper, now=timezone.now(), name="Sở bạn", url="https://ban.example/rss")  # fmt: skip
    desk = desk_of(keeper)
    switch = f"{URL}feeds/{feed.pk}/switch/"
    desk.post(switch, {"on": "0", "version": "1"})
    told = desk.post(switch, {"on": "1", "version": "1"}, follow=True).content.decode()

    feed.refresh_from_db()
    assert "Người khác vừa đổi nguồn tin này" in told and not feed.is_on


class Answering:
    """A fetcher's shape on a recorded answer."""

    def __init__(self, answer):
        self.answer = answer

    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        return None

    async def get(self, url, **kwargs):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Answer:
    """What came back."""

    body, final_url, charset, not_modified, headers = FEED, "https://ban.example/rss", None, False, {"ETag": '"1"'}  # fmt: skip


def test_only_title_lead_and_link_are_taken_as_plain_words(tree, keeper):
    feed = add_partner_feed(tree.centre, actor=keeper, now=timezone.now(), name="Sở bạn", url="https://ban.example/rss")  # fmt: skip
    assert read_all(timezone.now(), lambda: Answering(Answer())) == 1
    assert read_all(timezone.now(), lambda: Answering(Answer())) == 0
    item = PartnerItem.objects.get()

    assert (item.title, item.lead) == ("Tuần lễ pháp luật", "Lời dẫn")
    feed.refresh_from_db()
    assert (feed.trouble, feed.etag) == ("", '"1"')


def test_a_feed_that_fails_says_why_and_shows_what_it_gave_before(tree, keeper, client):
    feed = add_partner_feed(tree.centre, actor=keeper, now=timezone.now(), name="Sở bạn", url="https://ban.example/rss")  # fmt: skip
    entry = Entry(title="Tin cũ", link="https://ban.example/9", published_at=timezone.now())
    keep_headlines(feed, [entry], now=timezone.now())
    assert read_all(timezone.now(), lambda: Answering(FetchError("Trang không trả lời.", feed.url))) == 0  # fmt: skip
    feed.refresh_from_db()

    assert "Trang không trả lời." in feed.trouble
    assert "Tin cũ" in client.get("/tin-don-vi-ban/").content.decode()


def moment(days):
    return show_datetime(timezone.now() + timedelta(days=days))


def test_an_outage_told_in_time_stands_on_every_page_until_called_off(tree, keeper, client):
    desk = desk_of(keeper)
    typed = {"what": "Cổng", "starts_at": moment(20), "ends_at": moment(21), "urgent_reason": ""}
    assert desk.post(f"{URL}outages/", typed).status_code == 302
    assert "Tạm ngừng để bảo trì" in client.get("/tin/").content.decode()
    outage = Outage.objects.get()
    assert outage.announced_at < outage.latest_at < outage.starts_at

    desk.post(f"{URL}outages/{outage.pk}/call-off/")
    assert "Tạm ngừng để bảo trì" not in client.get("/tin/").content.decode()
    assert LedgerEntry.objects.filter(step__endswith="_outage").count() == 2


def test_told_too_late_it_needs_a_reason_and_keeps_what_was_typed(tree, keeper):
    desk = desk_of(keeper)
    typed = {"what": "Cổng", "starts_at": moment(2), "ends_at": moment(3), "urgent_reason": ""}
    refused = desk.post(f"{URL}outages/", typed)
    assert refused.status_code == 422 and "Phải thông báo muộn nhất" in refused.content.decode()
    assert typed["starts_at"] in refused.content.decode()

    desk.post(f"{URL}outages/", {**typed, "urgent_reason": "Lỗ hổng phải vá ngay"})
    outage = Outage.objects.get()
    assert outage.announced_at > outage.latest_at and outage.urgent_reason == "Lỗ hổng phải vá ngay"


@pytest.mark.parametrize(("starts", "ends"), [(-1, 2), (20, 19)])
def test_an_outage_is_ahead_and_ends_after_it_begins(tree, keeper, starts, ends):
    answer = desk_of(keeper).post(f"{URL}outages/", {"what": "Cổng", "starts_at": moment(starts), "ends_at": moment(ends)})  # fmt: skip
    assert answer.status_code == 422 and Outage.objects.count() == 0


def test_an_administrator_of_a_province_has_no_say_in_the_one_portal(tree):
    rights = [("announce_outage", tree.province), ("add_partner_feed", tree.province), ("call_off_outage", Outage()), ("switch_partner_feed", PartnerFeed())]  # fmt: skip
    here, there = (make.actor(place, Role.ADMINISTRATOR) for place in (tree.province, tree.centre))
    assert [authority.can(here, verb, what) for verb, what in rights] == [False] * 4
    assert [authority.can(there, verb, what) for verb, what in rights] == [True] * 4


FOOT = {
    "responsible": "Nguyễn Văn Thử", "title": "Chánh Văn phòng", "address": "Số 1 đường Thử, Hà Nội",
    "phone": "024 1234 5678", "email": "cong@thads.example",
}  # fmt: skip


def test_the_foot_of_every_public_page_says_who_answers_once_it_is_filled_in(tree, keeper):
    client, desk = Client(), desk_of(keeper)
    before = client.get("/").content.decode()
    assert (
        "phải điền" in before and findings() == []
    )  # a house that publishes nothing owes nobody a foot
    section = Section.objects.create(slug="tin", name="Tin hoạt động")
    told = Snapshot(
        page_key="foot:1", kind="article", agency=tree.province, section=section, title="Đối thoại",
        lead="Ở xã Vạn Điền.",
    )  # fmt: skip
    publish_article(told, actor=None, now=timezone.now())
    assert len(findings()) == 1
    assert "Chân trang" in desk.get(URL).content.decode()
    wrong = desk.post(f"{URL}foot/", FOOT | {"email": "không phải", "seen": "0"})
    assert wrong.status_code == 422 and "Số 1 đường Thử" in wrong.content.decode()
    assert desk.post(f"{URL}foot/", FOOT | {"seen": "0"}).status_code == 302
    shown = client.get("/").content.decode()
    assert all(said in shown for said in FOOT.values()) and "phải điền" not in shown
    assert findings() == [] and LedgerEntry.objects.filter(step="save_portal_foot").count() == 1
    late = desk.post(f"{URL}foot/", FOOT | {"phone": "024 9", "seen": "0"})
    assert late.status_code == 422 and "Người khác vừa sửa chân trang" in late.content.decode()
    assert "024 9" in late.content.decode() and 'name="seen" value="1"' in late.content.decode()


def findings():
    from hoiam.newsroom.health import portal_foot

    return list(portal_foot(timezone.now()))


def test_a_province_does_not_fill_in_the_foot(tree):
    desk = desk_of(make.actor(tree.province, Role.EDITOR, today=timezone.localdate()))
    assert "Chân trang" not in desk.get(URL).content.decode()
    answer = desk.post(f"{URL}foot/", FOOT)
    assert answer.status_code == 422 and "ở trung ương" in answer.content.decode()
