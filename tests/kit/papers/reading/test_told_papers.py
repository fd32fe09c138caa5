"""What a website tells of a paper, and days that are no due."""

from hoiam.kit.papers import read_paper


def read(*lines):
    return read_paper("\n\n".join(lines).encode()).as_json()


def test_one_paper_after_the_other_leaves_open_which_is_told_of():
    first = "Ngày 13/01/2023, Bộ Kiến thiết đã ký Quyết định số 17/QĐ-BKT phê duyệt Đề án."
    then = "Tiếp đó, ngày 29/5/2023, Bộ trưởng Bộ Kiến thiết đã ký Quyết định số 870/QĐ-BKT ban hành Kế hoạch."
    assert read("Đề án mới", first)["number"] == "17/QĐ-BKT"
    assert read("Cục Hạ tầng chỉ đạo báo cáo", f"{first} {then}")["number"] is None


def test_days_of_an_event_in_brackets_are_no_due():
    told = read(
        "Kính gửi: Công an tỉnh.",
        "Đề nghị Công an tỉnh báo cáo nhanh tình hình dịp lễ (từ ngày 16 đến ngày 18/4/2016), gửi Văn phòng UBND tỉnh trước 16h00’ hàng ngày.",
    )["obligations"]
    assert [(each["due"], each["due_kind"]) for each in told] == [(None, "before")]


def test_a_state_title_broken_behind_its_first_word_is_no_part_of_the_body():
    told = read_paper(
        "SỞ TƯ PHÁP\n-----\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n|\nSố: 12/QĐ-STP\n|\nQUYẾT ĐỊNH\nVề việc phê duyệt kế hoạch\nCăn cứ Luật Báo chí năm 2016;".encode()
    )
    assert told.issuer.value == "SỞ TƯ PHÁP"


def test_a_bare_sort_of_body_is_no_issuer():
    told = read("Tin chỉ đạo", "Tổng cục yêu cầu các đơn vị báo cáo trước ngày 5/3/2026.")
    assert told["issuer"] is None
