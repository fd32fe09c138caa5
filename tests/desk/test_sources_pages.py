"""Nguồn tin: health in words, the ledger, adding, changing, pausing, and who may."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hoiam.agencies.models import Channel, PressAgency
from hoiam.agencies.states import Role
from hoiam.desk.presenters.sources import health
from hoiam.monitoring.models import Collection, ItemImport, SiteRuleHealth, Source
from tests.desk.small_world import SmallWorld, page, queries_of

NO = "Chỉ quản trị hoặc đầu mối truyền thông được thêm, sửa, tạm dừng nguồn tin."
URL = "https://songthanh.example/rss/phap-luat.rss"


@pytest.fixture
def world(db):
    return SmallWorld()


def make(name="Sông Thanh – Pháp luật", url=URL, **fields):
    return Source.objects.create(name=name, kind="feed", url=url, **fields)


def test_health_is_said_in_words(world):
    now, hours = world.now, lambda n: world.now - timedelta(hours=n)
    told = {
        "well": health(Source(url=URL, last_success_at=hours(1), last_new_at=hours(1), usual_gap_seconds=7200), now),
        "new": health(Source(url=URL), now),
        "failing": health(Source(url=URL, failures=3, problem="Máy chủ trả lời 503.", last_success_at=hours(9)), now),
        "silent": health(Source(url=URL, silent_since=hours(72), last_success_at=hours(1)), now),
        "paused": health(Source(url=URL, is_paused=True, failures=3), now),
        "by hand": health(Source(kind="clip"), now),
    }  # fmt: skip
    assert {name: (h.light.time, h.light.work, h.light.words) for name, h in told.items()} == {
        "well": ("ok", "run", "Đang đọc đều"),
        "new": ("ok", "wait", "Chưa đọc lần nào"),
        "failing": ("due", "run", "Lỗi 3 lần liền"),
        "silent": ("due", "wait", "Im lặng 3 ngày"),
        "paused": ("ok", "pause", "Tạm dừng"),
        "by hand": ("ok", "done", "Ghi bằng tay"),
    }
    assert told["well"].facts[2] == "thường 2 giờ có tin"
    assert told["failing"].problem == "Máy chủ trả lời 503."
    assert told["silent"].problem == (
        "Nguồn lâu hơn thường lệ không có tin mới. Hãy mở địa chỉ nguồn để kiểm tra."
    )
    assert told["new"].facts == ("chưa đọc được lần nào", "chưa có tin mới")


def test_the_list_and_its_budget(world):
    client = world.client(world.province, Role.FOCAL_POINT)
    make(seen=1200, fetched=30, kept=4, failed=1)
    one = queries_of(client, reverse("desk-sources"))
    for n in range(2):
        make(name=f"Nguồn {n}", url=f"{URL}?{n}", failures=n)
    text = page(client, reverse("desk-sources"))
    assert queries_of(client, reverse("desk-sources")) == one <= 8
    assert "thấy 1.200 · tải 30 · giữ 4 · hỏng 1" in text
    assert "<b>1 đang lỗi</b>" in text


def test_an_empty_list_says_what_to_do(world):
    told = "Thêm địa chỉ RSS hoặc sơ đồ trang của báo để hệ thống tự đọc."
    assert told in page(world.client(world.province, Role.FOCAL_POINT), reverse("desk-sources"))
    text = page(world.client(world.province, Role.EDITOR), reverse("desk-sources"))
    assert (told in text, "Thêm nguồn" in text) == (False, False)


def test_the_ledger_names_each_problem(world):
    source = make()
    Collection.objects.create(
        source=source, at=world.now, status=503, seen=0, problems=["Máy chủ trả lời 503."]
    )
    text = page(world.client(world.province, Role.EDITOR), reverse("desk-source", args=[source.pk]))
    assert "Máy chủ trả lời 503." in text
    assert "Tạm dừng nguồn" not in text
    assert "Sửa nguồn" not in text


def test_a_source_is_added_with_its_channel_by_host(world):
    paper = PressAgency.objects.create(name="Báo Sông Thanh")
    channel = Channel.objects.create(
        press_agency=paper, name="Sông Thanh điện tử", media_type="online", host="songthanh.example"
    )
    client = world.client(world.province, Role.FOCAL_POINT)
    typed = {"name": "Pháp luật", "url": URL, "kind": "feed", "home_province": "Hà Nội"}
    answer = client.post(reverse("desk-source-new"), typed)
    made = Source.objects.get()
    assert answer.url == reverse("desk-source", args=[made.pk])
    assert (made.channel, made.home_province, made.url) == (channel, "Hà Nội", URL)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"url": URL}, "Địa chỉ này đã có trong danh sách nguồn."),
        ({"url": "ftp://songthanh.example/rss"}, "Địa chỉ nguồn phải bắt đầu bằng https:// hoặc http://."),
    ],
)  # fmt: skip
def test_what_was_typed_stays_and_the_fault_stands_at_its_field(world, typed, sentence):
    make()
    client = world.client(world.province, Role.FOCAL_POINT)
    answer = client.post(reverse("desk-source-new"), {"name": "Nguồn hai", "kind": "feed"} | typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors["url"] == [sentence]
    assert 'value="Nguồn hai"' in answer.content.decode()
    assert Source.objects.count() == 1


def test_a_pause_needs_a_reason(world):
    source = make()
    client = world.client(world.province, Role.ADMINISTRATOR)
    url = reverse("desk-source-pause", args=[source.pk])
    told = client.post(url, {"paused": "1", "reason": " "}, follow=True).content.decode()
    assert "Ghi lý do tạm dừng nguồn." in told
    client.post(url, {"paused": "1", "reason": "Báo đổi địa chỉ"})
    source.refresh_from_db()
    assert source.is_paused is True
    client.post(url, {"paused": "0"})
    source.refresh_from_db()
    assert source.is_paused is False
    assert client.get(url).status_code == 405


def test_who_may_not_is_told_who_may(world):
    source = make()
    client = world.client(world.province, Role.EDITOR)
    for name, args in (("desk-source-new", []), ("desk-source-edit", [source.pk])):
        for ask in (client.get, client.post):
            assert NO in ask(reverse(name, args=args), follow=True).content.decode()
    answer = client.post(
        reverse("desk-source-pause", args=[source.pk]), {"paused": "1", "reason": "x"}, follow=True
    )
    assert NO in answer.content.decode()
    source.refresh_from_db()
    assert source.is_paused is False


def test_an_import_shows_the_lines_it_could_not_take(world):
    ItemImport.objects.create(
        file_name="tin-thang-7.jsonl",
        at=world.now,
        lines=3,
        taken=2,
        problems=[{"line": 2, "sentence": "Không phải JSON."}],
    )

    text = page(world.client(world.province, Role.FOCAL_POINT), reverse("desk-sources"))

    assert "tin-thang-7.jsonl" in text
    assert "Dòng 2: Không phải JSON." in text


def test_a_rule_that_switched_itself_off_is_said_and_switched_on_again(world):
    row = SiteRuleHealth.objects.create(
        rule="vccorp",
        host="bao-do-moi.example",
        version=2,
        recent="----",
        off_since=world.now,
        why="4 trang đầu tiên đều đọc ra rỗng",
        last_missed_url="https://bao-do-moi.example/tin-1.htm",
        at=world.now,
    )
    url = reverse("desk-site-rule-on", args=[row.pk])
    reader = world.client(world.province, Role.EDITOR)
    text = page(reader, reverse("desk-sources"))
    assert "Quy tắc trang “vccorp” (bản 2) trên bao-do-moi.example đã tự tắt từ" in text
    assert "vì 4 trang đầu tiên đều đọc ra rỗng." in text
    assert url not in text
    told = reader.post(url, follow=True).content.decode()
    assert "Chỉ quản trị hoặc đầu mối truyền thông được bật lại quy tắc trang." in told
    keeper = world.client(world.province, Role.FOCAL_POINT)
    assert url in page(keeper, reverse("desk-sources"))
    told = keeper.post(url, follow=True).content.decode()
    assert "Đã bật lại quy tắc trang “vccorp” trên bao-do-moi.example." in told
    assert "đã tự tắt từ" not in told
    assert keeper.get(url).status_code == 405
