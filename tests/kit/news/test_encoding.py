"""Bytes to text: by mark, header and declaration, and never against what the bytes themselves say."""

import pytest

from hoiam.kit.news import read_feed
from hoiam.kit.news.encoding import claims_utf8, decode
from hoiam.kit.vietnamese.charsets import TCVN3

TEXT = "Thi hành án dân sự tỉnh Thanh Giang cưỡng chế kê biên nhà đất của người phải thi hành án"
VNI = "Thi haønh aùn daân söï tænh Thanh Giang cöôõng cheá keâ bieân nhaø ñaát cuûa ngöôøi phaûi thi haønh aùn"
OF_TCVN3 = {letter: code for code, letter in TCVN3.items()}
OLD = {
    "TCVN3": "".join(OF_TCVN3.get(letter, letter) for letter in TEXT).encode("latin-1"),
    "VNI": VNI.encode("latin-1"),
}
WIDE = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-8-sig"]


def feed(title: bytes, declared: str = "") -> bytes:
    """A feed of one item whose declaration is in ASCII."""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    item = b"<item><title>" + title + b"</title><link>https://bst.example/1</link></item>"
    return head.encode() + b"<rss><channel>" + item + b"</channel></rss>"


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("before", ["", '<?xml version="1.0"?>\n', "\n "])
def test_wide_encodings_are_told_by_their_bytes(encoding, before):
    read = read_feed((before + feed(TEXT.encode()).decode()).encode(encoding))
    assert (read.entries[0].title, read.problems) == (TEXT, ())


@pytest.mark.parametrize(
    "declared", ["", "utf-8", "windows-1252", "iso-8859-1", "windows-1258", "x-none"]
)
@pytest.mark.parametrize("charset", OLD)
def test_old_charsets_become_unicode_whatever_was_declared(charset, declared):
    read = read_feed(feed(OLD[charset], declared))
    assert read.entries[0].title == TEXT
    assert len(read.problems) == 1
    assert read.problems[0].startswith(f"Nội dung viết bằng bảng mã cũ ({charset}")


@pytest.mark.parametrize("charset", OLD)
def test_old_charsets_written_as_letters_of_unicode_become_vietnamese(charset):
    title = OLD[charset].decode("latin-1").encode()
    read = read_feed(feed(title, "utf-8"))
    assert read.entries[0].title == TEXT
    assert f"bảng mã cũ ({charset}" in read.problems[0]


def test_one_old_item_among_modern_ones_is_found():
    modern = "<item><title>Tòa án tỉnh Thanh Giang xét xử vụ án</title></item>".encode()
    old = b"<item><title>" + OLD["TCVN3"].decode("latin-1").encode() + b"</title></item>"
    read = read_feed(b"<rss><channel>" + modern * 5 + old + b"</channel></rss>")
    assert [one.title for one in read.entries][4:] == ["Tòa án tỉnh Thanh Giang xét xử vụ án", TEXT]


def test_doubly_encoded_text_is_undone():
    doubled = TEXT.encode().decode("latin-1").encode()
    assert read_feed(feed(doubled)).entries[0].title == TEXT


def test_windows_1258_without_a_declaration_is_told():
    title = "Đô\u0300 a\u0301n Tha\u0300nh Giang cu\u0309a ngươ\u0300i".encode("cp1258")
    read = read_feed(feed(title))
    assert read.entries[0].title == "Đồ án Thành Giang của người"
    assert read.problems == (
        "Không khai bảng mã UTF-8 hợp lệ; nội dung là windows-1258, đã đọc theo windows-1258.",
    )


def test_one_damaged_byte_costs_one_letter_and_is_told():
    damaged = (
        TEXT.replace("án", "\0").encode().replace(b"\0", b"\xff", 1).replace(b"\0", "án".encode())
    )
    read = read_feed(feed(damaged, "utf-8"))
    assert read.entries[0].title == TEXT.replace("án", "\ufffd", 1)
    assert read.problems == (
        "Không xác định được bảng mã; một số chữ có thể sai, hãy đối chiếu bản gốc.",
    )
    assert read.entries[0].problems[-1] == (
        "Có chữ không đọc được bảng mã; hãy đối chiếu bản gốc của tin."
    )


def test_a_letter_eaten_by_a_question_mark_is_told():
    entry = read_feed(feed("C?ng hòa xã h?i".encode())).entries[0]
    assert entry.problems[-1] == "Có chữ không đọc được bảng mã; hãy đối chiếu bản gốc của tin."


def test_a_real_question_is_no_fault():
    entry = read_feed(feed("Vì sao? Ai chịu trách nhiệm?".encode())).entries[0]
    assert entry.problems == ("Tin không ghi thời gian đăng; sẽ lấy thời gian trong bài.",)


def test_the_header_goes_before_the_declaration():
    assert decode(feed(b"don\x92t", "iso-8859-2"), charset="windows-1252").encoding == "cp1252"
    assert decode(feed(b"don\x92t", "iso-8859-2")).encoding == "iso8859-2"


def test_escapes_in_seven_bits_are_read_as_declared():
    data = feed("日本".encode("iso-2022-jp"), "iso-2022-jp")
    assert read_feed(data).entries[0].title == "日本"


def test_what_speaks_against_utf8_is_seen():
    assert claims_utf8(feed(TEXT.encode(), "UTF-8"))
    assert not claims_utf8(feed(TEXT.encode(), "windows-1252"))
    assert not claims_utf8(feed(TEXT.encode()), charset="iso-8859-1")
    assert not claims_utf8(feed(TEXT.encode()).decode().encode("utf-16"))


def test_controls_that_stand_for_letters_of_windows():
    assert read_feed(feed("don\x92t".encode())).entries[0].title == "don’t"
