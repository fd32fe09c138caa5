"""Điểm tin, tabs Tuần, Tháng, Dự báo: pages full and empty, Word, remarks, sending, scope, budgets."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from hoiam.agencies.states import Role
from hoiam.core.outbox import deliver_due
from hoiam.handling.actions import make_sheet
from hoiam.handling.actions.syntheses import period_for
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.models import Digest
from tests.desk.small_world import SmallWorld, page, queries_of

KINDS = ("week", "month", "outlook")


@pytest.fixture
def world(db):
    return SmallWorld()


@pytest.fixture
def noon(world):
    """A week ago, so that it lies in the last week or the running month."""
    return datetime.combine(world.today - timedelta(days=7), time(12), tzinfo=VIETNAM)


def url_of(kind, agency, day, name="desk-sheet"):
    return reverse(name, args=[kind, agency.pk, period_for(kind, day).last.isoformat()])


def day_of(world, kind):
    return world.today if kind == "outlook" else world.today - timedelta(days=7)


def made(world, kind, agency=None):
    return make_sheet(
        agency or world.province, kind, day_of(world, kind), actor=None, now=world.now
    )


def test_the_tabs_list_each_kind_by_itself(world):
    client = world.client(world.province, Role.FOCAL_POINT)
    for kind in KINDS:
        made(world, kind)
    made(world, "week", world.other)
    for kind in KINDS:
        text = page(client, f"{reverse('desk-digests')}?loai={kind}")
        assert f'href="?loai={kind}" aria-current="page"' in text
        assert text.count('data-l="Đơn vị"') == 1
    assert "Chưa có bản điểm tin nào" in page(client, f"{reverse('desk-digests')}?loai=khac")


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_says_how_the_first_is_made(world, kind):
    client = world.client(world.province, Role.FOCAL_POINT)
    text = page(client, f"{reverse('desk-digests')}?loai={kind}")
    assert "muốn có ngay thì" in text


@pytest.mark.parametrize("kind", KINDS)
def test_one_is_made_from_the_list_and_shown(world, kind):
    client = world.client(world.province, Role.FOCAL_POINT)
    day = day_of(world, kind)
    answer = client.post(
        f"{reverse('desk-digests')}?loai={kind}",
        {"day": show_date(day), "agency": world.province.pk},
    )
    assert answer["Location"] == url_of(kind, world.province, day)
    assert Digest.objects.system("test").get().kind == kind
    assert "Lập lại" in page(client, answer["Location"])


def test_a_period_to_come_is_refused_and_what_was_typed_stays(world):
    client = world.client(world.province, Role.FOCAL_POINT)
    typed = show_date(world.today + timedelta(days=40))
    for kind, sentence in (
        ("month", "Chưa đến những ngày này. Hãy chọn hôm nay hoặc ngày đã qua."),
        ("outlook", "Chỉ dự báo được tuần này hoặc tuần sau. Hãy chọn ngày gần hơn."),
    ):
        answer = client.post(
            f"{reverse('desk-digests')}?loai={kind}", {"day": typed, "agency": world.province.pk}
        )
        assert answer.context["form"].errors["day"] == [sentence]
        assert f'value="{typed}"' in answer.content.decode()


def test_a_synthesis_draws_bars_beside_figures(world, noon):
    warning = world.story(world.province, noon, items=3, title="Kê biên <tàu cá>")
    made(world, "week")
    client = world.client(world.province, Role.FOCAL_POINT)
    text = page(client, url_of("week", world.province, noon.date()))
    for words in (
        "Trong tuần có 3 bài về 1 vụ việc, trên 1 báo.", "Kê biên &lt;tàu cá&gt;",
        reverse("desk-story", args=[warning.story_id]), "Chưa mở hồ sơ", "Theo báo",
        'class="ha-share"', "Bảng số liệu", "Không so sánh: tuần trước chưa được theo dõi trọn kỳ.",
    ):  # fmt: skip
        assert words in text
    assert "<script>" not in text


def test_an_empty_synthesis_draws_nothing_and_says_so(world):
    made(world, "month")
    client = world.client(world.province, Role.FOCAL_POINT)
    text = page(client, url_of("month", world.province, day_of(world, "month")))
    assert "không có tin, bài liên quan" in text
    assert "Vụ việc được nêu nhiều" not in text


def test_an_outlook_tells_its_level_in_words_with_reasons(world, noon):
    ahead = period_for("outlook", world.today).last
    told = f"Phiên tòa sẽ mở lúc 8 giờ ngày {ahead.day}/{ahead.month}."
    world.story(world.province, noon, items=2, severity=3, body=told, title="Cháy kho vật chứng")
    case = world.case(world.province)
    world.clock(case, timedelta(days=-1))
    made(world, "outlook")
    client = world.client(world.province, Role.FOCAL_POINT)
    text = page(client, url_of("outlook", world.province, world.today))
    for words in (
        "Cần chuẩn bị trước", "1 hạn đã quá mà việc chưa xong", case.number, "Phiên tòa sẽ mở lúc",
        "theo ngày đăng bài", "Nhịp tin", "mặc định sản phẩm",
    ):  # fmt: skip
        assert words in text


def test_an_empty_outlook_says_what_it_looks_for(world):
    made(world, "outlook")
    client = world.client(world.province, Role.FOCAL_POINT)
    text = page(client, url_of("outlook", world.province, world.today))
    for words in (
        "Bình thường", "Chưa thấy lịch nào được báo trước", "Không có hồ sơ nào đang mở",
        "Không có vụ việc nào lớn lên", "Tuần này không có mốc nào",
        "Trong 13 tuần qua chưa có vụ việc nào của đơn vị.",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("kind", KINDS)
def test_one_not_made_yet_can_be_made_there(world, kind):
    client = world.client(world.province, Role.FOCAL_POINT)
    url = url_of(kind, world.province, day_of(world, kind))
    assert "Chưa lập bản này" in page(client, url, status=404)
    client.post(url)
    assert "Lập lại" in page(client, url)


@pytest.mark.parametrize("kind", KINDS)
def test_the_word_file_bears_its_name(world, kind):
    digest = made(world, kind)
    client = world.client(world.province, Role.FOCAL_POINT)
    url = url_of(kind, world.province, digest.day, "desk-sheet-word")
    name = {"week": "tong-hop-tuan", "month": "tong-hop-thang", "outlook": "du-bao-tuan"}[kind]
    answer = client.get(url)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}-{digest.day:%Y-%m-%d}.docx"'  # fmt: skip
    assert answer.content[:2] == b"PK"


def test_remarks_stay_when_it_is_made_anew(world):
    digest = made(world, "week")
    client = world.client(world.province, Role.FOCAL_POINT)
    url = url_of("week", world.province, digest.day)
    keep = url_of("week", world.province, digest.day, "desk-sheet-remarks")
    told = client.post(keep, {"remarks": "Cần <chuẩn bị>."}, follow=True).content.decode()
    assert "Đã lưu nhận xét, đề xuất." in told
    client.post(url)
    assert "Cần &lt;chuẩn bị&gt;." in page(client, url)
    told = client.post(keep, {"remarks": "x" * 8001}, follow=True).content.decode()
    assert "8000" in told
    digest.refresh_from_db(from_queryset=Digest.objects.system("test"))
    assert digest.remarks == "Cần <chuẩn bị>."


def test_sending_names_the_recipients_and_mails_them(world):
    digest = made(world, "outlook")
    world.person(world.province, Role.HEAD, email="truong@thads.example", full_name="Lê Trưởng")
    client = world.client(world.province, Role.FOCAL_POINT)
    send = url_of("outlook", world.province, digest.day, "desk-sheet-send")
    assert "truong@thads.example" in page(client, url_of("outlook", world.province, digest.day))
    assert "Đã gửi cho 1 người." in client.post(send, follow=True).content.decode()
    digest.refresh_from_db(from_queryset=Digest.objects.system("test"))
    assert digest.recipients == ["truong@thads.example"]
    assert deliver_due(digest.sent_at) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_another_province_s_does_not_exist(world, kind):
    digest = made(world, kind, world.other)
    client = world.client(world.province, Role.FOCAL_POINT)
    for name in ("desk-sheet", "desk-sheet-word"):
        assert client.get(url_of(kind, world.other, digest.day, name)).status_code == 404
    for name in ("desk-sheet", "desk-sheet-send", "desk-sheet-remarks"):
        assert client.post(url_of(kind, world.other, digest.day, name)).status_code == 404


def test_a_kind_or_a_day_that_is_none_is_not_found(world):
    client = world.client(world.province, Role.FOCAL_POINT)
    for kind, day in (("year", "2026-08-05"), ("day", "2026-08-05"), ("week", "hom-qua")):
        url = reverse("desk-sheet", args=[kind, world.province.pk, day])
        assert client.get(url).status_code == 404


def test_who_may_not_sees_no_buttons(world):
    digest = made(world, "week")
    client = world.client(world.province, Role.EDITOR)
    text = page(client, url_of("week", world.province, digest.day))
    assert ("Lập lại" in text, "Lưu nhận xét" in text, "Gửi</button>" in text) == (
        False,
        False,
        False,
    )
    assert "Đơn vị chưa có nhận xét, đề xuất." in text
    told = client.post(url_of("week", world.province, digest.day), follow=True).content.decode()
    assert "Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị được lập và gửi điểm tin." in told


@pytest.mark.parametrize("kind", KINDS)
def test_list_and_page_keep_their_budgets(world, noon, kind):
    client = world.client(world.province, Role.FOCAL_POINT)
    world.story(world.province, noon)
    digest = made(world, kind)
    urls = (
        f"{reverse('desk-digests')}?loai={kind}",
        url_of(kind, world.province, digest.day),
    )
    one = [queries_of(client, url) for url in urls]
    for number in range(2):
        warning = world.story(world.province, noon)
        world.case(world.province, story=warning.story)
        earlier = day_of(world, kind) - timedelta(days=40 * (number + 1))
        make_sheet(world.province, kind, earlier, actor=None, now=world.now)
    made(world, kind)
    assert [queries_of(client, url) for url in urls] == one
    assert (one[0] <= 8, one[1] <= 12) == (True, True)
