"""The quick answers are those of the slow ways."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoiam.kit.vietnamese import fold, is_printed, letters_of, small_words, squash
from hoiam.kit.vietnamese.bytewise import COMMON

# Common letters and signs, and now and then one that is not.
TEXTS = st.text(st.sampled_from(COMMON + "  \n\t_価ſ²ñ\ufeff\u2028\x85"), max_size=60)


@given(TEXTS)
def test_words_are_runs_of_letters_and_digits(text):
    words = re.findall(r"[^\W_]+", text.lower())
    assert small_words(text, 60) == " ".join(words)
    assert small_words(text, 2) == " ".join(word[:2] for word in words)


@given(TEXTS)
def test_squashed_text_is_its_pieces_joined(text):
    assert squash(text) == " ".join(text.split())


@given(TEXTS)
def test_letters_are_what_signs_leave(text):
    assert letters_of(text) == re.sub("[^a-z0-9]", "", fold(text))


@given(TEXTS)
def test_printed_text_can_be_printed(text):
    if is_printed(text):
        assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Kê biên tài sản – “nhà, đất”\nngày 05/4", True),
        ("", True),
        ("tài\u00a0sản", False),
        ("tài\tsản", False),
        ("tài\u200bsản", False),
        ("\0", False),
    ],
)
def test_what_is_printed(text, printed):
    assert is_printed(text) is printed
