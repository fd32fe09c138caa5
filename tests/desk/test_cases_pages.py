"""The pages of a case: what each person sees, refusals at their field, budgets of queries."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoiam.agencies.queries import TREE_KEY
from hoiam.core import ledger
from hoiam.core.models import LedgerEntry
from hoiam.desk.forms.cases import STEPS
from hoiam.desk.presenters.diary import phrasebook
from hoiam.handling.models import Case, Clock, Paper
from hoiam.handling.states import PAPER_TRANSITIONS, TRANSITIONS
from hoiam.kit.vietnamese import show_datetime
from tests.desk.casework import Province, moment

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 bien ban"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """A store of evidence of its own, and no register kept from another test."""
    settings.HOIAM_BLOBS = tmp_path / "evidence"
    cache.delete(TREE_KEY)
    cache.delete("desk.training")


@pytest.fixture
def province():
    return Province()


@pytest.fixture
def case(province):
    return province.case()


def do(client, case, step, **typed):
    """One verb as the page posts it."""
    return client.post(f"/desk/cases/{case.pk}/do/{step}/", typed)


def words(response):
    """The words of a page, white space folded."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def screened(client, case, *letters):
    return do(client, case, "screen", severity="3", letters=list(letters or "h"))


def test_the_list_shows_cases_of_the_tab(client, province, case):
    client.force_login(province.focal)
    page = client.get("/desk/cases/")
    assert page.status_code == 200
    assert f"{case.number} · {case.title}" in words(page)
    assert "Đang xử lý 1" in words(page)
    assert case.title not in words(client.get("/desk/cases/?tab=closed"))


def test_the_empty_list_says_where_cases_come_from(client, province):
    client.force_login(province.focal)
    assert "Hồ sơ được mở từ một tin ở mục Theo dõi" in words(client.get("/desk/cases/"))


def test_a_filter_that_matches_nothing_says_so(client, province, case):
    client.force_login(province.focal)
    page = words(client.get(f"/desk/cases/?severity=0&agency={province.home.pk}"))
    assert "Không có hồ sơ nào khớp bộ lọc" in page
    assert client.get("/desk/cases/?agency=99999999999999999999&severity=x").status_code == 200


def test_another_province_sees_neither_list_row_nor_page(client, province, case):
    client.force_login(province.elsewhere)
    assert case.title not in words(client.get("/desk/cases/"))
    for path in (f"/desk/cases/{case.pk}/", f"/desk/cases/{case.pk}/print/"):
        assert client.get(path).status_code == 404
    assert screened(client, case).status_code == 404
    assert Case.objects.system("test").get().state == "received"


def test_the_workspace_shows_article_steps_moments_and_the_one_act(client, province, case):
    client.force_login(province.focal)
    page = client.get(f"/desk/cases/{case.pk}/")
    shown = words(page)
    assert page.status_code == 200
    for part in ("Bài báo", "Bảng đối chiếu", "Chứng cứ", "Phát ngôn", "Văn bản", "Ý kiến"):
        assert part in shown
    assert 'aria-current="step"><span>Tiếp nhận' in page.content.decode()
    assert '<mark class="ha-who">Phòng Thi hành án dân sự khu vực 2' in page.content.decode()
    assert page.content.decode().count("ha-btn--go") == 1
    assert "?do=screen#do-screen" in page.content.decode()
    assert "Nguyễn Thị Hạnh mở hồ sơ" in shown


def test_who_may_not_act_is_told_who_may(client, province, case):
    client.force_login(province.clerk)
    page = client.get(f"/desk/cases/{case.pk}/")
    assert "Chỉ đầu mối truyền thông hoặc lãnh đạo" in words(page)
    assert "ha-btn--go" not in page.content.decode()


def test_the_asked_form_stands_open(client, province, case):
    client.force_login(province.focal)
    page = client.get(f"/desk/cases/{case.pk}/?do=screen").content.decode()
    assert 'id="do-screen" open' in page
    assert 'id="do-close" open' not in page


def test_reading_changes_nothing(client, province, case):
    client.force_login(province.focal)
    before = LedgerEntry.objects.count()
    paths = [f"/desk/cases/{case.pk}/", f"/desk/cases/{case.pk}/print/", "/desk/cases/"]
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    assert client.get(f"/desk/cases/{case.pk}/do/screen/").status_code == 405
    assert LedgerEntry.objects.count() == before


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(client, province, case):
    client.force_login(province.focal)
    page = do(client, case, "screen", severity="2", reason="Lời đã gõ")
    assert page.status_code == 422
    assert "Chọn ít nhất một loại nghĩa vụ" in words(page)
    assert 'href="#screen-letters_0"' in page.content.decode()
    assert "Lời đã gõ" in page.content.decode()
    assert 'id="do-screen" open' in page.content.decode()
    assert "<title>Lỗi: " in page.content.decode()


