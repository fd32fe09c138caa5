"""The pages of papers, and a whole case through the browser from screening to closing."""

import io
import zipfile

import pytest
from django.core.cache import cache

from hoiam.agencies.queries import TREE_KEY
from hoiam.agencies.states import Role
from hoiam.core.models import LedgerEntry
from hoiam.desk.presenters.papers import NOT_OF_A_CASE
from hoiam.handling.models import Case, Clock, Paper
from hoiam.kit.papers import kinds
from hoiam.kit.vietnamese import show_datetime
from tests import factories as make
from tests.desk.casework import Province, moment, person
from tests.desk.test_cases_pages import count, do, screened, words

pytestmark = pytest.mark.django_db


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


def begin(client, case, code="response"):
    """A draft of this kind, as the page makes it."""
    answer = client.post(f"/desk/cases/{case.pk}/papers/new/", {"kind": code})
    assert answer.status_code == 302
    return the_paper(int(answer["Location"].split("/")[-2]))


def the_paper(pk):
    return Paper.objects.system("test").get(pk=pk)


def paper_do(client, paper, step, **typed):
    return client.post(f"/desk/papers/{paper.pk}/do/{step}/", typed)


def filled(paper, **more):
    """What the draft's form would post, unchanged but for `more`."""
    typed = {name: value for name, value in paper.fields.items() if isinstance(value, str | int)}
    for name, value in paper.fields.items():
        if isinstance(value, list) and all(isinstance(x, str) for x in value):
            typed[name] = "\n".join(value)
    published = paper.fields.get("published_on", "")
    if published:
        year, month, day = published.split("-")
        typed["published_on"] = f"{day}/{month}/{year}"
    return {**typed, "subject": paper.subject, "body": paper.body, **more}


COMPLETE = {
    "reported": "Báo nêu không thông báo.",
    "grounds": "Biên bản giao thông báo ngày 21/8.",
    "response": "Đã thông báo đúng hạn.",
}


def test_new_asks_first_whether_there_is_a_conclusion(client, province, case):
    client.force_login(province.focal)
    page = client.get(f"/desk/cases/{case.pk}/papers/new/")
    assert "Có văn bản kết luận của cơ quan nhà nước có thẩm quyền không?" in words(page)
    assert 'name="kind"' not in page.content.decode()
    without = client.get(f"/desk/cases/{case.pk}/papers/new/?conclusion=no").content.decode()
    given = client.get(f"/desk/cases/{case.pk}/papers/new/?conclusion=yes").content.decode()
    assert 'value="conclusion_notice"' not in without and 'value="response"' in without
    assert 'value="conclusion_notice"' in given
    assert "NĐ 244/2026/NĐ-CP Đ7.6" in without


def test_an_unknown_kind_is_refused_in_words(client, province, case):
    client.force_login(province.focal)
    page = client.post(f"/desk/cases/{case.pk}/papers/new/", {"kind": "letter-of-love"})
    assert page.status_code == 200 and 'role="alert"' in page.content.decode()
    assert Paper.objects.system("test").count() == 0


@pytest.mark.parametrize("code", [k.code for k in kinds() if k.code not in NOT_OF_A_CASE])
def test_every_kind_has_a_form_that_saves_what_it_shows(client, province, case, code):
    client.force_login(province.focal)
    paper = begin(client, case, code)
    page = client.get(f"/desk/papers/{paper.pk}/")
    assert page.status_code == 200 and "Còn thiếu" in words(page)
    assert paper_do(client, paper, "edit_paper", **filled(paper)).status_code == 302
    kept = {k: v for k, v in the_paper(paper.pk).fields.items() if v not in ("", None, [], False)}
    assert kept == {k: v for k, v in paper.fields.items() if v not in ("", None, [], False)}


@pytest.mark.parametrize("code", sorted(NOT_OF_A_CASE))
def test_a_kind_that_is_written_elsewhere_is_not_drafted_on_a_case(client, province, case, code):
    client.force_login(province.focal)
    answer = client.post(f"/desk/cases/{case.pk}/papers/new/", {"kind": code})
    assert answer.status_code == 200 and "trang riêng" in words(answer)
    assert not Paper.objects.system("test").exists()


