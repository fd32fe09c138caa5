"""Sentences written with one sign for everybody who plays a role, every place known in the text as given."""

import pytest

from hoiam.kit.recognition import Lexicon, register
from hoiam.kit.recognition.grammar import mentions
from hoiam.kit.recognition.rules import role_sign
from hoiam.kit.recognition.skeleton import Skeleton, skeleton_of
from hoiam.kit.recognition.source import Source

SIGNS = {role_sign(letter): f"<{letter}>" for letter in "AOKFTIUDC"}


def skeleton(text: str, *, is_folded: bool = False) -> Skeleton:
    source = Source("text", text, is_folded)
    return skeleton_of(source, mentions(source, register().gazetteer), Lexicon.load().roles)


def shown(text: str, *, is_folded: bool = False) -> str:
    return "".join(SIGNS.get(c, c) for c in skeleton(text, is_folded=is_folded).text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chi cục THADS huyện Vị Thủy chậm giao nhà.", "<A> chậm giao nhà"),
        (
            "Chi cục Thi hành án dân sự huyện Bến Sông, tỉnh Thanh Giang chậm giao nhà.",
            "<A> chậm giao nhà",
        ),
        ("Bà Hạ kiện Cục THADS tỉnh Long An, đòi bồi thường.", "bà hạ kiện <A> , đòi bồi thường"),
        ("Khởi tố kế toán Chi cục THADS huyện Vị Thủy.", "khởi tố <O>"),
        ("Bắt phó chi cục trưởng Chi cục THADS quận 7.", "bắt <O>"),
        ("Bắt Cục trưởng THADS tỉnh Hậu Giang.", "bắt <O>"),
        ("Bắt phó trưởng phòng thi hành án khu vực.", "bắt <O> khu vực"),
        ("Các cựu cán bộ kiểm sát, thi hành án ra tòa.", "các cựu <O> ra tòa"),
        ("Con trai chấp hành viên bị bắt.", "<K> bị bắt"),
        ("Mạo danh cán bộ thi hành án để lừa.", "<K> để lừa"),
        ("Đoàn cưỡng chế bị chặn.", "<F> bị chặn"),
        ("Viện KSND tối cao kháng nghị.", "<I> kháng nghị"),
        ("UBND huyện không thi hành.", "<U> không thi hành"),
        ("Người phải thi hành án bỏ trốn.", "<D> bỏ trốn"),
        ("Người được thi hành án chờ.", "<C> chờ"),
        ("Thủ tướng yêu cầu báo cáo.", "<T> yêu cầu báo cáo"),
        ("Phòng Thi hành án Quân khu 7 họp.", "<A> quân khu 7 họp"),
    ],
)
def test_everybody_is_one_sign(text: str, wanted: str) -> None:
    assert shown(text) == wanted


def test_this_agency_is_the_one_spoken_of_before() -> None:
    text = "Chi cục THADS huyện Vị Thủy đã họp. Cơ quan này chưa trả lời."

    assert shown(text) == "<A> đã họp \n <A> chưa trả lời"


def test_this_agency_is_another_body_when_that_was_named_last() -> None:
    text = "Chi cục THADS huyện Vị Thủy đã họp. Viện KSND xin lỗi. Cơ quan này đã bồi thường."

    assert shown(text) == "<A> đã họp \n <I> xin lỗi \n cơ quan này đã bồi thường"


def test_a_place_in_the_skeleton_points_into_the_text() -> None:
    text = "Hôm qua, Chi cục THADS huyện Vị Thủy (tỉnh Hậu Giang) chậm giao nhà."
    made = skeleton(text)
    at = made.text.index(role_sign("A"))

    start, end = made.place(at, made.text.index("giao") + 4)

    assert text[start:end] == "Chi cục THADS huyện Vị Thủy (tỉnh Hậu Giang) chậm giao"


def test_a_text_without_marks_has_its_roles_too() -> None:
    text = "nguoi phai thi hanh an chong chap hanh vien, ubnd huyen Vi Thuy bao cao"

    assert shown(text, is_folded=True) == "<D> chong <O> , <U> vi thuy bao cao"
