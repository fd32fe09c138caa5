"""Hỏi đáp báo chí, họp báo, giao ban, phóng viên: what people see, type and may; nothing typed is lost."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from hoiam.agencies.models import PressAgency
from hoiam.agencies.queries import actor_on
from hoiam.agencies.states import Role
from hoiam.handling.actions.enquiry_content import ask_unit
from hoiam.handling.models import Accreditation, Briefing, Enquiry, PressConference, PressQuestion
from tests.desk.small_world import SmallWorld, page, queries_of
from tests.handling.press_desk import SIX, conference, enquiry

MOST_QUERIES = 15


@pytest.fixture
def world(db):
    return SmallWorld()


@pytest.fixture
def by(world):
    return actor_on(world.person(world.province, Role.FOCAL_POINT), world.today)


@pytest.fixture
def client(by):
    from django.test import Client

    found = Client()
    found.force_login(by.official)
    return found


def soon(world):
    """Two days ahead of the real clock the pages read."""
    return {
        "starts_at": world.now + timedelta(days=2), "ends_at": world.now + timedelta(days=2, hours=2),
    }  # fmt: skip


def test_the_list_of_enquiries_is_within_its_budget_however_many_rows(world, by, client):
    enquiry(world.province, by, now=world.now)
    one = queries_of(client, reverse("desk-enquiries"))
    for _ in range(3):
        enquiry(world.province, by, now=world.now)
    assert queries_of(client, reverse("desk-enquiries")) == one <= MOST_QUERIES
    assert page(client, reverse("desk-enquiries")).count("Báo Sông Thanh") == 4


def test_one_enquiry_is_within_its_budget(world, by, client):
    kind = {"kind": "interview"}
    asked = enquiry(world.province, by, now=world.now, **kind)
    region = world.agency("kv1", "Phòng THADS khu vực 1", "region", parent=world.province)
    one = queries_of(client, reverse("desk-enquiry", args=[asked.pk]))
    for _ in range(3):
        ask_unit(asked, unit=region, what="số liệu", actor=by, now=world.now)
    assert queries_of(client, reverse("desk-enquiry", args=[asked.pk])) <= one + 1 <= MOST_QUERIES


def test_an_enquiry_is_entered_acknowledged_and_answered(world, client):
    typed = {
        "agency": world.province.pk, "channel": "email", "outlet": "Báo Đò Mới", "reporter_name": "Vũ Mẫu",
        "contact": "vu@domoi.example", "kind": "information", "purpose": "Viết bài", "questions": "Bao giờ xong?",
    }  # fmt: skip
    client.post(reverse("desk-enquiry-new"), typed)
    asked = Enquiry.objects.system("test").get()
    for verb, more in (
        ("acknowledge_enquiry", {}),
        ("draft_answer", {"seen": 0, "text": "Sẽ xong trong tháng."}),
        ("answer_enquiry", {"form": "written", "spokesperson": "Nguyễn Văn Thử", "text": "Xong."}),
    ):
        done = client.post(reverse("desk-enquiry-step", args=[asked.pk, verb]), more)
        assert done.status_code == 302, verb
    shown = page(client, reverse("desk-enquiry", args=[asked.pk]))
    assert "Đã trả lời" in shown and "Nguyễn Văn Thử" in shown


def test_what_is_refused_comes_back_as_typed(world, by, client):
    asked = enquiry(world.province, by, now=world.now)
    url = reverse("desk-enquiry-step", args=[asked.pk, "answer_enquiry"])
    answer = client.post(url, {"form": "", "spokesperson": "Người Nói", "text": "Chữ đã gõ"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Chữ đã gõ" in text and "Người Nói" in text and "Còn thiếu: hình thức" in text


def test_a_second_draft_shows_the_first_and_keeps_both(world, by, client):
    asked = enquiry(world.province, by, now=world.now)
    url = reverse("desk-enquiry-step", args=[asked.pk, "draft_answer"])
    client.post(url, {"seen": 0, "text": "Bản người thứ nhất"})
    answer = client.post(url, {"seen": 0, "text": "Bản người thứ hai"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Bản người thứ nhất" in text and "Bản người thứ hai" in text
    assert "vừa lưu bản khác" in text
    again = client.post(url, {"seen": 1, "text": "Bản gộp"})
    assert again.status_code == 302


def test_only_grounds_of_the_day_are_offered(world, client, by):
    head = world.client(world.province, Role.HEAD)
    asked = enquiry(world.province, by, now=world.now)
    text = page(head, reverse("desk-enquiry", args=[asked.pk]))
    assert text.count('name="ground"') == 3
    assert "Đ31.2.a" in text and "Đ38.2.d" not in text
    assert 'name="ground"' not in page(client, reverse("desk-enquiry", args=[asked.pk]))


def test_a_stranger_gets_404_and_an_empty_list(world, by):
    asked, planned = (enquiry(world.province, by, now=world.now),
                      conference(world.province, by, now=world.now, **soon(world)))  # fmt: skip
    stranger = world.client(world.other, Role.FOCAL_POINT)
    for url in (
        reverse("desk-enquiry", args=[asked.pk]),
        reverse("desk-conference", args=[planned.pk]),
        reverse("desk-conference-edit", args=[planned.pk]),
        reverse("desk-conference-minutes", args=[planned.pk]),
        reverse("desk-conference-word", args=[planned.pk, "invitation"]),
    ):
        assert stranger.get(url).status_code == 404, url
    assert "Báo Sông Thanh" not in page(stranger, reverse("desk-enquiries") + "?tab=all")
    assert SIX["title"] not in page(stranger, reverse("desk-conferences") + "?tab=all")


def test_a_unit_supplies_from_its_own_page(world, by):
    region = world.agency("kv1", "Phòng THADS khu vực 1", "region", parent=world.province)
    asked = enquiry(world.province, by, now=world.now)
    wanted = ask_unit(asked, unit=region, what="Biên bản giao tiền", actor=by, now=world.now)
    chief = world.client(region, Role.HEAD_OF_REGION)
    assert "Biên bản giao tiền" in page(chief, reverse("desk-home"))
    url = reverse("desk-content-request", args=[wanted.pk])
    assert chief.post(url, {"content": ""}).status_code == 422
    assert chief.post(url, {"content": "Đã giao đủ."}).status_code == 302
    assert "Biên bản giao tiền" not in page(chief, reverse("desk-home"))


def test_my_work_names_what_the_press_desk_owes(world, by, client):
    before = queries_of(client, reverse("desk-home"))
    enquiry(world.province, by, now=world.now)
    conference(world.province, by, now=world.now, **soon(world))
    text = page(client, reverse("desk-home"))
    assert "Xác nhận với báo" in text and "Gửi thông báo họp báo" in text
    assert "MD-80 · mặc định" in text and "HB-01" in text
    assert queries_of(client, reverse("desk-home")) == before <= MOST_QUERIES + 1


def test_a_conference_is_planned_notified_and_its_word_papers_read(world, client):
    press = PressAgency.objects.create(name="Báo Sông Thanh", fictional=True)
    starts = (world.now + timedelta(days=3)).strftime("%d/%m/%Y 09:00")
    typed = {
        "agency": world.province.pk, "kind": "conference", "needs_notice": "yes", "starts_at": starts,
        **{k: v for k, v in SIX.items() if k not in ("starts_at", "ends_at")},
    }  # fmt: skip
    assert client.post(reverse("desk-conference-new"), typed).status_code == 302
    planned = PressConference.objects.system("test").get()
    verb = lambda name: reverse("desk-conference-step", args=[planned.pk, name])  # noqa: E731
    refused = client.post(verb("send_notice"), {"how": "trực tiếp"})
    assert refused.status_code == 422 and "danh sách báo mời" in refused.content.decode()
    assert client.post(verb("invite"), {"press_agencies": [press.pk]}).status_code == 302
    word = client.get(reverse("desk-conference-word", args=[planned.pk, "conference_notice"]))
    assert word.status_code == 302  # the agency's abbreviation is not known: the sentence says so
    assert "Chữ viết tắt tên cơ quan ban hành" in page(
        client, reverse("desk-conference", args=[planned.pk])
    )
    named(world)
    word = client.get(reverse("desk-conference-word", args=[planned.pk, "conference_notice"]))
    assert "Báo Sông Thanh" in words_of(word) and SIX["authority"] in words_of(word)
    assert client.post(verb("send_notice"), {"how": "trực tiếp", "symbol": "12"}).status_code == 302
    assert "chỉ trả lời khi không cho tổ chức" in page(
        client, reverse("desk-conference", args=[planned.pk])
    )


def named(world):
    """The agency as its letterhead wants it."""
    type(world.province).objects.filter(pk=world.province.pk).update(
        symbol="THADSTG", seat="Thanh Giang"
    )


def words_of(answer):
    found = Document(BytesIO(answer.content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in found.paragraphs), *cells])


def test_the_minutes_of_a_held_conference_come_as_word(world, by, client):
    planned = conference(world.province, by, now=world.now, **soon(world))
    url = reverse("desk-conference-word", args=[planned.pk, "minutes"])
    assert client.get(url).status_code == 404  # nothing to minute before it was held
    PressQuestion.objects.create(
        conference=planned, outlet="Báo Đò Mới", reporter_name="Vũ Mẫu", question="Bao giờ xong?",
        promised_at=world.now, holder=by.official, recorded_by=by.official, recorded_at=world.now,
    )  # fmt: skip
    PressQuestion.objects.create(
        conference=planned, outlet="Báo Sông Thanh", question="Thu được bao nhiêu?", answered_by="Ông Thử",
        answer="Đã thu 9 trong 12 việc.", recorded_by=by.official, recorded_at=world.now,
    )  # fmt: skip
    PressConference.objects.system("test").update(
        state="held", held_at=world.now, minutes="Trưởng cơ quan trình bày.", minutes_by=by.official
    )
    named(world)
    text = words_of(client.get(url))
    for wanted in (
        "BIÊN BẢN", SIX["host"], "Trưởng cơ quan trình bày.", "Báo Đò Mới, Vũ Mẫu hỏi: Bao giờ xong?",
        "Ông Thử trả lời: Đã thu 9 trong 12 việc.", "Báo Đò Mới: Bao giờ xong? Trả lời trước", str(by),
    ):  # fmt: skip
        assert wanted in text, wanted
    assert url in page(client, reverse("desk-conference", args=[planned.pk]))
    assert url in page(client, reverse("desk-conference-minutes", args=[planned.pk]))
    assert world.client(world.other, Role.HEAD).get(url).status_code == 404


def test_conference_pages_are_within_their_budget(world, by, client):
    planned = conference(world.province, by, now=world.now, **soon(world))
    lists = queries_of(client, reverse("desk-conferences"))
    conference(world.province, by, now=world.now, **soon(world))
    assert queries_of(client, reverse("desk-conferences")) == lists <= MOST_QUERIES
    assert queries_of(client, reverse("desk-conference", args=[planned.pk])) <= MOST_QUERIES


def test_a_stale_edit_comes_back_with_what_was_typed(world, by, client):
    planned = conference(world.province, by, now=world.now, **soon(world))
    url = reverse("desk-conference-edit", args=[planned.pk])
    typed = {
        "agency": world.province.pk,
        "kind": "conference",
        "needs_notice": "yes",
        "title": "Tên mới",
        "seen": 0,
    }
    answer = client.post(url, typed)
    assert answer.status_code == 422 and "Tên mới" in answer.content.decode()
    assert client.post(url, {**typed, "seen": 1}).status_code == 302


def test_a_briefing_is_recorded_and_withdrawn(world, client):
    typed = {
        "agency": world.province.pk, "at": "hôm qua 09:00", "organiser": "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "topics": "Kết quả tháng", "speaker": "Nguyễn Văn Thử", "on_own_initiative": "on",
    }  # fmt: skip
    assert client.post(reverse("desk-briefing-new"), {**typed, "at": ""}).status_code == 422
    assert (
        client.post(reverse("desk-briefing-new"), {**typed, "at": "01/09/2026 09:00"}).status_code
        == 302
    )
    found = Briefing.objects.system("test").get()
    assert "chủ động" in page(client, reverse("desk-briefings"))
    client.post(reverse("desk-briefing-withdraw", args=[found.pk]), {"reason": "ghi trùng"})
    assert "Kết quả tháng" not in page(client, reverse("desk-briefings"))


def test_a_reporter_is_accredited_and_confirmed_again(world, client):
    press = PressAgency.objects.create(name="Báo Đò Mới", fictional=True)
    typed = {
        "agency": world.province.pk, "press_agency": press.pk, "full_name": "Lê Thị Mẫu",
        "valid_from": "05/01/2026", "confirmed_on": "05/01/2026",
    }  # fmt: skip
    assert client.post(reverse("desk-accreditation-new"), typed).status_code == 302
    found = Accreditation.objects.system("test").get()
    assert "cần hỏi lại" in page(client, reverse("desk-accreditations") + "?tab=stale")
    url = reverse("desk-accreditation", args=[found.pk])
    today = world.today.strftime("%d/%m/%Y")
    typed = {"verb": "confirm", "confirmed_on": today, "confirmed_with": "thư ký tòa soạn"}
    assert client.post(url, {**typed, "confirmed_with": ""}).status_code == 422
    assert client.post(url, typed).status_code == 302
    assert "Lê Thị Mẫu" not in page(client, reverse("desk-accreditations") + "?tab=stale")


def test_a_conference_of_a_case_stands_there_and_its_notice_becomes_a_paper(world, by, client):
    case = world.case(world.province)
    planned = conference(world.province, by, now=world.now, case=case, **soon(world))
    shown = page(client, reverse("desk-conference", args=[planned.pk]))
    assert f"trong {case.number}" in shown
    made = client.post(reverse("desk-conference-word", args=[planned.pk, "conference_notice"]))
    assert made.status_code == 302 and "/papers/" in made.url
    paper = case.papers.get()
    assert (paper.kind, paper.fields["venue"]) == ("conference_notice", SIX["place"])


def test_a_case_shows_what_the_press_asked_within_its_budget(world, by, client):
    from hoiam.handling.actions.enquiry import link_enquiry

    case = world.case(world.province)
    url = reverse("desk-case", args=[case.pk])
    before = queries_of(client, url)
    for _ in range(2):
        asked = enquiry(world.province, by, now=world.now)
        link_enquiry(asked, case=case, actor=by, now=world.now)
    assert asked.number in page(client, url)
    assert queries_of(client, url) == before <= MOST_QUERIES
