"""Chỉ số I1–I6 and Ai đang chậm, as people use them: read, count, write, approve, remind, explain."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hoiam.agencies.states import Role
from hoiam.handling.actions import screen
from hoiam.handling.models import Clock
from hoiam.scheme.models import ExplanationRequest, IndicatorReport
from hoiam.scheme.queries import report_period
from tests.desk.casework import Province, moment, person

pytestmark = pytest.mark.django_db
WHY = "the test reads back"


@pytest.fixture
def world(db):
    return Province()


@pytest.fixture
def year():
    return report_period(moment().date()).year


def client_of(official):
    client = Client()
    client.force_login(official)
    return client


@pytest.fixture
def late(world):
    """A screened case whose 24 hours passed."""
    case = world.case()
    screen(case, actor=world.actor(world.focal), now=moment(), letters=["e"], severity=3)
    clocks = Clock.objects.system(WHY).filter(case=case, rule="PN-01")
    clocks.update(due_at=moment() - timedelta(hours=3))
    return clocks.get()


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_figure_opens_the_list_behind_it(world, late, year):
    client = client_of(world.focal)
    status, text = page(client, "desk-indicators")
    assert status == 200
    assert "0 / 1" in text
    assert f"Báo cáo năm {year}" in text  # a year is a name, not a number with a dot
    status, text = page(client, "desk-indicator-rows", world.home.pk, year, "i5")
    assert status == 200
    assert late.case.title in text
    assert "chưa phát ngôn" in text
    assert page(client, "desk-indicator-rows", world.home.pk, year, "i9")[0] == 404
    assert page(client, "desk-indicators-of", world.home.pk, 2019)[0] == 404


def test_a_report_is_written_submitted_and_approved_and_its_word_file_taken(world, late, year):
    focal, head = client_of(world.focal), client_of(world.head)
    do = lambda verb: reverse("desk-indicators-do", args=[world.home.pk, year, verb])  # noqa: E731
    focal.post(do("write_report"), {"difficulties": "Thiếu người.", "proposals": ""})
    focal.post(do("submit_report"))
    focal.post(do("approve_report"))  # refused: who wrote it does not approve
    report = IndicatorReport.objects.system(WHY).get()
    assert report.state == "submitted"
    head.post(do("approve_report"))
    report.refresh_from_db()
    assert (report.state, report.difficulties) == ("approved", "Thiếu người.")
    word = head.get(reverse("desk-indicators-word", args=[world.home.pk, year]))
    assert word["Content-Disposition"].endswith('.docx"')
    assert word.content[:2] == b"PK"


def test_returning_without_a_reason_keeps_the_form_open(world, year):
    client_of(world.focal).post(
        reverse("desk-indicators-do", args=[world.home.pk, year, "write_report"]), {}
    )
    client_of(world.focal).post(
        reverse("desk-indicators-do", args=[world.home.pk, year, "submit_report"])
    )
    answer = client_of(world.head).post(
        reverse("desk-indicators-do", args=[world.home.pk, year, "return_report"]), {"reason": ""}
    )
    assert answer.status_code == 422
    assert "Có một chỗ cần sửa" in answer.content.decode()


def test_another_province_reads_none_of_it(world, late, year):
    client = client_of(world.elsewhere)
    assert page(client, "desk-indicators-of", world.home.pk, year)[0] == 404
    assert page(client, "desk-lateness-of", world.home.pk)[0] == 404
    assert page(client, "desk-explanation-ask", late.pk)[0] == 404


@pytest.fixture
def centre(world):
    return person("truc", "Vũ Trung Trực", world.centre, Role.HEAD)


def test_the_centre_sees_who_is_late_reminds_and_asks(world, late, centre):
    client = client_of(centre)
    status, text = page(client, "desk-lateness")
    assert status == 200
    assert "THADS tỉnh Thanh Giang" in text
    client.post(reverse("desk-lateness-remind", args=[world.home.pk]), {"text": "Làm ngay."})
    assert "Làm ngay." in page(client, "desk-lateness-of", world.home.pk)[1]
    empty = client.post(reverse("desk-explanation-ask", args=[late.pk]), {"question": ""})
    assert empty.status_code == 422
    client.post(reverse("desk-explanation-ask", args=[late.pk]), {"question": "Vì sao chậm?"})
    request = ExplanationRequest.objects.system(WHY).get()
    head = client_of(world.head)
    assert "Vì sao chậm?" in page(head, "desk-explanation", request.pk)[1]
    act = lambda verb: reverse("desk-explanation-act", args=[request.pk, verb])  # noqa: E731
    head.post(act("answer_explanation"), {"answer": "Chờ hồ sơ.", "measures": "Giao người khác."})
    again = client.post(act("return_explanation"), {"remark": ""})
    assert again.status_code == 422
    client.post(act("accept_explanation"), {"remark": "Đã rõ."})
    request.refresh_from_db()
    assert request.state == "accepted"
    assert "Đã rõ." in page(head, "desk-explanations", tab="done")[1] or "Đã chấp nhận" in page(
        head, "desk-explanations", tab="done"
    )[1]  # fmt: skip


@pytest.mark.parametrize("name", ["desk-indicators-of", "desk-lateness", "desk-explanations"])
def test_the_pages_keep_their_budget(
    world, late, centre, year, name, django_assert_max_num_queries
):
    client = client_of(centre)
    args = [world.centre.pk, year] if name == "desk-indicators-of" else []
    page(client, name, *args)
    with django_assert_max_num_queries(15):
        assert page(client, name, *args)[0] == 200
