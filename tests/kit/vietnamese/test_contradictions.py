"""What two statements say differently: found with both places; what agrees or speaks of something else is left alone."""

import pytest

from hoiam.kit.vietnamese import contradictions


@pytest.mark.parametrize(
    ("left", "right", "kind", "places"),
    [
        ("Có 12 hộ bị cưỡng chế giao đất.", "Cơ quan cưỡng chế 14 hộ giao đất.", "count", ("12 hộ", "14 hộ")),
        ("Thông báo cưỡng chế giao ngày 21/8/2026.", "Thông báo cưỡng chế được giao ngày 19/08/2026.", "day", ("21/8/2026", "19/08/2026")),
        ("Thông báo cưỡng chế giao ngày 21 tháng 8.", "Thông báo cưỡng chế được giao 22/8.", "day", ("ngày 21 tháng 8", "22/8")),
        ("Số tiền thi hành án là 1,2 tỷ đồng.", "Số tiền thi hành án là 1.500 triệu đồng.", "sum", ("1,2 tỷ đồng", "1.500 triệu đồng")),
        ("Việc kê biên bắt đầu lúc 7 giờ 15.", "Kê biên bắt đầu 05:30.", "hour", ("7 giờ 15", "05:30")),
        ("Tỷ lệ thi hành xong đạt 82,5%.", "Tỷ lệ thi hành xong đạt 80 phần trăm.", "share", ("82,5%", "80 phần trăm")),
    ],
)  # fmt: skip
def test_a_difference_is_found_with_both_places(left, right, kind, places):
    (found,) = contradictions(left, right)

    assert (found.kind, (found.left.text, found.right.text)) == (kind, places)
    assert left[found.left.start : found.left.end] == found.left.text
    assert right[found.right.start : found.right.end] == found.right.text


def test_yes_against_no():
    (found,) = contradictions(
        "Chấp hành viên đã thông báo cho gia đình trước khi cưỡng chế.",
        "Gia đình chưa được chấp hành viên thông báo trước khi cưỡng chế.",
    )

    assert found.kind == "denial"


@pytest.mark.parametrize(
    ("why", "left", "right"),
    [
        ("the same sum in other words", "Số tiền phải thi hành là 1,5 tỷ đồng.", "Số tiền phải thi hành là 1.500 triệu đồng."),
        ("the same day without its year", "Cưỡng chế giao nhà ngày 21/8.", "Cưỡng chế giao nhà ngày 21/08/2026."),
        ("another matter", "Có 12 hộ bị cưỡng chế giao đất.", "Cơ quan tiếp nhận 14 đơn kiến nghị."),
        ("another unit", "Cưỡng chế giao nhà có 12 người tham gia.", "Cưỡng chế giao nhà của 3 hộ."),
        ("a clause is a name", "Cưỡng chế theo Điều 46 của Luật.", "Cưỡng chế theo Điều 70 của Luật."),
        ("twice no is yes", "Không phải là chưa thông báo cho gia đình chị Hoa.", "Đã thông báo cho gia đình chị Hoa."),
        ("not only", "Không chỉ thông báo cho gia đình chị Hoa mà còn niêm yết.", "Đã thông báo cho gia đình chị Hoa."),
        ("nothing said", "", "Có 12 hộ."),
    ],
)  # fmt: skip
def test_what_agrees_or_is_another_thing_is_left_alone(why, left, right):
    assert contradictions(left, right) == ()


def test_a_long_text_is_compared_whole():
    text = "Có 12 hộ bị cưỡng chế giao đất tại xã Vạn Điền ngày 21/8/2026. " * 60
    assert contradictions(text, text) == ()