def test_a_table_field_is_kept_row_by_row(client, province, case):
    client.force_login(province.focal)
    paper = begin(client, case, "superior_report")
    rows = {
        "facts-0-reported": "Lúc 05:30", "facts-0-actual": "07:15", "facts-0-evidence": "Biên bản",
        "facts-2-reported": "Không báo", "facts-2-actual": "Đã báo", "facts-2-evidence": "Sổ giao",
    }  # fmt: skip
    paper_do(client, paper, "edit_paper", **filled(paper, **rows))
    assert [row["reported"] for row in the_paper(paper.pk).fields["facts"]] == [
        "Lúc 05:30",
        "Không báo",
    ]
    assert "Sổ giao" in client.get(f"/desk/papers/{paper.pk}/").content.decode()


def test_text_edited_by_hand_stays_and_versions_are_kept(client, province, case):
    client.force_login(province.focal)
    paper = begin(client, case)
    paper_do(client, paper, "edit_paper", **filled(paper, body="Lời tự viết."))
    paper = the_paper(paper.pk)
    assert (paper.body, paper.is_body_edited) == ("Lời tự viết.", True)
    page = words(client.get(f"/desk/papers/{paper.pk}/"))
    assert "Phiên bản 2" in page


def test_a_day_nobody_can_read_is_refused_with_all_that_was_typed(client, province, case):
    client.force_login(province.focal)
    paper = begin(client, case)
    typed = filled(paper, published_on="31/02/2026", response="Câu đã gõ")
    page = paper_do(client, paper, "edit_paper", **typed)
    assert page.status_code == 422
    assert "Không đọc được ngày “31/02/2026”" in words(page)
    assert "Câu đã gõ" in page.content.decode()


def test_a_paper_that_lacks_content_is_saved_but_not_submitted(client, province, case):
    client.force_login(province.focal)
    paper = begin(client, case)
    page = paper_do(client, paper, "edit_paper", **filled(paper, response="Câu", then="submit"))
    assert page.status_code == 422
    assert "Văn bản còn thiếu" in words(page)
    paper = the_paper(paper.pk)
    assert (paper.state, paper.fields["response"]) == ("draft", "Câu")


def test_another_province_finds_no_paper(client, province, case):
    client.force_login(province.focal)
    paper = begin(client, case)
    client.force_login(province.elsewhere)
    paths = [f"/desk/papers/{paper.pk}/", f"/desk/papers/{paper.pk}/word/"]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert paper_do(client, paper, "edit_paper", body="x").status_code == 404
    assert paper.subject not in words(client.get("/desk/papers/")) or not paper.subject


def submitted(client, case):
    if not case.facts.exists():
        make.fact(case)
    paper = begin(client, case)
    typed = filled(paper, **COMPLETE)
    answer = paper_do(client, paper, "edit_paper", **typed, then="submit")
    assert answer.status_code == 302
    return the_paper(paper.pk)


def test_who_drafted_is_told_why_there_is_no_button(client, province, case):
    client.force_login(province.head)
    paper = submitted(client, case)
    page = client.get(f"/desk/papers/{paper.pk}/")
    assert "Bạn là người soạn nên không tự duyệt được" in words(page)
    assert "do-approve_paper" not in page.content.decode()
    refused = paper_do(client, paper, "approve_paper", signer_title="X", signing_form="none")
    assert refused.status_code == 422 and the_paper(paper.pk).state == "submitted"


def test_the_register_shows_what_waits_for_me(client, province, case):
    client.force_login(province.focal)
    submitted(client, case)
    assert "Chờ tôi duyệt" not in words(client.get("/desk/papers/"))
    client.force_login(province.head)
    page = words(client.get("/desk/papers/?tab=mine"))
    assert "Chờ tôi duyệt 1" in page and "Báo Sông Thanh" in page
    assert "Không có văn bản nào ở mục này" in words(client.get("/desk/papers/?tab=sent"))


