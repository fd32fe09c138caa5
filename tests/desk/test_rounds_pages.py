"""The pages of report rounds as their people use them: ordered, filled, sent, returned, put together; what is wrong stays typed."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from hoiam.agencies.queries import actor_on
from hoiam.agencies.states import Role
from hoiam.core import outbox
from hoiam.core.jobs import run_due
from hoiam.kit.papers.report_form import write_excel_form
from hoiam.kit.vietnamese import show_date
from hoiam.scheme import actions
from hoiam.scheme.models import (
    ReportRound,
    ReportUpload,
    Scheme,
    SourcePaper,
    Synthesis,
    UnitReport,
)
from hoiam.scheme.queries.round_forms import form_of
from tests import factories as make
from tests.scheme.rounds import FULL, SECTIONS

pytestmark = pytest.mark.django_db
WHY = "a test looks"


class World:
    """A tree with clients of today: rounds are seen with the real clock."""

    def __init__(self) -> None:
        self.tree = make.tree()
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)

    def actor(self, place, role):
        return make.actor(place, role, today=self.today)

    def client(self, place, role) -> Client:
        client = Client()
        client.force_login(self.actor(place, role).official)
        return client

    def round(self, *, due_in=10, is_open=True) -> ReportRound:
        centre = self.actor(self.tree.centre, Role.FOCAL_POINT)
        made = actions.create_round(
            self.tree.centre, actor=centre, now=self.now, title="Tổng kết Đề án", year=self.today.year,
            due_on=self.today + timedelta(days=due_in), due_kind="by", review="final_review",
        )  # fmt: skip
        actions.set_sections(made, actor=centre, now=self.now, rows=SECTIONS)
        actions.set_addressees(
            made, actor=centre, now=self.now, agencies=[self.tree.province, self.tree.other]
        )
        return actions.open_round(made, actor=centre, now=self.now) if is_open else made

    def report(self, round_, place) -> UnitReport:
        return UnitReport.objects.system(WHY).select_related("round", "agency").get(round=round_, agency=place)  # fmt: skip

    def send(self, round_, place, content=FULL) -> UnitReport:
        focal, head = self.actor(place, Role.FOCAL_POINT), self.actor(place, Role.HEAD)
        report = actions.fill_unit_report(
            self.report(round_, place), actor=focal, now=self.now, content=content, base={}
        )
        actions.submit_unit_report(report, actor=focal, now=self.now, acknowledged=True)
        return actions.send_unit_report(report, actor=head, now=self.now)


@pytest.fixture
def world():
    return World()


def typed(page, **changes):
    """What a browser would post back: every field of the fill page as it was shown, with changes."""
    form = page.context["form"]
    data = {f"base-{key}": mark for key, mark in page.context["marks"].items()}
    for key, value in form.initial.items():
        if isinstance(value, list):
            data |= {
                f"{key}-{at}-{c}": text for at, row in enumerate(value) for c, text in row.items()
            }
        else:
            data[key] = value
    return data | changes


def test_the_centre_orders_and_two_provinces_see_it(world):
    centre = world.client(world.tree.centre, Role.FOCAL_POINT)
    due = show_date(world.today + timedelta(days=20))
    page = centre.post(
        reverse("desk-round-new"),
        {"form": "closing_2862", "title": "Tổng kết Đề án", "due_on": due, "due_kind": "before", "year": world.today.year, "review": "final_review"},
    )  # fmt: skip
    round_ = ReportRound.objects.system(WHY).get()
    assert page.url == reverse("desk-round-units", args=[round_.pk])
    assert round_.sections.filter(key="nhiem-vu", per_task=True).exists()
    centre.post(page.url, {"classes": ["provinces"]})
    assert round_.reports.count() == 2
    province = world.client(world.tree.province, Role.FOCAL_POINT)
    assert province.get(reverse("desk-round", args=[round_.pk])).status_code == 404
    assert "Đợt chưa mở" in centre.get(reverse("desk-round", args=[round_.pk])).content.decode()
    centre.post(reverse("desk-round-do", args=[round_.pk, "open"]))
    listed = province.get(reverse("desk-rounds")).content.decode()
    assert "Tổng kết Đề án" in listed and "(hết ngày" in listed
    own = province.get(reverse("desk-round", args=[round_.pk])).content.decode()
    assert "THADS tỉnh Thanh Giang" in own and "THADS tỉnh Lam Hà" not in own


def test_a_wrong_order_keeps_what_was_typed(world):
    centre = world.client(world.tree.centre, Role.FOCAL_POINT)
    page = centre.post(reverse("desk-round-new"), {"title": "Đợt một", "due_on": "31/2/2026"})
    assert page.status_code == 422
    assert "Đợt một" in page.content.decode() and "31/2/2026" in page.content.decode()
    assert not ReportRound.objects.system(WHY).exists()


def test_who_may_not_order_is_told_and_another_round_cannot_be_edited(world):
    region = world.client(world.tree.region1, Role.HEAD_OF_REGION)
    clerk = world.client(world.tree.province, Role.RECORDS_CLERK)
    assert clerk.get(reverse("desk-round-new")).status_code == 302
    round_ = world.round()
    for name, more in (("edit", []), ("units", []), ("sections", []), ("synthesis", []), ("do", ["close"])):  # fmt: skip
        path = reverse(f"desk-round-{name}", args=[round_.pk, *more])
        head = world.client(world.tree.province, Role.HEAD)
        assert head.post(path).status_code in (404, 405), name
    assert region.get(reverse("desk-round", args=[round_.pk])).status_code == 404


def test_the_sections_are_edited_with_columns_and_a_wrong_line_is_said(world):
    round_ = world.round(is_open=False)
    centre = world.client(world.tree.centre, Role.FOCAL_POINT)
    path = reverse("desk-round-sections", args=[round_.pk])
    page = centre.get(path)
    forms = page.context["forms"]
    data = {f"muc-{n}": forms.management_form[n].value() for n in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for form in forms:
        for name, value in form.initial.items():
            if name != "kept" and value not in (False, None):
                data[form.add_prefix(name)] = value
    data |= {"muc-6-title": "Sách đã in", "muc-6-kind": "table", "muc-6-columns": "Tên sách; chữ; bắt buộc\nSố bản; tiền"}  # fmt: skip
    answer = centre.post(path, data)
    assert answer.status_code == 422 and "Số bản; tiền" in answer.content.decode()
    data |= {"muc-6-columns": "Tên sách; chữ; bắt buộc\nSố bản; số"}
    assert centre.post(path, data).status_code == 302
    made = round_.sections.get(title="Sách đã in")
    assert made.key == "sach-da-in"
    assert [(c["name"], c["kind"], c["required"]) for c in made.columns] == [
        ("ten-sach", "text", True),
        ("so-ban", "number", False),
    ]
    assert round_.sections.get(key="tin-bai").parts == ["bao", "mang"]


def test_filling_keeps_everything_typed_even_what_is_wrong(world):
    round_ = world.round()
    report = world.report(round_, world.tree.province)
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    path = reverse("desk-round-fill", args=[report.pk])
    data = typed(focal.get(path), **{"tin-bai": "mười hai", "ket-qua": "Đã làm."})
    assert focal.post(path, data).status_code == 302
    page = focal.get(path).content.decode()
    assert "mười hai" in page and "không phải là một con số" in page
    answer = focal.post(
        reverse("desk-round-report-do", args=[report.pk, "submit_unit_report"]),
        {"acknowledged": "on"},
    )
    assert answer.status_code == 422 and "mười hai" in answer.content.decode()


def test_two_people_at_once_see_both_texts(world):
    round_ = world.round()
    report = world.report(round_, world.tree.province)
    path = reverse("desk-round-fill", args=[report.pk])
    one = world.client(world.tree.province, Role.FOCAL_POINT)
    two = world.client(world.tree.province, Role.CHIEF_OF_OFFICE)
    first, second = one.get(path), two.get(path)
    one.post(path, typed(first, **{"ket-qua": "Bản của đầu mối.", "kho-khan": "Thiếu người."}))
    answer = two.post(path, typed(second, **{"ket-qua": "Bản của Chánh Văn phòng."}))
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản của đầu mối." in shown and "Bản của Chánh Văn phòng." in shown
    # Saved again, now knowingly; the section only the other one wrote stays.
    data = typed(second, **{"ket-qua": "Bản của Chánh Văn phòng."})
    data |= {
        f"base-{key}": mark for key, mark in answer.context["marks"].items() if key == "ket-qua"
    }
    assert two.post(path, data).status_code == 302
    report.refresh_from_db()
    assert report.content["ket-qua"] == "Bản của Chánh Văn phòng."
    assert report.content["kho-khan"] == "Thiếu người."


def test_a_filled_excel_file_is_taken_and_one_of_another_round_is_kept_but_not_taken(world):
    round_, other = world.round(), world.round()
    report = world.report(round_, world.tree.province)
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    template = focal.get(reverse("desk-round-template", args=[report.pk, "xlsx"]))
    book = load_workbook(io.BytesIO(template.content))
    sheet = book["Báo cáo"]
    for row in range(6, sheet.max_row + 1):
        if sheet.cell(row, 1).value in FULL and isinstance(FULL[sheet.cell(row, 1).value], str):
            sheet.cell(row, 3).value = FULL[sheet.cell(row, 1).value]
    saved = io.BytesIO()
    book.save(saved)
    path = reverse("desk-round-upload", args=[report.pk])
    focal.post(path, {"file": SimpleUploadedFile("bao-cao.xlsx", saved.getvalue()), "seen": "0"})
    report.refresh_from_db()
    assert report.content["tin-bai"] == "12" and report.version == 1
    wrong = write_excel_form(form_of(other), FULL)
    page = focal.post(
        path, {"file": SimpleUploadedFile("nham.xlsx", wrong), "seen": "1"}, follow=True
    )
    assert "mẫu của đợt báo cáo khác" in page.content.decode()
    report.refresh_from_db()
    assert report.version == 1
    assert list(ReportUpload.objects.values_list("file_name", "taken")) == [
        ("nham.xlsx", False),
        ("bao-cao.xlsx", True),
    ]


def test_annexes_are_added_read_and_removed(world):
    round_ = world.round(is_open=False)
    centre = world.actor(world.tree.centre, Role.FOCAL_POINT)
    rows = [*SECTIONS, {"key": "phu-luc", "title": "Danh mục", "kind": "annex"}]
    actions.set_sections(round_, actor=centre, now=world.now, rows=rows)
    actions.open_round(round_, actor=centre, now=world.now)
    report = world.report(round_, world.tree.province)
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    path = reverse("desk-round-annex", args=[report.pk, "phu-luc"])
    bad = focal.post(path, {"file": SimpleUploadedFile("a.exe", b"MZ123")}, follow=True)
    assert "Không nhận tệp" in bad.content.decode()
    focal.post(path, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF")})
    report.refresh_from_db()
    blob = report.content["phu-luc"][0]["blob"]
    file = reverse("desk-round-file", args=[report.pk, blob])
    assert focal.get(file).content == b"%PDF-1.4\n%%EOF"
    # The superior sees no file of a draft.
    assert world.client(world.tree.centre, Role.HEAD).get(file).status_code == 404
    focal.post(path, {"blob": blob})
    assert focal.get(file).status_code == 404


def test_sending_returning_and_accepting_by_pages(world):
    round_ = world.round()
    report = world.send(round_, world.tree.province)
    centre = world.client(world.tree.centre, Role.FOCAL_POINT)
    path = reverse("desk-round-report", args=[report.pk])
    assert "Đã tổ chức tuyên truyền" in centre.get(path).content.decode()
    do = lambda verb: reverse("desk-round-report-do", args=[report.pk, verb])  # noqa: E731
    empty = centre.post(do("return_unit_report"), {"fault": "wrong", "reason": ""})
    assert empty.status_code == 422
    centre.post(do("return_unit_report"), {"fault": "wrong", "reason": "Số liệu sai."})
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    shown = focal.get(path).content.decode()
    assert "Bị trả lại (sai)" in shown and "Số liệu sai." in shown and "Sửa báo cáo" in shown
    assert focal.get(reverse("desk-round-version", args=[report.pk, 1])).status_code == 200
    assert focal.get(reverse("desk-round-word", args=[report.pk])).status_code == 200
    stranger = world.client(world.tree.other, Role.HEAD)
    for name, more in (("report", []), ("fill", []), ("word", []), ("version", [1]), ("template", ["docx"])):  # fmt: skip
        assert (
            stranger.get(reverse(f"desk-round-{name}", args=[report.pk, *more])).status_code == 404
        )


def test_the_board_is_filtered_and_all_are_chased_once_a_day(world):
    round_ = world.round()
    world.send(round_, world.tree.other)
    centre = world.client(world.tree.centre, Role.FOCAL_POINT)
    path = reverse("desk-round", args=[round_.pk])
    silent = centre.get(f"{path}?loc=chua").content.decode()
    assert "THADS tỉnh Thanh Giang" in silent and "THADS tỉnh Lam Hà" not in silent
    chase = reverse("desk-round-do", args=[round_.pk, "chase"])
    done = centre.post(chase, {"text": "Gửi ngay trong ngày."}, follow=True)
    assert "Đã gửi thư đôn đốc" in done.content.decode()
    again = centre.post(chase, {"text": "Nhắc lần hai."})
    assert again.status_code == 422 and "Nhắc lần hai." in again.content.decode()


def test_the_synthesis_is_made_edited_and_written_again(world):
    round_ = world.round()
    world.send(round_, world.tree.province)
    centre = world.client(world.tree.centre, Role.FOCAL_POINT)
    page = reverse("desk-round-synthesis", args=[round_.pk])
    assert "Chưa có bản tổng hợp" in centre.get(page).content.decode()
    centre.post(reverse("desk-round-synthesis-do", args=[round_.pk, "make"]))
    assert "Trang tự cập nhật" in centre.get(page).content.decode()
    later = timezone.now()
    outbox.deliver_due(later)
    run_due(later)
    synthesis = Synthesis.objects.system(WHY).get()
    part = synthesis.parts.get(key="kho-khan")
    path = reverse("desk-round-part", args=[round_.pk, part.pk])
    data = {"do": "edit", "title": "Khó khăn", "text": "Tự viết.", "order": part.order, "included": "on"}  # fmt: skip
    assert centre.post(path, data | {"seen": part.version}).status_code == 302
    clash = centre.post(path, data | {"text": "Người khác viết.", "seen": part.version})
    assert clash.status_code == 422
    assert "Người khác viết." in clash.content.decode() and "Tự viết." in clash.content.decode()
    assert "sửa sau khi lập tệp Word" in centre.get(page).content.decode()
    word = centre.get(reverse("desk-round-synthesis-word", args=[round_.pk]))
    assert word.content[:2] == b"PK"
    part.refresh_from_db()
    chosen = part.paragraphs[0]["id"]
    centre.post(path, {"do": "choose", "chosen": chosen, "seen": part.version})
    part.refresh_from_db()
    assert "Thiếu công chức chuyên trách" in part.text and part.edited


def test_scores_are_listed_exported_and_rules_are_set_by_the_centre_only(world):
    round_ = world.round()
    world.send(round_, world.tree.province)
    centre = world.client(world.tree.centre, Role.FOCAL_POINT)
    shown = centre.get(reverse("desk-round-scores")).content.decode()
    assert "THADS tỉnh Thanh Giang" in shown and "mặc định sản phẩm" in shown
    sheet = centre.get(reverse("desk-round-scores-file", args=["xlsx"])).content
    cells = [c.value for row in load_workbook(io.BytesIO(sheet)).active.iter_rows() for c in row]
    assert "THADS tỉnh Thanh Giang" in cells
    assert centre.get(reverse("desk-round-scores-file", args=["pdf"])).status_code == 404
    rules = reverse("desk-round-score-rules")
    rule = {
        "loss": "late",
        "points": "0,5",
        "since": show_date(world.today),
        "why": "Quy chế thi đua",
    }
    assert centre.post(rules, rule | {"points": "nhiều"}).status_code == 422
    assert centre.post(rules, rule).status_code == 302
    assert "0,5" in centre.get(rules).content.decode()
    province = world.client(world.tree.province, Role.HEAD)
    refused = province.post(rules, rule)
    assert refused.status_code == 422 and "trung ương" in refused.content.decode()


@pytest.mark.parametrize("units", [1, 3])
def test_pages_take_few_queries(world, units):
    round_ = world.round(is_open=False)
    centre = world.actor(world.tree.centre, Role.FOCAL_POINT)
    chosen = [world.tree.province, world.tree.region1, world.tree.region2][:units]
    actions.set_addressees(round_, actor=centre, now=world.now, agencies=chosen)
    actions.open_round(round_, actor=centre, now=world.now)
    report = world.send(round_, world.tree.province)
    client = world.client(world.tree.centre, Role.FOCAL_POINT)
    for path, most in (
        (reverse("desk-rounds"), 8),
        (reverse("desk-round", args=[round_.pk]), 13),
        (reverse("desk-round-scores"), 10),
        (reverse("desk-round-report", args=[report.pk]), 15),
        (reverse("desk-round-synthesis", args=[round_.pk]), 8),
    ):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        assert len(seen) <= most, (path, len(seen), [q["sql"][:110] for q in seen])


def test_who_the_actor_is_follows_the_day(world):
    assert actor_on(world.actor(world.tree.centre, Role.HEAD).official, world.today).sees_everything


def test_a_demand_of_a_confirmed_paper_fills_the_form(world):
    """Nothing the paper says is typed again; what it does not say stays open; another's paper fills nothing."""
    asked = {
        "who": "Thủ trưởng các đơn vị", "what": "gửi báo cáo về Văn phòng Tổng cục", "due": "2026-10-15",
        "due_kind": "before", "send_to": "Văn phòng Tổng cục", "channel": "thư điện tử", "sanction": "",
        "becomes": "round",
    }  # fmt: skip
    head = {"number": "3288/TCTHADS-VP", "issued_on": "2026-09-06"}
    told = {"head": head, "themes": [], "tasks": [], "obligations": [asked]}
    tree = world.tree
    writer = world.actor(tree.province, Role.HEAD)
    paper = SourcePaper.objects.create(
        agency=tree.province, blob="0" * 64, file_name="cv.docx", state="confirmed", confirmed=told,
        added_by=writer.official, added_at=world.now,
    )  # fmt: skip
    client = Client()
    client.force_login(writer.official)
    address = f"{reverse('desk-round-new')}?paper={paper.pk}&obligation="
    page = client.get(f"{address}0").content.decode()
    for value in (
        "Gửi báo cáo về Văn phòng Tổng cục",
        "3288/TCTHADS-VP",
        "06/09/2026",
        "15/10/2026",
    ):
        assert f'value="{value}"' in page
    assert "thư điện tử, Văn phòng Tổng cục" in page
    assert "thư điện tử, Văn phòng" not in client.get(f"{address}7").content.decode()
    stranger = world.client(tree.other, Role.HEAD)
    assert "thư điện tử, Văn phòng" not in stranger.get(f"{address}0").content.decode()


