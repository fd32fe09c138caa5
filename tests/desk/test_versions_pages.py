"""Versions, differences, chains of reprints, and undoing how stories were mended, as officials see them."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hoiam.core import ledger
from hoiam.core.fetch import Fetched
from hoiam.desk.presenters.versions import (
    LONG_STRETCH,
    difference_html,
    differences,
    versions_shown,
)
from hoiam.kit.news import Piece, changes
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.captures import keep_page
from hoiam.monitoring.actions.versions import note_version
from hoiam.monitoring.models import Capture, Item, Recheck, Signal, Story, Version, Warning
from tests.desk.small_world import SmallWorld

pytestmark = pytest.mark.django_db
BODY = "Thi hành án dân sự tỉnh Thanh Giang hẹn giao đất vào tháng sau. Ông Thử nói đã chờ hai năm."
EDITED = BODY.replace("tháng sau", "tuần này").replace("hai năm", "ba năm")


@pytest.fixture(autouse=True)
def _blobs(settings, tmp_path):
    settings.HOIAM_BLOBS = tmp_path / "evidence"


@pytest.fixture
def world():
    return SmallWorld()


@pytest.fixture
def client(world) -> Client:
    return world.client(world.province, "focal_point")


@pytest.fixture
def stranger(world) -> Client:
    return world.client(world.other, "focal_point")


def page(title, body):
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{body}</p></article></body></html>"


def answer(item, text, status=200, at=None):
    data = text.encode()
    return Fetched(
        url=item.url, final_url=item.url, status=status, headers={"Content-Type": "text/html; charset=utf-8"},
        body=data, raw=data, charset="utf-8", fetched_at=at or timezone.now(), hops=(), not_modified=False,
        elapsed=0.1, tls_fault=None,
    )  # fmt: skip


@pytest.fixture
def item(world):
    """A report in the province's sight with its page kept."""
    warning = world.story(world.province, world.now - timedelta(hours=5), title="Chờ giao đất ở Cồn Én")  # fmt: skip
    found = Item.objects.get(story=warning.story)
    found.url, found.outlet, found.body, found.is_relevant = "https://songthanh.example/1.html", "Báo Sông Thanh", BODY, True  # fmt: skip
    found.capture = keep_page(answer(found, page(found.title, BODY)), actor=None, how="nguồn: Báo Sông Thanh")  # fmt: skip
    found.save()
    Story.objects.filter(pk=warning.story_id).update(lead_item=found)
    return found


def note(item, text, status=200):
    now = timezone.now()
    return note_version(item, answer(item, text, status), now=now, how="xem lại theo lịch")


