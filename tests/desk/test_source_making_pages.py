"""Adding a source: found from an address, looked at, picked from the list, each kind's own form, files that are tried first."""

import asyncio
import re
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hoiam.agencies.states import Role
from hoiam.core import search
from hoiam.desk.views import source_finding, sources
from hoiam.kit.vietnamese import show_datetime
from hoiam.monitoring.models import Comment, Item, ItemImport, Source
from tests.core.fetch.loopback import fetcher, site
from tests.desk.small_world import SmallWorld, page, queries_of
from tests.monitoring.newsstand import TITLE, Stand, entry, stand_of_three
from tests.monitoring.test_finding_sources import html

MOMENT = datetime(2026, 8, 5, 1, 0, tzinfo=UTC)
FIND, NEW, LIST = (f"desk-source-{name}" for name in ("find", "new", "starter"))


@pytest.fixture
def world(db):
    search.ensure()
    return SmallWorld()


@pytest.fixture
def desk(world):
    return world.client(world.province, Role.FOCAL_POINT)


@contextmanager
def serving():
    """A newspaper on loopback in a thread of its own, as pages ask from theirs."""
    stand, ready, loop = Stand(), threading.Event(), asyncio.new_event_loop()
    stop = asyncio.Event()

    async def run():
        async with site(stand) as place:
            stand.url = place.url
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    ready.wait(5)
    try:
        yield stand
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


@pytest.fixture
def stand(monkeypatch):
    for views in (sources, source_finding):
        monkeypatch.setattr(views, "make_fetcher", fetcher)
    with serving() as made:
        yield made


def test_from_an_address_to_a_saved_source(world, desk, stand):
    stand_of_three(stand)
    stand.pages["/"] = html(
        '<link rel="alternate" type="application/rss+xml" title="Trang chủ" href="/rss">'
    )
    text = desk.post(reverse(FIND), {"address": stand.url}).content.decode()
    assert f"{stand.url}/rss" in text
    assert "<b>3 tin</b>" in text
    asked = {"kind": "feed", "url": f"{stand.url}/rss", "name": "Trang chủ"}
    seen = desk.post(reverse(NEW), asked | {"preview": "1"}).content.decode()
    assert (TITLE in seen, show_datetime(MOMENT) in seen, "chưa lưu" in seen) == (True, True, True)
    assert Source.objects.count() == 0
    answer = desk.post(reverse(NEW), asked | {"save": "1"})
    assert answer.url == reverse("desk-source", args=[Source.objects.get().pk])
    again = desk.post(reverse(FIND), {"address": stand.url}).content.decode()
    assert "Đã là nguồn" in again


def test_a_preview_shows_a_bare_day_without_an_hour(world, desk, stand):
    dates = ("05/08/2026", "Thu, 06 Aug 2026 00:00:00 +0700")
    stand.feed(*(entry(n, f"Tin {n}", date) for n, date in enumerate(dates)))
    asked = {"kind": "feed", "url": f"{stand.url}/rss", "name": "Thử", "preview": "1"}
    seen = desk.post(reverse(NEW), asked).content.decode()
    assert re.findall(r'"Thời điểm đăng">(.+?)</td>', seen) == ["05/08/2026", "06/08/2026 00:00"]


def test_what_cannot_be_found_or_read_is_said_and_what_was_typed_stays(world, desk, stand):
    stand.pages["/"] = html("<p>Trang chủ</p>")
    assert (
        "Không tìm thấy nguồn nào"
        in desk.post(reverse(FIND), {"address": stand.url}).content.decode()
    )
    text = desk.post(reverse(FIND), {"address": f"{stand.url}/mat"}).content.decode()
    assert "Trang không còn ở địa chỉ này (mã 404)." in text
    assert f'value="{stand.url}/mat"' in text
    seen = desk.post(
        reverse(NEW), {"kind": "feed", "url": f"{stand.url}/mat", "name": "Thử", "preview": "1"}
    )
    assert "Không đọc được tin nào" in seen.content.decode()
    assert 'value="Thử"' in seen.content.decode()


def test_no_inner_address_is_ever_asked(world, desk):
    for name, typed in (
        (FIND, {"address": "http://127.0.0.1/"}),
        (NEW, {"kind": "feed", "url": "http://127.0.0.1/rss", "name": "x", "preview": "1"}),
    ):
        assert "không nằm trên mạng công cộng" in desk.post(reverse(name), typed).content.decode()


