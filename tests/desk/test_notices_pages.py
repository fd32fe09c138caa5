"""Thông báo, Cách nhận tin, Báo tin và leo thang, webhook: through HTTP, the right, the empty and the wrong."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hoiam.agencies.queries import actor_on
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.actions.deliveries import Outcome, settle
from hoiam.monitoring.actions.lines import add_line
from hoiam.monitoring.addresses import acknowledge_address
from hoiam.monitoring.jobs.telling import climb, tell_the_desk
from hoiam.monitoring.models import (
    Delivery,
    Notice,
    NoticeChoice,
    Routing,
    Signal,
    Subscription,
    UnitLine,
)
from tests.core.push.test_push import AUTH, P256DH
from tests.desk.small_world import SmallWorld, page, queries_of

pytestmark = pytest.mark.django_db
WHY = "a test looks"


@pytest.fixture
def world():
    return SmallWorld()


@pytest.fixture
def focal(world):
    """A browser of the province's focal point."""
    return world.client(world.province, "focal_point")


def told(world, hours=1, severity=2, **fields):
    """A warning of the province that was told when it came."""
    warning = world.story(world.province, world.now - timedelta(hours=hours), severity, **fields)
    tell_the_desk(warning.pk, warning.at)
    return warning


def first_notice():
    return Notice.objects.system(WHY).order_by("pk").first()


def test_an_empty_list_says_what_will_stand_here(focal):
    text = page(focal, reverse("desk-notices"))
    assert "Chưa có thông báo nào" in text
    assert "Thông báo, không có gì mới" in text
    assert "Đánh dấu đã xem hết" not in text


