"""Cơ quan, người: the list, an agency through time, people and posts, trying and taking a file."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hoiam.agencies.actions.agency_file import read
from hoiam.agencies.models import Agency, ImportRun, Official, Post, Succession
from hoiam.agencies.states import Role
from hoiam.desk.presenters.agencies import example_csv
from tests.desk.small_world import SmallWorld, page, queries_of

NO_PEOPLE = "Chỉ quản trị hoặc thủ trưởng của đơn vị được thêm người, giao và kết thúc chức vụ."
NO_IMPORT = "Chỉ quản trị ở trung ương được nhập danh sách cơ quan. Hãy gửi tệp cho Văn phòng Cục."
NEW = {
    "full_name": "Lê Thị Đò",
    "username": "lethido",
    "password": "bến thóc mùa nước nổi",
    "role": "editor",
}


@pytest.fixture
def world(db):
    return SmallWorld()


def upload(client, data, name="phong.csv"):
    return client.post(reverse("desk-agency-import"), {"file": SimpleUploadedFile(name, data)})


def test_the_list_is_narrowed_within_its_budget(world):
    client = world.client(world.centre, Role.EDITOR)
    url = reverse("desk-agencies")
    one = queries_of(client, url)
    world.agency(
        "kv-1",
        "Phòng THADS khu vực 1 - Thanh Giang",
        "region",
        "Thanh Giang",
        parent=world.province,
    )
    world.agency("cu", "Chi cục cũ", "district", "Thanh Giang", valid_to=date(2025, 6, 30))
    assert queries_of(client, url) == one <= 8

    def names(query):
        return [agency.code for agency in client.get(url + query).context["page"]]

    assert names("") == ["tw", "kv-1", "thads-lh", "thads-tg"]
    assert names("?ten=thads+THANH+giang") == ["kv-1", "thads-tg"]
    assert names("?cap=region") == ["kv-1"]
    assert names("?tinh=Lam+H%E1%BA%A3i") == ["thads-lh"]
    assert names("?cap=khong-co") == ["tw", "kv-1", "thads-lh", "thads-tg"]
    assert "Gõ ít chữ hơn" in page(client, url + "?ten=xyz")


def test_a_province_sees_its_own(world):
    client = world.client(world.province, Role.HEAD)
    assert [a.code for a in client.get(reverse("desk-agencies")).context["page"]] == ["thads-tg"]
    for name in ("desk-agency", "desk-official-new"):
        assert client.get(reverse(name, args=[world.other.pk])).status_code == 404


def test_an_agency_s_past_people_and_letterhead(world):
    old = world.agency(
        "cuc-tg",
        "Cục THADS tỉnh Thanh Giang",
        "province",
        "Thanh Giang",
        valid_to=date(2025, 6, 30),
    )
    below = world.agency(
        "cc",
        "Chi cục THADS huyện Sông Thanh",
        "district",
        "Thanh Giang",
        valid_to=date(2025, 6, 30),
    )
    for before, unsure in ((old, False), (below, True)):
        Succession.objects.create(
            predecessor=before, successor=world.province, since=date(2025, 7, 1), uncertain=unsure
        )
    Agency.objects.filter(pk=world.province.pk).update(symbol="THADSTG", seat="Sông Thanh")
    client = world.client(world.province, Role.HEAD)
    text = page(client, reverse("desk-agency", args=[world.province.pk]))
    for words in (
        "Cục THADS tỉnh Thanh Giang", "đến 30/06/2025", "kế thừa từ 01/07/2025",
        "1 đơn vị cấp huyện, khu vực tiền thân", "kế thừa từ 01/07/2025, chưa rõ Phòng",
        "THADSTG", "Cục Quản lý Thi hành án dân sự", "Nguyễn Văn Thử", "Thủ trưởng", "Thêm người",
    ):  # fmt: skip
        assert words in text
    past = page(client, reverse("desk-agency", args=[old.pk]))
    assert ("THADS tỉnh Thanh Giang" in past, "Thêm người" in past) == (True, False)


def test_an_agency_page_keeps_its_budget(world):
    client = world.client(world.province, Role.HEAD)
    url = reverse("desk-agency", args=[world.province.pk])
    one = queries_of(client, url)
    for role in (Role.EDITOR, Role.EXAMINER):
        world.person(world.province, role)
    assert queries_of(client, url) == one <= 15


def test_a_new_person_can_sign_in(world):
    client = world.client(world.province, Role.HEAD)
    answer = client.post(reverse("desk-official-new", args=[world.province.pk]), NEW)
    person = Official.objects.get(username="lethido")
    assert answer.url == reverse("desk-agency", args=[world.province.pk])
    assert (person.check_password(NEW["password"]), person.posts.get().role) == (True, "editor")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"full_name": ""}, "full_name", "Nhập họ và tên, hoặc chọn người đã có tài khoản."),
        ({"username": "head-thads-tg"}, "username", "Tên đăng nhập “head-thads-tg” đã có người dùng. Hãy chọn tên khác."),
        ({"role": "authorised_spokesperson"}, "matter", "Ủy quyền phát ngôn phải ghi vụ việc và ngày hết hạn (NĐ 244/2026 Điều 3 khoản 5, 6)."),
        ({"valid_to": "31/02/2027"}, "valid_to", "Không đọc được ngày “31/02/2027”. Viết như 05/04/2026."),
    ],
)  # fmt: skip
def test_a_refused_person_stays_typed(world, changes, field, sentence):
    client = world.client(world.province, Role.HEAD)
    answer = client.post(reverse("desk-official-new", args=[world.province.pk]), NEW | changes)
    assert answer.context["form"].errors[field] == [sentence]
    assert NEW["password"] not in answer.content.decode()
    assert Official.objects.count() == 1


def test_an_official_gets_another_post(world):
    client = world.client(world.province, Role.HEAD)
    person = world.person(world.province, Role.EDITOR)
    typed = {
        "official": person.pk, "role": "authorised_spokesperson", "matter": "Vụ kê biên tàu cá",
        "valid_to": f"{world.today + timedelta(days=9):%d/%m/%Y}",
    }  # fmt: skip
    client.post(reverse("desk-official-new", args=[world.province.pk]), typed)
    assert sorted(person.posts.values_list("role", flat=True)) == [
        "authorised_spokesperson",
        "editor",
    ]


def test_a_post_is_ended(world):
    client = world.client(world.province, Role.ADMINISTRATOR)
    post = world.person(world.province, Role.EDITOR).posts.get()
    url = reverse("desk-post-end", args=[post.pk])
    assert f"{world.today:%d/%m/%Y}" in page(client, url)
    wrong = client.post(url, {"last_day": "01/01/2020"})
    assert wrong.context["form"].errors["last_day"] == ["Ngày kết thúc phải sau ngày bắt đầu."]
    client.post(url, {"last_day": f"{world.today:%d/%m/%Y}"})
    assert Post.objects.get(pk=post.pk).valid_to == world.today


def test_who_may_not_keep_people_is_told_who_may(world):
    client = world.client(world.province, Role.FOCAL_POINT)
    post = world.person(world.province, Role.EDITOR).posts.get()
    for url in (
        reverse("desk-official-new", args=[world.province.pk]),
        reverse("desk-post-end", args=[post.pk]),
    ):
        for ask in (client.get, client.post):
            assert NO_PEOPLE in ask(url, follow=True).content.decode()
    text = page(client, reverse("desk-agency", args=[world.province.pk]))
    assert ("Kết thúc" in text, "Thêm người" in text) == (False, False)


def test_the_example_file_is_a_file_the_reader_takes(world):
    client = world.client(world.centre, Role.ADMINISTRATOR)
    answer = client.get(reverse("desk-agency-import") + "?mau=1")
    rows, problems = read(answer.content)
    assert (answer.content, problems) == (example_csv(), [])
    assert [row.code for row in rows] == ["phong-kv-1-thanh-giang"]


def test_a_clean_file_is_tried_then_taken(world):
    client = world.client(world.centre, Role.ADMINISTRATOR)
    data = example_csv().replace(b"thads-thanh-giang", b"thads-tg")
    answer = upload(client, data)
    report = page(client, answer.url)
    assert "Nhập 1 dòng vào danh bạ" in report
    assert Agency.objects.filter(level="region").count() == 0
    done = client.post(answer.url, follow=True).content.decode()
    assert "Đã nhập 1 cơ quan" in done
    assert Agency.objects.get(level="region").parent == world.province
    assert "Chỉ nhập được sau một lần thử" not in done


def test_a_wrong_file_lists_row_column_and_what_to_mend(world):
    client = world.client(world.centre, Role.ADMINISTRATOR)
    data = example_csv().replace(b"01/07/2025", b"45839")
    answer = upload(client, data)
    text = page(client, answer.url)
    for words in (
        "Chưa nhập được: 1 chỗ cần sửa", "Dòng 2", "valid_from", "“45839”",
        "Ngày phải viết dd/mm/yyyy, ví dụ 01/07/2025 (không phải số của Excel).",
    ):  # fmt: skip
        assert words in text
    refused = client.post(answer.url, follow=True).content.decode()
    assert "Chỉ nhập được sau một lần thử không còn dòng lỗi." in refused


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("phong.csv", b"PK\x03\x04....", "Đây là tệp Excel hoặc Word. Trong Excel hãy chọn Lưu thành… → CSV UTF-8 rồi tải lại."),
        ("to.csv", b"x" * (5 * 1024 * 1024 + 1), "Tệp lớn hơn 5 MB. Hãy chỉ giữ trang tính danh sách cơ quan."),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_at_the_field(world, name, data, sentence):
    client = world.client(world.centre, Role.ADMINISTRATOR)
    assert upload(client, data, name).context["form"].errors["file"] == [sentence]
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize(
    ("place", "role"), [("province", Role.ADMINISTRATOR), ("centre", Role.HEAD)]
)
def test_who_may_not_import_is_told_who_may(world, place, role):
    run = ImportRun.objects.create(kind="agencies", file_name="a.csv", at=world.now)
    client = world.client(getattr(world, place), role)
    for url in (reverse("desk-agency-import"), reverse("desk-agency-import-report", args=[run.pk])):
        for ask in (client.get, client.post):
            assert NO_IMPORT in ask(url, follow=True).content.decode()
    assert "Nhập danh sách" not in page(client, reverse("desk-agencies"))