def test_a_paper_is_returned_with_its_reason(client, province, case):
    client.force_login(province.focal)
    paper = submitted(client, case)
    client.force_login(province.head)
    assert paper_do(client, paper, "return_paper", reason="").status_code == 422
    paper_do(client, paper, "return_paper", reason="Nêu rõ số biên bản")
    assert the_paper(paper.pk).state == "draft"
    assert "Nêu rõ số biên bản" in words(client.get(f"/desk/cases/{case.pk}/"))


def test_a_draft_gives_a_word_file_or_says_what_is_missing(client, province, case):
    client.force_login(province.focal)
    paper = begin(client, case)
    lacking = client.get(f"/desk/papers/{paper.pk}/word/", follow=True)
    assert "Chưa tạo được tệp Word." in words(lacking)
    paper_do(client, paper, "edit_paper", **filled(paper, **COMPLETE))
    got = client.get(f"/desk/papers/{paper.pk}/word/")
    assert got["Content-Disposition"].startswith(
        'attachment; filename="van-ban-phan-hoi-thong-tin-bao-chi-du-thao-'
    )
    with zipfile.ZipFile(io.BytesIO(got.content)) as file:
        assert "Đã thông báo đúng hạn." in file.read("word/document.xml").decode()


def test_a_whole_case_from_screening_to_closing(client, province, case):
    client.force_login(province.focal)
    assert screened(client, case, "f", "h").status_code == 302
    client.force_login(province.head)
    impact = do(client, case, "determine_impact", has_impact="yes", reason="Nhiều báo đưa tin")
    assert impact.status_code == 302
    assert do(client, case, "assign", lead=str(province.region.pk)).status_code == 302
    client.force_login(province.focal)
    fact = {"claim": "Không thông báo", "truth": "Đã giao thông báo", "evidence": "Biên bản 21/8"}
    assert do(client, case, "write_fact", **fact, is_claim_right="no").status_code == 302
    assert do(client, case, "complete_verification").status_code == 302
    paper = submitted(client, case)
    assert "Trình" in words(client.get(f"/desk/cases/{case.pk}/"))
    client.force_login(province.head)
    assert (
        'aria-current="step"><span>Trình' in client.get(f"/desk/cases/{case.pk}/").content.decode()
    )
    form = client.get(f"/desk/papers/{paper.pk}/").content.decode()
    assert 'value="Trưởng THADS tỉnh"' in form
    typed = {"signer_title": "Trưởng THADS tỉnh", "signing_form": "none"}
    assert paper_do(client, paper, "approve_paper", **typed).status_code == 302
    assert the_paper(paper.pk).symbol == "01/THADSTG-VP"
    client.force_login(province.clerk)
    refused = paper_do(client, paper, "mark_sent", how="Thư điện tử")
    assert refused.status_code == 422 and 'id="mark_sent-reason-error"' in refused.content.decode()
    client.force_login(province.focal)
    sent = paper_do(client, paper, "mark_sent", how="Thư điện tử", reason="Việc gấp")
    assert sent.status_code == 302
    at = show_datetime(moment())
    assert paper_do(client, paper, "mark_delivered", at=at).status_code == 302
    assert Clock.objects.system("test").filter(case=case, rule="PH-01").count() == 1
    assert do(client, case, "start_watch", reason="Không cần công bố").status_code == 302
    unsaid = paper_do(client, paper, "record_check", reply="refused")
    assert unsaid.status_code == 422 and 'id="record_check-note-error"' in unsaid.content.decode()
    found = {"reply": "published", "url": "https://songthanh.example/phan-hoi"}
    assert paper_do(client, paper, "record_check", **found).status_code == 302
    client.force_login(province.head)
    closing = client.get(f"/desk/cases/{case.pk}/").content.decode()
    assert "?do=close#do-close" in closing
    refused = do(client, case, "close", result="published")
    assert refused.status_code == 422 and "Phát ngôn" in words(refused)
    each = {"result_f": "answered", "result_h": "published"}
    answer = do(
        client, case, "close", result="published", **each, note="Báo đã đăng nguyên văn",
        link="https://songthanh.example/phan-hoi",
    )  # fmt: skip
    assert answer.status_code == 302
    assert Case.objects.system("test").get(pk=case.pk).state == "closed"
    page = words(client.get(f"/desk/cases/{case.pk}/"))
    assert "Đã đăng" in page and "Mở lại" in page