def test_the_list_shows_what_was_told_and_how_and_the_bell_counts_it(world, focal):
    person = world.official_of(world.province)
    person.email = "dau-moi@tg.example"
    person.save()
    warning = told(world)
    text = page(focal, reverse("desk-notices"))
    assert warning.story.title in text
    assert "Thư điện tử (dau-moi@tg.example): đang gửi" in text
    assert '<b>1</b><span class="ha-sr"> thông báo chưa xem' in text
    focal.post(reverse("desk-notices-seen"))
    assert "Thông báo, không có gì mới" in page(focal, reverse("desk-notices"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_row_and_for_three(world, focal, rows):
    for number in range(rows):
        told(world, hours=number + 1)
    assert queries_of(focal, reverse("desk-notices")) == 6


@pytest.mark.parametrize("rows", [1, 3])
def test_a_storys_page_takes_the_same_queries_however_many_were_told(world, focal, rows):
    warning = told(world)
    for number in range(rows - 1):
        world.person(world.province, "focal_point", username=f"them-{number}")
    tell_the_desk(warning.pk, world.now)
    times = [world.now - timedelta(hours=number) for number in range(rows)]
    for kind in ("spread", "surprise"):
        for number, at in enumerate(times):
            fields = {"kind": kind, "words": f"lý do {number}", "at": at, "last_at": at}
            Signal.objects.create(story=warning.story, key=f"{kind}:{number}", **fields)
    address = reverse("desk-story", args=[warning.story_id])
    assert queries_of(focal, address) <= 15
    # In time order, and nothing but how it spread.
    spread = re.findall(r"Lan rộng: lý do (\d)", page(focal, address))
    assert spread == [str(number) for number in reversed(range(rows))]


def test_acknowledging_on_the_web_is_shown_where_the_warning_stands(world, focal):
    warning = told(world)
    story = reverse("desk-story", args=[warning.story_id])
    assert "Bạn được báo tin này và chưa xác nhận." in page(focal, story)
    answer = focal.post(
        reverse("desk-notice-acknowledge", args=[first_notice().pk]), {"next": story}
    )
    assert answer.url == story
    text = page(focal, story)
    assert "Đã ghi là bạn đã nhận." in text
    assert "xác nhận đã nhận" in text
    assert "Bạn được báo tin này" not in text


def test_another_person_cannot_acknowledge_for_me(world, focal):
    told(world)
    other = world.client(world.province, "head")
    assert (
        other.post(reverse("desk-notice-acknowledge", args=[first_notice().pk])).status_code == 404
    )
    assert first_notice().acknowledged_at is None


def test_the_way_up_stands_as_a_timeline(world, focal):
    world.person(world.province, "deputy", full_name="Lê Thị Phó")
    warning = told(world, hours=2, severity=3)
    climb(world.now)
    text = page(focal, reverse("desk-story", args=[warning.story_id]))
    assert "Leo thang: đã báo Lê Thị Phó (Cấp phó)" in text
    assert "chưa ai xác nhận" in text


# The link of a letter


def link():
    path = acknowledge_address(first_notice().pk).partition("/desk/")[2]
    return f"/desk/{path}"


def test_a_scanner_that_opens_the_link_acknowledges_nothing(world, focal):
    told(world)
    for _ in range(3):
        text = page(Client(), link())
        assert "Bạn đã nhận tin này?" in text
    assert Client().head(link()).status_code == 200
    assert first_notice().acknowledged_at is None


def test_the_button_behind_the_link_acknowledges_without_signing_in(world, focal):
    told(world)
    visitor = Client(enforce_csrf_checks=True)
    form = visitor.get(link())
    assert visitor.post(link()).status_code == 403  # without the page's own token nothing is taken
    token = form.context["csrf_token"]
    answer = visitor.post(link(), {"csrfmiddlewaretoken": str(token)})
    assert "Đã ghi là bạn đã nhận" in answer.content.decode()
    assert first_notice().acknowledged_by_link is True


@pytest.mark.parametrize(
    "token",
    ["1:abc:def", "x", "1", signing.TimestampSigner(salt="khác").sign("1")],
    ids=["forged", "no number", "no signature", "signed for something else"],
)
def test_a_link_that_was_changed_says_what_to_do(world, focal, token):
    told(world)
    text = page(Client(), reverse("desk-notice-link", args=[token]), 404)
    assert "Đường dẫn không dùng được" in text


# My choice


def test_my_choice_is_kept(focal):
    form = {"by_email": "on", "quiet_from": "22", "quiet_to": "6:30"}
    assert focal.post(reverse("desk-notice-choice"), form).status_code == 302
    kept = NoticeChoice.objects.get()
    assert (kept.by_push, kept.may_break_quiet, str(kept.quiet_from), str(kept.quiet_to)) == (
        False, False, "22:00:00", "06:30:00",
    )  # fmt: skip
    assert 'value="06:30"' in page(focal, reverse("desk-notice-choice"))


@pytest.mark.parametrize(
    ("form", "sentence", "kept"),
    [
        ({"quiet_from": "25:00", "quiet_to": "6"}, "Không đọc được giờ này", 'value="25:00"'),
        ({"quiet_from": "22:00"}, "Ghi cả giờ bắt đầu và giờ kết thúc", 'value="22:00"'),
        ({"quiet_from": "22:00", "quiet_to": "22:00"}, "phải khác nhau", 'value="22:00"'),
    ],
)
def test_hours_that_say_nothing_are_refused_and_kept_on_the_page(focal, form, sentence, kept):
    answer = focal.post(reverse("desk-notice-choice"), form)
    text = answer.content.decode()
    assert sentence in text
    assert kept in text
    assert NoticeChoice.objects.count() == 0


def test_a_browser_is_turned_on_and_off_and_keys_are_never_another_persons(world, focal):
    form = {"endpoint": "https://push.example/a", "p256dh": P256DH, "auth": AUTH, "label": "Chrome"}
    focal.post(reverse("desk-browser-add"), form)
    row = Subscription.objects.get()
    assert "Chrome" in page(focal, reverse("desk-notice-choice"))
    other = world.client(world.other, "focal_point")
    assert other.post(reverse("desk-browser-remove", args=[row.pk])).status_code == 404
    focal.post(reverse("desk-browser-remove", args=[row.pk]))
    assert Subscription.objects.count() == 0


def test_keys_that_are_none_are_told_in_a_sentence(focal):
    answer = focal.post(reverse("desk-browser-add"), {"endpoint": "x"}, follow=True)
    assert "Trình duyệt gửi địa chỉ nhận thông báo không đúng" in answer.content.decode()


def test_the_script_for_push_comes_from_the_house_and_asks_nobody_else():
    answer = Client().get(reverse("desk-push-worker"))
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "://" not in text


def test_a_trial_is_on_its_way(focal):
    focal.post(reverse("desk-notice-try"))
    assert deliver_due(timezone.now()) == 1
    assert first_notice().kind == "test"


# The unit's rows


def rows_form(**changes):
    return {"r_3_head": "any", "r_2_focal_point": "office", "m_3_deputy": "20"} | changes


def test_a_head_changes_the_rows_and_goes_back_to_the_defaults(world):
    client = world.client(world.province, "head")
    url = reverse("desk-routing", args=[world.province.pk])
    assert "mặc định sản phẩm – cần cơ quan xác nhận".capitalize() in page(client, url)
    assert client.post(url, rows_form(o_3="on", reason="Theo họp giao ban")).url == url
    routing = Routing.objects.get()
    assert [(r.severity, r.recipient, r.hours) for r in routing.routes.all()] == [
        (2, "focal_point", "office"),
        (3, "head", "any"),
    ]
    assert [(s.recipient, s.minutes, s.office) for s in routing.steps.all()] == [
        ("deputy", 20, True)
    ]
    assert "Quy tắc riêng của đơn vị" in page(client, url)
    client.post(reverse("desk-routing-reset", args=[world.province.pk]))
    assert Routing.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"r_3_head": ""}, "phải có ít nhất một người được báo ở mọi giờ"),
        ({"m_3_deputy": "hai mươi"}, "Ghi số phút bằng chữ số"),
        ({"m_3_deputy": "0"}, "Ghi số từ 1 trở lên"),
    ],
)
def test_rows_that_cannot_hold_are_refused_with_what_was_typed(world, changes, sentence):
    client = world.client(world.province, "head")
    answer = client.post(reverse("desk-routing", args=[world.province.pk]), rows_form(**changes))
    assert sentence in answer.content.decode()
    assert Routing.objects.count() == 0


