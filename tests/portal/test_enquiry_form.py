"""The public form of the press: choosing the agency, nothing typed lost, spam and size, the page of one's own code."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hoiam.agencies.queries import actor_on
from hoiam.agencies.states import Role
from hoiam.handling.actions.enquiry import refuse_enquiry
from hoiam.handling.models import Enquiry
from tests.desk.small_world import SmallWorld

URL = "/hoi-bao-chi/"
TYPED = {
    "outlet": "Báo Sông Thanh",
    "reporter_name": "Hà Văn Sóng",
    "card_number": "0456/NB",
    "email": "song@songthanh.example",
    "phone": "",
    "kind": "information",
    "purpose": "Viết bài bạn đọc",
    "questions": "Bao giờ giao nhà đã đấu giá?",
    "wished_at": "",
}


@pytest.fixture
def world(db):
    found = SmallWorld()
    found.agency("kv1", "Phòng THADS khu vực 1", "region", "Thanh Giang", parent=found.province)
    return found


@pytest.fixture
def form_url(world):
    return f"{URL}?co-quan={world.province.pk}"


def kept():
    return Enquiry.objects.system("test")


def test_the_agency_is_found_without_marks_and_a_region_leads_to_its_province(world, client):
    text = client.get(URL, {"q": "khu vuc 1"}).content.decode()

    assert "Thi hành án dân sự tỉnh Thanh Giang" in text
    assert "Lam Hải" not in text and "Phòng" not in text.split("<main")[1].split("ha-card")[1]


def test_a_letter_is_kept_and_its_writer_sees_where_it_stands(world, client, form_url):
    answer = client.post(form_url, TYPED, follow=True)
    asked = kept().get()
    text = answer.content.decode()

    assert asked.agency == world.province and asked.channel == "form"
    assert asked.contact == "song@songthanh.example"
    assert answer.redirect_chain[0][0] == f"{URL}{asked.code}/?moi=1"
    assert asked.code in text and "Đã nhận đề nghị" in text
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_of_a_code_shows_the_ground_and_nothing_else_of_the_matter(
    world, client, form_url
):
    client.post(form_url, TYPED)
    asked = kept().get()
    head = actor_on(world.person(world.province, Role.HEAD), world.today)
    refuse_enquiry(asked, actor=head, now=asked.received_at + timedelta(hours=1),
                   ground="unconcluded", reason="Đang giải quyết khiếu nại.")  # fmt: skip
    text = client.get(f"{URL}{asked.code}/").content.decode()

    assert "Đ31.2.c" in text and "Đang giải quyết khiếu nại." in text
    for secret in (
        TYPED["reporter_name"],
        TYPED["email"],
        TYPED["questions"],
        TYPED["card_number"],
    ):
        assert secret not in text
    assert client.get(f"{URL}{asked.code[:-1]}/").status_code == 404
    assert client.get(f"{URL}{asked.number.replace(' ', '').replace('/', '-')}/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"questions": ""}, "Còn thiếu: câu hỏi"),
        ({"email": "", "phone": ""}, "thư điện tử hoặc điện thoại"),
        ({"email": "khong-phai-thu"}, "Địa chỉ thư chưa đúng"),
        ({"wished_at": "mai mốt gì đó"}, "Viết ngày và giờ như 05/04/2026 14:05"),
        ({"wished_at": "05/04/2020 14:05"}, "đã qua"),
        ({"questions": "a" * 10_001}, "10000"),
        ({"note_box": "mua hàng"}, "ô phải để trống"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(world, client, form_url, typed, sentence):
    answer = client.post(form_url, {**TYPED, "purpose": "Mục đích đã gõ", **typed})
    text = answer.content.decode()

    assert answer.status_code == 422 and kept().count() == 0
    assert sentence in text.replace("10.000", "10000") and "Mục đích đã gõ" in text


def test_one_address_leaves_only_so_many_letters_and_keeps_its_words(world, client, form_url):
    for number in range(8):
        assert client.post(form_url, {**TYPED, "questions": f"Câu {number}?"}).status_code == 302
    refused = client.post(form_url, {**TYPED, "questions": "Câu cuối đã gõ?"})

    assert refused.status_code == 429 and "Câu cuối đã gõ?" in refused.content.decode()
    assert kept().count() == 8
    other = client.post(form_url, TYPED, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 302


def test_the_same_letter_twice_is_one(world, client, form_url):
    first, second = (client.post(form_url, TYPED) for _ in range(2))

    assert first.url == second.url and kept().count() == 1


def test_a_flood_of_words_is_turned_away(world, client, form_url):
    assert client.post(form_url, {**TYPED, "questions": "a" * 130_000}).status_code == 413


def test_the_form_wants_its_token_and_another_level_is_not_asked(world, form_url):
    assert Client(enforce_csrf_checks=True).post(form_url, TYPED).status_code == 403
    region = world.province.children.get()
    page = Client().get(f"{URL}?co-quan={region.pk}").content.decode()
    assert "Chọn cơ quan cần hỏi" in page
    assert Client().get(f"{URL}?co-quan=1;drop").status_code == 200
    assert reverse("portal-enquiry") == URL