def html(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_difference_is_marked_by_more_than_colour(client, item):
    version = note(item, page("Đã giao đất ở Cồn Én", EDITED))
    shown = html(client.get(reverse("desk-item-version", args=[item.pk, version.number])))
    assert '<del><span class="ha-sr">[bỏ] </span>tháng sau</del>' in shown
    assert '<ins><span class="ha-sr">[thêm] </span>tuần này</ins>' in shown
    assert "<del>gạch ngang</del>: báo đã bỏ" in shown
    assert [*re.findall(r'<h2 class="ha-h2">(Tiêu đề|Nội dung)</h2><span class="ha-sm">(.+?)</span>', shown)] == [
        ("Tiêu đề", "có thay đổi"), ("Nội dung", "có thay đổi"),
    ]  # fmt: skip
    assert version.text_sha256 in shown and version.capture.payload_sha256 in shown


DAY = datetime(2026, 8, 5, tzinfo=VIETNAM)
NOON = DAY.replace(hour=12)


@pytest.mark.parametrize(
    ("precision", "items", "shown"),
    [
        ("day", DAY, "05/08/2026 [thêm] 12:00"),
        ("minute", DAY, "05/08/2026 [bỏ] 00:00 [thêm] 12:00"),
        ("minute", NOON, "05/08/2026 [thêm] 12:00"),  # the feed's hour; of the page's day none is known
        ("day", DAY - timedelta(days=1), "05/08/2026 [thêm] 12:00"),
    ],
)  # fmt: skip
def test_a_bare_day_of_a_page_is_shown_without_an_hour(precision, items, shown):
    item = Item(published_at=items, published_precision=precision)
    pair = [
        Version(item=item, number=number, kind="changed", published_at=at, modified_at=at)
        for number, at in enumerate((DAY, NOON), 1)
    ]
    words = {one.label: " ".join(re.sub("<.+?>", " ", one.html).split()) for one in differences(*pair)}  # fmt: skip

    assert words["Thời điểm đăng"] == shown
    assert words["Giờ sửa ghi trên báo"] == "05/08/2026 [thêm] 12:00"
    told = [one.words for one in versions_shown(pair)]
    assert sorted(told) == ["hệ thống · báo ghi sửa lúc 05/08/2026 12:00", "hệ thống · báo ghi sửa ngày 05/08/2026"]  # fmt: skip


def test_item_and_story_say_that_the_paper_changed_the_report(client, item):
    plain = html(client.get(reverse("desk-item", args=[item.pk])))
    assert "Chưa thấy báo sửa bài" in plain and "Các bản của bài" not in plain
    note(item, page(item.title, EDITED))
    for name, pk in (("desk-item", item.pk), ("desk-story", item.story_id)):
        assert "Báo đã sửa bài lúc" in html(client.get(reverse(name, args=[pk])))
    shown = html(client.get(reverse("desk-item", args=[item.pk])))
    assert "Bản 2: Báo đã sửa" in shown and "Bản 1: Bản đầu" in shown
    assert "đọc lại trang Báo Sông Thanh: báo đã sửa" in html(client.get(reverse("desk-story", args=[item.story_id])))  # fmt: skip


def test_a_removed_report_says_so_and_has_no_text_to_compare(client, item):
    version = note(item, "<html><title>404</title></html>", status=404)
    assert "Không còn trên trang báo" in html(client.get(reverse("desk-story", args=[item.story_id])))  # fmt: skip
    shown = html(client.get(reverse("desk-item-version", args=[item.pk, version.number])))
    assert "Bản này không có văn bản để so" in shown and "mã trả lời 404" in shown


def test_the_first_version_shows_its_text(client, item):
    note(item, page(item.title, EDITED))
    assert BODY in html(client.get(reverse("desk-item-version", args=[item.pk, 1])))


def test_captures_of_versions_can_be_saved_by_who_sees_the_report(client, stranger, item):
    version = note(item, page(item.title, EDITED))
    path = reverse("desk-capture", args=[version.capture_id])
    assert "Niêm phong" in html(client.get(path))
    take, why = reverse("desk-capture-take", args=[version.capture_id]), {"why": "Báo cáo cấp trên"}
    assert client.post(take, why)["Content-Disposition"].startswith("attachment")
    assert (stranger.get(path).status_code, stranger.post(take, why).status_code) == (404, 404)


def test_a_stranger_sees_no_version_and_mends_nothing(stranger, item):
    note(item, page(item.title, EDITED))
    assert stranger.get(reverse("desk-item-version", args=[item.pk, 2])).status_code == 404
    for name, args in (
        ("desk-item-reread", [item.pk]),
        ("desk-story-unmerge", [item.story_id, item.story_id]),
        ("desk-story-unsplit", [item.story_id]),
    ):
        assert stranger.post(reverse(name, args=args)).status_code == 404


def test_a_version_that_is_none_is_404(client, item):
    assert client.get(reverse("desk-item-version", args=[item.pk, 7])).status_code == 404


def test_a_report_without_an_address_is_refused_in_words(client, item):
    Item.objects.filter(pk=item.pk).update(url="")
    answer = client.post(reverse("desk-item-reread", args=[item.pk]), follow=True)
    assert "Bài này không có địa chỉ trang nên không đọc lại được." in html(answer)


def test_a_page_that_may_not_be_fetched_is_refused_in_words(client, item):
    Item.objects.filter(pk=item.pk).update(url="http://127.0.0.1:1/x.html")
    answer = client.post(reverse("desk-item-reread", args=[item.pk]), follow=True)
    assert 'role="alert"' in html(answer)
    assert not Recheck.objects.exists() and Capture.objects.count() == 1


def test_hostile_text_in_a_version_stays_text(client, item):
    version = note(item, page("Cồn Én &lt;script&gt;alert(1)&lt;/script&gt;", EDITED))
    shown = html(client.get(reverse("desk-item-version", args=[item.pk, version.number])))
    assert "<script>alert" not in shown
    assert difference_html([Piece("inserted", "<b>&")]) == '<ins><span class="ha-sr">[thêm] </span>&lt;b&gt;&amp;</ins>'  # fmt: skip


def test_long_stretches_that_stayed_are_shortened_and_counted():
    long = "chữ " * 600
    shown = difference_html(changes(f"Một {long}hai {long}", f"Ba {long}hai {long}bốn"))
    assert len(shown) < 3 * LONG_STRETCH
    assert "chữ giữ nguyên …]" in shown


def test_the_chain_tells_who_published_first_and_who_printed_it_again(client, world, item):
    at = world.now - timedelta(hours=6)
    Item.objects.filter(pk=item.pk).update(published_at=at + timedelta(minutes=40), body=BODY + "\n\n(Theo Tạp chí Nắng Hạ)")  # fmt: skip
    first = world.item(item.story, at, 7, "Chờ giao đất", outlet="Tạp chí Nắng Hạ")
    Item.objects.filter(pk=first.pk).update(duplicate_of=item, story_score=0.97, body=BODY, published_at=at)  # fmt: skip
    shown = html(client.get(reverse("desk-story", args=[item.story_id])))
    chain = shown[shown.index("Ai đăng trước") :]
    told = re.sub(r"<[^>]+>", " ", chain[: chain.index("</ol>")])
    assert " ".join(told.split())[:140].startswith("Ai đăng trước 2 báo cùng một bài Tạp chí Nắng Hạ đăng đầu")  # fmt: skip
    assert "đăng lại, sau 40 phút, giống 97 %, ghi nguồn “Tạp chí Nắng Hạ”" in told


def test_merging_is_undone_from_the_page_and_a_merged_address_leads_on(client, world, item):
    other = world.story(world.province, world.now - timedelta(hours=3)).story
    assert Item.objects.filter(story=other).update(url_key="x" * 64) == 1
    client.post(reverse("desk-story-merge", args=[other.pk]), {"into": item.story_id})
    assert client.get(reverse("desk-story", args=[other.pk])).url == reverse("desk-story", args=[item.story_id])  # fmt: skip
    shown = html(client.get(reverse("desk-story", args=[item.story_id])))
    assert f"Gộp vào đây: {other.title}" in shown
    undo = reverse("desk-story-unmerge", args=[item.story_id, other.pk])
    assert undo in shown
    assert "Đã hoàn tác gộp" in html(client.post(undo, follow=True))
    assert html(client.get(reverse("desk-story", args=[other.pk])))
    assert Warning.objects.system("look").filter(state="new").count() == 2


def test_queries_do_not_grow_with_reports_and_versions(client, world, item):
    counts = []
    for n in (0, 1, 2):
        if n:
            more = world.item(item.story, world.now - timedelta(hours=n), n + 10, f"Bài {n}", outlet="Báo Đò Mới")  # fmt: skip
            Item.objects.filter(pk=more.pk).update(url=f"https://domoi.example/{n}.html", body=BODY)
            note(Item.objects.get(pk=more.pk), page(f"Bài {n} sửa", EDITED))
        with CaptureQueriesContext(connection) as seen:
            html(client.get(reverse("desk-story", args=[item.story_id])))
        counts.append(len(seen))
    assert counts[1] == counts[2] <= 20, counts


def test_what_the_chain_calls_first_is_no_reprint_on_the_page_whatever_the_record_says(
    client, world, item
):
    at = world.now - timedelta(hours=6)
    Item.objects.filter(pk=item.pk).update(published_at=at + timedelta(minutes=40), body=BODY)
    own = world.item(item.story, at, 6, "Bài riêng", outlet="Báo Lam")
    first = world.item(item.story, at, 7, "Chờ giao đất", outlet="Tạp chí Nắng Hạ")
    # As a house that placed both before the turning was made still has it.
    Item.objects.filter(pk=first.pk).update(duplicate_of=item, body=BODY, published_at=at)
    Story.objects.filter(pk=item.story_id).update(lead_item=own)
    shown = html(client.get(reverse("desk-story", args=[item.story_id])))
    marks = dict(re.findall(r'id="i(\d+)"><header><h2 class="ha-h2">([^<]+)<', shown))
    assert marks == {str(own.pk): "Bài báo", str(first.pk): "Bài khác", str(item.pk): "Bài đăng lại"}  # fmt: skip


def test_the_page_of_the_story_says_how_copies_spread_though_nobody_was_told(
    client, stranger, item
):
    Signal.objects.create(
        kind="spread", key="spread:1:outlets-3-by-copies", story=item.story, at=timezone.now(), last_at=timezone.now(),
        words="3 cơ quan báo chí đã đưa tin, trong đó 2 chỉ đăng lại bài đã có",
    )  # fmt: skip
    url = reverse("desk-story", args=[item.story_id])
    why = html(client.get(url)).partition("Vì sao báo?")[2].partition("</ul>")[0]
    assert "<li>Lan rộng: 3 cơ quan báo chí đã đưa tin, trong đó 2 chỉ đăng lại bài đã có (" in why
    assert stranger.get(url).status_code == 404


def test_the_diary_says_that_the_earliest_report_leads(client, item):
    ledger.write(item.story, actor=None, step="turn_lead", at=timezone.now(), item=item.pk, was=0)
    shown = html(client.get(reverse("desk-story", args=[item.story_id])))
    assert "Hệ thống lấy bài đăng sớm nhất của cùng một bài làm bài đầu" in shown
