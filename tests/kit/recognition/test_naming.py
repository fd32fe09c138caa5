"""A role is followed through a text: by name, by a short form of the office, by "vị này"."""

import pytest

from hoiam.kit.recognition import Lexicon, register
from hoiam.kit.recognition.grammar import mentions
from hoiam.kit.recognition.naming import with_names
from hoiam.kit.recognition.rules import role_letter
from hoiam.kit.recognition.skeleton import skeleton_of
from hoiam.kit.recognition.source import Source


def shown(*texts: str) -> list[str]:
    sources = [Source(field, text) for field, text in zip(("title", "text"), texts, strict=False)]
    made = [
        skeleton_of(source, mentions(source, register().gazetteer), Lexicon.load().roles)
        for source in sources
    ]
    return [
        "".join(f"<{role_letter(c)}>" if role_letter(c) else c for c in skeleton.text)
        for skeleton in with_names(made)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Khởi tố Lục Văn Thế (SN 1979), chấp hành viên. Sau đó Thế nộp lại tiền.",
            "khởi tố <O> sn 1979 , <O> \n sau đó <O> nộp lại tiền",
        ),
        (
            "Chấp hành viên Bùi Như Đ. không nhận. Ông Đ. đề nghị làm rõ.",
            "<O> không nhận \n <O> đề nghị làm rõ",
        ),
        (
            "Người phải thi hành án Hồ Ngọc Cảnh vắng mặt. Ông Cảnh bỏ đi.",
            "<D> vắng mặt \n <D> bỏ đi",
        ),
        (
            "Chi cục THADS huyện Vị Thủy họp. Chi cục chưa trả lời, Chi cục trưởng vắng.",
            "<A> họp \n <A> chưa trả lời , <O> vắng",
        ),
        # The role is told later, beside the given name alone.
        (
            "Khởi tố ông Bạch Sỹ Hoan. Khi ấy ông Hoan là chấp hành viên.",
            "khởi tố <O> \n khi ấy <O> là <O>",
        ),
        (
            "Xử bị cáo La Thành Sơn. Thời điểm ấy, Sơn là chấp hành viên.",
            "xử bị cáo <O> \n thời điểm ấy , <O> là <O>",
        ),
        (
            "Gặp chấp hành viên Lê Văn Tư. Vị này từ chối trả lời.",
            "gặp <O> \n <O> từ chối trả lời",
        ),
    ],
)
def test_a_role_keeps_its_sign_when_it_is_called_shorter(text: str, wanted: str) -> None:
    assert shown(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Chấp hành viên Lục Văn Thế vắng. Thế nhưng việc vẫn xong.", "thế nhưng việc vẫn xong"),
        # Two people bear the given name: neither is meant for sure.
        (
            "Chấp hành viên Lục Văn Tư và ông Trần Văn Tư cãi nhau. Ông Tư bỏ về.",
            "ông tư bỏ về",
        ),
        # Whose full name was meant is not sure either.
        (
            "Có Bạch Sỹ Hoan và Lê Văn Hoan dự. Khi ấy ông Hoan là chấp hành viên.",
            "có bạch sỹ hoan và lê văn hoan dự \n khi ấy <O> là <O>",
        ),
        # Of two offices called so, the short name may be the other's.
        (
            "Chi cục THADS huyện Vị Thủy và Chi cục Thuế họp. Chi cục chưa trả lời.",
            "chi cục chưa trả lời",
        ),
        (
            "Gặp chấp hành viên Lê Văn Tư và bà Đỗ Thị Hoa. Người này từ chối.",
            "người này từ chối",
        ),
        ("Chi cục chưa trả lời bạn đọc.", "chi cục chưa trả lời bạn đọc"),
    ],
)
def test_what_may_be_another_stays_as_written(text: str, kept: str) -> None:
    assert shown(text)[0].endswith(kept.replace("bạn đọc", "<C>"))


def test_a_name_in_the_title_is_known_from_the_text() -> None:
    title, _ = shown("Bắt Lục Văn Thế", "Lục Văn Thế là kế toán Chi cục THADS huyện Vị Thủy.")

    assert title == "bắt <O>"
