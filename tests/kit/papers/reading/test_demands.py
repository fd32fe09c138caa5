"""How orders part into demands: each deadline, body and receiver by itself, and no day of the past or of the issuer's own."""

import pytest

from hoiam.kit.papers import read_paper

HEAD = """SỞ TƯ PHÁP TỈNH AN BÌNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 71/{code}STP
An Bình, ngày 15 tháng 4 năm 2024
{kind}
{opening}
"""
FOOT = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nVõ Văn Thử\n"
LETTER = {
    "code": "",
    "kind": "V/v thông tin, báo cáo",
    "opening": "Kính gửi: Các phòng, đơn vị thuộc Sở.\nGiám đốc Sở yêu cầu các đơn vị thực hiện các nội dung sau:",
}
RULES = {
    "code": "QC-",
    "kind": "QUY CHẾ\nPhối hợp trả lời báo chí",
    "opening": "Chương I. QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nQuy chế này áp dụng từ ngày 01/5/2024.",
}
PROPOSAL = {
    "code": "TTr-",
    "kind": "TỜ TRÌNH\nVề việc ban hành Đề án",
    "opening": "Kính gửi: Ủy ban nhân dân tỉnh.",
}


def read(form, *lines):
    """The obligations of a paper with these lines."""
    paper = HEAD.format(**form) + "\n".join(lines) + "./." + FOOT
    return read_paper(paper.encode(), "a.txt").as_json()["obligations"]


def told(form, *lines):
    """Who, what, day and kind of each."""
    return [
        (each["who"], each["what"], each["due"], each["due_kind"]) for each in read(form, *lines)
    ]


def test_every_day_of_an_order_is_an_obligation_of_its_own():
    twice = read(LETTER, "1. Gửi báo cáo về Văn phòng Sở trước ngày 15/6/2024 và ngày 15/12/2024.")
    assert [each["due"] for each in twice] == ["2024-06-15", "2024-12-15"]
    assert {each["send_to"] for each in twice} == {"Văn phòng Sở"}
    apart = told(
        LETTER, "1. Gửi báo cáo quý trước ngày 25/6/2024, báo cáo năm trước ngày 15/12/2024."
    )
    assert [(each[1][:15], each[2]) for each in apart] == [
        ("Gửi báo cáo quý", "2024-06-25"),
        ("báo cáo năm trư", "2024-12-15"),
    ]
    period = told(LETTER, "1. Tổ chức Tuần lễ từ ngày 01/6/2024 đến ngày 07/6/2024.")
    assert len(period) == 1


@pytest.mark.parametrize(
    ("words", "kind", "when"),
    [
        ("Trả lời phóng viên chậm nhất 05 ngày làm việc kể từ ngày nhận câu hỏi", "by", "chậm nhất 05 ngày làm việc kể từ ngày nhận câu hỏi"),
        ("Trả lời phóng viên không quá 24 giờ kể từ khi nhận câu hỏi", "by", "không quá 24 giờ kể từ khi nhận câu hỏi"),
        ("Trả lời phóng viên trong 02 ngày làm việc", "by", "trong 02 ngày làm việc"),
        ("Gửi bảng điểm tin trước ngày 15 hằng tháng", "before", "trước ngày 15 hằng tháng"),
        ("Gửi bảng điểm tin trước 10 giờ hằng ngày", "before", "trước 10 giờ hằng ngày"),
        ("Gửi bảng điểm tin trước ngày 05 của tháng đầu quý sau", "before", "trước ngày 05 của tháng đầu quý sau"),
        ("Gửi bảng điểm tin vào ngày 25 hằng tháng", "on", "vào ngày 25 hằng tháng"),
        ("Gửi bảng điểm tin chậm nhất ngày 25 hằng tháng", "by", "chậm nhất ngày 25 hằng tháng"),
        ("Gửi hồ sơ chậm nhất 03 ngày trước ngày họp", "by", "chậm nhất 03 ngày trước ngày họp"),
        ("Hoàn thành việc rà soát trong quý III/2024", None, "trong quý III/2024"),
        ("Treo khẩu hiệu đến hết tháng 7/2024", "by", "đến hết tháng 7/2024"),
    ],
)  # fmt: skip
def test_a_deadline_without_a_day_keeps_the_kind_its_words_say(words, kind, when):
    (asked,) = read(LETTER, f"1. {words}.")
    assert (asked["due"], asked["due_kind"], asked["when"]) == (None, kind, when)


def test_each_deadline_is_a_demand_of_its_own():
    assert told(
        LETTER,
        "1. Phòng Kiểm tra rà soát hồ sơ lưu; cập nhật dữ liệu trước ngày 20/5/2024; gửi kết quả về Văn phòng Sở chậm nhất ngày 25/5/2024.",
    ) == [
        ("Phòng Kiểm tra", "rà soát hồ sơ lưu", None, None),
        ("Phòng Kiểm tra", "cập nhật dữ liệu trước ngày 20/5/2024", "2024-05-20", "before"),
        ("Phòng Kiểm tra", "gửi kết quả về Văn phòng Sở chậm nhất ngày 25/5/2024", "2024-05-25", "by"),
    ]  # fmt: skip


