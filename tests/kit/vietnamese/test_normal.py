"""The normal form: NFC, marks placed the old way, nothing else touched."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoiam.kit.vietnamese import nfc, normalise, squash
from hoiam.kit.vietnamese.alphabet import MARKED_LETTERS

VIETNAMESE = st.text(alphabet=MARKED_LETTERS + "abcdeghiklmnopqrstuvxyAOUYQG .,-")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("Uỷ ban", "Ủy ban"),
        ("HOÀ", "HÒA"),
        ("toà án", "tòa án"),
        ("xoá", "xóa"),
        ("huỷ bỏ.", "hủy bỏ."),
        ("hoà2", "hòa2"),
        ("tòan", "toàn"),
        ("ngòai", "ngoài"),
        ("hùynh", "huỳnh"),
        ("KHÓAN", "KHOÁN"),
        ("qúy", "quý"),
        ("đột qụy", "đột quỵ"),
        ("gìa", "già"),
    ],
)
def test_moves_the_mark(written, expected):
    assert normalise(written) == expected


@pytest.mark.parametrize(
    "kept",
    ["quý", "Quỳnh", "hoàn", "hòa", "thủy", "quà", "giá", "gì", "khoảng", "huỳnh", "của", "mía", "múa", "thuở", "khuya",
     "#KhóaNướcNgọt", "hoài", "quỷ", "QUÝ", "thi hanh an", "  hai  chỗ\ttrống \n"],
)  # fmt: skip
def test_keeps_what_is_right(kept):
    assert normalise(kept) == kept


def test_composes_letters():
    assert normalise(unicodedata.normalize("NFD", "thi hành án toà")) == "thi hành án tòa"


@given(st.text())
def test_nfc_is_idempotent(text):
    assert nfc(nfc(text)) == nfc(text)


@given(VIETNAMESE | st.text())
def test_normalise_is_idempotent_and_as_long_as_nfc(text):
    once = normalise(text)
    assert normalise(once) == once
    assert len(once) == len(nfc(text))


@given(st.text())
def test_squash_leaves_single_blanks(text):
    squashed = squash(text)
    assert squashed.split() == text.split()
    assert squashed == squashed.strip()
    assert "  " not in squashed
