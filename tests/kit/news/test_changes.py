"""What a paper changed: whole words, both texts rebuilt from the pieces, nothing invisible counted."""

import random

import pytest

from hoiam.kit.news import Piece, changed_share, changes, settled

BEFORE = "Ông Thử chưa nhận 5 tỷ đồng.\n\nCơ quan thi hành án hẹn ngày 12/8."
AFTER = "Ông Thử đã nhận 5 tỷ đồng.\n\nCơ quan thi hành án hẹn ngày 20/8.\n\nBáo cáo lỗi bạn đọc."


def kept(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def test_a_changed_word_is_one_deletion_and_one_insertion():
    pieces = changes("Ông Thử chưa nhận tiền", "Ông Thử đã nhận tiền")
    assert pieces == (
        Piece("same", "Ông Thử "), Piece("deleted", "chưa"), Piece("inserted", "đã"), Piece("same", " nhận tiền"),
    )  # fmt: skip


def test_numbers_and_dates_change_whole():
    assert Piece("deleted", "12/8") in changes(BEFORE, AFTER)
    assert Piece("inserted", "20/8") in changes(BEFORE, AFTER)
    assert changes("1.200 m2", "1.300 m2")[:2] == (Piece("deleted", "1.200"), Piece("inserted", "1.300"))  # fmt: skip


def test_words_changed_side_by_side_stand_together():
    assert changes("trả chậm năm tháng", "trả đủ một lần")[1:] == (
        Piece("deleted", "chậm năm tháng"), Piece("inserted", "đủ một lần"),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_the_pieces_give_both_texts_back(seed):
    rng = random.Random(seed)
    words = [*BEFORE.split(" "), "\n\n", "", "…"]
    one = " ".join(rng.choice(words) for _ in range(rng.randrange(60)))
    other = " ".join(rng.choice(words) for _ in range(rng.randrange(60)))
    pieces = changes(one, other)
    assert (kept(pieces, "same", "deleted"), kept(pieces, "same", "inserted")) == (one, other)


def test_very_long_texts_end_in_time_as_one_piece():
    one, other = "a " * 9000, "b " * 9000
    assert [piece.kind for piece in changes(one, other)] == ["deleted", "inserted"]


def test_equal_and_empty_texts():
    assert changes(BEFORE, BEFORE) == (Piece("same", BEFORE),)
    assert changes("", "") == ()
    assert changes("", "mới") == (Piece("inserted", "mới"),)
    assert changed_share(BEFORE, BEFORE) == 0 and changed_share(BEFORE, "") == 1


@pytest.mark.parametrize(
    "other",
    [
        "“Ông A” – chưa  nhận…",
        '"Ông A" - chưa nhận...',
        "«Ông A» — chưa\n\nnhận\u200b…",
        "“Ông A” – chưa nhận…",
    ],
)
def test_what_no_reader_sees_is_no_change(other):
    assert settled(other) == settled("“Ông A” – chưa nhận…")


def test_a_question_mark_is_a_change():
    assert settled("Cưỡng chế sai?") != settled("Cưỡng chế sai")
