"""Pages of doing: a unit's list, a part with its acts, a task, a unit, quotas, difficulties; scope and queries."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hoiam.scheme import actions
from hoiam.scheme.models import Assignment, Difficulty, Quota
from tests import factories as make
from tests import parts
from tests.desk.small_world import SmallWorld, page, queries_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def world():
    return SmallWorld()


@pytest.fixture
def scheme(world):
    return parts.scheme(world.centre, starts_on=world.today - timedelta(days=200), ends_on=world.today + timedelta(days=400))  # fmt: skip


@pytest.fixture
def task(scheme):
    return parts.task(scheme, products=["Bài trên Trang"])


@pytest.fixture
def row(task, world):
    return parts.part(task, world.province)


@pytest.fixture
def focal(world):
    return world.client(world.province, "focal_point")


@pytest.fixture
def stranger(world):
    return world.client(world.other, "focal_point")


@pytest.fixture
def centre(world):
    return world.client(world.centre, "head")


def part_url(row):
    return reverse("desk-task-part", args=[row.pk])


def do(client: Client, row, verb, typed, **more):
    return client.post(reverse("desk-task-do", args=[row.pk, verb]), typed, **more)


def actor(world, agency, role="focal_point"):
    from hoiam.agencies.queries import actor_on

    return actor_on(world.official_of(agency), world.today)


def test_the_units_own_list_with_lights_in_words_and_filters(world, scheme, focal):
    late = parts.task(scheme, "9.1", rhythm="dated", due_on=world.today - timedelta(days=3), due_kind="by")  # fmt: skip
    parts.part(late, world.province)
    parts.part(parts.task(scheme, "9.2"), world.province, "done")
    parts.part(parts.task(scheme, "9.3"), world.other)
    url = reverse("desk-task-list")
    told = page(focal, url)
    assert "Quá 3 ngày" in told and "Nhiệm vụ 9.2 hư cấu" in told and "9.3" not in told
    assert "9.2 hư cấu" not in page(focal, f"{url}?den=late")
    assert "9.1 hư cấu" not in page(focal, f"{url}?vai=informed")
    assert "9.1 hư cấu" in page(focal, f"{url}?de-an={scheme.pk}")
    assert "không có nhiệm vụ nào khớp" in page(focal, f"{url}?de-an=0").lower()
    scheme.state = "closed"
    scheme.save()
    ended = page(focal, url)
    assert "Nhiệm vụ 9.1 hư cấu" not in ended and "quá hạn</b>" not in ended
    assert "9.1 hư cấu" in page(focal, f"{url}?de-an={scheme.pk}")


def test_the_first_page_of_the_day_shows_the_nearest(world, scheme, focal):
    """What is late, of today or of the week stands among all other work; what comes later in a part of its own."""
    for n, days in enumerate((-1, 0, 1, 9, 10, 11, 12, 13)):
        task = parts.task(scheme, f"8.{n}", rhythm="dated", due_on=world.today + timedelta(days=days), due_kind="by")  # fmt: skip
        parts.part(task, world.province)
    told = page(focal, reverse("desk-home"))
    assert [f"Nhiệm vụ 8.{n}</b>" in told for n in range(8)] == [True] * 5 + [False] * 3
    marks = ("Quá hạn<", "8.0</b>", "Đến hạn hôm nay<", "8.1</b>", "Sắp đến hạn<", "8.2</b>", "Nhiệm vụ Đề án<", "8.3</b>", "8.4</b>")  # fmt: skip
    places = [told.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "1 việc quá hạn" in told and "1 việc đến hạn hôm nay" in told


def test_progress_is_reported_and_stands_in_the_diary(row, focal):
    answer = do(focal, row, "report_progress", {"percent": "40", "words": "Đã ký", "seen": "0"}, follow=True)  # fmt: skip
    told = answer.content.decode()
    assert "Đã ghi tiến độ." in told and "Báo tiến độ 40 %: Đã ký" in told


def test_a_refusal_keeps_what_was_typed(row, focal, world):
    answer = do(focal, row, "report_progress", {"percent": "101", "words": "Rất nhiều chữ"})
    assert answer.status_code == 422
    assert "Tiến độ là số từ 0 đến 100." in answer.content.decode()
    assert "Rất nhiều chữ" in answer.content.decode()
    Assignment.objects.system("somebody else reported").update(percent=70, state="doing")
    answer = do(focal, row, "report_progress", {"percent": "30", "words": "Chữ của tôi", "seen": "0"})  # fmt: skip
    told = answer.content.decode()
    assert answer.status_code == 422 and "người khác đã báo 70 %" in told and "Chữ của tôi" in told


def test_products_by_address_and_by_file_and_taken_back(row, focal, stranger):
    do(focal, row, "add_link", {"url": "https://trang.example/a"})
    told = page(focal, part_url(row))
    assert "https://trang.example/a" in told and "chưa thấy" in told
    file = SimpleUploadedFile("kế hoạch.pdf", b"%PDF-1.4 noi dung")
    do(focal, row, "add_file", {"file": file})
    kept = row.products.get(kind="file")
    taken = focal.get(reverse("desk-task-product-file", args=[kept.pk]))
    assert taken.content == b"%PDF-1.4 noi dung" and taken["Content-Disposition"].startswith("attachment")  # fmt: skip
    assert stranger.get(reverse("desk-task-product-file", args=[kept.pk])).status_code == 404
    gone = reverse("desk-task-product-remove", args=[kept.pk])
    assert stranger.post(gone, {"reason": "Phá"}).status_code == 404
    focal.post(gone, {"reason": "Nhầm tệp"})
    assert "Nhầm tệp" in page(focal, part_url(row))


def test_a_file_that_lies_is_refused_on_the_page(row, focal):
    file = SimpleUploadedFile("ke-hoach.pdf", b"MZ chuong trinh")
    answer = do(focal, row, "add_file", {"file": file})
    assert answer.status_code == 422 and "Không nhận tệp" in answer.content.decode()


def test_what_the_house_recorded_is_offered_when_asked_for(row, focal, world):
    told = page(focal, f"{part_url(row)}?do=add_proof")
    assert "chưa ghi việc nào của đơn vị" in told
    assert do(focal, row, "add_proof", {"proof": "conference:99"}).status_code == 422


@pytest.mark.parametrize("name", ["part", "do", "unit"])
def test_another_units_part_is_not_there(row, stranger, world, name):
    url = {
        "part": part_url(row),
        "do": reverse("desk-task-do", args=[row.pk, "report_progress"]),
        "unit": reverse("desk-task-unit", args=[world.province.pk]),
    }[name]
    ask = stranger.post if name == "do" else stranger.get
    assert ask(url).status_code == 404


def test_a_task_shows_each_reader_only_its_own_units(row, task, world, focal, stranger, centre):
    url = reverse("desk-task-page", args=[task.pk])
    assert stranger.get(url).status_code == 404
    parts.part(task, world.other)
    assert world.province.name not in page(stranger, url)
    assert world.province.name in page(focal, url)
    told = page(centre, url)
    assert world.province.name in told and world.other.name in told


def test_a_difficulty_goes_up_is_answered_and_both_see_it(row, focal, centre, stranger):
    do(focal, row, "raise_difficulty", {"kind": "proposal", "text": "Mở lớp riêng"})
    matter = Difficulty.objects.system("test").get()
    board = reverse("desk-task-difficulties")
    assert "Mở lớp riêng" in page(centre, board) and "Mở lớp riêng" not in page(stranger, board)
    act = reverse("desk-task-difficulty-do", args=[matter.pk, "answer_difficulty"])
    assert stranger.post(act, {"answer": "Không"}).status_code == 404
    empty = centre.post(act, {"answer": " "})
    assert empty.status_code == 422
    centre.post(act, {"answer": "Đồng ý mở"})
    assert "Đồng ý mở" in page(focal, part_url(row))
    again = focal.post(act, {"answer": "Tự trả lời"})
    assert again.status_code == 422 and "Tự trả lời" in again.content.decode()
    sheet = centre.get(reverse("desk-task-difficulties-excel"), {"tab": "answered"})
    assert sheet.content[:2] == b"PK" and sheet["Content-Disposition"].endswith(".xlsx")


def test_a_reminder_and_a_request_to_explain_from_above(world, scheme, centre, focal):
    late = parts.task(scheme, "7", rhythm="dated", due_on=world.today - timedelta(days=2), due_kind="by")  # fmt: skip
    row = parts.part(late, world.province)
    do(centre, row, "remind_of_task", {"text": "Gấp"})
    answer = do(centre, row, "remind_of_task", {"text": "Gấp nữa"})
    assert answer.status_code == 422 and "một lần trong ngày" in answer.content.decode()
    do(centre, row, "ask_about_task", {"question": "Vì sao chậm?"})
    asked = row.explanations.get()
    for client in (focal, centre):
        assert "Vì sao chậm?" in page(client, reverse("desk-explanation", args=[asked.pk]))
    assert "Nhiệm vụ 7" in page(focal, reverse("desk-explanations"))
    assert "Yêu cầu giải trình" not in page(focal, part_url(row))


def test_a_quota_and_the_list_behind_it(world, row, task, focal, stranger, centre):
    quota = Quota.objects.create(task=task, channel="", period="year", count=3)
    url = reverse("desk-task-quotas", args=[task.pk])
    assert "thiếu 3 bài" in page(centre, url)
    behind = reverse("desk-task-quota", args=[quota.pk, world.province.pk])
    assert "Chưa thấy bài nào" in page(focal, behind)
    assert stranger.get(behind).status_code == 404
    assert "thiếu 3 bài" in page(focal, reverse("desk-task-unit", args=[world.province.pk]))


def test_pages_take_as_many_queries_with_much_as_with_little(
    world, scheme, task, row, focal, centre
):
    urls = [
        reverse("desk-task-list"),
        part_url(row),
        reverse("desk-task-unit", args=[world.province.pk]),
        reverse("desk-task-page", args=[task.pk]),
        reverse("desk-task-difficulties"),
        reverse("desk-task-quotas", args=[task.pk]),
    ]
    Quota.objects.create(task=task, channel="", period="month", count=1)
    who = actor(world, world.province)
    actions.raise_difficulty(row, actor=who, now=world.now, kind="difficulty", text="Khó")
    actions.add_link(row, actor=who, now=world.now, url="https://a.example/1")
    few = [queries_of(focal, url) for url in urls]
    for n in range(6):
        more = parts.part(parts.task(scheme, f"6.{n}"), world.province)
        Quota.objects.create(task=more.task, channel="", period="month", count=1)
        actions.raise_difficulty(row, actor=who, now=world.now, kind="difficulty", text="Khó")
        actions.raise_difficulty(more, actor=who, now=world.now, kind="difficulty", text="Khó")
        actions.add_link(row, actor=who, now=world.now, url=f"https://a.example/bai-{n}")
        unit = make.agency(f"X{n}", f"Phòng {n}", "region", parent=world.province)
        parts.part(task, unit)
    from django.core.cache import cache

    cache.clear()
    assert [queries_of(focal, url) for url in urls] == few
    assert max(few) <= MOST_QUERIES and few[0] <= 8, few


def test_the_matrix_rolled_up_opened_by_unit_by_task_and_as_a_file(
    world, scheme, task, row, centre, focal, stranger
):
    region = make.agency("KV1", "Phòng THADS khu vực 1", "region", parent=world.province)
    parts.part(task, region, "done")
    url = reverse("desk-matrix-of", args=[scheme.pk])
    told = page(centre, url)
    assert "1/2" in told and "Phòng THADS khu vực 1" not in told
    assert "Phòng THADS khu vực 1" in page(centre, f"{url}?mo={world.province.pk}")
    assert 'title="đã xong">✓' in page(centre, f"{url}?xem=don-vi")
    assert task.title in page(centre, f"{url}?xem=nhiem-vu")
    assert "Phòng THADS khu vực 1" in page(focal, url)
    assert stranger.get(url).status_code == 404
    file = centre.get(reverse("desk-matrix-excel", args=[scheme.pk]))
    assert file.content[:2] == b"PK"
    assert stranger.get(reverse("desk-matrix-excel", args=[scheme.pk])).status_code == 404
    assert focal.get(reverse("desk-matrix-home")).url == url
    assert "Chưa có Đề án" in page(stranger, reverse("desk-matrix-home"))
    assert page(centre, f"{url}?tinh=x&vai=y&den=z&mo=q&nhom=<b>") != ""
    assert queries_of(centre, url) <= 12


def test_names_and_titles_are_never_read_as_markup(world, scheme, centre):
    task = parts.task(scheme, "<i>1", title='"><script>x</script>', group="<b>Nhóm")
    bad = make.agency("XX", "<script>Đơn vị</script>", "province")
    parts.part(task, bad)
    for look in ("", "?xem=don-vi", "?xem=nhiem-vu"):
        told = page(centre, reverse("desk-matrix-of", args=[scheme.pk]) + look)
        assert "<script>x" not in told and "<script>Đơn" not in told and "<b>Nhóm" not in told


def test_the_four_figures_of_the_first_page_count_warnings_and_cases_apart(world, focal):
    for _ in range(2):
        world.story(world.province, world.now - timedelta(hours=2))
    world.case(world.province)
    world.case(world.province, state="closed", result="no_duty", closed_at=world.now)
    told = {each.label: each.value for each in focal.get(reverse("desk-home")).context["kpis"]}
    assert told == {
        "Tin đã cảnh báo": "2 vụ việc",
        "Sàng lọc đúng hạn": "0 / 0 tin",
        "Hồ sơ đã đóng": "1 / 2 hồ sơ",
        "Cảnh báo sai": "0 / 2 tin",
    }


def test_a_province_finds_what_its_offices_ask_on_the_first_page_within_its_budget(
    world, scheme, task
):
    """Of its own offices only, until it is answered; an office that can answer none is not shown any."""
    office = world.agency("kv1", "Phòng THADS khu vực 1", "region", parent=world.province)
    far = world.agency("kv9", "Phòng THADS khu vực 9", "region", parent=world.other)
    head, chief = (
        world.client(world.province, "focal_point"),
        world.client(office, "head_of_region"),
    )
    clerk = world.client(world.province, "records_clerk")
    home = reverse("desk-home")
    page(head, home)
    few = queries_of(head, home)
    for place, text in (
        (office, "Thiếu máy quét"),
        (far, "Thiếu xe"),
        (world.province, "Thiếu kho"),
    ):
        parts.part(task, place)
        client = chief if place == office else world.client(place, "deputy")
        do(
            client,
            place.assignments.get(),
            "raise_difficulty",
            {"kind": "difficulty", "text": text},
        )
    for number in range(3):
        more = parts.part(parts.task(scheme, f"7.{number}"), office)
        do(chief, more, "raise_difficulty", {"kind": "difficulty", "text": f"Việc khác {number}"})
    told = page(head, home)
    assert "Thiếu máy quét" in told and "Trả lời khó khăn" in told
    assert "Thiếu xe" not in told and "Thiếu kho" not in told
    assert "Thiếu máy quét" not in page(chief, home) and "Thiếu máy quét" not in page(clerk, home)
    assert queries_of(head, home) == few <= MOST_QUERIES + 1
    matter = Difficulty.objects.system("test").get(text="Thiếu máy quét")
    answer = reverse("desk-task-difficulty-do", args=[matter.pk, "answer_difficulty"])
    assert head.post(answer, {"answer": "Đã mua."}).status_code == 302
    assert "Thiếu máy quét" not in page(head, home)