def test_approved_bytes_stay_the_same(client, province, case):
    client.force_login(province.focal)
    paper = submitted(client, case)
    client.force_login(province.head)
    paper_do(client, paper, "approve_paper", signer_title="Trưởng THADS tỉnh", signing_form="none")
    first = client.get(f"/desk/papers/{paper.pk}/word/")
    assert "van-ban-phan-hoi-thong-tin-bao-chi-01-thadstg-vp" in first["Content-Disposition"]
    assert first.content == client.get(f"/desk/papers/{paper.pk}/word/").content
    assert "01/THADSTG-VP" in words(client.get(f"/desk/papers/{paper.pk}/"))


def test_a_deputy_is_offered_to_sign_for_the_head(client, province, case):
    client.force_login(province.focal)
    paper = submitted(client, case)
    client.force_login(province.head)
    page = paper_do(client, paper, "approve_paper", signer_title="Trưởng", signing_form="KT")
    assert page.status_code == 422 and "“KT” không có ở đây" in words(page)
    deputy = person("pho", "Hà Văn Phó", province.home, Role.DEPUTY, "Phó Trưởng THADS tỉnh")
    client.force_login(deputy)
    shown = client.get(f"/desk/papers/{paper.pk}/").content.decode()
    assert '<option value="KT" selected>' in shown and "Văn bản ủy quyền" not in shown
    page = paper_do(client, paper, "approve_paper", signer_title="Phó", signing_form="KT")
    assert page.status_code == 422 and "phải ghi chức vụ của người được ký thay" in words(page)
    assert the_paper(paper.pk).number is None
    said = {"signer_title": "Phó", "signing_form": "KT", "signing_for": "Trưởng THADS tỉnh"}
    assert paper_do(client, paper, "approve_paper", **said).status_code == 302
    assert the_paper(paper.pk).fields["signing_for"] == "Trưởng THADS tỉnh"


def test_reading_papers_changes_nothing(client, province, case):
    client.force_login(province.focal)
    paper = begin(client, case)
    before = LedgerEntry.objects.count()
    for path in ("/desk/papers/", f"/desk/papers/{paper.pk}/", f"/desk/papers/{paper.pk}/word/"):
        client.get(path)
    assert client.get(f"/desk/papers/{paper.pk}/do/edit_paper/").status_code == 405
    assert LedgerEntry.objects.count() == before


def test_the_register_costs_the_same_for_one_and_three_papers(client, province, case):
    client.force_login(province.head)
    begin(client, case)
    client.get("/desk/papers/")
    one = count(client, "/desk/papers/")
    begin(client, case)
    begin(client, case)
    assert count(client, "/desk/papers/") == one
    assert one <= 8


def test_a_paper_costs_the_same_however_often_it_was_saved(client, province, case):
    client.force_login(province.focal)
    paper = begin(client, case)
    client.get("/desk/papers/")
    one = count(client, f"/desk/papers/{paper.pk}/")
    for n in range(3):
        paper_do(client, paper, "edit_paper", **filled(paper, body=f"Lần {n}"))
    assert count(client, f"/desk/papers/{paper.pk}/") == one
    assert one <= 15


def test_what_the_signer_will_want_is_not_called_optional(client, province, case):
    client.force_login(province.focal)
    paper = begin(client, case)
    page = words(client.get(f"/desk/papers/{paper.pk}/"))
    assert "Tên tác phẩm báo chí (không bắt buộc)" not in page
    assert "Số báo (không bắt buộc)" in page
    assert "Đường dẫn của bài (không bắt buộc)" not in page