def test_two_deadlines_part_at_the_word_between_them():
    assert [each[2:] for each in told(
        LETTER, "1. Phòng Kiểm tra trình Giám đốc kế hoạch trước ngày 15/6/2024 và tổ chức sơ kết vào tháng 12/2024."
    )] == [("2024-06-15", "before"), (None, None)]  # fmt: skip


def test_an_order_without_deadlines_stays_whole():
    (asked,) = told(
        LETTER, "1. Phòng Kiểm tra rà soát hồ sơ; cập nhật dữ liệu; lưu trữ theo quy định."
    )
    assert asked[1].endswith("lưu trữ theo quy định")


def test_the_time_of_a_clause_is_no_clause():
    (asked,) = told(LETTER, "1. Phòng Kiểm tra rà soát hồ sơ lưu; hoàn thành trước ngày 20/5/2024.")
    assert asked[2:] == ("2024-05-20", "before")


def test_a_body_behind_a_semicolon_is_asked_itself():
    asked = told(
        LETTER,
        "1. Văn phòng Sở gửi kế hoạch trước ngày 10/5/2024; mỗi phòng cung cấp ít nhất 02 tin, bài.",
    )
    assert [each[0] for each in asked] == ["Văn phòng Sở", "mỗi phòng"]


def test_a_deadline_before_the_bodys_name_is_its_deadline():
    (asked,) = told(LETTER, "1. Chậm nhất ngày 10/5/2024, các phòng gửi danh sách về Văn phòng Sở.")
    assert asked[0] == "các phòng"
    assert asked[2:] == ("2024-05-10", "by")


def test_a_deadline_of_the_issuer_binds_nobody_else():
    (asked,) = read(
        LETTER,
        "1. Gửi số liệu về Văn phòng Sở để tổng hợp, báo cáo Bộ Tư pháp trước ngày 30/6/2024.",
    )
    assert asked["due"] is None
    assert asked["send_to"] == "Văn phòng Sở"


@pytest.mark.parametrize(
    "words",
    [
        "Các phòng đã hoàn thành việc kê khai trước ngày 31/3/2024.",
        "Sở sẽ tạm dừng hệ thống từ 18 giờ ngày 17/5/2024 đến 06 giờ ngày 20/5/2024.",
        "Sở không tổng hợp số liệu của các phòng gửi sau ngày 20/5/2024.",
        "Tại cuộc họp ngày 02/4/2024, Văn phòng Sở báo cáo: đã trả lời 11 văn bản trước ngày 31/3/2024.",
    ],
)
def test_a_day_of_the_past_or_of_the_issuer_is_no_deadline(words):
    assert [
        each for each in read(LETTER, words, "1. Phòng Kiểm tra rà soát hồ sơ.") if each["due"]
    ] == []


def test_a_period_of_figures_is_no_deadline():
    (asked,) = told(
        LETTER,
        "1. Báo cáo số liệu từ ngày 15/12/2023 đến ngày 14/4/2024 gửi Văn phòng Sở trước ngày 05/5/2024.",
    )
    assert asked[2:] == ("2024-05-05", "before")


def test_articles_under_a_bodys_name_or_naming_it_are_demands():
    asked = told(
        RULES,
        "Chương II",
        "TRÁCH NHIỆM PHỐI HỢP",
        "Điều 2. Phòng Đất đai",
        "Cung cấp thông tin về thửa đất trong thời hạn 03 ngày làm việc.",
        "Chương III. ĐIỀU KHOẢN KHÁC",
        "Điều 3. Khi có thông tin sai lệch, Văn phòng Sở soạn thảo văn bản cải chính chậm nhất 02 ngày làm việc.",
        "Điều 4. Quy chế có hiệu lực từ ngày 01/5/2024, thay thế Quy chế ngày 02/02/2019",
    )
    assert [(each[0], each[3]) for each in asked] == [
        ("Phòng Đất đai", "by"),
        ("Văn phòng Sở", "by"),
    ]


def test_ordinals_number_orders():
    asked = told(
        LETTER,
        "Thứ nhất, rà soát hồ sơ.",
        "Thứ hai, gửi báo cáo về Văn phòng Sở vào ngày 06/5/2024.",
    )
    assert [each[2:] for each in asked] == [(None, None), ("2024-05-06", "on")]


def test_the_owner_of_a_report_is_who_is_asked():
    asked = told(
        LETTER,
        "1. Báo cáo của Phòng Kiểm tra gửi trước ngày 10/6/2024; báo cáo của Văn phòng Sở gửi chậm nhất ngày 13/6/2024.",
    )
    assert [(each[0], each[2]) for each in asked] == [("Phòng Kiểm tra", "2024-06-10"), ("Văn phòng Sở", "2024-06-13")]  # fmt: skip