def test_who_may_not_change_the_rows_reads_them(world, focal):
    url = reverse("desk-routing", args=[world.province.pk])
    text = page(focal, url)
    assert "Lưu quy tắc" not in text
    assert "Chỉ thủ trưởng hoặc quản trị của đơn vị sửa được." in text
    answer = focal.post(url, rows_form(), follow=True)
    assert "Chỉ thủ trưởng hoặc quản trị" in answer.content.decode()
    assert Routing.objects.count() == 0


def test_a_regional_office_leads_to_its_provinces_rows_for_who_sees_them(world):
    region = world.agency(
        "kv1", "Phòng THADS khu vực 1", "region", "Thanh Giang", parent=world.province
    )
    client = world.client(world.province, "head")
    url = reverse("desk-routing", args=[region.pk])
    assert client.get(url).url == reverse("desk-routing", args=[world.province.pk])


# Lines


@pytest.fixture
def line(world):
    actor = actor_on(world.person(world.province, "administrator"), world.today)
    return add_line(
        world.province, actor=actor, now=world.now, carrier="webhook", label="Hệ thống văn bản",
        address="https://nhan.example/tin", least_severity=2,
    )  # fmt: skip


def test_a_webhook_is_added_and_its_secret_shown_to_who_keeps_it(world):
    client = world.client(world.province, "head")
    url = reverse("desk-lines", args=[world.province.pk])
    assert "Chưa có kênh nào" in page(client, url)
    form = {
        "carrier": "webhook",
        "label": "Văn bản",
        "address": "https://n.example/",
        "least_severity": "2",
    }
    answer = client.post(url, form)
    made = UnitLine.objects.system(WHY).get()
    assert answer.url == reverse("desk-line", args=[made.pk])
    assert made.secret in page(client, answer.url)
    assert made.secret not in page(world.client(world.province, "focal_point"), answer.url)
    assert 'value="chat"' not in page(client, url)


