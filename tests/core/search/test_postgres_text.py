"""The text form of what PostgreSQL is given: checked without a server."""

import pytest

from hoiam.core.search.postgres import vector


@pytest.mark.parametrize(
    ("title", "body", "text"),
    [
        ("cuong che", "cuong che nha", "'cuong':1A,4 'che':2A,5 'nha':6"),
        ("", "", ""),
        ("", "an", "'an':2"),
        ("an", "", "'an':1A"),
        ("a a", "a", "'a':1A,2A,4"),
    ],
)
def test_words_carry_their_places_and_those_of_the_title_their_weight(title, body, text):
    assert vector(title, body) == text


def test_places_beyond_the_last_are_the_last():
    assert vector("", "x " * 16_383 + "cuoi").split()[-1] == "'cuoi':16383"


def test_a_word_keeps_at_most_255_places():
    assert vector("", "x " * 300).count(",") == 254


def test_a_vector_stays_below_its_limit():
    many = " ".join(f"tu{i:098d}" for i in range(12_000))

    assert 800_000 < len(vector("", many)) < 1_000_000
