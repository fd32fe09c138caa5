"""Matched words: overlaps, spans outside the text, excerpts that keep words whole."""

import re
from types import SimpleNamespace

import pytest

from hoiam.desk.marking import excerpt_html, marked_html, paragraphs_html, read_marks


def visible(html):
    """The words of a piece of HTML, tags left out, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("why", "spans", "expected"),
    [
        ("no spans", None, "abcdef"),
        (
            "one of each",
            [(0, 2, "who"), (3, 5, "what")],
            '<mark class="ha-who">ab</mark>c<mark>de</mark>f',
        ),
        (
            "overlap: who wins",
            [(0, 4, "what"), (2, 6, "who")],
            '<mark>ab</mark><mark class="ha-who">cdef</mark>',
        ),
        ("inside one another", [(0, 6, "what"), (1, 3, "what")], "<mark>abcdef</mark>"),
        ("touching", [(0, 2, "what"), (2, 4, "what")], "<mark>abcd</mark>ef"),
        (
            "outside",
            [(-3, 2, "what"), (5, 99, "who"), (50, 60, "who")],
            '<mark>ab</mark>cde<mark class="ha-who">f</mark>',
        ),
        ("backwards and empty", [(4, 2, "what"), (3, 3, "what")], "abcdef"),
        ("not numbers", [(None, 2, "what"), ("0", "2", "what"), ()], "abcdef"),
        (
            "objects and dicts",
            [SimpleNamespace(start=0, end=1, kind="agency"), {"start": 5, "end": 6}],
            '<mark class="ha-who">a</mark>bcde<mark>f</mark>',
        ),
    ],
)
def test_marks(why, spans, expected):
    assert marked_html("abcdef", read_marks(spans, 6)) == expected, why


def test_a_span_may_cut_an_entity_without_opening_it():
    assert marked_html("a<b", read_marks([(1, 2)], 3)) == "a<mark>&lt;</mark>b"


def test_paragraphs_keep_their_spans():
    text = "Một.\n\nHai ba."
    marks = read_marks([(6, 9, "who")], len(text))
    assert paragraphs_html(text, marks) == '<p>Một.</p><p><mark class="ha-who">Hai</mark> ba.</p>'


TEXT = (
    "Sáng nay trời mưa to ở phường Bến Thóc. " * 4
    + "Phòng THADS khu vực 2 kê biên máy gặt. "
    + "Chiều nay trời tạnh ở xã Vạn Điền. " * 4
)


def test_excerpt_keeps_words_whole_and_marks_only_its_edges():
    start = TEXT.index("Phòng THADS")
    shown = excerpt_html(TEXT, [(start, start + 21, "who"), (start + 22, start + 29, "what")], 120)

    words = visible(shown)
    assert words.startswith("…") and words.endswith("…") and words.count("…") == 2
    inside = (
        shown.replace('<mark class="ha-who">', "")
        .replace("<mark>", "")
        .replace("</mark>", "")
        .strip("…")
    )
    at = TEXT.index(inside)
    assert TEXT[at - 1] == " " and TEXT[at + len(inside)] in " ."
    assert '<mark class="ha-who">Phòng THADS khu vực 2</mark>' in shown
    assert "<mark>kê biên</mark>" in shown
    assert len(inside) <= 121


def test_a_short_text_is_shown_whole_without_dots():
    assert excerpt_html("Ngắn thôi.\nHết", [(0, 4)], 200) == "<mark>Ngắn</mark> thôi. Hết"


def test_an_excerpt_of_one_endless_word_stays_short():
    assert len(excerpt_html("x" * 50_000, [(100, 40_000)], 200)) < 400


def test_an_excerpt_without_spans_begins_at_the_beginning():
    shown = excerpt_html(TEXT, [], 60)
    assert shown == "Sáng nay trời mưa to ở phường Bến Thóc. Sáng nay trời mưa to…"
