"""A page read again: advertisements change nothing, walls and empty pages are no edits, a removed article is gone."""

import pytest

from hoiam.kit.news import Page, Text, first_doubt, reread

TITLE = "Cơ quan thi hành án bị tố chậm chi trả tiền"
SAPO = "Người được thi hành án khiếu nại suốt một năm."
BODY = "Ông Trần Văn Thử nói đã gửi bảy lá đơn từ tháng 3 mà chưa được trả lời. " * 4
BEFORE = Text(TITLE, SAPO, BODY)
URL = "https://songthanh.example/ban-doc/1.html"


def page(title=TITLE, sapo=SAPO, body=BODY):
    return Page(title=title, sapo=sapo, body=body)


@pytest.mark.parametrize(
    "again",
    [
        page(),
        page(title=TITLE.replace(" ", "\u00a0")),
        page(body=BODY.replace(". ", ".\n\n")),
        page(sapo=SAPO + "\u200b"),
    ],
)
def test_the_same_text_is_no_change(again):
    assert (reread(BEFORE, again).kind, reread(BEFORE, again).parts) == ("same", ())


@pytest.mark.parametrize(
    ("again", "parts"),
    [
        (page(title=TITLE + "?"), ("title",)),
        (page(sapo="Hai bên đã thống nhất."), ("sapo",)),
        (page(body=BODY.replace("bảy", "ba", 1)), ("body",)),
        (page(title="Đính chính: " + TITLE, body=BODY + "Tòa soạn xin lỗi."), ("title", "body")),
        (page(body=BODY[: len(BODY) // 4]), ("body",)),
    ],
)
def test_an_edit_names_its_parts(again, parts):
    found = reread(BEFORE, again)
    assert (found.kind, found.parts, found.reason) == ("changed", parts, "")
    assert found.text == Text(again.title, again.sapo, again.body)


@pytest.mark.parametrize("status", [404, 410])
def test_a_removed_article_is_gone(status):
    found = reread(BEFORE, Page(), status=status)
    assert found.kind == "gone" and str(status) in found.reason


WALL = "Ông Trần Văn Thử nói đã gửi bảy lá đơn. Vui lòng đăng nhập để đọc tiếp."


@pytest.mark.parametrize(
    ("again", "more", "word"),
    [
        (page(body=""), {}, "không còn nội dung"),
        (page(body="  \n"), {}, "không còn nội dung"),
        (page(body=WALL), {}, "đăng nhập"),
        (page(title="Đăng nhập", sapo="", body="Bạn cần đăng nhập."), {}, "đăng nhập"),
        (page(title="Giá rau tăng", sapo="", body="Rau ở chợ đầu mối tăng giá sau mưa lớn. " * 9), {}, "bài khác"),
        (page(title="Trang chủ", sapo="", body="Tin mới. " * 30), {"asked": URL, "final": "https://songthanh.example/"}, "trang chủ"),
        (page(body="Lỗi"), {"status": 503}, "503"),
    ],
)  # fmt: skip
def test_what_is_not_to_be_believed_is_doubtful_with_its_reason(again, more, word):
    found = reread(BEFORE, again, **more)
    assert (found.kind, found.parts) == ("doubtful", ())
    assert word in found.reason and found.reason.endswith(".")


def test_the_words_of_a_wall_in_a_whole_article_do_no_harm():
    found = reread(BEFORE, page(body=BODY + "Bạn đọc vui lòng đăng nhập để bình luận."))
    assert found.kind == "changed"


def test_a_text_that_was_never_read_may_come_later():
    assert reread(Text(TITLE, SAPO, ""), page()).parts == ("body",)


LOGIN = Page(title="Đăng nhập", body="Bạn cần đăng nhập để đọc.")


@pytest.mark.parametrize(
    ("seen", "final", "word", "is_other"),
    [
        (page(), URL, "", False),
        (LOGIN, URL, "thay vì mở bài", True),
        (page(title=""), "https://songthanh.example/", "trang chủ", True),
        (page(body="Ông Trần Văn Thử nói. Vui lòng đăng nhập."), URL, "một phần bài", False),
        (page(title="Khác", body=BODY * 3 + "Vui lòng đăng nhập để bình luận."), URL, "", False),
    ],
)
def test_a_page_read_for_the_first_time_may_not_be_the_article(seen, final, word, is_other):
    doubt = first_doubt(TITLE, seen, asked=URL, final=final)
    assert (bool(doubt.sentence), doubt.is_other) == (bool(word), is_other)
    assert word in doubt.sentence


def test_without_a_title_to_go_by_a_wall_is_a_wall():
    assert first_doubt("", LOGIN).is_other


def test_a_wall_is_never_the_first_text_of_a_report_without_one():
    assert reread(Text(TITLE, SAPO, ""), LOGIN).kind == "doubtful"