def dispatch(world, subject, *asked):
    """A confirmed paper of the centre with these demands of a report."""
    writer = world.actor(world.tree.centre, Role.FOCAL_POINT)
    row = {"who": "các đơn vị", "due": "2026-10-15", "due_kind": "before", "send_to": "", "channel": "", "sanction": "", "becomes": "round"}  # fmt: skip
    told = {"head": {"title": subject}, "themes": [], "tasks": [], "obligations": [row | one for one in asked]}  # fmt: skip
    return SourcePaper.objects.create(
        agency=world.tree.centre, blob="0" * 64, file_name="cv.docx", state="confirmed", confirmed=told,
        reading={"addressees": [world.tree.other.full_name]}, added_by=writer.official, added_at=world.now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "what", "title", "form", "review"),
    [
        ("báo cáo tổng kết Đề án 2862", "gửi báo cáo trước ngày 15/10", "Báo cáo tổng kết Đề án 2862", "closing_2862", "final_review"),
        ("chỉ đạo thực hiện Kế hoạch tổng kết Đề án “Nói rõ”", "xây dựng báo cáo", "Tổng kết Đề án “Nói rõ”", "final", "final_review"),
        ("triển khai kế hoạch", "báo cáo sơ kết 6 tháng, gửi về Văn phòng Cục", "Báo cáo sơ kết 6 tháng", "interim", "interim_review"),
        ("triển khai kế hoạch", "báo cáo kết quả gửi về Văn phòng Cục trước ngày 15/10", "Báo cáo kết quả", "yearly_2862", ""),
    ],
)  # fmt: skip
def test_a_round_begins_with_the_name_and_the_form_its_paper_means(world, subject, what, title, form, review):  # fmt: skip
    paper = dispatch(world, subject, {"what": what})
    desk = world.client(world.tree.centre, Role.FOCAL_POINT)
    page = desk.get(f"{reverse('desk-round-new')}?paper={paper.pk}&obligation=0")
    first = page.context["form"].initial
    assert (first["title"], first["form"], first.get("review", "")) == (title, form, review)


