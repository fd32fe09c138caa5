"""Sealed things on their pages: whole or broken in a word, taken out with a line in the custody log, never silently altered."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hoiam.core import blobs, ledger
from hoiam.core.models import LedgerEntry
from hoiam.handling import actions
from hoiam.monitoring.models import Capture
from tests.desk.casework import Province, moment

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 bien ban"
WHY = {"why": "Báo cáo cấp trên"}


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
def kept(province, case):
    return actions.add_evidence(
        case, actor=province.actor(province.focal), now=moment(), title="Biên bản giao tiền",
        file_name="Biên bản.pdf", data=PDF,
    )  # fmt: skip


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def place_of(kept):
    place = blobs._place(kept.blob)
    place.chmod(0o600)
    return place


def test_an_added_file_is_whole_stamped_and_received(client, province, case):
    client.force_login(province.focal)
    file = SimpleUploadedFile("Biên bản.pdf", PDF)
    client.post(f"/desk/cases/{case.pk}/do/add_evidence/", {"file": file})
    page = words(client.get(f"/desk/evidence/{case.evidence_files.get().pk}/"))

    assert "Nguyên vẹn như lúc niêm phong" in page
    assert "Dấu thời gian nội bộ (Hồi Âm – dấu thời gian nội bộ) lúc" in page
    assert "Nguyễn Thị Hạnh nhận vào kho chứng cứ" in page


def test_opening_the_page_writes_nothing_and_taking_the_file_does(client, province, kept):
    client.force_login(province.focal)
    before = LedgerEntry.objects.count()
    assert client.get(f"/desk/evidence/{kept.pk}/").status_code == 200
    assert client.get(f"/desk/evidence/{kept.pk}/take/").status_code == 405
    assert LedgerEntry.objects.count() == before

    got = client.post(f"/desk/evidence/{kept.pk}/take/", WHY)
    assert got.content == PDF
    assert got["Content-Disposition"] == (
        "attachment; filename=\"bien-ban.pdf\"; filename*=UTF-8''Bi%C3%AAn%20b%E1%BA%A3n.pdf"
    )
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"].startswith("sandbox")
    told = [(e.step, e.reason) for e in ledger.of(kept)]
    assert told == [("receive", ""), ("take_out", "Báo cáo cấp trên")]
    assert "Nguyễn Thị Hạnh lấy ra Báo cáo cấp trên" in words(client.get(f"/desk/evidence/{kept.pk}/"))  # fmt: skip


def test_another_purpose_must_be_said(client, province, kept):
    client.force_login(province.focal)
    page = client.post(f"/desk/evidence/{kept.pk}/take/", {"why": "other", "other": " "})
    assert (page.status_code, "Ghi mục đích lấy tệp" in words(page)) == (422, True)
    assert client.post(f"/desk/evidence/{kept.pk}/take/", {}).status_code == 422
    assert ledger.of(kept).count() == 1


def test_a_stranger_sees_and_takes_nothing(client, province, kept):
    client.force_login(province.elsewhere)
    assert client.get(f"/desk/evidence/{kept.pk}/").status_code == 404
    assert client.post(f"/desk/evidence/{kept.pk}/take/", WHY).status_code == 404


def test_an_altered_file_is_told_and_not_given_out(client, province, kept):
    place_of(kept).write_bytes(b"%PDF-1.7 da sua..")
    client.force_login(province.focal)
    page = client.get(f"/desk/evidence/{kept.pk}/")
    assert "Đã khác so với lúc niêm phong" in words(page)
    assert f"lúc niêm phong {kept.blob[:12]}" in words(page)
    assert "Tải tệp gốc" not in words(page)
    got = client.post(f"/desk/evidence/{kept.pk}/take/", WHY)
    assert (got.status_code, "không còn khớp mã SHA-256" in words(got)) == (409, True)
    assert ledger.of(kept).count() == 1


def test_a_lost_file_is_told(client, province, kept):
    place_of(kept).unlink()
    client.force_login(province.focal)
    assert "Tệp không còn trong kho" in words(client.get(f"/desk/evidence/{kept.pk}/"))
    assert client.post(f"/desk/evidence/{kept.pk}/take/", WHY).status_code == 409


def test_a_rewritten_custody_log_is_told(client, province, kept):
    client.force_login(province.focal)
    client.post(f"/desk/evidence/{kept.pk}/take/", WHY)
    LedgerEntry.objects.filter(step="take_out").update(actor_name="Người khác")

    assert "Sổ giao nhận: bản ghi" in words(client.get(f"/desk/evidence/{kept.pk}/"))


def test_a_capture_is_shown_and_taken_only_through_a_report_in_sight(client, province, case):
    blob = blobs.put(b"%PDF-1.7 trang bao")
    capture = Capture.objects.create(
        at=moment(), blob=blob.sha256, payload_sha256=blob.sha256, content_type="application/pdf"
    )
    item = case.case_items.get().item
    client.force_login(province.focal)
    path = f"/desk/captures/{capture.pk}/"
    assert client.get(path).status_code == 404
    item.capture = capture
    item.save()
    assert "Chưa thấy sai khác, chưa đủ dấu" in words(client.get(path))
    got = client.post(f"{path}take/", WHY)
    assert (got.content, got["Content-Type"]) == (b"%PDF-1.7 trang bao", "application/pdf")
    assert f"ban-chup-{capture.pk}.pdf" in got["Content-Disposition"]
    assert ledger.of(capture).get().reason == "Báo cáo cấp trên"
    assert client.get(f"{path}image/").status_code == 404
    client.force_login(province.elsewhere)
    assert (client.get(path).status_code, client.post(f"{path}take/", WHY).status_code) == (
        404,
        404,
    )


def test_the_pages_ask_the_database_little(client, province, kept, django_assert_max_num_queries):
    client.force_login(province.focal)
    client.get("/desk/")
    with django_assert_max_num_queries(15):
        client.get(f"/desk/evidence/{kept.pk}/")