def test_a_refusal_of_the_action_stands_at_its_field_too(client, province, case):
    client.force_login(province.focal)
    screened(client, case)
    client.force_login(province.head)
    page = do(client, case, "assign", lead=str(province.region.pk), reason="")
    assert page.status_code == 422
    assert "Ghi lý do bỏ qua bước" in words(page)
    assert 'id="assign-reason-error"' in page.content.decode()


def test_a_moment_nobody_can_read_is_refused(client, province, case):
    client.force_login(province.focal)
    page = do(client, case, "record_moment", kind="paper_received_at", at="31/02/2026 10:00")
    assert page.status_code == 422
    assert "Không đọc được thời điểm “31/02/2026 10:00”" in words(page)


def test_a_recorded_moment_shows_who_recorded_it(client, province, case):
    client.force_login(province.focal)
    at = show_datetime(moment() - timedelta(minutes=90))
    assert do(client, case, "record_moment", kind="paper_received_at", at=at).status_code == 302
    page = words(client.get(f"/desk/cases/{case.pk}/"))
    assert "Nhận văn bản Nguyễn Thị Hạnh ghi" in page
    assert at in page


def test_verification_wants_a_full_table_of_facts(client, province, case):
    client.force_login(province.focal)
    screened(client, case)
    client.force_login(province.head)
    do(client, case, "assign", lead=str(province.region.pk), reason="Vụ nhỏ")
    page = do(client, case, "complete_verification")
    assert page.status_code == 422
    assert "Bảng đối chiếu còn trống" in words(page)


def test_facts_are_added_changed_and_taken_out(client, province, case):
    client.force_login(province.focal)
    do(client, case, "write_fact", claim="Cưỡng chế lúc 05:30")
    row = case.facts.get()
    page = client.post(f"/desk/facts/{row.pk}/", {"claim": " ", "truth": "Bắt đầu 07:15"})
    assert page.status_code == 422 and "Bắt đầu 07:15" in page.content.decode()
    typed = {"claim": "Lúc 05:30", "truth": "07:15", "evidence": "Biên bản", "is_claim_right": "no"}
    assert client.post(f"/desk/facts/{row.pk}/", typed).status_code == 302
    row.refresh_from_db()
    assert (row.claim, row.truth, row.is_claim_right) == ("Lúc 05:30", "07:15", False)
    client.force_login(province.elsewhere)
    assert client.get(f"/desk/facts/{row.pk}/").status_code == 404
    client.force_login(province.focal)
    client.post(f"/desk/facts/{row.pk}/", {"delete": "1"})
    assert list(case.facts.all()) == []
    assert "xóa dòng đối chiếu: Lúc 05:30" in words(client.get(f"/desk/cases/{case.pk}/"))


def test_a_statement_ends_the_24_hour_clock(client, province, case):
    client.force_login(province.focal)
    screened(client, case, "e")
    at = show_datetime(moment() - timedelta(minutes=5))
    do(client, case, "record_statement", at=at, form="interview", spokesperson="Đỗ Quốc Tường",
       text="Đang kiểm tra.")  # fmt: skip
    clock = Clock.objects.system("test").get(case=case, rule="PN-01")
    assert (clock.state, clock.is_late) == ("done", False)
    assert "Trả lời trực tiếp, phỏng vấn" in words(client.get(f"/desk/cases/{case.pk}/"))


def test_a_note_and_its_draft_is_forgotten_after(client, province, case):
    client.force_login(province.focal)
    page = client.post(f"/desk/cases/{case.pk}/do/add_note/", {"text": "Làm ngay"}, follow=True)
    assert "Làm ngay" in words(page)
    assert f'data-draft-done="add_note-{case.pk}"' in page.content.decode()


def test_an_unknown_verb_is_not_found(client, province, case):
    client.force_login(province.focal)
    assert do(client, case, "open_case").status_code == 404


def test_a_file_that_is_no_evidence_is_refused_at_its_field(client, province, case):
    client.force_login(province.focal)
    page = do(client, case, "add_evidence", title="Ảnh", file=SimpleUploadedFile("a.exe", b"MZ"))
    assert page.status_code == 422
    assert 'id="add_evidence-file-error"' in page.content.decode()
    assert 'value="Ảnh"' in page.content.decode()


def default_clock(client, province, case):
    client.force_login(province.focal)
    screened(client, case)
    return Clock.objects.system("test").get(case=case, rule="MD-02")


def test_a_clock_page_tells_the_rule_and_each_step(client, province, case):
    clock = default_clock(client, province, case)
    page = client.get(f"/desk/clocks/{clock.pk}/")
    assert page.status_code == 200
    assert clock.source in words(page) and clock.badge in words(page)
    assert f"1. {' '.join(clock.steps[0].split())}" in words(page)
    client.force_login(province.elsewhere)
    assert client.get(f"/desk/clocks/{clock.pk}/").status_code == 404