def test_a_demand_that_names_a_scheme_is_about_that_scheme(world):
    """Its tasks are what units report on, not the few the dispatch gives itself; a draft is not offered."""
    fields = {"owner": world.tree.centre, "kind": "scheme", "created_by": world.actor(world.tree.centre, Role.HEAD).official, "created_at": world.now}  # fmt: skip
    given = Scheme.objects.create(title="Đề án Một", number="01/QĐ-BHC", state="active", **fields)
    paper = dispatch(
        world, "triển khai", {"what": "báo cáo việc được giao theo Quyết định số 01/QĐ-BHC"}
    )
    Scheme.objects.create(title="Công văn", paper=paper, **fields)
    desk = world.client(world.tree.centre, Role.FOCAL_POINT)

    def first():
        answer = desk.get(f"{reverse('desk-round-new')}?paper={paper.pk}&obligation=0")
        return answer.context["form"].initial

    assert first()["scheme"] == given.pk
    Scheme.objects.system("back to a draft").filter(pk=given.pk).update(state="draft")
    assert first()["scheme"] != given.pk


@pytest.mark.parametrize("by_demand", [True, False])
def test_the_units_a_paper_names_are_chosen_already_and_none_is_asked_before_saving(world, by_demand):  # fmt: skip
    tree = world.tree
    named = tree.province if by_demand else tree.other
    units = [{"role": "lead", "agency": tree.province.pk}] if by_demand else []
    round_ = actions.create_round(
        tree.centre, actor=world.actor(tree.centre, Role.FOCAL_POINT), now=world.now, title="Tổng kết",
        year=world.today.year, due_on=world.today, due_kind="by", review="final_review",
        paper=dispatch(world, "báo cáo", {"what": "báo cáo", "units": units}),
    )  # fmt: skip
    desk = world.client(tree.centre, Role.FOCAL_POINT)
    page = desk.get(reverse("desk-round-units", args=[round_.pk]))
    assert page.context["form"]["agencies"].value() == [named.pk]
    assert "Chọn sẵn 1 đơn vị" in page.content.decode()
    assert not round_.reports.exists()


