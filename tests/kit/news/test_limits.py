"""Caps on depth: honest pages pass whole, bombs are cut wherever they hide."""

import pytest

from hoiam.kit.news.limits import MAX_DEPTH, safe_length

CARD = "<div class='tin'><a href='/x'><img src='y'></a><h3>Tin</h3><br><span>giờ</span></div>"


@pytest.mark.parametrize("html", [True, False])
def test_an_honest_long_page_is_kept_whole(html):
    page = "<body>" + CARD.replace("<br>", "<br/>").replace("'y'>", "'y'/>") * 2_000 + "</body>"
    assert safe_length(page, html=html) == len(page)


def test_unclosed_paragraphs_and_items_never_nest():
    page = "<body>" + "<p>đoạn<li>mục<br><img src=x>" * 3_000
    assert safe_length(page, html=True) == len(page)


@pytest.mark.parametrize(
    "bomb",
    ["<div>" * 5_000, "<div>x" * 5_000 + "</div>" * 5_000, "</b>" * 9_000 + "<div><b></b>" * 5_000],
    ids=["open", "closed", "behind stray end tags"],
)
def test_a_bomb_is_cut_at_the_cap(bomb):
    start = CARD * 300
    assert safe_length(start + bomb, html=True) < len(start) + len(bomb) - 4_000 * 5
    assert safe_length(start + bomb, html=True) >= len(start)


def test_the_cut_stands_at_the_first_tag_too_deep():
    assert safe_length("<x>" * 4_000, html=False) == 3 * MAX_DEPTH
