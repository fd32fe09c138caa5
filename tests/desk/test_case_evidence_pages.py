"""Chứng cứ của một hồ sơ: captures, plans, clips and dossiers through the page; refusals keep what was typed."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hoiam.core import ledger
from hoiam.handling import actions
from hoiam.handling.models import Dossier, Evidence
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.models import CapturePlan, Snapshot
from tests.desk.casework import Province, moment

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 trang 3"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.HOIAM_BLOBS = tmp_path / "evidence"
    settings.HOIAM_STAMPS = tmp_path / "stamps"


@pytest.fixture
def province():
    return Province()


@pytest.fixture
def case(province):
    return province.case()


@pytest.fixture
def desk(client, province):
    client.force_login(province.focal)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def do(client, case, verb, **typed):
    return client.post(f"/desk/cases/{case.pk}/evidence/do/{verb}/", typed)


def page(client, case):
    return client.get(f"/desk/cases/{case.pk}/evidence/")


def test_an_empty_page_says_what_to_do(desk, case):
    shown = words(page(desk, case))
    assert "Bấm Chụp ngay để lưu trang báo" in shown
    assert "Bộ hồ sơ gồm danh mục Word" in shown


def test_a_page_is_asked_for_and_waits(desk, case):
    item = case.case_items.get().item
    assert do(desk, case, "snapshot", item=item.pk, url="").status_code == 302
    assert do(desk, case, "snapshot", item="", url="https://doimoi.example/a").status_code == 302
    assert set(Snapshot.objects.values_list("url", flat=True)) == {item.url, "https://doimoi.example/a"}  # fmt: skip
    assert "Đang chờ chụp" in words(page(desk, case))


def test_an_inner_address_is_refused_with_what_was_typed(desk, case):
    answer = do(desk, case, "snapshot", url="http://10.0.0.1/noi-bo")
    assert answer.status_code == 422
    assert 'value="http://10.0.0.1/noi-bo"' in answer.content.decode()
    assert Snapshot.objects.count() == 0


def test_a_report_is_captured_from_its_own_page(desk, case):
    item = case.case_items.get().item
    assert desk.post(f"/desk/items/{item.pk}/snapshot/").status_code == 302
    assert Snapshot.objects.get().item == item


def test_a_plan_is_made_and_stopped(desk, case):
    item = case.case_items.get().item
    until = show_date(moment().astimezone(VIETNAM).date() + timedelta(days=3))
    assert do(desk, case, "plan", item=item.pk, rhythm="day", until=until).status_code == 302
    plan = CapturePlan.objects.get()
    assert f"Mỗi ngày, đến hết {until}" in words(page(desk, case))
    desk.post(f"/desk/plans/{plan.pk}/stop/")
    plan.refresh_from_db()
    assert plan.next_at is None
    late = do(desk, case, "plan", item=item.pk, rhythm="day", until="01/01/2099")
    assert (late.status_code, 'value="01/01/2099"' in late.content.decode()) == (422, True)


def test_a_clip_of_print_is_sealed_and_one_without_its_page_refused(desk, case):
    told = {"medium": "print", "outlet": "Báo Sông Thanh", "issue": "112"}
    refused = do(desk, case, "clip", file=SimpleUploadedFile("a.pdf", PDF), page="", **told)
    assert (refused.status_code, "phải ghi số báo và trang" in words(refused)) == (422, True)
    assert do(desk, case, "clip", file=SimpleUploadedFile("a.pdf", PDF), page="3", **told).status_code == 302  # fmt: skip
    assert "Báo in Báo Sông Thanh, số 112, trang 3" in words(page(desk, case))


def test_a_dossier_is_made_listed_and_taken_with_custody(desk, case):
    assert do(desk, case, "dossier", recipient="Sở Văn hóa", reason="").status_code == 422
    assert do(desk, case, "dossier", recipient="Sở Văn hóa", reason="đề nghị xử lý").status_code == 302  # fmt: skip
    made = Dossier.objects.system("test").get()
    assert "Sở Văn hóa Nguyễn Thị Hạnh xuất" in words(page(desk, case))
    assert "xuất hồ sơ chứng cứ" in words(desk.get(f"/desk/cases/{case.pk}/"))
    got = desk.post(f"/desk/dossiers/{made.pk}/take/", {"why": "Báo cáo cấp trên"})
    data = b"".join(got.streaming_content)
    assert "ho-so.json" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert got["Content-Disposition"].startswith("attachment")
    assert [e.step for e in ledger.of(made)] == ["export_dossier", "take_out"]
    assert desk.get(f"/desk/dossiers/{made.pk}/take/").status_code == 405


def test_who_may_only_look_is_offered_nothing(client, province, case):
    client.force_login(province.clerk)
    shown = page(client, case)
    assert shown.status_code == 200
    assert "Xuất hồ sơ" not in words(shown) and "Chụp ngay" not in words(shown).replace("Bấm Chụp ngay", "")  # fmt: skip
    assert do(client, case, "dossier", recipient="Sở", reason="x").status_code == 422
    assert Dossier.objects.system("test").count() == 0


def test_a_stranger_gets_404_everywhere(client, province, case, desk):
    do(desk, case, "dossier", recipient="Sở", reason="x")
    item = case.case_items.get().item
    until = show_date(moment().astimezone(VIETNAM).date())
    do(desk, case, "plan", item=item.pk, rhythm="hour", until=until)
    plan, made = CapturePlan.objects.get(), Dossier.objects.system("test").get()
    client.force_login(province.elsewhere)
    paths = [f"cases/{case.pk}/evidence/do/snapshot/", f"plans/{plan.pk}/stop/",
             f"dossiers/{made.pk}/take/", f"items/{item.pk}/snapshot/"]  # fmt: skip
    assert [client.post(f"/desk/{path}").status_code for path in paths] == [404] * 4
    assert page(client, case).status_code == 404


def test_a_closed_case_takes_no_more_but_is_handed_over(desk, case):
    case.state, case.result, case.closed_at = "closed", "no_duty", moment()
    case.save()
    shown = words(page(desk, case))
    assert "Chụp theo lịch" not in shown
    answer = do(desk, case, "dossier", recipient="Sở", reason="x")
    assert answer.status_code == 302, words(answer)


def test_the_page_asks_the_same_of_the_database_for_one_file_and_for_many(
    desk, province, case, django_assert_max_num_queries
):
    actor = province.actor(province.focal)
    for n in range(6):
        actions.add_evidence(case, actor=actor, now=moment(), title="", file_name=f"{n}.pdf", data=PDF + bytes([n]))  # fmt: skip
        do(desk, case, "snapshot", url=f"https://doimoi.example/{n}")
    assert Evidence.objects.system("test").count() == 6
    with django_assert_max_num_queries(22):
        page(desk, case)
