"""Điểm tin: making, reading, Word, sending, the short text, an empty day, and who may."""

from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from hoiam.agencies.models import Channel, PressAgency
from hoiam.agencies.states import Role
from hoiam.core import blobs
from hoiam.core.models import OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.actions.digest import make_digest
from hoiam.monitoring.actions.digest_letters import digest_text
from hoiam.monitoring.actions.digest_papers import digest_blob, digest_fields
from hoiam.monitoring.models import Digest
from hoiam.monitoring.states import WarningState
from tests.desk.small_world import SmallWorld, page, queries_of

NO = "Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị được lập và gửi điểm tin."
EMPTY = "Trong ngày không có tin, bài liên quan."


@pytest.fixture
def world(db):
    return SmallWorld()


@pytest.fixture
def day(world):
    return world.today - timedelta(days=1)


@pytest.fixture
def noon(day):
    return datetime.combine(day, time(12), tzinfo=VIETNAM)


def url_of(name, agency, day):
    return reverse(name, args=[agency.pk, day.isoformat()])


def made(world, day, agency=None):
    return make_digest(agency or world.province, day, actor=None, now=world.now)


def entries_of(digest):
    return [(s["title"], [e["title"] for e in s["entries"]]) for s in digest.content["sections"]]


def texts_of(data):
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


def test_sections_follow_severity_and_hold_only_what_the_agency_sees(world, day, noon):
    world.story(world.province, noon, severity=1, title="Tuyên truyền ở xã")
    world.story(world.province, noon, severity=3, title="Chậm trả tiền")
    world.story(world.other, noon, title="Chuyện tỉnh khác")
    world.story(world.province, noon - timedelta(days=1), title="Chuyện hôm kia")
    world.story(world.province, noon + timedelta(hours=12), title="Chuyện hôm nay")
    bỏ = world.story(world.province, noon, title="Chuyện đã bỏ")
    bỏ.state, bỏ.dismissal = WarningState.DISMISSED, "criminal"
    bỏ.save()
    assert entries_of(made(world, day)) == [
        ("Thông tin phản ánh, cần xác minh", ["Chậm trả tiền"]),
        ("Thông tin liên quan đến công tác thi hành án dân sự", ["Tuyên truyền ở xã"]),
    ]
    assert made(world, day, world.centre).content["count"] == 3


def test_one_story_is_one_entry_with_its_papers_and_agencies(world, day, noon):
    paper = PressAgency.objects.create(name="Báo Đò Mới")
    channel = Channel.objects.create(press_agency=paper, name="Đò Mới", media_type="daily_print")
    warning = world.story(world.province, noon, items=2)
    world.item(warning.story, noon, 7, "Bài đăng lại", outlet="x", channel=channel)
    type(warning).objects.create(
        story=warning.story, agency=world.other, severity=2, at=noon, why="Nêu tên"
    )
    [section] = made(world, day, world.centre).content["sections"]
    [entry] = section["entries"]
    assert entry["outlets"] == ["Báo Sông Thanh", "Báo Đò Mới (báo in)"]
    assert entry["agency"] == "THADS tỉnh Thanh Giang; THADS tỉnh Lam Hải"


def test_a_long_body_is_cut_at_a_sentence_and_nothing_is_said_to_be_nothing(world, day, noon):
    world.story(world.province, noon, severity=3, sapo="", body="Cơ quan đã xác minh. " * 60)
    world.story(world.province, noon, severity=2, sapo="", body="", title="  ")
    first, second = made(world, day).content["sections"][0]["entries"]
    assert (len(first["summary"]), first["summary"][-9:]) == (881, "xác minh.")
    assert (second["title"], second["summary"]) == (
        "(không có tiêu đề)",
        "Bài chưa có tóm tắt; xem bài gốc.",
    )


def test_the_word_file_holds_the_entries_in_the_ministry_s_layout(world, day, noon):
    world.story(world.province, noon, title="Chậm trả tiền bán đấu giá?")
    digest = made(world, day)
    client = world.client(world.province, Role.FOCAL_POINT)
    answer = client.get(url_of("desk-digest-word", world.province, day))
    lines = texts_of(answer.content)
    assert answer["Content-Disposition"] == f'attachment; filename="diem-tin-{day:%Y-%m-%d}.docx"'
    for line in (
        "ĐIỂM TIN BÁO CHÍ",
        f"(ngày {show_date(day)})",
        "I- THÔNG TIN PHẢN ÁNH, CẦN XÁC MINH",
        "1. Báo Sông Thanh có bài: Chậm trả tiền bán đấu giá?",
        "Bài báo phản ánh: Tóm tắt của bài.",
        "Cơ quan liên quan: THADS tỉnh Thanh Giang",
        "Lý do chọn tin: Bài nêu đích danh cơ quan",
        "Tình trạng hồ sơ: Cần xác minh · Chưa nhận",
    ):
        assert line in lines
    fields = digest_fields(digest, now=world.now)
    assert (fields["agency"], fields["parent_agency"], fields["place"]) == (
        "Thi hành án dân sự tỉnh Thanh Giang", "Cục Quản lý Thi hành án dân sự", "Thanh Giang"
    )  # fmt: skip
    assert blobs.verify(digest_blob(digest, now=world.now)) is True