def test_a_unit_goes_from_the_round_to_its_own_report_and_its_superior_does_not(world):
    round_ = world.round()
    report = world.report(round_, world.tree.province)
    page = reverse("desk-round", args=[round_.pk])
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    fill = reverse("desk-round-fill", args=[report.pk])
    assert f'href="{fill}">Điền báo cáo' in focal.get(page).content.decode()
    assert "Điền báo cáo" not in world.client(world.tree.centre, Role.FOCAL_POINT).get(page).content.decode()  # fmt: skip
    world.send(round_, world.tree.province)
    assert "Mở báo cáo của đơn vị" in focal.get(page).content.decode()


def test_a_leader_alone_is_told_before_writing_and_takes_back_what_nobody_can_approve(world):
    report = world.report(world.round(), world.tree.province)
    page = reverse("desk-round-report", args=[report.pk])
    head = world.client(world.tree.province, Role.HEAD)
    assert "hãy để người khác trong đơn vị điền" in head.get(reverse("desk-round-fill", args=[report.pk])).content.decode()  # fmt: skip
    actor = world.actor(world.tree.province, Role.HEAD)
    report = actions.fill_unit_report(report, actor=actor, now=world.now, content=FULL, base={})
    actions.submit_unit_report(report, actor=actor, now=world.now, acknowledged=True)
    told = head.get(page).content.decode()
    assert "Nhờ quản trị ghi thêm người được duyệt" in told and "Rút về sửa" in told


