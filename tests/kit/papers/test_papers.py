"""Papers in the form of NĐ 30/2020/NĐ-CP: geometry, kinds, refusals, hostile text, same bytes."""

import json
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from hoiam.kit.papers import (
    MissingFields,
    UnknownKind,
    WrongFields,
    describe,
    draft_text,
    issue_number,
    kind,
    kinds,
    missing_fields,
    number_line,
    place_date,
    write,
)
from hoiam.kit.papers.form.settings import balanced, form, width_of
from hoiam.kit.papers.words import clean_text, roman

CODES = [each.code for each in kinds()]


def example(code, **changes):
    return describe(code)["example"] | changes


def opened(data):
    return Document(BytesIO(data))


def every_text(document):
    return [
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in document.element.body.iter(qn("w:p"))
    ]


def styled(document, style_id):
    found = [p for p in document.element.body.iter(qn("w:p")) if p.style == style_id]
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in found]


def test_the_kinds_are_those_the_platform_writes():
    assert CODES == [
        "acceptance_notice",
        "answer",
        "authorisation",
        "briefing_sheet",
        "conclusion_notice",
        "conference_notice",
        "correction_demand",
        "court_summary",
        "digest",
        "directive_answer",
        "dossier_list",
        "escalation_request",
        "explanation",
        "explanation_request",
        "final_review",
        "interim_review",
        "invitation",
        "lawsuit_request",
        "letter_acceptance",
        "letter_answer",
        "letter_guidance",
        "letter_press_result",
        "letter_refusal",
        "letter_transfer",
        "measures_notice",
        "minutes",
        "outlook",
        "periodic_report",
        "press_release",
        "refusal",
        "response",
        "reward_decision",
        "reward_list",
        "reward_proposal",
        "round_synthesis",
        "scheme_yearly_review",
        "settlement_notice",
        "superior_report",
        "supply_plan",
        "synthesis",
        "training_list",
        "training_plan",
        "unit_report",
        "yearly_report",
    ]


@pytest.mark.parametrize("code", CODES)
def test_each_kind_writes_its_example_and_says_the_same_after_reading_back(code):
    data = write(code, example(code))

    texts = every_text(opened(data))
    body = [line for line in draft_text(code, example(code)).split("\n\n") if "⟦" not in line]
    assert [line for line in body if line.removeprefix("» ") not in texts] == []
    assert data == write(code, example(code))
    assert data == write(code, example(code, body=draft_text(code, example(code))))
    assert json.loads(json.dumps(describe(code)))["code"] == code


@pytest.mark.parametrize("code", CODES)
def test_each_kind_refuses_when_a_mandatory_field_is_missing(code):
    for field in kind(code).fields:
        if not field.required:
            continue
        data = {k: v for k, v in example(code).items() if k != field.name}
        with pytest.raises(MissingFields) as refusal:
            write(code, data)
        assert refusal.value.labels == (field.label,)
        assert [f.name for f in missing_fields(code, data)] == [field.name]