def test_a_clock_is_extended_paused_and_resumed_by_who_decides(client, province, case):
    clock = default_clock(client, province, case)
    assert "Gia hạn, ghi chờ do thủ trưởng" in words(client.get(f"/desk/clocks/{clock.pk}/"))
    client.force_login(province.head)
    later = show_datetime(clock.due_at + timedelta(days=2))
    refused = do(client, case, "extend_clock", clock=clock.pk, due_at=later)
    assert refused.status_code == 422 and later in refused.content.decode()
    assert "Hạn này tính thế nào?" in words(refused)
    do(client, case, "extend_clock", clock=clock.pk, due_at=later, reason="Chờ trạm y tế")
    do(client, case, "pause_clock", clock=clock.pk, reason="Chờ trạm y tế")
    page = words(client.get(f"/desk/clocks/{clock.pk}/"))
    assert later in page and "Tạm dừng từ" in page and "Chạy tiếp" in page
    do(client, case, "resume_clock", clock=clock.pk)
    clock = Clock.objects.system("test").get(pk=clock.pk)
    assert clock.state == "run"


def test_a_clock_of_another_case_is_not_moved_through_this_one(client, province, case):
    clock = default_clock(client, province, province.case(2))
    client.force_login(province.head)
    page = do(client, case, "pause_clock", clock=clock.pk, reason="x")
    assert page.status_code == 422
    assert Clock.objects.system("test").get(pk=clock.pk).state == "run"


def test_a_clock_of_law_is_not_extended_and_runs_on_while_waiting(client, province, case):
    client.force_login(province.head)
    screened(client, case, "e")
    clock = Clock.objects.system("test").get(case=case, rule="PN-01")
    page = client.get(f"/desk/clocks/{clock.pk}/")
    assert "luật không cho gia hạn" in words(page)
    assert "do-extend_clock" not in page.content.decode()


def test_the_printed_case_has_everything_and_no_forms(client, province, case):
    client.force_login(province.focal)
    page = client.get(f"/desk/cases/{case.pk}/print/")
    for part in ("Bài báo", "Bảng đối chiếu", "Các thời điểm", "Diễn biến", "Người tham gia"):
        assert part in words(page)
    assert "/do/" not in page.content.decode()


def test_every_verb_of_a_case_has_its_step_and_every_step_its_sentence():
    assert set(TRANSITIONS) <= set(STEPS)
    told = set(phrasebook())
    assert set(STEPS) | set(TRANSITIONS) | set(PAPER_TRANSITIONS) <= told


def count(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_list_costs_the_same_for_one_and_three_cases(client, province):
    client.force_login(province.focal)
    province.case(1)
    client.get("/desk/cases/")
    one = count(client, "/desk/cases/")
    province.case(2)
    province.case(3)
    assert count(client, "/desk/cases/") == one
    assert one <= 8


def test_the_workspace_costs_the_same_however_much_stands_on_it(client, province, case):
    client.force_login(province.focal)
    screened(client, case)
    fill(client, case, 1)
    client.get(f"/desk/cases/{case.pk}/")
    one = count(client, f"/desk/cases/{case.pk}/")
    fill(client, case, 3)
    assert count(client, f"/desk/cases/{case.pk}/") == one
    assert one <= 15

    # Who may approve is asked of every paper at once.
    Paper.objects.system("put before the head").update(state="submitted")
    client.force_login(province.head)
    client.get(f"/desk/cases/{case.pk}/")
    assert count(client, f"/desk/cases/{case.pk}/") <= 15


def fill(client, case, times):
    at = show_datetime(moment() - timedelta(minutes=5))
    for n in range(times):
        do(client, case, "write_fact", claim=f"Điều {n}")
        do(client, case, "add_note", text=f"Ý {n}")
        do(client, case, "add_evidence", file=SimpleUploadedFile(f"{n}.pdf", PDF))
        do(client, case, "record_moment", kind="paper_received_at", at=at)
        do(
            client,
            case,
            "record_statement",
            at=at,
            form="portal",
            spokesperson="A",
            text="B",
            outside_reason="người của Bộ",
        )
        client.post(f"/desk/cases/{case.pk}/papers/new/", {"kind": "response"})
    assert ledger.of(case).count() > 6 * times


def test_what_a_step_writes_along_stands_beneath_it(client, province, case):
    client.force_login(province.focal)
    screened(client, case, "e", "h")
    page = words(client.get(f"/desk/cases/{case.pk}/print/"))
    assert (
        "Nguyễn Thị Hạnh sàng lọc xong Xác nhận nghĩa vụ loại e; xác nhận nghĩa vụ loại h" in page
    )