def test_what_a_report_lacks_is_said_once_and_leads_to_its_field(world):
    report = world.report(world.round(), world.tree.province)
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    told = focal.get(reverse("desk-round-report", args=[report.pk])).content.decode()
    fill = reverse("desk-round-fill", args=[report.pk])
    assert told.count(f'href="{fill}#id_kho-khan"') == 1
    lacks = [words for words in told.split("<") if "còn trống" in words]
    assert lacks and len(lacks) == len(set(lacks))


def test_a_refused_file_is_spoken_of_until_the_next_one_is_taken(world):
    report = world.report(world.round(), world.tree.province)
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    upload = reverse("desk-round-upload", args=[report.pk])
    page = reverse("desk-round-fill", args=[report.pk])
    focal.post(upload, {"file": SimpleUploadedFile("rac.xlsx", b"PK"), "seen": "0"})
    assert "chưa đưa vào được" in focal.get(page).content.decode()
    good = write_excel_form(form_of(report.round), FULL)
    focal.post(upload, {"file": SimpleUploadedFile("mau.xlsx", good), "seen": "0"})
    assert "chưa đưa vào được" not in focal.get(page).content.decode()


def test_the_first_page_shows_the_report_until_it_is_sent(world):
    round_ = world.round()
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    centre = world.client(world.tree.centre, Role.FOCAL_POINT)
    told = focal.get(reverse("desk-home")).content.decode()
    assert "Báo cáo phải gửi" in told and "<b>Điền báo cáo</b> · Tổng kết Đề án" in told
    assert "Báo cáo phải gửi" not in centre.get(reverse("desk-home")).content.decode()

    world.send(round_, world.tree.province)
    assert "Báo cáo phải gửi" not in focal.get(reverse("desk-home")).content.decode()