def test_a_listing_gets_its_rule_proposed_looked_at_and_kept(world, desk, stand):
    blocks = "".join(
        f'<div class="tin"><a href="/t-{n}.html">Một tiêu đề đủ dài để là bài báo {n}</a></div>'
        for n in range(6)
    )
    stand.pages["/phap-luat"] = html(blocks)
    url = f"{reverse(NEW)}?loai=listing"
    typed = {
        "name": "Pháp luật",
        "url": f"{stand.url}/phap-luat",
        "item": "",
        "link": "",
        "title": "",
        "time": "",
    }
    text = desk.post(url, typed | {"guess": "1"}).content.decode()
    assert 'value="div.tin"' in text and 'value="Pháp luật"' in text
    typed |= {"item": "div.tin", "link": "a"}
    assert (
        "Một tiêu đề đủ dài để là bài báo 0"
        in desk.post(url, typed | {"preview": "1"}).content.decode()
    )
    desk.post(url, typed)
    made = Source.objects.get()
    assert (made.kind, made.rule["item"], made.rule_version) == ("listing", "div.tin", 1)
    assert "khối div.tin, liên kết a" in page(desk, reverse("desk-source", args=[made.pk]))
    stand.pages["/phap-luat"] = html("<p>x</p>")
    text = desk.post(url, typed | {"item": "", "guess": "1"}).content.decode()
    assert "Không thấy khối tin lặp lại trên trang này." in text


def test_a_mailbox_is_made_without_a_password(world, desk, monkeypatch):
    url = f"{reverse(NEW)}?loai=mailbox"
    assert 'type="password"' not in page(desk, url)
    text = desk.post(url, {"name": "Thư", "variable": "HOIAM_SECRET_KEY"}).content.decode()
    assert "Tên biến môi trường phải bắt đầu bằng HOIAM_MAILBOX_" in text
    typed = {"name": "Thư", "variable": "HOIAM_MAILBOX_CANH_BAO"}
    assert "Máy chủ chưa có hộp thư này" in desk.post(url, typed).content.decode()
    monkeypatch.setenv("HOIAM_MAILBOX_CANH_BAO", "imaps://hop:khong-lo-ra@imap.thanhgiang.example")
    desk.post(url, typed)
    made = Source.objects.get()
    text = page(desk, reverse("desk-source", args=[made.pk]))
    assert "imaps://hop@imap.thanhgiang.example:993/INBOX" in text
    assert "khai ở biến môi trường HOIAM_MAILBOX_CANH_BAO của máy chủ" in text
    text += page(desk, reverse("desk-source-edit", args=[made.pk])) + page(
        desk, reverse("desk-sources")
    )
    assert "khong-lo-ra" not in text


def test_outlets_are_picked_from_the_list(world, desk):
    text = page(desk, reverse(LIST) + "?tinh=Cao+B%E1%BA%B1ng")
    assert "Báo Cao Bằng" in text and "VnExpress" not in text
    assert "Không có báo nào như vậy" in page(desk, reverse(LIST) + "?ten=khong-co-dau")
    assert "Thi hành án" in page(desk, reverse(LIST) + "?ten=thi+hanh+an")
    answer = desk.post(reverse(LIST), {"key": ["baocaobang.vn", "plo.vn"]}, follow=True)
    assert "Đã thêm 2 nguồn." in answer.content.decode()
    assert {s.list_key for s in Source.objects.all()} == {"baocaobang.vn", "plo.vn"}
    assert "đã là nguồn" in page(desk, reverse(LIST) + "?ten=plo")
    assert "Đánh dấu ít nhất một báo để thêm." in desk.post(reverse(LIST), {}).content.decode()
    assert queries_of(desk, reverse(LIST)) <= 8


@pytest.fixture
def comments(world):
    return Source.objects.create(name="Trang THADS Thanh Giang", kind="comments")


def send(client, source, text, **typed):
    file = SimpleUploadedFile("binh-luan.csv", text.encode())
    return client.post(reverse("desk-source-upload", args=[source.pk]), {"file": file} | typed)


