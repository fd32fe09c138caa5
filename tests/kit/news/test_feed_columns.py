"""Texts of a feed tidied together: whatever one of them holds, each becomes what it would become alone."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hoiam.kit.news.feeds.columns import plain_column, uncommon
from hoiam.kit.news.markup import on_one_line, plain_text
from hoiam.kit.vietnamese import nfc

BITS = [
    "Kê biên", "tài  sản", " ", "\n", "\t", "?", "\u00a0", "\u200b", "\u3000", "\u2028",
    "a\u0301", "\u0301", "価", "Ł", "<", ">", "<b", "<b>", "</p>", "<p class='a'>", "<BR>", "<a href", "<img src='x'/>",
    "<script>", "</script>", "<!--", "-->", "<![CDATA[", "<?php", "&amp;", "&nbsp;", "&#10;", "&NewLine;", "&#0;",
    "&lt;b&gt;", "&", ";", "\x00", "\x0b", "\ufeff", "Thi h\u00b5nh",
]  # fmt: skip
TEXTS = st.lists(st.lists(st.sampled_from(BITS), max_size=6).map("".join), max_size=6)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(TEXTS, TEXTS)
@example([], ["\x00"])
@example(["<a href", "x>y"], [])
@example(["<p>", "<script>", "x</script>y"], ["\n"])
def test_a_column_is_what_its_texts_are_alone(marked, written):
    alone = [*map(plain_text, marked), *[nfc(on_one_line(text)) for text in written]]

    column = plain_column(marked, written)

    assert column.texts == alone
    assert column.uncommon == uncommon(alone)


@pytest.mark.parametrize("odd", ["<!--", "<b ", "a\u0301\u00a0", "\x00"])
def test_an_odd_text_leaves_its_neighbours_alone(odd):
    plain = [" <p>Đấu\n giá</p>", "Kê  biên &amp; bán"]

    assert plain_column([*plain, odd], []).texts[:2] == ["Đấu giá", "Kê biên & bán"]