def test_a_day_without_stories_still_makes_a_paper(world, day):
    client = world.client(world.province, Role.FOCAL_POINT)
    client.post(reverse("desk-digests"), {"day": show_date(day), "agency": world.province.pk})
    assert EMPTY in page(client, url_of("desk-digest", world.province, day))
    assert EMPTY in texts_of(client.get(url_of("desk-digest-word", world.province, day)).content)
    assert EMPTY in digest_text(Digest.objects.system("test").get())


def test_a_page_apart_tells_agency_reasons_and_the_case_s_state(world, day, noon):
    warning = world.story(world.province, noon, title="Kê biên <tàu cá>")
    case = world.case(world.province, story=warning.story)
    made(world, day)
    client = world.client(world.province, Role.FOCAL_POINT)
    text = page(client, url_of("desk-digest", world.province, day))
    for words in (
        "I- THÔNG TIN PHẢN ÁNH, CẦN XÁC MINH", "Báo Sông Thanh có bài:", "Kê biên &lt;tàu cá&gt;",
        "Bài báo phản ánh: Tóm tắt của bài.", "Bài nêu đích danh cơ quan",
        f"{case.number}</a>: Đã tiếp nhận",
        "- Cần xác minh: Báo Sông Thanh (THADS tỉnh Thanh Giang)",
    ):  # fmt: skip
        assert words in text


def test_sending_names_the_recipients_first_and_mails_them_once(world, day):
    made(world, day)
    world.person(world.province, Role.HEAD, email="truong@thads.example", full_name="Lê Trưởng")
    client = world.client(world.province, Role.FOCAL_POINT)
    url = url_of("desk-digest", world.province, day)
    text = page(client, url)
    assert ("truong@thads.example" in text, "chưa có thư điện tử" in text) == (True, True)
    told = client.post(
        url_of("desk-digest-send", world.province, day), follow=True
    ).content.decode()
    digest = Digest.objects.system("test").get()
    assert "Đã gửi điểm tin cho 1 người." in told
    assert digest.recipients == ["truong@thads.example"]
    assert deliver_due(digest.sent_at) == 1
    assert OutboxMessage.objects.filter(done_at=None).count() == 0


def test_nobody_to_send_to_is_said(world, day):
    made(world, day)
    client = world.client(world.province, Role.FOCAL_POINT)
    told = client.post(
        url_of("desk-digest-send", world.province, day), follow=True
    ).content.decode()
    assert "Chưa có ai ở đơn vị này có thư điện tử để nhận điểm tin." in told
    assert Digest.objects.system("test").get().sent_at is None


def test_a_day_to_come_is_refused_and_what_was_typed_stays(world):
    client = world.client(world.province, Role.FOCAL_POINT)
    typed = f"{world.today + timedelta(days=1):%d/%m/%Y}"
    answer = client.post(reverse("desk-digests"), {"day": typed, "agency": world.province.pk})
    assert answer.context["form"].errors["day"] == [
        "Chưa đến ngày này. Hãy chọn hôm nay hoặc ngày đã qua."
    ]
    assert f'value="{typed}"' in answer.content.decode()


def test_a_digest_not_made_yet_can_be_made_there(world, day):
    client = world.client(world.province, Role.FOCAL_POINT)
    url = url_of("desk-digest", world.province, day)
    assert "Chưa lập điểm tin ngày này" in page(client, url, status=404)
    client.post(url)
    assert "Lập lại" in page(client, url)


def test_another_province_s_digest_does_not_exist(world, day):
    made(world, day, world.other)
    client = world.client(world.province, Role.FOCAL_POINT)
    for name in ("desk-digest", "desk-digest-word"):
        assert client.get(url_of(name, world.other, day)).status_code == 404
    assert client.post(url_of("desk-digest-send", world.other, day)).status_code == 404
    wrong = reverse("desk-digest", args=[world.province.pk, "hom-qua"])
    assert client.get(wrong).status_code == 404


def test_who_may_not_sees_no_button_and_is_told_who_may(world, day):
    digest = made(world, day)
    client = world.client(world.province, Role.EDITOR)
    url = url_of("desk-digest", world.province, day)
    text = page(client, url)
    assert ("Lập lại" in text, ">Gửi<" in text, "Tải Word" in text) == (False, False, True)
    assert NO in client.post(url, follow=True).content.decode()
    assert (
        NO
        in client.post(
            url_of("desk-digest-send", world.province, day), follow=True
        ).content.decode()
    )
    digest.refresh_from_db(from_queryset=Digest.objects.system("test"))
    assert digest.sent_at is None
    assert "Lập điểm tin</button>" not in page(client, reverse("desk-digests"))


def test_list_and_page_keep_their_budgets(world, day, noon):
    client = world.client(world.province, Role.FOCAL_POINT)
    world.story(world.province, noon)
    made(world, day)
    urls = (reverse("desk-digests"), url_of("desk-digest", world.province, day))
    one = [queries_of(client, url) for url in urls]
    for back in (2, 3):
        made(world, world.today - timedelta(days=back))
        world.story(world.province, noon)
    made(world, day)
    assert [queries_of(client, url) for url in urls] == one
    assert (one[0] <= 8, one[1] <= 15) == (True, True)