def test_page_and_page_numbers():
    section = opened(write("response", example("response"))).sections[0]
    page = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    page += [section.left_margin, section.right_margin]
    assert [round(length.mm) for length in page] == [210, 297, 20, 20, 30, 15]
    assert section.different_first_page_header_footer is True
    fields = [f.get(qn("w:instr")) for f in section.header._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE"]
    assert list(section.first_page_header._element.iter(qn("w:fldSimple"))) == []


@pytest.mark.parametrize(
    ("name", "size", "bold", "italic"),
    [
        ("Quốc hiệu", 12, True, False), ("Tiêu ngữ", 13, True, False),
        ("Cơ quan chủ quản", 12, False, False), ("Cơ quan ban hành", 12, True, False),
        ("Số ký hiệu", 13, False, False), ("Địa danh thời gian", 13, False, True),
        ("Về việc", 12, False, False), ("Tên loại", 14, True, False),
        ("Căn cứ", 14, False, True), ("Nội dung", 14, False, False),
        ("Nơi nhận", 12, True, True), ("Từng nơi nhận", 11, False, False),
        ("Họ tên người ký", 14, True, False), ("Số phụ lục", 14, True, False),
    ],
)  # fmt: skip
def test_type_of_each_component(name, size, bold, italic):
    style = opened(write("response", example("response"))).styles[name]
    fonts = style.element.rPr.find(qn("w:rFonts"))
    assert (style.font.size.pt, style.font.bold, style.font.italic) == (size, bold, italic)
    scripts = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert scripts == {"Times New Roman"}


def test_body_is_justified_indented_and_spaced():
    shape = opened(write("response", example("response"))).styles["Nội dung"].paragraph_format
    assert (shape.alignment, round(shape.first_line_indent.mm, 1), shape.space_before.pt) == (
        3,
        12.7,
        6,
    )


def test_components_of_a_letter_stand_in_order():
    ids = [
        p.style for p in opened(write("response", example("response"))).element.body.iter(qn("w:p"))
    ]
    order = ["ParentAgency", "Agency", "StateName", "Motto", "Number", "About", "PlaceDate",
             "Addressee", "Body", "RecipientsHeading", "Recipient", "SignerTitle", "SignerName"]  # fmt: skip
    assert (
        list(dict.fromkeys(i for i in ids if i not in ("Rule", "Spacer", "Close", None))) == order
    )


def test_head_of_a_letter_and_of_a_named_paper():
    letter = opened(write("response", example("response")))
    named = opened(write("superior_report", example("superior_report")))
    assert styled(letter, "Number") == ["Số: 05/THADSTG-VP"]
    assert styled(letter, "PlaceDate") == ["Thanh Giang, ngày 05 tháng 8 năm 2026"]
    assert styled(letter, "Agency") == ["THI HÀNH ÁN DÂN SỰ", "TỈNH THANH GIANG"]
    assert styled(named, "Number") == ["Số: 05/BC-THADSTG"]
    assert styled(named, "TypeName") == ["BÁO CÁO"]


def test_rule_of_the_motto_is_as_long_as_the_line():
    document = opened(write("response", example("response")))
    indents = [
        p.pPr.ind.left.mm for p in document.element.body.iter(qn("w:p")) if p.style == "Rule"
    ]
    room = form()["columns"]["head"][1]
    length = width_of("Độc lập - Tự do - Hạnh phúc", 13)
    assert round(room - 2 * indents[1], 0) == round(length, 0)


def test_table_head_comes_back_and_holds_200_rows():
    row = {"reported": "=cmd|' /C calc'!A0", "actual": "x" * 3000, "evidence": "Biên bản\n{signer}"}
    document = opened(write("superior_report", example("superior_report", facts=[row] * 200)))
    table = document.tables[1]
    headed = [tr for tr in table._tbl.tr_lst if tr.find(".//" + qn("w:tblHeader")) is not None]
    assert headed == [table._tbl.tr_lst[0]]
    assert len(table._tbl.tr_lst) == 201
    cells = ["".join(t.text for t in tc.iter(qn("w:t"))) for tc in table._tbl.tr_lst[200].tc_lst]
    assert cells == ["200", "=cmd|' /C calc'!A0", "x" * 3000, "Biên bản{signer}"]


def test_outside_text_is_cleaned_and_never_becomes_a_field():
    data = example("response", reported="A\x00\x0b\ud800{signer}⟦Bảng⟧\u202e PAGE")
    document = opened(write("response", data))
    assert "A" in "".join(every_text(document))
    assert styled(document, "Body")[2:4] == ["Nội dung báo nêu: A", "{signer}Bảng PAGE"]
    assert list(document.element.body.iter(qn("w:fldSimple"))) == []


@pytest.mark.parametrize(
    ("form_code", "whom", "lines"),
    [
        ("none", "", ["CỤC PHÓ"]), ("Q", "", ["Q. CỤC PHÓ"]),
        ("KT", "Cục trưởng", ["KT. CỤC TRƯỞNG", "CỤC PHÓ"]),
        ("TM", "Ban Chỉ đạo", ["TM. BAN CHỈ ĐẠO", "CỤC PHÓ"]),
        ("TUQ", "Cục trưởng", ["TUQ. CỤC TRƯỞNG", "CỤC PHÓ"]),
        ("TL", "Cục trưởng\nKT. Chánh Văn phòng", ["TL. CỤC TRƯỞNG", "KT. CHÁNH VĂN PHÒNG", "CỤC PHÓ"]),
    ],
)  # fmt: skip
def test_signing_forms(form_code, whom, lines):
    data = example("response", signing_form=form_code, signing_for=whom, signer_title="Cục phó")
    assert styled(opened(write("response", data)), "SignerTitle") == lines


def test_several_addressees_bases_recipients_and_annexes():
    data = example(
        "superior_report", addressees=["Cục A", "Bộ B."], legal_bases="Luật X;\nNghị định Y",
        archive_copies=3, on_paper=True,
        annexes=[{"title": "Một", "text": "a\nb"}, {"title": "Hai", "text": "c"}],
    )  # fmt: skip
    document = opened(write("superior_report", data))
    assert styled(document, "AddresseeItem") == ["- Cục A;", "- Bộ B."]
    assert styled(document, "LegalBasis") == ["Luật X;", "Nghị định Y."]
    assert styled(document, "Recipient")[::2] == ["- Như trên;", "- Lưu: VT, VP (03)."]
    assert styled(document, "AnnexNumber") == ["Phụ lục I", "Phụ lục II"]
    assert styled(document, "AnnexSource")[0].startswith("(Kèm theo Báo cáo số 05/BC-THADSTG ngày")
    assert len(document.sections) == 3


def test_an_agency_without_a_parent_stands_alone():
    document = opened(write("response", example("response", parent_agency="")))
    assert styled(document, "ParentAgency") == []


def test_stamp_contact_and_draft():
    data = example("response", urgency="HỎA TỐC", contact="Số 1 Bến Đò", draft=True)
    del data["number"], data["issued_on"]
    document = opened(write("response", data))
    first = document.sections[0]
    assert styled(document, "Stamp") == ["HỎA TỐC"]
    assert [p.text for p in first.first_page_header.paragraphs] == ["DỰ THẢO"]
    assert [p.text for p in first.first_page_footer.paragraphs] == ["Số 1 Bến Đò"]
    assert styled(document, "Number")[0].split() == ["Số:", "/THADSTG-VP"]


def test_edited_body_is_kept_and_a_lost_table_comes_back():
    body = draft_text("superior_report", example("superior_report"))
    edited = body.replace("⟦Bảng đối chiếu⟧\n\n", "") + "\n\nThêm."
    document = opened(write("superior_report", example("superior_report", body=edited)))
    assert styled(document, "Body")[-1] == "Thêm."
    assert len(document.tables) == 3
    twice = opened(
        write("superior_report", example("superior_report", body=f"{body}\n⟦Bảng đối chiếu⟧"))
    )
    assert len(twice.tables) == 3


@pytest.mark.parametrize(
    ("code", "changes", "said"),
    [
        ("response", {"body": "Ngắn."}, "Nội dung không còn nêu Chuyên mục"),
        ("response", {"body": "Còn …… trống"}, "chỗ trống"),
        ("response", {"signer": "TS. Nguyễn Văn Thử"}, "học hàm, học vị “TS.”"),
        ("response", {"issued_on": "mai"}, "Ngày ban hành: hãy ghi ngày"),
        ("response", {"number": "5a"}, "Số văn bản: hãy nhập"),
        ("response", {"number": 0}, "số bắt đầu từ 1"),
        ("response", {"draft": "có"}, "true hoặc false"),
        ("response", {"reported": ["x"]}, "Nội dung báo nêu: hãy nhập một đoạn"),
        ("response", {"grounds": 5}, "mỗi mục một dòng"),
        ("superior_report", {"facts": "x"}, "từng dòng của bảng"),
        ("authorisation", {"to_on": "2026-08-01"}, "không được trước ngày 05/08/2026"),
        ("refusal", {"ground": "drafts"}, "Căn cứ từ chối: hãy chọn secrets"),
    ],
)
def test_what_cannot_stand_is_refused_with_what_to_change(code, changes, said):
    with pytest.raises(WrongFields) as refusal:
        write(code, example(code, **changes))
    assert said in str(refusal.value)


@pytest.mark.parametrize("formerly, now", [("secret", "secrets"), ("open_case", "investigation")])
def test_a_paper_with_the_former_code_of_a_ground_reads_the_same(formerly, now):
    assert draft_text("refusal", example("refusal", ground=formerly)) == draft_text(
        "refusal", example("refusal", ground=now)
    )
    assert kind("refusal").field("ground").current("") == ""


def test_refusal_grounds_and_law_follow_the_day():
    earlier = example("refusal", ground="drafts", issued_on=date(2026, 6, 30))
    assert "điểm d khoản 2 Điều 38 Luật Báo chí năm 2016" in draft_text("refusal", earlier)
    assert "Điều 31 Luật Báo chí năm 2025" in draft_text("refusal", example("refusal"))


def test_a_broadcast_is_identified_by_programme_day_and_hour():
    broadcast = {"media_type": "radio", "programme": "Sóng", "broadcast_on": "2026-08-02"}
    data = example("response", **broadcast)
    assert [f.name for f in missing_fields("response", data)] == ["broadcast_time"]
    text = draft_text("response", data | {"broadcast_time": "19 giờ 45"})
    assert text.startswith(
        "Báo Sông Thanh đã phát chương trình “Sóng” lúc 19 giờ 45 ngày 02/08/2026."
    )


def test_draft_with_nothing_given_shows_blanks():
    assert draft_text("answer", {}).startswith("…… nhận được đề nghị ngày …… của ……")
    assert draft_text("response", {}).startswith("……")


def test_missing_cells_are_named():
    with pytest.raises(MissingFields) as refusal:
        write(
            "superior_report", example("superior_report", facts=[{"reported": "x", "actual": "y"}])
        )
    assert refusal.value.labels[0].endswith("(dòng 1, cột Chứng cứ)")


def test_digest_has_roman_parts_and_entries_inside():
    lines = draft_text("digest", example("digest")).split("\n\n")
    assert lines[0] == "I- THÔNG TIN LIÊN QUAN ĐẾN CÔNG TÁC TƯ PHÁP"
    assert lines[1] == "1. Báo Sông Thanh (online) có bài: Chuyện một bản án ở bến sông."
    assert lines[4:7] == ["» Cơ quan liên quan: Thi hành án dân sự tỉnh Thanh Giang",
                          "» Lý do chọn tin: Bài nêu đích danh cơ quan", "» Tình trạng hồ sơ: Đang xác minh"]  # fmt: skip
    assert [line[:4] for line in lines[7:]] == ["2. B", "Bài ", "II- ", "1. B", "Bài "]


def test_a_digest_of_a_day_without_stories_says_so():
    for nothing in ({"entries": []}, {"entries": None}):
        data = example("digest", **nothing)
        assert draft_text("digest", data) == "Trong ngày không có tin, bài liên quan."
        assert "Trong ngày không có tin, bài liên quan." in every_text(
            opened(write("digest", data))
        )


def test_what_one_page_cannot_hold_goes_to_the_annex():
    long = "Cơ quan đã xác minh. " * 60
    for text in (long, "Dòng ngắn.\n" + long, "x" * 900):
        document = opened(write("briefing_sheet", example("briefing_sheet", summary=text)))
        assert styled(document, "AnnexNumber") == ["Phụ lục"]
        assert styled(document, "SheetBody")[-1] == text.split("\n")[-1].strip()


def test_small_helpers():
    assert (issue_number(5), number_line(7, "A", "B"), roman(4)) == ("05", "07/A-B", "IV")
    assert place_date("Thanh Giang", date(2026, 1, 2)) == "Thanh Giang, ngày 02 tháng 01 năm 2026"
    assert clean_text("a\x07b\tc\r\n\n d") == "ab c\nd"
    assert balanced("MỘT", 12, 5) == ("MỘT",)
    assert len(balanced("VĂN PHÒNG CỤC QUẢN LÝ THI HÀNH ÁN DÂN SỰ", 14, 35)) > 2
    for refused, wrong in ((issue_number, 0), (roman, 90)):
        with pytest.raises(ValueError, match=r"no document|numbered from 1"):
            refused(wrong)
    with pytest.raises(UnknownKind, match="Không có loại văn bản “x”"):
        kind("x")