def test_a_threat_behind_an_order_is_its_sanction():
    (asked,) = read(
        LETTER,
        "1. Các phòng viết tối thiểu 02 bài mỗi quý; đơn vị không có bài bị trừ 02 điểm thi đua.",
    )
    assert asked["what"] == "viết tối thiểu 02 bài mỗi quý"
    assert asked["sanction"] == "đơn vị không có bài bị trừ 02 điểm thi đua"


def test_a_receiver_stands_behind_its_word_however_far():
    (asked,) = read(
        LETTER, "1. Cung cấp thông tin chính thức về các vụ việc được dư luận quan tâm cho Báo An Bình trước ngày 10/5/2024."
    )  # fmt: skip
    assert asked["send_to"] == "Báo An Bình"


def test_a_proposal_asks_only_what_it_dates():
    (asked,) = told(
        PROPOSAL,
        "Sở đã lấy ý kiến từ ngày 05/3/2024 đến ngày 25/3/2024.",
        "Kính đề nghị Ủy ban nhân dân tỉnh xem xét, ban hành Quyết định trước ngày 30/4/2024",
    )
    assert (asked[0], asked[2]) == ("Ủy ban nhân dân tỉnh", "2024-04-30")


def test_the_first_named_body_of_several_signs():
    paper = (
        "SỞ TƯ PHÁP - BÁO AN BÌNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 02/QCPH-STP-BAB\n"
        "An Bình, ngày 14 tháng 3 năm 2024\nQUY CHẾ PHỐI HỢP\nTrong công tác tuyên truyền\nĐiều 1. Hai bên trao đổi tin, bài./.\n"
        "BÁO AN BÌNH\nTỔNG BIÊN TẬP\nLê Văn Mẫu\nSỞ TƯ PHÁP\nGIÁM ĐỐC\nVõ Văn Thử\n"
    )
    read = read_paper(paper.encode(), "a.txt")
    assert (read.signer.value, read.signer_title.value) == ("Võ Văn Thử", "GIÁM ĐỐC")
    assert read.subject.value == "Trong công tác tuyên truyền"
    assert read.problems  # a person is asked to look


def test_a_signature_pressed_into_the_recipients_is_read():
    paper = (
        HEAD.format(**LETTER)
        + "1. Phòng Kiểm tra rà soát hồ sơ./.\nNơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT; Võ Văn Thử\n"
    )
    read = read_paper(paper.encode(), "a.txt")
    assert (read.signer.value, read.signer_title.value) == (
        "Võ Văn Thử",
        "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
    )


def test_a_label_that_lost_a_letter_is_still_one():
    paper = (
        HEAD.format(code="KH-", kind="KẾ HOẠCH", opening="Truyền thông năm 2024\nII. NHIỆM VỤ")
        + "1. Xây dựng tài liệu\n- Chủ trì: Văn phòng Sở.\n- Thi hạn: Quý II/2024.\n- Sản phm: Bộ tài liệu./."
        + FOOT
    )
    (task,) = read_paper(paper.encode(), "a.txt").as_json()["tasks"]
    assert (task["lead"], task["time"], task["products"]) == (
        "Văn phòng Sở",
        "Quý II/2024",
        ["Bộ tài liệu"],
    )


def test_a_clause_goes_on_with_the_body_named_last():
    asked = told(
        LETTER,
        "1. Giao Phòng Kiểm tra bổ sung tiêu chí, hoàn thành trong quý III/2024; Văn phòng Sở bố trí kinh phí, báo cáo Giám đốc trước ngày 15/5/2024.",
    )
    assert [(each[0], each[2]) for each in asked] == [("Phòng Kiểm tra", None), ("Văn phòng Sở", "2024-05-15")]  # fmt: skip


def test_a_line_with_the_time_of_sending_belongs_to_the_report():
    paper = LETTER | {"opening": "Kính gửi: Các phòng thuộc Sở.\nGiám đốc Sở đề nghị các phòng báo cáo kết quả truyền thông theo các nội dung sau:"}  # fmt: skip
    (asked,) = read(paper, "1. Số tin, bài.", "2. Khó khăn.", "Thời hạn gửi báo cáo: trước ngày 10/6/2024.", "Hình thức gửi: qua hộp thư điện tử vp@vidu.vn")  # fmt: skip
    assert (asked["due"], asked["due_kind"]) == ("2024-06-10", "before")
    assert "vp@vidu.vn" in asked["channel"]


def test_what_is_asked_of_all_without_a_name_is_a_demand_where_it_has_a_deadline():
    asked = told(
        LETTER,
        "1. Rà soát hồ sơ.",
        "Đề nghị cử 01 công chức tham dự (danh sách gửi trước ngày 20/5/2024)",
    )
    assert asked[-1][2:] == ("2024-05-20", "before")
