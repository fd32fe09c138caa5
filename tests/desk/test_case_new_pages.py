"""Opening a case by hand, the task list of a case and its directives, as pages."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from hoiam.agencies.queries import TREE_KEY
from hoiam.handling import actions
from hoiam.handling.models import Case
from hoiam.kit.vietnamese import show_date, show_datetime
from tests.desk.casework import Province, moment
from tests.desk.test_cases_pages import do, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    cache.delete(TREE_KEY)


@pytest.fixture
def province():
    return Province()


def typed(**more):
    first = {
        "title": "Báo hỏi về vụ giao nhà",
        "severity": "2",
        "channel": "press_letter",
        "received_at": show_datetime(moment() - timedelta(hours=1)),
        "sender": "Báo Sông Thanh",
        "incoming_number": "88/CV-BST",
    }
    return {**first, **more}


def test_a_case_is_opened_from_the_list(client, province):
    client.force_login(province.focal)
    assert 'href="/desk/cases/new/"' in client.get("/desk/cases/").content.decode()
    page = client.post("/desk/cases/new/", typed(), follow=True)
    case = Case.objects.system("test").get()
    assert (case.agency, case.channel, case.incoming_number) == (
        province.home,
        "press_letter",
        "88/CV-BST",
    )
    assert f"Đã mở {case.number}" in words(page)
    assert "Công văn của báo số 88/CV-BST của Báo Sông Thanh" in words(page)


def test_what_is_missing_is_named_and_nothing_typed_is_lost(client, province):
    client.force_login(province.focal)
    page = client.post(
        "/desk/cases/new/", typed(sender="", title="Lời đã gõ", item="https://la.example/1")
    )
    assert page.status_code == 422
    assert "Không thấy bài có địa chỉ này" in words(page)
    page = client.post("/desk/cases/new/", typed(sender="", title="Lời đã gõ"))
    assert page.status_code == 422
    assert "Văn bản đến phải ghi nơi gửi." in words(page)
    assert "Lời đã gõ" in page.content.decode()
    assert Case.objects.system("test").count() == 0


def test_who_may_not_open_is_told_who_may(client, province):
    client.force_login(province.clerk)
    assert "/desk/cases/new/" not in client.get("/desk/cases/").content.decode()
    page = client.get("/desk/cases/new/", follow=True)
    assert "Chỉ đầu mối truyền thông hoặc lãnh đạo đơn vị được mở hồ sơ." in words(page)


def test_the_task_list_follows_the_records(client, province):
    case = province.case()
    client.force_login(province.focal)
    page = words(client.get(f"/desk/cases/{case.pk}/"))
    assert "Danh mục việc 1 / 11 việc đã xong hoặc khép lại" in page
    do(client, case, "screen", severity="2", letters=["h"])
    client.force_login(province.head)
    do(client, case, "assign", lead=str(province.region.pk), reason="Vụ nhỏ")
    page = client.get(f"/desk/cases/{case.pk}/")
    shown = words(page)
    assert "Xác định loại, mức độ, tác động Đỗ Quốc Tường" in shown and "Vụ nhỏ bỏ qua" in shown
    assert "chưa có dòng nào" in shown and "đang làm" in shown
    assert "Danh mục việc 3 / 11" in shown
    assert (
        f'href="/desk/cases/{case.pk}/?do=report_upward#do-report_upward"' in page.content.decode()
    )


def test_a_directive_is_received_shown_with_its_light_and_answered(client, province):
    case = province.case()
    client.force_login(province.clerk)
    late = show_date((moment() - timedelta(days=3)).date())
    page = do(
        client,
        case,
        "receive_directive",
        issuer="UBND tỉnh",
        content="",
        due_on=late,
        due_kind="by",
    )
    assert page.status_code == 422 and "UBND tỉnh" in page.content.decode()
    do(client, case, "receive_directive", issuer="UBND tỉnh", number="512/UBND-NC",
       content="Báo cáo", due_on=late, due_kind="by")  # fmt: skip
    page = words(client.get(f"/desk/cases/{case.pk}/"))
    assert (
        "UBND tỉnh 512/UBND-NC" in page
        and f"chậm nhất hết ngày {late}" in page
        and "Quá 3 ngày" in page
    )
    client.force_login(province.focal)
    assert "Trả lời văn bản chỉ đạo · Báo cáo" in words(client.get("/desk/"))
    assert "Quá 3 ngày" in words(client.get("/desk/cases/"))
    order = case.directives.get()
    page = do(client, case, "answer_directive", directive=order.pk, how="")
    assert page.status_code == 422 and "Chọn văn bản trả lời" in words(page)
    do(client, case, "answer_directive", directive=order.pk, how="Báo cáo số 44")
    assert "đã trả lời" in words(client.get(f"/desk/cases/{case.pk}/"))
    assert "Trả lời văn bản chỉ đạo" not in words(client.get("/desk/"))


def test_a_directive_of_another_case_is_not_answered_through_this_one(client, province):
    case, other = province.case(1), province.case(2)
    who, now = province.actor(province.focal), moment()
    order = actions.receive_directive(other, actor=who, now=now, issuer="UBND", content="Báo cáo")
    client.force_login(province.focal)
    assert do(client, case, "answer_directive", directive=order.pk, how="x").status_code == 422
    order.refresh_from_db()
    assert order.answered_at is None
