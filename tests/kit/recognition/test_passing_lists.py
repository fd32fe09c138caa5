"""An office that is only one of a list, or where a person once worked, does not make an item concern the System."""

import pytest

from hoiam.kit.recognition import Document, recognise


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Phường mới công bố nơi làm việc",
            "Công an phường ở trụ sở cũ; TAND khu vực, VKSND khu vực và Phòng THADS khu vực vẫn tại các trụ sở hiện hữu.",
        ),
        (
            "Giải cầu lông khối nội chính",
            "Chín đoàn dự giải: Công an, Quân sự, Tòa án, Viện kiểm sát, Thi hành án dân sự và Đoàn Luật sư.",
        ),
        (
            "Lịch trực Tết",
            "Văn phòng thông báo số trực của Công an tỉnh, TAND tỉnh, VKSND tỉnh, Cục THADS tỉnh Nghệ An, Thanh tra tỉnh.",
        ),
        (
            "Ra mắt tập thơ thứ năm",
            "Ông từng là lính, rồi làm chấp hành viên ở huyện cho tới khi nghỉ hưu. Thơ ông viết về mẹ.",
        ),
        (
            "Truy tố người bỏ địa phương",
            "Người bị phạt cải tạo không giam giữ này bị đề nghị truy tố về tội không chấp hành án.",
        ),
        (
            "Thái Lan thu giữ biệt thự của cựu bộ trưởng",
            "Cơ quan thi hành luật Thái Lan đã kê biên ba biệt thự để thi hành phán quyết của Tòa án Tối cao.",
        ),
    ],
)
def test_one_of_a_list_is_a_passing_mention(title: str, text: str) -> None:
    assert not recognise(Document(title=title, text=text)).relevant


@pytest.mark.parametrize(
    "text",
    [
        "Công an, VKSND và Cục THADS tỉnh Nghệ An tổ chức cưỡng chế giao nhà cho người được thi hành án.",
        "Chấp hành viên Cục THADS tỉnh Nghệ An kê biên nhà, có công an và Viện kiểm sát chứng kiến.",
    ],
)
def test_an_office_that_acts_with_others_is_found(text: str) -> None:
    assert recognise(Document(title="Giao nhà ở Vinh", text=text)).relevant