def test_a_wrong_address_is_told_at_its_field(world):
    client = world.client(world.province, "head")
    form = {"carrier": "webhook", "label": "Văn bản", "address": "n.example", "least_severity": "2"}
    answer = client.post(reverse("desk-lines", args=[world.province.pk]), form)
    text = answer.content.decode()
    assert "phải bắt đầu bằng https://" in text
    assert 'value="n.example"' in text


def test_the_address_of_a_chat_is_never_shown_again(world):
    client = world.client(world.province, "administrator")
    form = {
        "carrier": "chat",
        "label": "Nhóm",
        "address": "tgram://12345:bimat/67",
        "least_severity": "3",
    }
    answer = client.post(reverse("desk-lines", args=[world.province.pk]), form)
    assert "bimat" not in page(client, answer.url)
    assert "bimat" not in page(client, reverse("desk-lines", args=[world.province.pk]))


def test_sendings_of_a_line_are_listed_and_sent_again(world, line):
    warning = told(world)
    sent = Delivery.objects.system(WHY).get(line=line)
    settle(sent, Outcome(404, "Nơi nhận trả lời mã 404.", is_final=True), now=world.now)
    client = world.client(world.province, "head")
    url = reverse("desk-line", args=[line.pk])
    text = page(client, url)
    assert "không gửi được: Nơi nhận trả lời mã 404." in text
    assert warning.story.title in text
    client.post(reverse("desk-delivery-replay", args=[sent.pk]))
    assert "gửi lại: Cảnh báo" in page(client, url)
    again = client.post(
        reverse("desk-delivery-replay", args=[Delivery.objects.system(WHY).latest("pk").pk]),
        follow=True,
    )
    assert "còn đang được gửi lại tự động" in again.content.decode()


@pytest.mark.parametrize(("verb", "paused"), [("pause", True), ("run", False), ("try", False)])
def test_a_line_is_paused_tried_and_run(world, line, verb, paused):
    client = world.client(world.province, "head")
    client.post(reverse("desk-line-act", args=[line.pk, verb]))
    line.refresh_from_db()
    assert line.is_paused is paused
    assert Delivery.objects.system(WHY).count() == (verb == "try")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_lines_page_takes_the_same_queries_for_one_sending_and_for_three(world, line, rows):
    for number in range(rows):
        told(world, hours=number + 1)
    assert (
        queries_of(world.client(world.province, "head"), reverse("desk-line", args=[line.pk])) == 6
    )


# Where signals and chats are seen


def test_a_burst_stands_above_the_list_of_its_agency(world, focal):
    Signal.objects.create(
        kind="surprise", key="x", agency=world.province, at=world.now, last_at=world.now,
        words="thường 0,3 tin/tuần; 24 giờ qua 5 tin",
    )  # fmt: skip
    assert "thường 0,3 tin/tuần; 24 giờ qua 5 tin" in page(focal, reverse("desk-watch"))
    other = world.client(world.other, "focal_point")
    assert "24 giờ qua 5 tin" not in page(other, reverse("desk-watch"))


def test_what_is_copied_for_a_chat_names_no_title(world, focal):
    warning = told(world, title="Bà Trần Thị Sửu kêu chờ tiền")
    text = page(focal, reverse("desk-story", args=[warning.story_id]))
    box = text.partition('id="ha-zalo"')[2].partition("</textarea>")[0]
    assert "Cần xác minh: báo chí nói về THADS tỉnh Thanh Giang" in box
    assert "http://testserver/desk/stories/" in box
    assert "Sửu" not in box
