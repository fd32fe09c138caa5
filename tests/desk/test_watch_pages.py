"""Theo dõi: the list, its keys' buttons, undo, clipping, opening a case, stories and search through HTTP."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hoiam.agencies.models import Agency, Official, Post
from hoiam.agencies.queries import actor_on
from hoiam.core.actor import Actor
from hoiam.handling.models import Case
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import take_in
from hoiam.monitoring.models import Item, Warning
from hoiam.monitoring.states import WarningState

pytestmark = pytest.mark.django_db
UNIT = "Phòng Thi hành án dân sự khu vực 3 - Thanh Giang"
# Different events, so that no two reports fold into one story.
BODIES = (
    f"Lô máy gặt của hợp tác xã Vạn Điền được đem bán lại lần thứ tư; {UNIT} nói chưa ai đăng ký mua.",
    f"Ông T. nộp đủ tiền trúng đấu giá từ tháng 7 nhưng {UNIT} chưa bàn giao nhà xưởng Tân Lộc.",
    f"Cụ bà 78 tuổi bảy lần xin xác minh tài khoản, {UNIT} chậm trả lời đơn suốt một năm.",
    f"Hai anh em ở Bến Thóc xin hoãn cưỡng chế giao vườn nhãn; {UNIT} đã dời ngày hai lần.",
)


def agency(
    code: str, name: str, level: str, parent: Agency | None = None, province: str = ""
) -> Agency:
    """A fictional agency in force since 01/7/2025."""
    return Agency.objects.create(
        code=code,
        name=name,
        full_name=name.replace("THADS", "Thi hành án dân sự"),
        level=level,
        province=province,
        parent=parent,
        valid_from=date(2025, 7, 1),
        fictional=True,
    )


def official(username: str, at: Agency, role: str) -> Official:
    """A person with one post since 01/7/2025."""
    person = Official.objects.create_user(username, "mat-khau-dai-1", full_name=username.title())
    Post.objects.create(official=person, agency=at, role=role, valid_from=date(2025, 7, 1))
    return person


class World:
    """One fictional province beside another, with a region each and people."""

    def __init__(self) -> None:
        self.centre = agency("tw-mau", "Cục Quản lý THADS mẫu", "centre")
        self.province = agency(
            "thads-tg", "THADS tỉnh Thanh Giang", "province", self.centre, "Thanh Giang"
        )
        self.region = agency(
            "kv3-tg", "Phòng THADS khu vực 3 - Thanh Giang", "region", self.province, "Thanh Giang"
        )
        self.other = agency("thads-lh", "THADS tỉnh Lam Hải", "province", self.centre, "Lam Hải")
        self.focal = official("dau-moi", self.province, "focal_point")
        self.stranger = official("nguoi-la", self.other, "focal_point")
        self.central = official("trung-uong", self.centre, "focal_point")

    def report(self, n: int = 1, hours: int = 2, title: str = "") -> Item:
        """One relevant report taken in some hours ago."""
        now = timezone.now() - timedelta(hours=hours)
        taken = take_in(
            [
                Incoming(
                    title=title
                    or f"Người mua trúng đấu giá nhà xưởng số {n} chưa được giao tài sản",
                    url=f"https://songthanh.example/ban-doc/{n}",
                    sapo=f"Chuyện số {n}.",
                    body=f"{title} {BODIES[n % len(BODIES)]}",
                    outlet="Báo Sông Thanh",
                    published_at=now,
                    home_province="Thanh Giang",
                )
            ],
            now=now,
        )
        return taken.items[0]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def client_of(client: Client):
    def sign_in(person: Official) -> Client:
        client.force_login(person)
        return client

    return sign_in


def warning_of(item: Item) -> Warning:
    return Warning.objects.system("test").get(story=item.story_id)


def test_the_list_shows_the_report_with_its_matched_words_to_the_agency_concerned(world, client_of):
    item = world.report()

    page = client_of(world.focal).get(reverse("desk-watch")).content.decode()

    assert warning_of(item).agency == world.region
    assert reverse("desk-story", args=[item.story_id]) in page
    assert '<mark class="ha-who">Phòng Thi hành án dân sự khu vực 3 - Thanh Giang</mark>' in page
    assert "Vì sao báo?" in page


def test_another_province_sees_nothing_and_gets_404_for_every_act(world, client_of):
    warning = warning_of(world.report())
    client = client_of(world.stranger)

    assert "Báo Sông Thanh" not in client.get(reverse("desk-watch")).content.decode()
    assert client.get(reverse("desk-story", args=[warning.story_id])).status_code == 404
    for name in ("assign", "duplicate", "snooze", "case"):
        assert client.get(reverse(f"desk-warning-{name}", args=[warning.pk])).status_code == 404
    assert client.post(reverse("desk-warning-act", args=[warning.pk, "take"])).status_code == 404


def test_take_then_open_a_case_and_land_on_it(world, client_of):
    warning = warning_of(world.report())
    client = client_of(world.focal)

    client.post(reverse("desk-warning-act", args=[warning.pk, "take"]))
    warning.refresh_from_db()
    assert (warning.state, warning.holder) == (WarningState.TAKEN, world.focal)

    answer = client.post(
        reverse("desk-warning-case", args=[warning.pk]),
        {
            "title": "Chậm giao nhà xưởng",
            "received_at": "14:05 " + f"{timezone.now() - timedelta(days=1):%d/%m/%Y}",
        },
    )
    case = Case.objects.system("test").get()
    assert answer.url == reverse("desk-case", args=[case.pk])
    assert (case.agency, case.title, case.ordinal) == (world.province, "Chậm giao nhà xưởng", 1)


def test_opening_a_case_keeps_what_was_typed_when_the_date_is_impossible(world, client_of):
    warning = warning_of(world.report())

    answer = client_of(world.focal).post(
        reverse("desk-warning-case", args=[warning.pk]),
        {"title": "Tên tôi gõ", "received_at": "31/02/2026 10:00"},
    )

    page = answer.content.decode()
    assert "Không đọc được thời điểm “31/02/2026 10:00”" in page
    assert "Tên tôi gõ" in page
    assert not Case.objects.system("test").exists()


def test_a_moment_ahead_is_refused_at_its_field(world, client_of):
    warning = warning_of(world.report())
    ahead = timezone.now().astimezone(VIETNAM) + timedelta(days=2)

    answer = client_of(world.focal).post(
        reverse("desk-warning-case", args=[warning.pk]),
        {"title": "Vụ", "received_at": f"{ahead:%d/%m/%Y %H:%M}"},
    )

    assert answer.context["form"].errors["received_at"] == [
        "Thời điểm tiếp nhận không thể ở phía trước. Kiểm tra lại ngày giờ."
    ]


def test_dismissing_needs_a_reason_and_can_be_undone_at_once(world, client_of):
    warning = warning_of(world.report())
    client = client_of(world.focal)
    act = reverse("desk-warning-act", args=[warning.pk, "dismiss"])

    client.post(act, {})
    warning.refresh_from_db()
    assert warning.state == WarningState.NEW

    client.post(act, {"reason": "court"})
    warning.refresh_from_db()
    assert (warning.state, warning.dismissal) == (WarningState.DISMISSED, "court")
    assert "Hoàn tác" in client.get(reverse("desk-watch")).content.decode()

    client.post(reverse("desk-warning-act", args=[warning.pk, "restore"]))
    warning.refresh_from_db()
    assert (warning.state, warning.dismissal) == (WarningState.NEW, "")


def test_an_act_by_get_changes_nothing(world, client_of):
    warning = warning_of(world.report())

    answer = client_of(world.focal).get(reverse("desk-warning-act", args=[warning.pk, "take"]))

    assert answer.status_code == 405
    warning.refresh_from_db()
    assert warning.state == WarningState.NEW


@pytest.mark.parametrize("path", ["desk-home", "desk-watch"])
def test_lists_cost_the_same_queries_whatever_the_rows(world, client_of, path):
    def cost() -> int:
        client = client_of(world.focal)
        client.get(reverse(path))
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(reverse(path)).status_code == 200
        return len(found)

    world.report(1, title="Chậm bàn giao nhà xưởng ở Tân Lộc, người mua khổ sở")
    one = cost()
    world.report(2, title="Đấu giá lại lô máy gặt của hợp tác xã Vạn Điền")
    world.report(3, title="Cụ bà bảy lần xin xác minh điều kiện thi hành án")
    three = cost()

    assert one == three
    # The work of one person is gathered from every room: one question each.
    assert three <= (8 if path == "desk-watch" else 16)


def test_clipping_print_keeps_page_and_file_and_the_report_reaches_the_list(
    world, client_of, tmp_path
):
    client = client_of(world.focal)
    picture = tmp_path / "trang2.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\2\0\0\0" + b"0" * 64)

    with picture.open("rb") as file:
        answer = client.post(
            reverse("desk-clip"),
            {
                "medium": "print",
                "outlet": "Báo Đò Mới",
                "title": "Chuyện ở khu vực 3",
                "page": "2",
                "issue": "112",
                "published_at": "07:00 01/09/2026",
                "file": file,
            },
        )

    item = Item.objects.get(title="Chuyện ở khu vực 3")
    assert answer.url == reverse("desk-story", args=[item.story_id])
    assert (item.clip.page, item.clip.issue, item.is_relevant) == ("2", "112", True)
    assert item.capture.content_type == "image/png"
    assert warning_of(item).agency == world.province


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (
            {"medium": "print", "outlet": "Báo Đò Mới"},
            "title",
            "Nhập tiêu đề bài hoặc nội dung chính của tin.",
        ),
        ({"medium": "print", "title": "Tin"}, "outlet", "Nhập tên báo, đài hoặc địa chỉ bài."),
        (
            {"medium": "television", "title": "Tin", "outlet": "Đài"},
            "programme",
            "Với phát thanh, truyền hình phải ghi chương trình và giờ phát sóng (NĐ 237/2026 Điều 21 khoản 3).",
        ),
        (
            {
                "medium": "print",
                "title": "Tin",
                "outlet": "Báo",
                "published_at": "01/01/2031 08:00",
            },
            "published_at",
            "Thời điểm đăng, phát không thể ở phía trước. Kiểm tra lại ngày giờ.",
        ),
    ],
)
def test_clipping_answers_each_fault_at_its_field(world, client_of, typed, field, sentence):
    answer = client_of(world.focal).post(reverse("desk-clip"), typed)

    assert answer.context["form"].errors[field] == [sentence]
    assert not Item.objects.exists()


def test_a_clipped_file_of_the_wrong_kind_is_named_and_nothing_is_saved(world, client_of, tmp_path):
    program = tmp_path / "anh.png"
    program.write_bytes(b"MZ\x90\x00 chay duoc")

    with program.open("rb") as file:
        answer = client_of(world.focal).post(
            reverse("desk-clip"), {"medium": "print", "title": "Tin", "outlet": "Báo", "file": file}
        )

    told = answer.context["form"].errors["file"][0]
    assert told.startswith("Không nhận tệp “anh.png”: tệp hỏng, hoặc là loại khác đã bị đổi đuôi.")
    assert not Item.objects.exists()


def test_search_finds_without_marks_and_only_in_scope(world, client_of):
    world.report(title="Đính chính vụ giao nhà xưởng ở khu vực 3")

    found = client_of(world.focal).get(reverse("desk-search"), {"q": "dinh chinh"}).content.decode()
    hidden = (
        client_of(world.stranger).get(reverse("desk-search"), {"q": "dinh chinh"}).content.decode()
    )

    assert "<mark>Đính</mark> <mark>chính</mark> vụ giao nhà xưởng" in found
    assert "Không tìm thấy" in hidden


@pytest.mark.parametrize(
    "text", ['"', "NEAR(", "a* AND", "(((", "'; drop table", "\x00", "“”", "*"]
)
def test_no_search_text_is_an_error(world, client_of, text):
    assert client_of(world.focal).get(reverse("desk-search"), {"q": text}).status_code == 200


def test_the_story_page_tells_why_and_what_was_done(world, client_of):
    warning = warning_of(world.report())
    client = client_of(world.focal)
    client.post(reverse("desk-warning-act", args=[warning.pk, "take"]))

    page = client.get(reverse("desk-story", args=[warning.story_id])).content.decode()

    assert "Phòng THADS khu vực 3 - Thanh Giang" in page
    assert "Hệ thống cảnh báo" in page
    assert "Dau-Moi nhận tin" in page


def test_a_hostile_headline_never_becomes_markup(world, client_of):
    world.report(title="<script>alert(1)</script> thi hành án dân sự khu vực 3 chậm giao nhà")

    page = client_of(world.focal).get(reverse("desk-watch")).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_the_actor_of_a_day_without_post_sees_a_plain_sentence(world, client):
    person = Official.objects.create_user("moi", "mat-khau-dai-1", full_name="Người Mới")
    client.force_login(person)

    answer = client.get(reverse("desk-home"))

    assert answer.status_code == 403
    assert "Tài khoản chưa được giao chức vụ" in answer.content.decode()
    assert isinstance(actor_on(person, datetime.now(UTC).date()), Actor)