def test_the_first_page_puts_a_late_report_with_what_is_late_and_says_when_it_came_back(world):
    round_ = world.round(due_in=1)
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    told = focal.get(reverse("desk-home")).content.decode()
    assert told.index("Sắp đến hạn<") < told.index("<b>Điền báo cáo</b>")
    assert "Báo cáo phải gửi" not in told

    report = world.send(round_, world.tree.province)
    centre = world.actor(world.tree.centre, Role.FOCAL_POINT)
    actions.return_unit_report(report, actor=centre, now=world.now, fault="wrong", reason="Sai số.")
    ReportRound.objects.system(WHY).update(due_on=world.today - timedelta(days=1))
    told = focal.get(reverse("desk-home")).content.decode()
    assert told.index("Quá hạn<") < told.index("<b>Sửa, gửi lại báo cáo</b>")
    assert "1 việc quá hạn" in told


def test_the_first_page_of_who_ordered_reports_counts_those_to_be_taken(world):
    round_ = world.round()
    centre = world.client(world.tree.centre, Role.FOCAL_POINT)
    assert "Xem, nhận báo cáo" not in centre.get(reverse("desk-home")).content.decode()
    for place in (world.tree.province, world.tree.other):
        world.send(round_, place)
    told = centre.get(reverse("desk-home")).content.decode()
    assert told.count("Xem, nhận báo cáo") == 1 and "2 báo cáo chờ nhận" in told
    focal = world.client(world.tree.province, Role.FOCAL_POINT)
    assert "Xem, nhận báo cáo" not in focal.get(reverse("desk-home")).content.decode()
    actions.accept_unit_report(
        world.report(round_, world.tree.other), actor=world.actor(world.tree.centre, Role.FOCAL_POINT), now=world.now
    )  # fmt: skip
    assert "1 báo cáo chờ nhận" in centre.get(reverse("desk-home")).content.decode().lower()


