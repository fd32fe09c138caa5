"""The fold: no marks, lower case, every letter in its place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoiam.kit.vietnamese import fold, has_marks, is_vietnamese, nfc, slug, strip_marks
from hoiam.kit.vietnamese.alphabet import MARKED_LETTERS


def test_folds_every_vietnamese_letter_to_ascii():
    assert {fold(letter) for letter in MARKED_LETTERS} == set("aeiouyd")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đương sự", "duong su"),
        ("ĐÌNH CHỈ", "dinh chi"),
        ("İstanbul", "istanbul"),
        ("価 án", "価 an"),
        ("K", "k"),
    ],
)
def test_folds(text, folded):
    assert fold(text) == folded


@given(st.text().map(nfc))
def test_fold_keeps_the_length_and_is_idempotent(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(st.text(alphabet=st.characters(min_codepoint=0x80)).map(nfc))
def test_strip_marks_keeps_the_length(text):
    assert len(strip_marks(text)) == len(text)


@given(st.text(alphabet=MARKED_LETTERS + "abc XYZ"))
def test_both_roads_give_the_same(text):
    assert (
        fold(text + "価") == fold(text) + "価"
    )  # the last sign sends the whole text by the slow road
    assert strip_marks(text).lower() == fold(text)


def test_every_single_character_keeps_its_length():
    every = "".join(chr(code) for code in range(0x11000) if not 0xD800 <= code < 0xE000)
    every = unicodedata.normalize("NFC", every)
    assert len(fold(every)) == len(every)


def test_sees_marks():
    assert [has_marks(text) for text in ("an", "án", "dat", "đất", "a\u0301n", "“an”")] == [
        False, True, False, True, True, False,
    ]  # fmt: skip


def test_slugs():
    assert slug("Thi hành án: “kỳ 2” – Đợt 1/2026!") == "thi-hanh-an-ky-2-dot-1-2026"
    assert slug("…") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cơ quan thi hành án dân sự", True),
        ("Co quan thi hanh an dan su", False),
        ("The judgment was enforced on time", False),
        ("L'exécution du jugement a été retardée", False),
        ("Die Zwangsvollstreckung für Gläubiger", False),
        ("", False),
    ],
)
def test_knows_vietnamese(text, expected):
    assert is_vietnamese(text) is expected
