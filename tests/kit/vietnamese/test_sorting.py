"""The stored key sorts in plain byte order as a Vietnamese dictionary does."""

import itertools
import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hoiam.kit.vietnamese import person_sort_key, sort_key

DICTIONARY = Path(__file__).with_name("dictionary.txt").read_text("utf-8").split()
PEOPLE = ["Lê Văn An", "Nguyễn Bình An", "Trần Thị Ánh", "Hoàng Thị Ăn", "Phạm Ân", "Đỗ Văn Bình", "Võ Thị Dung",
          "Trịnh Minh Đức", "Lý Oanh", "Đinh Thị Ơn"]  # fmt: skip
VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáạữỳ 0123456789-")


def shuffled(words):
    return random.Random(7).sample(words, len(words))


def test_agrees_with_the_dictionary():
    assert sorted(shuffled(DICTIONARY), key=sort_key) == DICTIONARY


def test_every_pair_is_ordered():
    for first, second in itertools.pairwise(DICTIONARY):
        assert sort_key(first) < sort_key(second)


def test_phrases_go_syllable_by_syllable():
    phrases = ["ba", "ba hoa", "ba mươi", "bà", "bà con", "bả", "bán", "bán đấu giá"]
    assert sorted(shuffled(phrases), key=sort_key) == phrases


def test_numbers_go_by_value():
    units = ["Phòng THADS khu vực 2", "Phòng THADS khu vực 10", "Phòng THADS khu vực 10a"]
    assert sorted(shuffled(units), key=sort_key) == units


def test_case_tone_style_and_form_do_not_matter():
    assert len({sort_key(text) for text in ("hòa", "HOÀ", "hoà", "ho\u0300a")}) == 1


def test_people_go_by_given_name():
    assert sorted(shuffled(PEOPLE), key=person_sort_key) == PEOPLE


def test_one_word_and_no_name():
    assert sorted(["An Bình", "Bình", ""], key=person_sort_key) == ["", "Bình", "An Bình"]


@given(st.text())
def test_keys_are_ascii(text):
    assert sort_key(text).isascii()
    assert person_sort_key(text).isascii()


@given(st.lists(VIETNAMESE))
def test_bytes_sort_like_characters(texts):
    by_bytes = sorted(texts, key=lambda text: sort_key(text).encode())
    assert by_bytes == sorted(texts, key=sort_key)


def test_a_number_of_any_length_has_a_key():
    assert sort_key("9" * 5000) > sort_key("9" * 99)