def test_only_what_a_report_may_lack_is_marked_so_and_each_lack_leads_to_its_field(world):
    report = world.report(world.round(), world.tree.province)
    page = world.client(world.tree.province, Role.FOCAL_POINT).get(
        reverse("desk-round-fill", args=[report.pk])
    )
    told = page.content.decode()
    assert told.count("(không bắt buộc)") == 1
    assert told.index("Đề nghị khen") < told.index("(không bắt buộc)")
    assert 'href="#id_kho-khan"' in told and 'id="id_kho-khan"' in told


def test_units_are_found_by_name_and_taken_by_whole_provinces_without_losing_who_is_hidden(world):
    round_ = world.round(is_open=False)
    desk = world.client(world.tree.centre, Role.FOCAL_POINT)
    page = reverse("desk-round-units", args=[round_.pk])
    name = world.tree.province.full_name
    shown = desk.get(page, {"q": name.upper()}).content.decode()
    other = world.tree.other
    assert name in shown and f">{other.full_name}<" not in shown
    assert f'<input type="hidden" name="agencies" value="{other.pk}">' in shown
    desk.post(page, {"agencies": [other.pk], "provinces": [world.tree.province.pk]})
    chosen = set(round_.reports.values_list("agency_id", flat=True))
    below = set(world.tree.province.children.values_list("pk", flat=True))
    assert below and chosen == {other.pk, world.tree.province.pk} | below
