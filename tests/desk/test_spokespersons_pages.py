"""The pages of the register: what stands on them, what is refused keeps what was typed, strangers get 404, few queries."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hoiam.agencies.models import OfficialAccount, Publication, Spokesperson
from hoiam.desk.views import spokespersons as views
from hoiam.kit.vietnamese import show_date, show_datetime
from tests.agencies.test_publications import near, page_of
from tests.desk.small_world import SmallWorld, page, queries_of

pytestmark = pytest.mark.django_db
REGISTER = reverse("desk-spokespersons")


@pytest.fixture
def world():
    return SmallWorld()


@pytest.fixture
def head(world):
    return world.client(world.province, "head")


@pytest.fixture
def lan(world):
    return world.person(world.province, "deputy", full_name="Trịnh Mai Lan")


def typed(world, person, **fields):
    signed = world.now - timedelta(hours=2)
    first = {
        "official": person.pk, "kind": "permanent", "decision": "118/QĐ-THADS", "signer": "Đỗ Quốc Tường",
        "decided_at": show_datetime(signed), "valid_from": show_date(world.today), "valid_to": "",
        "title": "Phó Trưởng THADS tỉnh", "phone": "0200 000 119", "email": "lan@thanhgiang.example",
        "is_listed": "on",
    }  # fmt: skip
    return {**first, **fields}


def appointed(world, client, person, **fields):
    url = reverse("desk-spokesperson-new", args=[world.province.pk])
    answer = client.post(url, typed(world, person, **fields))
    assert answer.status_code == 302, answer.content.decode()
    return Spokesperson.objects.system("test").get()


def act(client, person, verb, **fields):
    return client.post(reverse("desk-spokesperson-act", args=[person.pk, verb]), fields)


def test_an_appointment_through_the_page_stands_on_desk_and_public_list(world, head, lan, client):
    file = SimpleUploadedFile("qd-118.pdf", b"%PDF-1.7")
    made = appointed(world, head, lan, file=file)
    text = page(head, REGISTER)

    assert "Trịnh Mai Lan" in text and "1 người chưa kiểm tra" in text
    assert "Trịnh Mai Lan" in page(client, reverse("portal-spokespersons"))
    kept = head.get(reverse("desk-spokesperson-decision", args=[made.pk]))
    assert kept.content == b"%PDF-1.7"
    assert "attachment" in kept.headers["Content-Disposition"]


def test_a_refused_appointment_keeps_what_was_typed(world, head, lan):
    url = reverse("desk-spokesperson-new", args=[world.province.pk])
    answer = head.post(url, typed(world, lan, phone="12", decision="77/QĐ"))

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Số điện thoại không đủ chữ số." in text and 'value="77/QĐ"' in text


def test_our_own_list_ends_the_clock_when_the_card_is_on_it(world, head, lan):
    made = appointed(world, head, lan)
    act(head, made, "list", is_listed="0")
    act(head, made, "own_list")
    assert Publication.objects.system("test").get().state == "open"

    act(head, made, "list", is_listed="1")
    answer = act(head, made, "own_list")

    duty = Publication.objects.system("test").get()
    assert (answer.status_code, duty.state, duty.checks.count()) == (302, "found", 2)
    assert "Thiếu: họ tên" in page(head, reverse("desk-spokesperson", args=[made.pk]))


def test_a_page_of_the_agency_is_read_and_told(world, head, lan, monkeypatch):
    monkeypatch.setattr(views, "make_fetcher", near)
    made = appointed(world, head, lan)
    with page_of("<p>Trịnh Mai Lan, Phó Trưởng THADS tỉnh</p>") as url:
        act(head, made, "check", url=url)
    text = page(head, reverse("desk-spokesperson", args=[made.pk]))

    assert "Trang chưa có: số điện thoại, thư điện tử công vụ" in text


@pytest.mark.parametrize(
    ("verb", "fields", "words"),
    [
        ("end", {"last_day": "", "reason": "chuyển"}, "Còn thiếu: ngày cuối"),
        ("end", {"last_day": "01/01/2020", "reason": "chuyển công tác"}, "trước ngày bắt đầu"),
        ("card", {"title": "x", "phone": "1", "email": "a@b.example"}, "không đủ chữ số"),
        ("by_hand", {"published_at": "01/01/2020 08:00", "url": "https://a.example", "reason": "ảnh"}, "sau lúc ký"),
        ("check", {"url": "không phải"}, "Ghi địa chỉ đầy đủ"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_at_the_field(world, head, lan, verb, fields, words):
    made = appointed(world, head, lan)
    answer = act(head, made, verb, **fields)

    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    for value in fields.values():
        assert value in text


def test_a_page_left_open_while_another_ended_it_is_told(world, head, lan):
    made = appointed(world, head, lan)
    end = {"last_day": show_date(world.today), "reason": "Quyết định 130/QĐ"}
    assert act(head, made, "end", **end).status_code == 302
    again = act(head, made, "end", **end)

    assert again.status_code == 422
    assert "đã được kết thúc" in again.content.decode()


def test_who_may_not_appoint_is_told_who_may(world, lan):
    focal = world.client(world.province, "focal_point")
    url = reverse("desk-spokesperson-new", args=[world.province.pk])
    answer = focal.post(url, typed(world, lan), follow=True)

    assert "Chỉ thủ trưởng hoặc quản trị" in answer.content.decode()
    assert Spokesperson.objects.system("test").count() == 0


def test_another_province_finds_nothing(world, head, lan):
    made = appointed(world, head, lan)
    OfficialAccount.objects.create(
        agency=world.province, platform="zalo", name="Zalo", url="https://z.example/", since=world.today,
        saved_by=lan, saved_at=world.now,
    )  # fmt: skip
    stranger = world.client(world.other, "head")
    account = OfficialAccount.objects.system("test").get()

    assert "Trịnh Mai Lan" not in page(stranger, REGISTER)
    for url in (
        reverse("desk-spokesperson", args=[made.pk]),
        reverse("desk-spokesperson-decision", args=[made.pk]),
        reverse("desk-account-end", args=[account.pk]),
        reverse("desk-spokesperson-new", args=[world.province.pk]),
    ):
        assert stranger.get(url).status_code == 404
    assert act(stranger, made, "end", last_day="1/1/2030", reason="x").status_code == 404


def test_an_account_is_added_and_ended(world, head, client):
    add = {
        "agency": world.province.pk, "platform": "facebook", "name": "THADS TG",
        "url": "https://mangxahoi.example/tg", "since": show_date(world.today),
    }  # fmt: skip
    assert head.post(reverse("desk-account-new"), add).status_code == 302
    again = head.post(reverse("desk-account-new"), add)
    assert again.status_code == 422 and "đã có trong danh sách" in again.content.decode()
    assert "THADS TG" in page(client, reverse("portal-spokespersons"))
    account = OfficialAccount.objects.system("test").get()
    head.post(reverse("desk-account-end", args=[account.pk]), {"last_day": show_date(world.today)})

    assert "mangxahoi.example/tg" not in page(head, REGISTER)


def test_the_register_takes_few_queries_however_many_rows(world, head, lan):
    appointed(world, head, lan)
    one = queries_of(head, REGISTER)
    for number in range(3):
        person = world.person(world.province, "deputy", username=f"p{number}")
        made = Spokesperson.objects.create(
            agency=world.province, official=person, kind="permanent", title="Phó", phone="0200000000",
            email="a@b.example", decided_at=world.now, valid_from=world.today - timedelta(days=9),
            valid_to=world.today - timedelta(days=8), appointed_by=person, appointed_at=world.now,
            changed_at=world.now,
        )  # fmt: skip
        Publication.objects.create(agency=world.province, spokesperson=made, started_at=world.now)

    assert queries_of(head, REGISTER) == one <= 15
