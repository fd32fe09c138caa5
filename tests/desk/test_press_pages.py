"""Báo chí: the list, adding and changing a press agency with its channels, reporters, and who may."""

import pytest
from django.urls import reverse

from hoiam.agencies.actions import load_press
from hoiam.agencies.models import Channel, PressAgency, Reporter
from hoiam.agencies.states import Role
from tests.desk.small_world import SmallWorld, page, queries_of

NO = "Chỉ đầu mối truyền thông, lãnh đạo hoặc quản trị được sửa danh bạ báo chí."
MANAGED = {"channels-TOTAL_FORMS": "1", "channels-INITIAL_FORMS": "0"}


@pytest.fixture
def world(db):
    return SmallWorld()


@pytest.fixture
def paper(world):
    channel = {"name": "Sông Thanh điện tử", "media_type": "online", "host": "songthanh.example"}
    load_press([{"name": "Báo Sông Thanh", "channels": [channel]}])
    return PressAgency.objects.get()


def channel_lines(**fields):
    return {f"channels-0-{name}": value for name, value in fields.items()}


def test_the_list_is_found_without_marks_within_its_budget(world, paper):
    client = world.client(world.province, Role.FOCAL_POINT)
    one = queries_of(client, reverse("desk-press"))
    load_press([{"name": "Báo Đò Mới"}, {"name": "Tạp chí Nắng Hạ"}])
    assert queries_of(client, reverse("desk-press")) == one <= 8
    text = page(client, reverse("desk-press") + "?ten=do+moi")
    assert ("Báo Đò Mới" in text, "Báo Sông Thanh" in text) == (True, False)
    assert "Gõ ít chữ hơn; không cần gõ dấu." in page(
        client, reverse("desk-press") + "?ten=khong+co"
    )


def test_a_press_agency_is_added_with_a_channel(world):
    client = world.client(world.province, Role.FOCAL_POINT)
    typed = {"name": "Báo Đò Mới", **MANAGED} | channel_lines(
        name="Đò Mới điện tử", media_type="online", host="https://www.domoi.example/thoi-su"
    )
    client.post(reverse("desk-press-new"), typed)
    assert [(c.press_agency.name, c.host) for c in Channel.objects.all()] == [
        ("Báo Đò Mới", "domoi.example")
    ]


def test_a_channel_is_renamed_and_not_doubled(world, paper):
    client = world.client(world.province, Role.FOCAL_POINT)
    kept = paper.channels.get()
    typed = {"name": paper.name, **MANAGED, "channels-INITIAL_FORMS": "1"} | channel_lines(
        pk=kept.pk, name="Sông Thanh Online", media_type="online", host="songthanh.example"
    )
    client.post(reverse("desk-press-edit", args=[paper.pk]), typed)
    assert [(c.pk, c.name) for c in paper.channels.all()] == [(kept.pk, "Sông Thanh Online")]


def test_a_begun_channel_needs_name_and_media_type(world):
    client = world.client(world.province, Role.FOCAL_POINT)
    typed = {"name": "Báo Đò Mới", **MANAGED} | channel_lines(host="domoi.example")
    answer = client.post(reverse("desk-press-new"), typed)
    assert answer.context["channels"].errors == [
        {
            "name": ["Ghi tên sản phẩm hoặc kênh."],
            "media_type": ["Chọn loại hình: hạn cải chính tính theo loại hình."],
        }
    ]
    assert 'value="domoi.example"' in answer.content.decode()
    assert PressAgency.objects.count() == 0


def test_a_taken_name_is_said_at_its_field(world, paper):
    client = world.client(world.province, Role.FOCAL_POINT)
    answer = client.post(reverse("desk-press-new"), {"name": paper.name, **MANAGED})
    assert answer.context["form"].errors["name"] == ["“Báo Sông Thanh” đã có trong danh bạ."]


def test_a_reporter_is_added(world, paper):
    client = world.client(world.province, Role.SPOKESPERSON)
    url = reverse("desk-reporter-new", args=[paper.pk])
    client.post(url, {"full_name": "Trần Thị Bến", "phone": "0900 000 001"})
    assert [(r.full_name, r.press_agency) for r in Reporter.objects.all()] == [
        ("Trần Thị Bến", paper)
    ]
    assert "Trần Thị Bến" in page(client, reverse("desk-press-edit", args=[paper.pk]))
    assert client.post(url, {"full_name": " "}).context["form"].errors["full_name"] == [
        "Mục này không được bỏ trống."
    ]


def test_who_may_not_is_told_who_may(world, paper):
    client = world.client(world.province, Role.RECORDS_CLERK)
    text = page(client, reverse("desk-press"))
    assert ("Báo Sông Thanh" in text, "Thêm cơ quan báo chí" in text) == (True, False)
    for name, args in (
        ("desk-press-new", []),
        ("desk-press-edit", [paper.pk]),
        ("desk-reporter-new", [paper.pk]),
    ):
        for ask in (client.get, client.post):
            assert NO in ask(reverse(name, args=args), follow=True).content.decode()
