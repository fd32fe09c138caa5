"""The register of outgoing papers, signed files, PDF, an agency's wording and its letterhead, as people meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hoiam.agencies.states import Role
from hoiam.core import blobs
from hoiam.handling.models import OutsideNumber, Paper, PaperTemplate, SignedFile
from hoiam.kit.papers.office import office
from hoiam.kit.papers.signed import word_text
from hoiam.kit.vietnamese import show_date
from tests.desk.casework import Province, moment, person
from tests.desk.test_cases_pages import count, words
from tests.desk.test_papers_pages import begin, filled, paper_do, store, submitted, the_paper
from tests.kit.papers.signed_pdfs import Person, flipped, pdf_of

pytestmark = pytest.mark.django_db
__all__ = ["store"]
SIGN = {"signer_title": "Trưởng THADS tỉnh", "signing_form": "none"}


@pytest.fixture
def province():
    return Province()


@pytest.fixture
def case(province):
    return province.case()


@pytest.fixture
def chief(province):
    return person("khoan", "Vũ Đình Khoan", province.home, Role.CHIEF_OF_OFFICE, "Chánh Văn phòng")


def approved(client, province, case):
    client.force_login(province.focal)
    paper = submitted(client, case)
    client.force_login(province.head)
    assert paper_do(client, paper, "approve_paper", **SIGN).status_code == 302
    return the_paper(paper.pk)


def outside(number, **more):
    day = show_date(moment().date())
    return {
        "number": number, "symbol": "QĐ-THADSTG", "issued_on": day, "subject": "Quyết định phân công",
        "reason": "Lập trên phần mềm thi hành án", **more,
    }  # fmt: skip


def test_the_register_holds_papers_and_numbers_used_elsewhere(client, province, case):
    paper = approved(client, province, case)
    client.force_login(province.clerk)
    page = words(client.get("/desk/papers/register/"))
    assert "01/THADSTG-VP" in page and "Đỗ Quốc Tường" in page and "Đã duyệt" in page
    taken = client.post("/desk/papers/register/", outside(1))
    assert taken.status_code == 422
    assert "Số 01 năm" in words(taken) and "Số tiếp theo là 02" in words(taken)
    assert "Lập trên phần mềm thi hành án" in taken.content.decode()
    assert client.post("/desk/papers/register/", outside(2)).status_code == 302
    row = OutsideNumber.objects.system("test").get()
    assert client.post(f"/desk/papers/register/{row.pk}/cancel/", {"reason": ""}).status_code == 422
    client.post(f"/desk/papers/register/{row.pk}/cancel/", {"reason": "Ghi nhầm sổ"})
    client.force_login(province.focal)
    paper_do(client, paper, "withdraw_paper", reason="Báo đã tự cải chính")
    page = words(client.get("/desk/papers/register/"))
    assert page.count("Số bị hủy") == 2
    assert "Ghi nhầm sổ" in page and "Báo đã tự cải chính" in page


def test_the_register_of_another_province_is_not_found(client, province, case):
    approved(client, province, case)
    client.force_login(province.clerk)
    client.post("/desk/papers/register/", outside(2))
    row = OutsideNumber.objects.system("test").get()
    client.force_login(province.elsewhere)
    assert client.get(f"/desk/papers/register/?don-vi={province.home.pk}").status_code == 404
    assert (
        client.post(f"/desk/papers/register/?don-vi={province.home.pk}", outside(3)).status_code
        == 404
    )
    assert client.get(f"/desk/papers/register/{row.pk}/cancel/").status_code == 404
    assert "01/THADSTG-VP" not in words(client.get("/desk/papers/register/"))


def test_the_register_costs_the_same_for_one_and_many_numbers(client, province, case):
    approved(client, province, case)
    client.get("/desk/papers/register/")
    one = count(client, "/desk/papers/register/")
    for number in range(2, 6):
        client.post("/desk/papers/register/", outside(number))
    assert count(client, "/desk/papers/register/") == one <= 15


@pytest.mark.parametrize("query", ["?nam=abcd", "?nam=99999", "?page=x", "?nam=2020"])
def test_odd_questions_to_the_register_are_answered(client, province, query):
    client.force_login(province.clerk)
    assert client.get(f"/desk/papers/register/{query}").status_code == 200


def test_a_signed_pdf_is_taken_and_an_altered_one_refused(client, province, case):
    paper = approved(client, province, case)
    client.force_login(province.clerk)
    good = Person().sign(pdf_of(word_text(blobs.read(paper.blob))))
    path = f"/desk/papers/{paper.pk}/signed/"

    def upload(data, name="ky.pdf"):
        return client.post(path, {"file": SimpleUploadedFile(name, data)})

    refused = upload(flipped(good, "đúng"))
    assert refused.status_code == 422 and "đã bị sửa sau khi ký" in words(refused)
    wrong = upload(b"PK\x03\x04 word", "ban.docx")
    assert wrong.status_code == 422 and "không phải PDF" in words(wrong)
    assert "Chọn tệp PDF đã ký số" in words(client.post(path, {}))
    assert SignedFile.objects.count() == 0
    assert upload(good).status_code == 302
    page = words(client.get(f"/desk/papers/{paper.pk}/"))
    for said in (
        "Nguyễn Văn Thử",
        "4D2",
        "Chữ ký còn nguyên vẹn",
        "Nội dung khớp bản Word đã duyệt",
    ):
        assert said in page
    client.force_login(province.elsewhere)
    assert upload(good).status_code == 404


@pytest.mark.skipif(office() is None, reason="máy này không có LibreOffice (soffice)")
def test_a_paper_is_read_as_pdf_and_printed_once(client, province, case, settings, tmp_path):
    settings.HOIAM_DATA = tmp_path
    paper = approved(client, province, case)
    got = client.get(f"/desk/papers/{paper.pk}/pdf/")
    assert got.content.startswith(b"%PDF-")
    assert (
        got["Content-Disposition"].startswith("inline; ")
        and got["Content-Type"] == "application/pdf"
    )
    kept = list((tmp_path / "office" / "printed").glob("*.pdf"))
    assert len(kept) == 1
    kept[0].write_bytes(b"%PDF-kept")
    assert client.get(f"/desk/papers/{paper.pk}/pdf/").content == b"%PDF-kept"


def test_without_libreoffice_the_page_offers_word_only(client, province, case, monkeypatch):
    monkeypatch.setenv("PATH", "")
    paper = approved(client, province, case)
    page = words(client.get(f"/desk/papers/{paper.pk}/"))
    assert "chỉ có bản Word" in page and "Xem PDF" not in page
    told = client.get(f"/desk/papers/{paper.pk}/pdf/", follow=True)
    assert "chưa có LibreOffice" in words(told)


def test_the_chief_of_office_words_a_kind_and_sees_it_before_saving(client, province, case, chief):
    path = f"/desk/agencies/{province.home.pk}/wording/response/"
    typed = {"closing": "{agency} cảm ơn {press_agency}./.", "reason": "theo quy chế"}
    client.force_login(province.focal)
    assert client.post(path, typed).status_code == 302
    assert PaperTemplate.objects.system("test").count() == 0
    client.force_login(chief)
    seen = client.post(path, {**typed, "then": "preview"})
    assert "THADS tỉnh Thanh Giang cảm ơn Báo Sông Thanh./." in words(seen)
    wrong = client.post(path, {**typed, "closing": "Chào {ai}."})
    assert wrong.status_code == 422 and "không có mục {ai}" in words(wrong)
    assert client.post(path, typed).status_code == 302
    assert "Riêng, bản 1" in words(client.get(f"/desk/agencies/{province.home.pk}/wording/"))
    client.force_login(province.focal)
    assert the_paper(begin(client, case).pk).body.endswith("cảm ơn Báo Sông Thanh./.")
    client.force_login(chief)
    assert client.post(f"{path}reset/", {"reason": "thôi"}).status_code == 302
    assert "Đang dùng câu chữ chung" in words(client.get(path))
    assert client.get(f"/desk/agencies/{province.home.pk}/wording/digest/").status_code == 404


def test_the_letterhead_is_changed_by_the_chief_of_office_only(client, province, chief):
    path = f"/desk/agencies/{province.home.pk}/letterhead/"
    typed = {"symbol": "THADSTGI", "seat": "Bến Đò", "reason": "đổi tên"}
    client.force_login(province.focal)
    assert "Chỉ Chánh Văn phòng" in words(client.get(path))
    client.post(path, typed)
    province.home.refresh_from_db()
    assert province.home.symbol == "THADSTG"
    client.force_login(chief)
    refused = client.post(path, {**typed, "symbol": "thads tg"})
    assert refused.status_code == 422 and "viết hoa, không dấu cách" in words(refused)
    assert client.post(path, typed).status_code == 302
    assert "Số: 05/THADSTGI-VP" in words(client.get(path))


def test_parts_of_the_machines_text_are_taken_by_choice(client, province, case):
    client.force_login(province.focal)
    paper = begin(client, case)
    mine = paper.body + "\n\nCâu của tôi."
    paper_do(client, paper, "edit_paper", **filled(paper, body=mine))
    paper = the_paper(paper.pk)
    paper_do(client, paper, "edit_paper", **filled(paper, response="Ý kiến mới."))
    page = client.get(f"/desk/papers/{paper.pk}/").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert "Lấy phần máy viết" in page
    client.post(f"/desk/papers/{paper.pk}/take/", {"seen": seen, "part": ["1"]})
    body = Paper.objects.system("test").get(pk=paper.pk).body
    assert "Ý kiến mới." in body and "Câu của tôi." in body
    stale = client.post(
        f"/desk/papers/{paper.pk}/take/", {"seen": seen, "part": ["1"]}, follow=True
    )
    assert "vừa được sửa" in words(stale)


def test_what_the_law_wants_is_named_with_its_place(client, province, case):
    client.force_login(province.focal)
    choice = client.get(f"/desk/cases/{case.pk}/papers/new/?conclusion=no")
    assert "Bảng đối chiếu chưa có điều nào" in words(choice)
    assert f"/desk/cases/{case.pk}/#doi-chieu" in choice.content.decode()
    assert "Báo phải đăng, phát ý kiến phản hồi kể cả khi không đồng ý" in words(choice)
    paper = begin(client, case)
    page = client.get(f"/desk/papers/{paper.pk}/").content.decode()
    assert f'href="/desk/cases/{case.pk}/#doi-chieu"' in page
