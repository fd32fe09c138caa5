"""Gửi tin, đăng lại as people use it: a list, a package from draft to report, reprints decided; nothing typed is lost."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from hoiam.agencies.models import Official
from hoiam.agencies.states import Role
from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime
from hoiam.newsroom.actions import package_sending
from hoiam.newsroom.jobs.prints import find_prints
from hoiam.newsroom.models import DistributionList, Package, PartnerPrint, Receiver, Section
from tests import factories as make
from tests.desk.small_world import page, queries_of
from tests.newsroom.press_house import House, sendings, story

pytestmark = pytest.mark.django_db
WHY = "the test reads back"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def house(db):
    return House()


def browser(client_class, person):
    client = client_class()
    client.force_login(person)
    return client


@pytest.fixture
def writer(house, client):
    client.force_login(house.writer.official)
    return client


@pytest.fixture
def head(house):
    from django.test import Client

    return browser(Client, house.head.official)


def test_a_list_and_its_receivers(house, writer):
    typed = {"name": "Báo trong tỉnh", "beat": "local", "province": "Cần Thơ", "about": ""}
    writer.post(reverse("desk-press-list-new"), typed)
    made = DistributionList.objects.system(WHY).get()
    add = reverse("desk-receiver-new", args=[made.pk])
    refused = writer.post(add, {"means": "email", "name": "Báo Sông Thanh", "phone": "0200"})
    assert refused.status_code == 422
    assert "Ghi thư điện tử" in refused.content.decode() and "0200" in refused.content.decode()
    writer.post(add, {"means": "email", "name": "Báo Sông Thanh", "email": "a@songthanh.example"})
    receiver = Receiver.objects.system(WHY).get()
    url = reverse("desk-receiver", args=[receiver.pk])
    assert f"/goi-tin/luong/{receiver.token}.atom" in page(writer, url)
    writer.post(url, {"means": "push", "name": "Báo Sông Thanh", "url": "https://songthanh.example/n"})  # fmt: skip
    receiver.refresh_from_db()
    assert receiver.secret in page(writer, url)
    writer.post(reverse("desk-receiver-act", args=[receiver.pk, "renew_keys"]))
    assert Receiver.objects.system(WHY).get().token != receiver.token
    shown = page(writer, reverse("desk-press-list", args=[made.pk]))
    assert "Báo Sông Thanh" in shown and "đổi đường dẫn riêng" in shown
    writer.post(reverse("desk-receiver-act", args=[receiver.pk, "remove_receiver"]))
    assert writer.get(url).status_code == 404
    writer.post(reverse("desk-press-list-edit", args=[made.pk]), {**typed, "name": "Tên mới"})
    writer.post(reverse("desk-press-list-open", args=[made.pk]), {"is_open": "0"})
    assert "không dùng nữa" in page(writer, reverse("desk-press-lists"))
    wrong = reverse("desk-receiver-act", args=[receiver.pk, "khong-co"])
    assert writer.post(wrong).status_code == 404


def test_a_package_goes_from_draft_to_report(house, writer, head, now):
    article = house.article(now=now)
    press_list = house.list()
    house.receiver(press_list, phone="0200 000 210")
    typed = {"title": "Tin tuần này", "words": "Kính gửi.", "articles": [article.pk], "lists": [press_list.pk]}  # fmt: skip
    wrong = writer.post(reverse("desk-package-new"), {**typed, "articles": []})
    assert wrong.status_code == 422 and "Tin tuần này" in wrong.content.decode()
    assert f'value="{article.pk}"' in page(writer, reverse("desk-package-new") + f"?bai={article.pk}")  # fmt: skip
    writer.post(reverse("desk-package-new"), {**typed, "with_pictures": "on"})
    made = Package.objects.system(WHY).get()
    url = reverse("desk-package", args=[made.pk])
    act = lambda verb: reverse("desk-package-act", args=[made.pk, verb])  # noqa: E731
    held = show_datetime(now + timedelta(hours=3))
    edit = reverse("desk-package-edit", args=[made.pk])
    writer.post(edit, {**typed, "embargo_until": held, "version": 1})
    second = writer.post(edit, {**typed, "title": "Người thứ hai", "version": 1})
    assert second.status_code == 422
    assert "Người khác vừa sửa" in second.content.decode() and "Người thứ hai" in second.content.decode()  # fmt: skip
    writer.post(act("submit_package"))
    assert "Duyệt gửi" not in page(writer, url)
    own = writer.post(act("approve_package"), follow=True)
    assert "Người soạn không tự duyệt" in own.content.decode()
    back = head.post(act("return_package"), {"reason": ""})
    assert back.status_code == 422 and "Còn thiếu: điều cần sửa" in back.content.decode()
    head.post(act("return_package"), {"reason": "Ghi rõ nguồn"})
    assert "Ghi rõ nguồn" in page(writer, url)
    writer.post(edit, {**typed, "version": Package.objects.system(WHY).get().version})
    writer.post(act("submit_package"))
    assert "Hiện có 1 nơi sẽ nhận" in page(head, url)
    head.post(act("approve_package"))
    house.work(timezone.now())
    report = page(writer, url)
    assert "gửi 1 bài tới 1 nơi" in report and "Chưa mở" in report
    word = writer.get(reverse("desk-package-word", args=[made.pk, article.pk]))
    assert word["Content-Disposition"].startswith("attachment")
    assert "Tin tuần này" in page(writer, reverse("desk-packages") + "?tab=gui")
    assert writer.post(act("khong-co")).status_code == 404


def test_articles_are_found_without_marks_by_section_and_day_and_nothing_typed_is_lost(house, writer, now):  # fmt: skip
    other = Section.objects.create(slug="ndan", name="Người dân hỏi")
    for n in range(42):
        house.article(now=now, title=f"Bản tin số {n}")
    old = house.article(now=now - timedelta(days=400), title="Vận động bên dòng Sông Thanh")
    asked = house.article(now=now - timedelta(days=30), title="Hỏi về kê biên", section=other)
    new = reverse("desk-package-new")
    box = lambda article: f'name="articles" value="{article.pk}"'  # noqa: E731
    first = page(writer, new)
    assert box(old) not in first and first.count('name="articles"') == 40

    typed = {"title": "Tin tuần này", "words": "Kính gửi.", "articles": [asked.pk], "find": "1"}
    answer = writer.post(new, {**typed, "tim-words": "dong song van"})
    looked = answer.content.decode()
    assert answer.status_code == 200 and not Package.objects.system(WHY).exists()
    assert box(old) in looked and "2 bài ở danh sách" in looked
    assert "Tin tuần này" in looked and "Kính gửi." in looked
    assert re.search(rf"{box(asked)}[^>]*checked", looked)

    day = show_date((now - timedelta(days=30)).astimezone(VIETNAM).date())
    looked = writer.post(new, {"find": "1", "tim-section": other.pk, "tim-first": day, "tim-last": day}).content.decode()  # fmt: skip
    assert looked.count('name="articles"') == 1 and box(asked) in looked
    nothing = writer.post(new, {"find": "1", "tim-words": "khong co chu nay"}).content.decode()
    assert "Không có bài nào như thế" in nothing
    wrong = writer.post(new, {**typed, "tim-first": "hôm nọ"})
    assert wrong.status_code == 422 and "Không đọc được ngày" in wrong.content.decode()
    assert "Kính gửi." in wrong.content.decode()

    press_list = house.list()
    sent = {"title": "Tin tuần này", "articles": [old.pk], "lists": [press_list.pk]}
    assert writer.post(new, sent).status_code == 302
    assert Package.objects.system(WHY).get().contents.get().article == old


def test_who_did_not_open_for_days_should_be_called_and_who_failed_is_sent_again(house, writer, now):  # fmt: skip
    press_list = house.list()
    house.receiver(press_list, phone="0200 000 210")
    package = house.sent(house.article(now=now), press_list=press_list, now=now)
    (sending,) = sendings(package)
    type(sending).objects.system(WHY).update(sent_at=now - timedelta(days=3))
    url = reverse("desk-package", args=[package.pk])
    assert "Gọi 0200 000 210" in page(writer, url)
    type(sending).objects.system(WHY).update(state="failed", fault="Nơi nhận trả lời mã 410.")
    assert "Nơi nhận trả lời mã 410." in page(writer, url) and "Gửi lại" in page(writer, url)
    writer.post(reverse("desk-package-act", args=[package.pk, "send_again"]), {"row": sending.pk})
    (sending,) = sendings(package)
    assert (sending.state, sending.attempt) == ("queued", 2)
    package_sending.note_opened(sending, now=now)
    assert "Báo Sông Thanh" in page(writer, reverse("desk-attention"))


@pytest.fixture
def found(house, now):
    article = house.article(now=now - timedelta(days=1), title="Ra quân bên bến sông")
    make.item("Báo viết", body=story(1), outlet="Báo Sông Thanh", at=now)
    make.item("Báo khác", body=story(1), outlet="Báo Đò Mới", at=now)
    find_prints.func(now)
    return article


def test_reprints_are_decided_put_together_and_taken_away(house, writer, found):
    board = reverse("desk-prints")
    assert "2 mục" in page(writer, board)
    first, second = PartnerPrint.objects.system(WHY).order_by("pk")
    writer.post(reverse("desk-print-act", args=[first.pk, "confirm_print"]))
    url = reverse("desk-print", args=[first.pk])
    shown = page(writer, url)
    assert "đoạn lấy nguyên" in shown and "xác nhận Báo Sông Thanh đăng lại bài" in shown
    refused = writer.post(reverse("desk-print-act", args=[first.pk, "reject_print"]), {"reason": ""})  # fmt: skip
    assert refused.status_code == 422 and "ghi lý do bỏ" in refused.content.decode()
    writer.post(reverse("desk-print-act", args=[second.pk, "reject_print"]), {"reason": ""})
    assert "1 mục" in page(writer, board + "?tab=khong")
    writer.post(reverse("desk-print-act", args=[second.pk, "restore_print"]))
    for by, words in (("bai", "Ra quân"), ("bao", "Báo Đò Mới"), ("tinh", "chưa rõ tỉnh"), ("thang", "Tháng ")):  # fmt: skip
        assert words in page(writer, f"{board}?theo={by}")
    assert "Báo Đò Mới" not in page(writer, f"{board}?theo=bao&q=Sông Thanh")
    book = load_workbook(BytesIO(writer.get(reverse("desk-prints-excel")).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert len(rows) == 3 and rows[0][0] == "Bài của đơn vị"
    assert {row[2] for row in rows[1:]} == {"Báo Sông Thanh", "Báo Đò Mới"}
    assert writer.post(reverse("desk-print-act", args=[first.pk, "khong-co"])).status_code == 404
    again = writer.post(reverse("desk-print-act", args=[first.pk, "confirm_print"]), follow=True)
    assert "Tải lại trang" in again.content.decode()


def test_the_reach_of_an_article_and_a_reprint_by_hand(house, writer, found):
    url = reverse("desk-article-reach", args=[found.pk])
    assert "2 mục chờ xác nhận" in page(writer, url)
    refused = writer.post(url, {"outlet": "Báo Nắng Hạ", "printed_at": "hôm qua"})
    assert refused.status_code == 422 and "Báo Nắng Hạ" in refused.content.decode()
    writer.post(url, {"outlet": "Báo Nắng Hạ", "place": "trang 4"})
    assert "1 lần, 1 báo, kênh" in page(writer, url)


def test_who_may_not_is_turned_away_with_a_sentence(house, client, now):
    person = make.official("van-thu", house.agency, Role.RECORDS_CLERK)
    client.force_login(Official.objects.get(pk=person.pk))
    press_list, package = house.list(), house.package(house.article(now=now), now=now)
    for name, args in (
        ("desk-package-new", []),
        ("desk-press-list-new", []),
        ("desk-package-edit", [package.pk]),
        ("desk-press-list-edit", [press_list.pk]),
        ("desk-receiver-new", [press_list.pk]),
        ("desk-receiver", [Receiver.objects.system(WHY).first().pk]),
    ):
        answer = client.get(reverse(name, args=args), follow=True)
        assert answer.redirect_chain and "Chỉ đầu mối" in answer.content.decode()


def test_lists_take_as_many_queries_for_three_rows_as_for_one(house, writer, now):
    def pages():
        package = Package.objects.system(WHY).first()
        return {
            url: queries_of(writer, url)
            for url in (
                reverse("desk-packages") + "?tab=gui",
                reverse("desk-package", args=[package.pk]),
                reverse("desk-press-lists"),
                reverse("desk-attention"),
                reverse("desk-prints"),
                reverse("desk-prints") + "?theo=tinh",
            )
        }

    def add():
        house.sent(house.article(now=now), now=now)
        number = Package.objects.system(WHY).count()
        make.item(f"Báo {number}", body=story(number), outlet=f"Báo {number}", at=now)
        find_prints.func(now)

    add()
    one = pages()
    add()
    add()
    three = pages()
    assert one.values() and list(one.values()) == list(three.values())
    assert max(one.values()) <= 15