GOOD = "nội dung,bài đăng,người viết,thời gian\nCảm ơn cơ quan,https://trang.example/1,Trần Thị Lụa,05/08/2026 08:00\n"


def test_comments_are_tried_shown_and_taken_without_names(world, desk, comments):
    answer = send(desk, comments, GOOD)
    run = ItemImport.objects.get()
    assert answer.url == reverse("desk-item-import", args=[run.pk])
    text = page(desk, answer.url)
    assert "Tệp đúng, có thể nhập" in text and "Cảm ơn cơ quan" in text and "Lụa" not in text
    done = desk.post(answer.url, follow=True).content.decode()
    assert "Đã nhập 1 dòng mới" in done
    text = page(desk, reverse("desk-source", args=[comments.pk]))
    assert "Cảm ơn cơ quan" in text and "1 bình luận" in text and "Lụa" not in text
    assert Comment.objects.get().pseudonym in text
    again = desk.post(answer.url, follow=True).content.decode()
    assert "Chỉ nhập được một lần" in again
    assert Comment.objects.count() == 1


def test_a_vendors_list_is_tried_and_taken(world, desk):
    vendor = Source.objects.create(name="Đơn vị giám sát Cồn Én", kind="vendor")
    text = "tiêu đề,link,nguồn\nTin ở bến sông,https://domoi.example/a.html,Báo Đò Mới\n"
    answer = send(desk, vendor, text)
    shown = page(desk, answer.url)
    assert "Tin ở bến sông" in shown and "Báo Đò Mới" in shown and "không ghi giờ" in shown
    assert "Đã nhập 1 dòng mới" in desk.post(answer.url, follow=True).content.decode()
    assert Item.objects.get().source == vendor


def test_a_wrong_file_keeps_its_faults_on_its_page_and_takes_nothing(world, desk, comments):
    answer = send(desk, comments, GOOD + ",https://trang.example/1,,46239\n")
    text = page(desk, answer.url)
    assert "Chưa nhập được: 2 chỗ cần sửa" in text
    assert "Dòng 3" in text and "Ô trống." in text and "số của Excel" in text
    assert "Nhập 2 dòng" not in text
    assert "2 chỗ cần sửa" in page(desk, reverse("desk-sources"))
    assert (Comment.objects.count(), Item.objects.count()) == (0, 0)


def test_a_column_that_is_missing_is_told_at_its_own_field(world, desk, comments):
    answer = send(desk, comments, "chữ,bài đăng\nHay,https://trang.example/1\n")
    assert (
        answer.context["form"]
        .errors["column_text"][0]
        .startswith("Không thấy cột nội dung bình luận.")
    )
    done = send(desk, comments, "chữ,bài đăng\nHay,https://trang.example/1\n", column_text="chữ")
    assert "Tệp đúng" in page(desk, done.url)


def test_who_may_not_is_turned_away_everywhere(world, comments):
    run = ItemImport.objects.create(source=comments, file_name="x", at=world.now, dry_run=True)
    editor = world.client(world.province, Role.EDITOR)
    for name, args in (
        (FIND, []),
        (LIST, []),
        ("desk-source-upload", [comments.pk]),
        ("desk-item-import", [run.pk]),
    ):
        for ask in (editor.get, editor.post):
            told = ask(reverse(name, args=args), follow=True).content.decode()
            assert "Chỉ quản trị hoặc đầu mối truyền thông" in told
    assert (
        world.client(world.province, Role.FOCAL_POINT)
        .get(reverse("desk-item-import", args=[999]))
        .status_code
        == 404
    )


def test_feeds_take_no_files(world, desk):
    made = Source.objects.create(name="RSS", kind="feed", url="https://a.example/rss")
    assert desk.get(reverse("desk-source-upload", args=[made.pk])).status_code == 404


def test_a_source_filled_by_hand_is_renamed(world, desk):
    made = Source.objects.create(name="Ghi tay", kind="clip")
    url = reverse("desk-source-edit", args=[made.pk])
    assert "Ghi tay" in page(desk, url)
    desk.post(url, {"name": "Ghi bằng tay ở bàn trực"})
    made.refresh_from_db()
    assert (made.name, made.kind, made.due_at) == ("Ghi bằng tay ở bàn trực", "clip", None)
