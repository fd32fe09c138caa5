"""Results, remedies, reports, joining: what the page of a case does with them, and what it refuses."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoiam.agencies.queries import TREE_KEY
from hoiam.agencies.states import Role
from hoiam.handling import actions
from hoiam.handling.models import Case
from hoiam.monitoring.models import Item
from tests import factories as make
from tests.desk.casework import Province, moment, person
from tests.desk.test_cases_pages import do, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    cache.delete(TREE_KEY)


@pytest.fixture
def province():
    return Province()


@pytest.fixture
def case(client, province):
    client.force_login(province.head)
    return province.case()


def again(case):
    return Case.objects.system("test").get(pk=case.pk)


def item(case, number, title):
    at = moment()
    return Item.objects.create(
        url=f"https://domoi.example/{number}", url_key=f"x{number:063d}", title=title, outlet="Báo Đò Mới",
        story=case.story, first_seen_at=at, at=at,
    )  # fmt: skip


def test_closing_names_what_is_missing_at_its_field_and_keeps_what_was_typed(
    client, province, case
):
    do(client, case, "screen", severity="1", letters=["a", "g"])
    page = client.get(f"/desk/cases/{case.pk}/?do=close").content.decode()
    assert 'name="result_a"' in page and 'name="result_g"' in page
    typed = {"result": "answered", "note": "Công văn số 5"}
    page = do(client, case, "close", **typed)
    assert page.status_code == 422 and 'id="close-result_a-error"' in page.content.decode()
    assert "Công văn số 5" in page.content.decode()
    page = do(client, case, "close", **typed, result_a="declined", result_g="answered")
    assert "nghĩa vụ loại a) còn thiếu: căn cứ từ chối theo luật" in words(page)
    assert 'id="close-ground-error"' in page.content.decode()
    page = do(
        client, case, "close", **typed, result_a="declined", result_g="answered", ground="secrets"
    )
    assert page.status_code == 302
    assert {o.letter: o.result for o in case.obligations.all()} == {
        "a": "declined",
        "g": "answered",
    }


def test_an_obligation_closes_by_itself_with_its_proof(client, province, case):
    do(client, case, "screen", severity="1", letters=["h"])
    duty = case.obligations.get()
    page = do(client, case, "close_obligation", obligation=duty.pk, result="published")
    assert page.status_code == 422 and 'id="close_obligation-link-error"' in page.content.decode()
    do(
        client,
        case,
        "close_obligation",
        obligation=duty.pk,
        result="published",
        link="https://songthanh.example/2",
    )
    assert "(đã đăng)" in words(client.get(f"/desk/cases/{case.pk}/"))
    stale = do(client, case, "close_obligation", obligation=duty.pk, result="published")
    assert stale.status_code == 422


def test_a_waived_need_is_shown_with_its_reason(client, province, case):
    page = do(client, case, "close", result="corrected", note="Báo xin lỗi qua điện thoại")
    assert page.status_code == 422
    do(
        client,
        case,
        "close",
        result="corrected",
        note="Báo xin lỗi qua điện thoại",
        waiver="Không cần đăng",
    )
    assert "Vẫn đóng vì: Không cần đăng" in words(client.get(f"/desk/cases/{case.pk}/"))


def test_a_remedy_is_planned_and_done(client, province, case):
    page = do(client, case, "plan_remedy", what="Họp kiểm điểm", who="", due_on="+3")
    assert page.status_code == 422 and "Họp kiểm điểm" in page.content.decode()
    do(client, case, "plan_remedy", what="Họp kiểm điểm", who="Phòng khu vực 2", due_on="+3")
    assert "Họp kiểm điểm" in words(client.get(f"/desk/cases/{case.pk}/"))
    do(client, case, "close", result="press_right", note="Báo nêu đúng")
    remedy = case.remedies.get()
    do(client, case, "finish_remedy", remedy=remedy.pk, note="Đã họp")
    assert "Đã họp" in words(client.get(f"/desk/cases/{case.pk}/"))


def test_new_reports_of_the_story_are_one_click(client, province, case):
    for n in (2, 3, 4):
        item(case, n, f"Bài {n}")
    assert "3 bài mới cùng vụ việc" in words(client.get(f"/desk/cases/{case.pk}/"))
    do(client, case, "add_story_items")
    page = words(client.get(f"/desk/cases/{case.pk}/"))
    assert "bài mới cùng vụ việc" not in page and "Bài 4" in page
    assert do(client, case, "add_story_items").status_code == 422


def test_reports_are_found_by_address_put_in_and_taken_out(client, province, case):
    found = item(case, 9, "Bài của Đò Mới")
    path = f"/desk/cases/{case.pk}/items/"
    page = client.get(path, {"q": found.url})
    assert page.content.decode().count(f'name="item" value="{found.pk}"') == 2
    do(client, case, "add_item", item=str(found.pk))
    page = do(client, case, "take_out_item", item=found.pk, reason="")
    assert page.status_code == 422
    do(client, case, "take_out_item", item=found.pk, reason="Vụ khác")
    assert "Đã đưa ra 1" in words(client.get(path)) and "Vụ khác" in words(client.get(path))
    assert do(client, case, "add_item", item="https://la.example/x").status_code == 422
    client.force_login(province.elsewhere)
    assert client.get(path).status_code == 404


def test_cases_are_merged_by_number(client, province, case):
    other = province.case(2)
    page = do(client, case, "merge_cases", other="HS 999/2020", reason="một vụ")
    assert page.status_code == 422 and "Không thấy hồ sơ “HS 999/2020”" in words(page)
    page = do(client, other, "merge_cases", other=case.number, reason="một vụ")
    assert page.url == f"/desk/cases/{case.pk}/"
    shown = words(client.get(page.url))
    assert (
        f"Hồ sơ này nhận toàn bộ {other.number}" in shown
        and f"nhập {other.number} vào hồ sơ này" in shown
    )
    assert f"Hồ sơ này đã nhập vào {case.number}" in words(client.get(f"/desk/cases/{other.pk}/"))


def test_a_case_is_split_and_the_page_goes_to_the_new_one(client, province, case):
    second = item(case, 5, "Chuyện khác")
    do(client, case, "add_story_items")
    page = client.get(f"/desk/cases/{case.pk}/?do=split_case").content.decode()
    assert "Chuyện khác (Báo Đò Mới)" in page
    page = do(client, case, "split_case", title="Chuyện khác", items=[second.pk], reason="hai việc")
    made = again(case).went_to.get()
    assert page.url == f"/desk/cases/{made.pk}/"
    assert f"Hồ sơ này từ {case.number}" in words(client.get(page.url))


def test_a_case_handed_over_is_out_of_sight_and_this_one_tells_where_it_went(
    client, province, case
):
    page = do(client, case, "hand_over", to=province.other.pk, reason="Việc của tỉnh bạn")
    assert page.url == f"/desk/cases/{case.pk}/"
    shown = words(client.get(page.url))
    assert "Không thuộc thẩm quyền" in shown and "Nơi nhận: THADS tỉnh Nam Khê" in shown
    made = again(case).went_to.get()
    client.force_login(province.elsewhere)
    theirs = words(client.get(f"/desk/cases/{made.pk}/"))
    assert "Đơn vị khác trong Hệ thống chuyển đến" in theirs


def test_files_stand_beside_the_fact_they_prove(client, province, case):
    file = make.evidence(case, "Biên bản giao nhà")
    typed = {"claim": "A", "truth": "B", "is_claim_right": "no", "files": [str(file.pk)]}
    do(client, case, "write_fact", **typed)
    row = case.facts.get()
    page = client.get(f"/desk/cases/{case.pk}/").content.decode()
    assert page.count(f'href="/desk/evidence/{file.pk}/">Biên bản giao nhà') == 2
    assert "checked" in client.get(f"/desk/facts/{row.pk}/").content.decode()


def test_the_page_costs_no_more_with_everything_on_it(client, province, case):
    who, now = province.actor(province.head), moment()
    do(client, case, "screen", severity="1", letters=["h", "g"])
    file = make.evidence(case)
    for n in range(3):
        do(client, case, "receive_directive", issuer="UBND", content=f"Việc {n}", due_kind="by")
        do(client, case, "plan_remedy", what=f"Họp {n}", who="Phòng", due_on="+3")
        do(client, case, "write_fact", claim=f"Điều {n}", files=[str(file.pk)])
        item(case, n + 2, f"Bài {n}")
    do(
        client,
        case,
        "close_obligation",
        obligation=case.obligations.first().pk,
        result="answered",
        note="x",
    )
    actions.merge_cases(case, other=province.case(2), reason="một vụ", actor=who, now=now)
    client.get(f"/desk/cases/{case.pk}/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/desk/cases/{case.pk}/").status_code == 200
    assert len(asked) <= 15


def test_the_printed_case_is_one_line_of_time_with_every_proof(client, province, case):
    file = make.evidence(case, "Biên bản giao nhà")
    do(client, case, "screen", severity="1", letters=["h"])
    do(client, case, "receive_directive", issuer="UBND tỉnh", content="Báo cáo", due_kind="by")
    other = province.case(2)
    do(client, other, "add_note", text="Ý của hồ sơ kia")
    do(client, other, "merge_cases", other=case.number, reason="một vụ")
    page = client.get(f"/desk/cases/{case.pk}/print/")
    shown = words(page)
    for part in (
        f"SHA-256 {file.blob}", "thời điểm Tiếp nhận", "đồng hồ MD-02", "chỉ đạo Nhận UBND tỉnh: Báo cáo",
        f"bước ở {other.number}", "Ý của hồ sơ kia", "từ cũ đến mới",
    ):  # fmt: skip
        assert part in shown, part
    assert "/do/" not in page.content.decode()


def test_a_permit_is_given_by_the_superior_alone(client, province, case):
    path = f"/desk/agencies/{province.home.pk}/sole-signer/"
    assert "Chưa cho phép" in words(client.get(path))
    assert client.post(path, {"reason": "x"}).status_code == 422
    boss = person("cuc-truong", "Phạm Thị Cúc", province.centre, Role.HEAD)
    client.force_login(boss)
    assert client.post(path, {"reason": ""}).status_code == 422
    client.post(path, {"reason": "Chỉ có một người ký"})
    assert "Phạm Thị Cúc cho phép" in words(client.get(path))


def test_an_exception_is_offered_only_to_who_wrote_a_waiting_paper(client, province, case):
    paper = make.paper(case, "submitted", by=province.head)
    page = client.get(f"/desk/cases/{case.pk}/").content.decode()
    assert 'id="do-except_four_eyes"' in page
    refused = do(client, case, "except_four_eyes", paper=paper.pk, reason="Một mình tôi")
    assert refused.status_code == 422 and "Một mình tôi" in refused.content.decode()
    assert "chưa được cấp trên cho phép" in words(refused)
    client.force_login(province.focal)
    assert "do-except_four_eyes" not in client.get(f"/desk/cases/{case.pk}/").content.decode()
