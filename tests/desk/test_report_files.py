"""Large and strange input to a unit's report: many cells, a file beyond measure, a hash that is somebody else's."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from hoiam.agencies.states import Role
from hoiam.core import blobs, filekinds
from hoiam.core.errors import InvalidInput
from hoiam.kit.papers.report_form import write_excel_form
from hoiam.scheme import actions
from hoiam.scheme.models import ReportUpload
from hoiam.scheme.queries.round_forms import form_of
from tests.desk.test_rounds_pages import World
from tests.scheme.rounds import FULL, SECTIONS

pytestmark = pytest.mark.django_db
COLUMNS = [{"name": f"c{n}", "label": f"Cột {n}"} for n in range(6)]
WIDE = {"key": "rong", "title": "Bảng rộng", "kind": "table", "required": False, "columns": COLUMNS}


@pytest.fixture
def world():
    return World()


def opened(world, *more):
    round_ = world.round(is_open=False)
    centre = world.actor(world.tree.centre, Role.FOCAL_POINT)
    actions.set_sections(round_, actor=centre, now=world.now, rows=[*SECTIONS, *more])
    return actions.open_round(round_, actor=centre, now=world.now)


def test_a_table_of_more_than_a_thousand_cells_is_saved(world):
    report = world.report(opened(world, WIDE), world.tree.province)
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    typed = {f"rong-{at}-c{n}": f"{at}.{n}" for at in range(200) for n in range(6)}
    answer = focal.post(reverse("desk-round-fill", args=[report.pk]), {**typed, "ket-qua": "Đủ"})
    assert answer.status_code == 302
    report.refresh_from_db()
    assert len(report.content["rong"]) == 200


def test_a_hash_typed_into_a_table_gives_no_file(world):
    names = [{"name": "blob", "label": "Blob"}, {"name": "name", "label": "Name"}, {"name": "kind", "label": "Kind"}]  # fmt: skip
    round_ = opened(world, {**WIDE, "columns": names})
    secret = blobs.put("Việc của đơn vị khác".encode()).sha256
    report = world.report(round_, world.tree.province)
    actor = world.actor(world.tree.province, Role.FOCAL_POINT)
    rows = [{"blob": secret, "name": "a.pdf", "kind": "application/pdf"}]
    actions.fill_unit_report(report, actor=actor, now=world.now, content={"rong": rows}, base={})
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    assert focal.get(reverse("desk-round-file", args=[report.pk, secret])).status_code == 404


def upload(world, report, data, seen="0"):
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    path = reverse("desk-round-upload", args=[report.pk])
    file = SimpleUploadedFile("bao-cao.xlsx", data)
    return focal.post(path, {"file": file, "seen": seen}, follow=True).content.decode()


def test_a_file_with_more_rows_than_the_page_can_show_is_kept_but_not_taken(world):
    round_ = opened(world, WIDE)
    report = world.report(round_, world.tree.province)
    book = load_workbook(io.BytesIO(write_excel_form(form_of(round_), FULL)))
    sheet = book["Bảng 2"]
    for at in range(501):
        sheet.cell(5 + at, 1).value = f"dòng {at}"
    saved = io.BytesIO()
    book.save(saved)
    assert "hơn 500 dòng" in upload(world, report, saved.getvalue())
    report.refresh_from_db()
    assert report.version == 0
    assert ReportUpload.objects.get().taken is False


def test_a_file_beyond_what_may_be_kept_is_refused_whole(world, monkeypatch):
    report = world.report(opened(world), world.tree.province)
    monkeypatch.setattr(filekinds, "LARGEST", 1000)
    assert "Tệp lớn hơn" in upload(world, report, b"PK\x03\x04" + b"x" * 2000)
    assert not ReportUpload.objects.exists()


def test_an_upload_that_does_not_say_what_it_showed_breaks_nothing(world):
    round_ = opened(world)
    report = world.report(round_, world.tree.province)
    upload(world, report, write_excel_form(form_of(round_), FULL), seen="²")
    report.refresh_from_db()
    assert report.version == 1


def test_two_columns_of_one_code_are_refused(world):
    round_ = world.round(is_open=False)
    centre = world.actor(world.tree.centre, Role.FOCAL_POINT)
    twice = [{"name": "so-bai", "label": "Số bài"}, {"name": "so-bai", "label": "Số (bài)"}]
    with pytest.raises(InvalidInput, match="gần giống"):
        actions.set_sections(round_, actor=centre, now=world.now, rows=[{**WIDE, "columns": twice}])
