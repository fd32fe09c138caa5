"""Pages of rules, the calendar and private calendars: who may, what is refused with what was typed, what leaks nothing."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from hoiam.agencies.states import Role
from hoiam.handling import actions
from hoiam.handling.models import CalendarDay, CalendarLink, Clock, Tightening
from hoiam.kit.vietnamese import show_date
from tests.desk.casework import Province, moment, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def province():
    return Province()


@pytest.fixture
def keeper(province):
    return person("tw", "Trần Thị Trung Ương", province.centre, Role.ADMINISTRATOR)


def words(page):
    return " ".join(page.content.decode().split())


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_rules_show_law_grade_badge_and_our_number(client, province):
    client.force_login(province.head)
    today = moment().date()
    page = client.post(
        "/desk/rules/PN-01/", {"number": 12, "valid_from": show_date(today), "reason": "báo nhanh"}
    )
    assert page.status_code == 302
    shown = words(client.get("/desk/rules/"))
    for part in (
        "NĐ 244/2026 Đ7.3", "24 giờ", "<b>12 giờ</b>", "THADS tỉnh Thanh Giang đặt",
        "A – nguyên văn điều luật", "mặc định sản phẩm – cần cơ quan xác nhận",
    ):  # fmt: skip
        assert part in shown, part
    assert queries(client, "/desk/rules/") <= 10
    client.force_login(province.elsewhere)
    assert "<b>12 giờ</b>" not in words(client.get("/desk/rules/"))
    assert "báo nhanh" not in words(client.get("/desk/rules/PN-01/"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"number": "48"}, "chỉ được siết chặt hơn"),
        ({"number": "mười"}, "Nhập một số nguyên"),
        ({"reason": ""}, "Còn thiếu: lý do"),
        ({"valid_from": "01/01/2020"}, "trở đi"),
    ],
)
def test_a_number_that_may_not_stand_comes_back_with_what_was_typed(client, province, typed, says):
    client.force_login(province.head)
    first = {"number": "12", "valid_from": show_date(moment().date()), "reason": "vì báo nhanh"}
    page = client.post("/desk/rules/PN-01/", {**first, **typed})
    assert page.status_code == 422
    assert says in words(page)
    for value in {**first, **typed}.values():
        assert value in page.content.decode()
    assert Tightening.objects.system("test").count() == 0


def test_who_only_drafts_sees_the_rules_and_sets_none(client, province):
    client.force_login(province.focal)
    assert "Đặt con số" not in words(client.get("/desk/rules/PN-01/"))
    client.post("/desk/rules/PN-01/", {"number": 12, "valid_from": "hôm nay", "reason": "x"})
    assert Tightening.objects.system("test").count() == 0
    assert client.get("/desk/rules/KHONG-CO/").status_code == 404


def test_another_units_number_is_not_ended(client, province):
    row = actions.set_tightening(
        province.home, rule="PN-01", number=12, valid_from=moment().date(), reason="x",
        actor=province.actor(province.head), now=moment(),
    )  # fmt: skip
    client.force_login(province.elsewhere)
    assert client.post(f"/desk/rules/numbers/{row.pk}/end/", {"reason": "x"}).status_code == 404
    client.force_login(province.head)
    client.post(f"/desk/rules/numbers/{row.pk}/end/", {"reason": "thừa"})
    row.refresh_from_db()
    assert row.ended_why == "thừa"


def test_the_centre_enters_a_day_and_withdraws_it(client, province, keeper):
    client.force_login(keeper)
    typed = {"day": "23/11/2027", "kind": "off", "name": "nghỉ hoán đổi", "source": "CV 1"}
    assert client.post("/desk/calendar/", {**typed, "name": ""}).status_code == 422
    assert client.post("/desk/calendar/", typed).status_code == 302
    page = words(client.get("/desk/calendar/?nam=2027"))
    assert "thứ Ba 23/11/2027" in page and "mới nhập" in page and "CV 1" in page
    again = client.post("/desk/calendar/", typed)
    assert (again.status_code, "thu hồi dòng đó trước" in words(again)) == (422, True)
    row = CalendarDay.objects.get()
    client.post(f"/desk/calendar/{row.pk}/withdraw/", {"reason": ""})
    row.refresh_from_db()
    assert row.withdrawn_at is None
    client.post(f"/desk/calendar/{row.pk}/withdraw/", {"reason": "nhầm ngày"})
    assert "nhầm ngày" in words(client.get("/desk/calendar/"))


def test_a_province_reads_the_calendar_and_enters_nothing(client, province):
    client.force_login(province.head)
    assert "Nhập và tính lại hạn" not in words(client.get("/desk/calendar/?nam=abc"))
    client.post("/desk/calendar/", {"day": "23/11/2027", "kind": "off", "name": "x", "source": "y"})
    assert CalendarDay.objects.count() == 0


def make_link(client, whose="me"):
    client.post("/desk/me/calendar/", {"whose": whose, "label": "điện thoại"})
    page = client.get("/desk/me/calendar/").content.decode()
    return page.partition('value="http://testserver')[2].partition('"')[0]


def test_my_calendar_has_my_clocks_and_nothing_personal(client, province):
    case = province.case()
    client.force_login(province.focal)
    actions.screen(
        case, actor=province.actor(province.focal), now=moment(), letters=["e"], severity=3
    )
    path = make_link(client)
    assert path not in client.get("/desk/me/calendar/").content.decode()  # shown once
    client.logout()
    answer = client.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex", "no-referrer")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    rows = {clock.pk: clock for clock in Clock.objects.system("test").exclude(due_at=None)}
    assert {str(event["uid"]) for event in events} == {f"clock-{pk}@testserver" for pk in rows}
    text = answer.content.decode().replace("\r\n ", "")
    assert (
        case.number in text and "Phát ngôn ban đầu" in text and f"/desk/clocks/{min(rows)}/" in text
    )
    for secret in (case.title, "Nguyễn Thị Hạnh", "Thanh Giang"):
        assert secret not in text
    assert all(event.walk("VALARM") for event in events)
    again = client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_only_the_hash_is_kept_and_a_revoked_or_guessed_address_is_404(client, province):
    client.force_login(province.focal)
    path = make_link(client)
    token = path.removeprefix("/lich/").removesuffix(".ics")
    link = CalendarLink.objects.get()
    assert token not in str(vars(link)) and len(link.digest) == 64
    assert client.get("/lich/khong-co.ics").status_code == 404
    assert client.get(f"/lich/{link.digest}.ics").status_code == 404
    client.force_login(province.elsewhere)
    client.post(f"/desk/me/calendar/{link.pk}/revoke/")
    assert client.get(path).status_code == 200  # a stranger revokes nothing
    client.force_login(province.focal)
    client.post(f"/desk/me/calendar/{link.pk}/revoke/")
    assert client.get(path).status_code == 404


def test_who_left_has_no_calendar(client, province):
    client.force_login(province.focal)
    path = make_link(client)
    province.focal.posts.update(valid_to=date(2026, 1, 2))
    assert client.get(path).status_code == 404


def test_the_units_calendar_is_for_its_desk_and_shows_its_cases_alone(client, province):
    case = province.case()
    actions.screen(
        case, actor=province.actor(province.focal), now=moment(), letters=["e"], severity=3
    )
    client.force_login(province.clerk)
    assert 'value="unit"' not in client.get("/desk/me/calendar/").content.decode()
    assert client.post("/desk/me/calendar/", {"whose": "unit"}).status_code == 422
    client.force_login(province.head)
    assert case.number in client.get(make_link(client, "unit")).content.decode()
    client.force_login(province.elsewhere)
    assert "VEVENT" not in client.get(make_link(client, "unit")).content.decode()


def test_choosing_on_the_case_page_opens_the_clock(client, province):
    case = province.case()
    client.force_login(province.focal)
    actor = province.actor(province.focal)
    actions.screen(case, actor=actor, now=moment(), letters=["d"], severity=2)
    actions.record_moment(
        case, kind="paper_received_at", at=moment() - DAY / 24, actor=actor, now=moment()
    )
    page = words(client.get(f"/desk/cases/{case.pk}/"))
    assert "còn câu hỏi chưa trả lời" in page and "d. Báo chuyển đơn gì" in page
    done = client.post(f"/desk/cases/{case.pk}/do/choose_clocks/", {"d_matter": "denunciation"})
    assert done.status_code == 302
    assert Clock.objects.system("test").filter(case=case, rule="TL-04").exists()
    refused = client.post(
        f"/desk/cases/{case.pk}/do/choose_clocks/", {"d_matter": "administrative"}
    )
    assert (refused.status_code, "Đổi thì ghi lý do" in words(refused)) == (422, True)


def test_a_stale_clock_page_refuses_once_and_keeps_what_was_typed(client, province):
    case = province.case()
    actor = province.actor(province.focal)
    actions.screen(case, actor=actor, now=moment(), letters=["e"], severity=2)
    clock = Clock.objects.system("test").get(case=case, rule="MD-02")
    client.force_login(province.head)
    typed = {
        "clock": clock.pk, "seen": (clock.due_at - DAY).isoformat(),
        "due_at": show_date((clock.due_at + 3 * DAY).date()) + " 10:00", "reason": "chờ trạm y tế",
    }  # fmt: skip
    url = f"/desk/cases/{case.pk}/do/extend_clock/"
    page = client.post(url, typed)
    assert (page.status_code, clock.extensions.count()) == (422, 0)
    assert "vừa được người khác đổi" in words(page) and "chờ trạm y tế" in words(page)
    assert f'value="{clock.due_at.isoformat()}"' in page.content.decode()
    assert client.post(url, {**typed, "seen": clock.due_at.isoformat()}).status_code == 302


def test_waiting_beside_a_lawful_clock_is_shown_on_both_pages(client, province):
    case = province.case()
    actor = province.actor(province.focal)
    actions.screen(case, actor=actor, now=moment(), letters=["e"], severity=2)
    clock = Clock.objects.system("test").get(case=case, rule="PN-01")
    client.force_login(province.head)
    url = f"/desk/cases/{case.pk}/do/pause_clock/"
    assert client.post(url, {"clock": clock.pk, "reason": "Tòa án tỉnh"}).status_code == 302
    for path in (f"/desk/clocks/{clock.pk}/", f"/desk/cases/{case.pk}/"):
        assert "ồng hồ luật vẫn chạy; đã chờ Tòa án tỉnh" in words(client.get(path)), path
    assert queries(client, f"/desk/clocks/{clock.pk}/") <= 15
