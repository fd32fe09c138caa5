"""Nguồn tin: health in words, the ledger, adding, changing, pausing, and who may."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hoiam.agencies.models import Channel, PressAgency
from hoiam.agencies.outlets import starter_outlets
from hoiam.agencies.states import Role
from hoiam.desk.presenters.sources import NO_RHYTHM, health
from hoiam.kit.vietnamese import show_date
from hoiam.monitoring.models import Collection, ItemImport, SiteRuleHealth, Source, SourceDay
from hoiam.monitoring.queries import Rhythm, health_counts, health_of, sources_listed
from hoiam.monitoring.states import Health
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

    def told(rhythm=NO_RHYTHM, **fields):
        return health(Source(**({"url": URL, "kind": "feed"} | fields)), now, rhythm)

    read = {"last_success_at": hours(1), "last_new_at": hours(1)}
    states = {
        "well": told(**read, usual_gap_seconds=7200),
        "new": told(),
        "listed": told(list_key="songthanh.example"),
        "failing": told(failures=3, problem="Máy chủ trả lời 503.", last_success_at=hours(9)),
        "silent": told(Rhythm(a_day=12.4), silent_since=hours(72), last_success_at=hours(1)),
        "faulty": told(
            Rhythm(a_day=0.5, lost=3, garbled=1, kept=40, reprints=10), **read, problem="Mất 1 tin"
        ),
        "paused": told(is_paused=True, pause_reason="Báo đổi địa chỉ.", failures=3),
        "by hand": told(kind="clip", url=""),
    }
    assert {name: (h.light.time, h.light.work, h.light.words) for name, h in states.items()} == {
        "well": ("ok", "run", "Đang đọc đều"),
        "new": ("ok", "wait", "Chưa kiểm tra"),
        "listed": ("ok", "wait", "Chưa kiểm tra"),
        "failing": ("due", "run", "Lỗi 3 lần liền"),
        "silent": ("due", "wait", "Im lặng 3 ngày"),
        "faulty": ("due", "run", "Đọc được, có lỗi"),
        "paused": ("ok", "pause", "Tạm dừng"),
        "by hand": ("ok", "done", "Người nhập"),
    }
    assert states["well"].facts[2] == "thường 2 giờ có tin"
    assert states["faulty"].facts[2:] == (
        "thường chưa đến 1 tin/ngày", "mất 3 tin trong 14 ngày", "1 tin sai bảng mã", "25 % trùng bài đã có",
    )  # fmt: skip
    assert states["failing"].problem == (
        "Máy chủ trả lời 503. Hệ thống vẫn đọc lại, thưa dần. "
        "Nếu kéo dài quá một ngày, bấm Tìm nguồn khác của trang để lấy địa chỉ mới."
    )
    assert states["silent"].problem == (
        f"Không có tin mới từ {show_date(hours(72))} (thường 12 tin/ngày). "
        "Mở địa chỉ: nếu báo vẫn ra bài thì địa chỉ đã đổi, bấm Tìm nguồn khác của trang."
    )
    assert states["faulty"].problem == "Mất 1 tin. Tin đọc được vẫn giữ."
    assert states["paused"].problem == "Tạm dừng: Báo đổi địa chỉ."
    assert states["listed"].problem.startswith("Địa chỉ lấy từ danh sách soạn sẵn, chưa kiểm tra.")
    assert states["new"].facts == ("chưa đọc được lần nào", "chưa có tin mới")


def some_of_each(world):
    """A source in every health there is."""
    hour = world.now - timedelta(hours=1)
    read = {"last_success_at": hour}
    return [
        make(name="Lỗi", url=f"{URL}?1", failures=2, problem="Hỏng."),
        make(name="Im", url=f"{URL}?2", silent_since=hour, **read),
        make(name="Có lỗi", url=f"{URL}?3", problem="Mất 1 tin.", **read),
        make(name="Mới", url=f"{URL}?4"),
        make(name="Tốt", url=f"{URL}?5", **read),
        make(name="Dừng", url=f"{URL}?6", is_paused=True, failures=9),
        Source.objects.create(name="Tệp", kind="vendor"),
    ]


def test_the_database_and_the_page_agree_on_health(world):
    made = some_of_each(world)
    listed = {source.name: source.health for source in sources_listed()}
    assert listed == {source.name: health_of(source).value for source in made}
    assert len(set(listed.values())) == len(Health)
    assert health_counts() == dict.fromkeys(Health.values, 1)
    assert [source.name for source in sources_listed()] == [
        "Lỗi", "Im", "Có lỗi", "Mới", "Tốt", "Dừng", "Tệp",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"tinh_trang": "failing"}, {"Lỗi"}),
        ({"tinh_trang": "by_hand"}, {"Tệp"}),
        ({"loai": "vendor"}, {"Tệp"}),
        ({"ten": "im"}, {"Im"}),
        ({"ten": "?5"}, {"Tốt"}),
        ({"tinh_trang": "la"}, {"Lỗi", "Im", "Có lỗi", "Mới", "Tốt", "Dừng", "Tệp"}),
        ({"ten": "không có"}, set()),
    ],
)
def test_the_list_is_narrowed(world, asked, names):
    some_of_each(world)
    client = world.client(world.province, Role.EDITOR)
    answer = client.get(reverse("desk-sources"), asked)
    assert {row.source.name for row in answer.context["rows"]} == names
    assert ("Không có nguồn nào như vậy" in answer.content.decode()) == (not names)


def test_the_list_and_its_budget(world):
    client = world.client(world.province, Role.FOCAL_POINT)
    first = make(seen=1200, fetched=30, kept=4, failed=1, last_success_at=world.now)
    SourceDay.objects.create(source=first, day=world.today - timedelta(days=2), kept=24)
    one = queries_of(client, reverse("desk-sources"))
    for n in range(2):
        other = make(name=f"Nguồn {n}", url=f"{URL}?{n}", failures=n)
        SourceDay.objects.create(source=other, day=world.today - timedelta(days=1), kept=3, lost=n)
    text = page(client, reverse("desk-sources"))
    assert queries_of(client, reverse("desk-sources")) == one <= 8
    assert "thấy 1.200 · tải 30 · giữ 4 · hỏng 1" in text
    assert "1 đang lỗi" in text
    assert "thường 12 tin/ngày" in text  # the day between without a reading gave nothing
    assert "mất 1 tin trong 14 ngày" in text


def test_a_source_shows_its_days_and_its_budget(world):
    source = make()
    client = world.client(world.province, Role.FOCAL_POINT)
    url = reverse("desk-source", args=[source.pk])
    assert "Sổ từng ngày" not in page(client, url)
    for back in range(3):
        SourceDay.objects.create(source=source, day=world.today - timedelta(days=back), readings=96, kept=7, failed=1)  # fmt: skip
        Collection.objects.create(source=source, at=world.now, seen=3)
    text = page(client, url)
    assert "21 tin mới trong 30 ngày, 3 lần hỏng." in text
    assert 'class="ha-chart"' in text
    assert text.count('data-l="Lần đọc">96<') == 3
    assert queries_of(client, url) <= 12


def test_an_empty_list_says_what_to_do(world):
    told = "Chọn báo từ danh sách soạn sẵn, hoặc thêm nguồn bằng địa chỉ trang báo."
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


def test_a_paper_of_a_merged_province_keeps_its_own_and_shows_todays(world):
    client = world.client(world.province, Role.FOCAL_POINT)
    typed = {"name": "Pháp luật", "url": URL, "kind": "feed", "home_province": "Kiên Giang"}
    client.post(reverse("desk-source-new"), typed)
    made = Source.objects.get()
    assert made.home_province == "Kiên Giang"
    for address in (reverse("desk-source", args=[made.pk]), reverse("desk-sources")):
        assert "Kiên Giang (nay thuộc An Giang)" in page(client, address)
    Source.objects.update(home_province="Thanh Giang")
    shown = page(client, reverse("desk-source", args=[made.pk]))
    assert "Thanh Giang" in shown and "nay thuộc" not in shown


@pytest.mark.parametrize(
    ("old", "shown"),
    [
        ("Thừa Thiên Huế", "Thừa Thiên Huế (nay là TP. Huế)"),  # renamed, merged with none
        ("Bình Dương", "Bình Dương (nay thuộc TP. Hồ Chí Minh)"),
        ("Bình Phước", "Bình Phước (nay thuộc Đồng Nai)"),
    ],
)
def test_a_province_that_was_only_renamed_is_not_said_to_be_merged(world, old, shown):
    made = make(home_province=old)
    client = world.client(world.province, Role.FOCAL_POINT)
    assert shown in page(client, reverse("desk-source", args=[made.pk]))
    form = page(client, reverse("desk-source-new"))
    assert f'<option value="{old}">{shown}</option>' in form
    assert 'label="Báo của tỉnh đã sáp nhập, đổi tên"' in form


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


def test_a_source_with_a_ledger_is_not_called_unread(world):
    client, found = world.client(world.province, Role.FOCAL_POINT), make()
    before = page(client, reverse("desk-source", args=[found.pk]))
    SourceDay.objects.create(source=found, day=world.today, readings=96, kept=3)
    after = page(client, reverse("desk-source", args=[found.pk]))
    said = "Chưa đọc lần nào", "Chưa có lần đọc nào phải ghi lại"
    listed = [shown.split("Các lần đọc</h2>")[1] for shown in (before, after)]
    assert [[words in text for words in said] for text in listed] == [[True, False], [False, True]]


def test_the_starter_list_says_where_the_feed_is_not_known(world):
    shown = page(world.client(world.province, Role.FOCAL_POINT), reverse("desk-source-starter"))
    unknown = sum(not outlet.feed for outlet in starter_outlets())
    assert shown.count("chưa biết RSS, hệ thống sẽ tìm") == unknown > 100
