"""Pages of speaking: authorising, comparing before publication, duties, plans, breaches; strangers, refusals, queries."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from hoiam.agencies.models import Official, Post
from hoiam.handling.actions.duties import raise_duties
from hoiam.handling.models import Authorisation, Breach, Duty, Statement, SupplyPlan
from hoiam.kit.vietnamese import show_date, show_datetime
from tests.desk.small_world import SmallWorld, page, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return SmallWorld()


@pytest.fixture
def focal(world):
    return world.client(world.province, "focal_point")


@pytest.fixture
def head(world):
    return world.client(world.province, "head")


@pytest.fixture
def lan(world):
    return world.person(world.province, "deputy", full_name="Trịnh Mai Lan")


@pytest.fixture
def case(world, focal):
    return world.case(world.province, state="verified")


def drafted(world, client, case, person, **fields):
    first = {
        "official": person.pk, "title": "Phó Trưởng", "matter": "vụ việc số 1",
        "from_on": show_date(world.today), "to_on": show_date(world.today + timedelta(days=3)), "is_listed": "on",
    }  # fmt: skip
    return client.post(reverse("desk-case-speaking", args=[case.pk]), {**first, **fields})


def test_drafted_by_the_desk_signed_by_the_head_shown_to_the_public(
    world, focal, head, case, lan, client
):
    assert drafted(world, focal, case, lan).status_code == 302
    made = Authorisation.objects.system("test").get()
    sign = reverse("desk-authorisation-act", args=[made.pk, "sign"])
    refused = focal.post(sign, {"number": "7/GUQ"})

    assert refused.status_code == 422 and "Chỉ thủ trưởng" in refused.content.decode()
    assert head.post(sign, {"number": "7/GUQ"}).status_code == 302
    assert "Trịnh Mai Lan" in page(client, reverse("portal-spokespersons"))
    assert "Trịnh Mai Lan" in page(head, reverse("desk-case-speaking", args=[case.pk]))
    assert head.post(sign, {"number": "8/GUQ"}).status_code == 422


def test_a_draft_that_is_refused_keeps_what_was_typed(world, focal, case, lan):
    answer = drafted(world, focal, case, lan, to_on="01/01/2020", title="Phó Trưởng THADS")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày hết hạn phải sau" in text and 'value="Phó Trưởng THADS"' in text


def test_words_about_to_be_said_are_compared_and_nothing_is_written(world, focal, case, lan):
    Statement.objects.create(
        case=case, at=world.now, form="written", spokesperson="Đỗ Quốc Tường", recorded_by=lan,
        recorded_at=world.now, text="Việc cưỡng chế giao nhà bắt đầu lúc 07:15 & đúng luật.",
    )  # fmt: skip
    url = reverse("desk-case-speaking", args=[case.pk])
    text = focal.post(url, {"text": "Cưỡng chế giao nhà bắt đầu lúc 05:30."}).content.decode()

    assert "<mark>07:15</mark>" in text and "<mark>05:30</mark>" in text
    assert "&amp; đúng luật" in text
    assert Statement.objects.count() == 1
    same = focal.post(url, {"text": "Cưỡng chế giao nhà bắt đầu lúc 07:15."}).content.decode()
    assert "Không thấy số, ngày" in same


def test_a_statement_on_the_case_page_by_who_has_no_right_names_who_has(
    world, focal, head, case, lan
):
    typed = {
        "at": show_datetime(timezone.now() - timedelta(minutes=2)), "form": "written",
        "spokesperson": "Trịnh Mai Lan", "text": "Đang kiểm tra.",
    }  # fmt: skip
    answer = focal.post(reverse("desk-case-step", args=[case.pk, "record_statement"]), typed)
    text = answer.content.decode()

    assert answer.status_code == 422
    assert "không có quyền phát ngôn" in text and "(người đứng đầu)" in text
    assert "Đang kiểm tra." in text


def test_duties_stand_on_my_work_and_are_settled(world, focal):
    raise_duties(actor=None, now=world.now)
    mine = Duty.objects.system("test").filter(agency=world.province)
    near = mine.order_by("due_at").first()
    near.due_at = world.now + timedelta(hours=5)
    near.save()

    assert near.title in page(focal, reverse("desk-home"))
    url = reverse("desk-duty", args=[near.pk])
    wrong = focal.post(url, {"verb": "settle", "given": "", "done_at": show_datetime(world.now)})
    assert wrong.status_code == 422
    done = {"verb": "settle", "given": "Đã đăng", "done_at": show_datetime(world.now)}
    assert focal.post(url, done).status_code == 302
    assert focal.post(url, done).status_code == 422
    assert near.title not in page(focal, reverse("desk-home"))


def test_the_page_of_duties_takes_few_queries(world, focal):
    raise_duties(actor=None, now=world.now)
    one = queries_of(focal, reverse("desk-duties"))
    raise_duties(actor=None, now=world.now + timedelta(days=40))

    assert queries_of(focal, reverse("desk-duties")) == one <= 15


def rows(world, *topics, version=1):
    data = {"row-TOTAL_FORMS": len(topics), "row-INITIAL_FORMS": 0, "version": version}
    for n, topic in enumerate(topics):
        data |= {
            f"row-{n}-topic": topic, f"row-{n}-form": "written", f"row-{n}-who": "Văn phòng",
            f"row-{n}-by_on": show_date(world.today), f"row-{n}-product": "Thông cáo",
        }  # fmt: skip
    return data


def test_a_plan_from_draft_to_result(world, focal, head):
    focal.post(reverse("desk-supply-plans"), {"year": world.today.year, "quarter": "4"})
    plan = SupplyPlan.objects.system("test").get()
    url = reverse("desk-supply-plan", args=[plan.pk])
    assert focal.post(url, rows(world, "Một", "Hai")).status_code == 302
    stale = focal.post(url, rows(world, "Ba", version=1))
    assert stale.status_code == 422 and 'value="Ba"' in stale.content.decode()
    focal.post(reverse("desk-supply-plan-act", args=[plan.pk, "submit"]))
    focal.post(reverse("desk-supply-plan-act", args=[plan.pk, "approve"]))
    assert SupplyPlan.objects.system("test").get().state == "submitted"
    head.post(reverse("desk-supply-plan-act", args=[plan.pk, "approve"]))
    row = plan.rows.first()
    mark = reverse("desk-supply-row", args=[plan.pk, row.pk])
    focal.post(mark, {"done_on": show_date(world.today), "given": "TCBC 05"})

    assert "TCBC 05" in page(focal, url)


def test_a_plan_comes_as_word_with_its_rows(world, focal):
    focal.post(reverse("desk-supply-plans"), {"year": world.today.year, "quarter": "4"})
    plan = SupplyPlan.objects.system("test").get()
    url, word = (
        reverse(name, args=[plan.pk]) for name in ("desk-supply-plan", "desk-supply-plan-word")
    )
    empty = focal.get(word, follow=True).content.decode()
    assert "Chưa tạo được tệp Word" in empty and "Nội dung cung cấp thông tin" in empty
    assert word not in page(focal, url)
    focal.post(url, rows(world, "Kết quả thi hành án quý"))
    assert word in page(focal, url)
    type(world.province).objects.update(symbol="THADSTG", seat="Thanh Giang")
    found = Document(BytesIO(focal.get(word).content))
    cells = " | ".join(cell.text for cell in found.tables[1].rows[1].cells)
    said = plan.rows.get()
    assert cells == (
        f"1 | Kết quả thi hành án quý (sản phẩm: {said.product}) | {said.get_form_display()} | "
        f"chậm nhất {show_date(said.by_on)} | {said.who}"
    )
    assert f"quý IV năm {world.today.year}" in "\n".join(each.text for each in found.paragraphs)


def breach_typed(world, **fields):
    first = {
        "agency": world.province.pk, "kind": "late", "happened_on": show_date(world.today),
        "text": "Chậm 6 giờ", "found_by": "Văn phòng", "basis": "NĐ 244/2026 Đ7.3",
    }  # fmt: skip
    return {**first, **fields}


def test_breaches_are_there_only_for_who_decides(world, focal, head):
    assert head.post(reverse("desk-breach-new"), breach_typed(world)).status_code == 302
    made = Breach.objects.system("test").get()
    stranger = world.client(world.other, "head")

    assert "Chậm 6 giờ" in page(head, reverse("desk-breach", args=[made.pk]))
    assert "Vi phạm quy trình" not in page(focal, reverse("desk-spokespersons"))
    for client in (focal, stranger):
        assert client.get(reverse("desk-breach", args=[made.pk])).status_code == 404
        assert client.get(reverse("desk-breach-file", args=[made.pk])).status_code == 404
    assert focal.get(reverse("desk-breaches")).status_code == 404
    assert focal.post(reverse("desk-breach-new"), breach_typed(world)).status_code == 404
    assert "Phát ngôn chậm" not in page(stranger, reverse("desk-breaches"))
    handled = {
        "handling": "reminded",
        "handled_on": show_date(world.today),
        "result": "Rút kinh nghiệm",
    }
    assert head.post(reverse("desk-breach", args=[made.pk]), handled).status_code == 302
    assert head.post(reverse("desk-breach", args=[made.pk]), handled).status_code == 422


def test_strangers_find_nothing_of_another_province(world, focal, case, lan):
    drafted(world, focal, case, lan)
    raise_duties(actor=None, now=world.now)
    focal.post(reverse("desk-supply-plans"), {"year": world.today.year})
    stranger = world.client(world.other, "head")
    ours = Authorisation.objects.system("test").get()
    plan = SupplyPlan.objects.system("test").get()
    duty = Duty.objects.system("test").filter(agency=world.province).first()

    for url in (
        reverse("desk-authorisation", args=[ours.pk]),
        reverse("desk-supply-plan", args=[plan.pk]),
        reverse("desk-supply-plan-word", args=[plan.pk]),
        reverse("desk-duty", args=[duty.pk]),
        reverse("desk-case-speaking", args=[case.pk]),
    ):
        assert {stranger.get(url).status_code, stranger.post(url, {}).status_code} == {404}
    assert "Trịnh Mai Lan" not in page(stranger, reverse("desk-authorisations"))
    assert Post.objects.filter(official=Official.objects.get(pk=lan.pk)).count() == 1
