"""Listing pages: read by a rule, a rule proposed from what repeats, and every miss said."""

import time
from datetime import datetime

import pytest

from hoiam.kit.news import ListingRule, guess_rule, read_listing, sentences
from hoiam.kit.vietnamese import VIETNAM

URL = "https://songthanh.example/phap-luat"
RULE = ListingRule(item="div.story-item", link="h3 a", time=".story__time")


def block(number, title="", time="08:00 05/08/2026"):
    title = title or f"Chuyện thứ {number} ở bến sông Thanh Giang"
    return (
        f'<div class="story-item box{number}"><a class="thumb" href="/tin-{number}.html"><img></a>'
        f'<h3 class="story__title"><a href="/tin-{number}.html#binh-luan">{title}</a></h3>'
        f'<span class="story__time">{time}</span></div>'
    )


def page(*blocks):
    menu = "".join(
        f'<li class="muc"><a href="/muc-{n}">Chuyên mục rất dài số {n} của trang</a></li>'
        for n in range(9)
    )
    aside = "".join(
        f'<li class="doc"><a href="/hot-{n}.html">Bài đọc nhiều trong tuần qua số {n}</a></li>'
        for n in range(9)
    )
    return f'<html><body><nav><ul>{menu}</ul></nav><div class="list">{"".join(blocks)}</div><aside><ul>{aside}</ul></aside></body></html>'.encode()


def test_a_rule_gives_link_title_and_time():
    feed = read_listing(page(block(1), block(2), block(1)), RULE, url=URL)
    assert [(e.link, e.title) for e in feed.entries] == [
        ("https://songthanh.example/tin-1.html", "Chuyện thứ 1 ở bến sông Thanh Giang"),
        ("https://songthanh.example/tin-2.html", "Chuyện thứ 2 ở bến sông Thanh Giang"),
    ]
    assert feed.entries[0].published_at == datetime(2026, 8, 5, 8, 0, tzinfo=VIETNAM)
    assert (feed.problems, feed.lost) == ((), 0)


def test_a_time_that_cannot_be_read_stays_with_its_words():
    entry = read_listing(page(block(1, time="hôm nọ")), RULE, url=URL).entries[0]
    assert (entry.published_at, entry.published_raw) == (None, "hôm nọ")
    assert entry.problems == ("Không đọc được thời gian đăng “hôm nọ”; hãy nhập tay nếu cần.",)


def test_blocks_without_a_link_are_counted_as_lost():
    feed = read_listing(page(block(1), '<div class="story-item"><h3>Chữ</h3></div>'), RULE, url=URL)
    assert (len(feed.entries), feed.lost) == (1, 1)


@pytest.mark.parametrize(
    ("rule", "html", "start"),
    [
        (ListingRule("div.khac"), page(block(1)), "Quy tắc trang không còn khớp"),
        (ListingRule("div:::"), page(block(1)), "Bộ chọn “div:::” viết không đúng"),
        (ListingRule("div.story-item", time="[["), page(block(1)), "Bộ chọn “[[” viết không đúng"),
        (ListingRule("div.story-item", link="b a"), page(block(1)), "Có 1 khối tin nhưng"),
        (RULE, b" ", "Địa chỉ trả về nội dung rỗng"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(rule, html, start):
    feed = read_listing(html, rule, url=URL)
    assert feed.entries == ()
    assert len(feed.problems) == 1
    assert feed.problems[0].startswith(start)


def test_the_repeating_block_is_proposed_not_the_menu():
    guess = guess_rule(page(*(block(n) for n in range(1, 7))), url=URL)
    assert guess.rule == ListingRule(item="div.story-item", link="h3 a", time="[class*='time' i]")
    assert guess.count == 6
    assert guess.titles[0] == "Chuyện thứ 1 ở bến sông Thanh Giang"
    read = read_listing(page(*(block(n) for n in range(1, 7))), guess.rule, url=URL)
    assert [bool(e.published_at) for e in read.entries] == [True] * 6


@pytest.mark.parametrize("html", [page(block(1), block(2)), page(), b"", b"\x00\xff"])
def test_nothing_is_proposed_where_nothing_repeats(html):
    assert guess_rule(html, url=URL) is None


def test_a_rule_is_kept_as_data_and_read_back():
    assert ListingRule.of(RULE.as_json() | {"la": 1}) == RULE
    assert ListingRule.of({}) == ListingRule("")


def test_a_hostile_page_is_guessed_at_in_time():
    many = (
        b"<html><body>"
        + b"<div>" * 300
        + b"<a href='/x-1.html'>Mot tieu de rat dai o ben song</a>" * 100_000
    )
    start = time.process_time()
    assert guess_rule(many, url=URL) is None
    assert time.process_time() - start < 5


def test_a_listing_page_is_read_up_to_a_line_of_tags_and_says_so(monkeypatch):
    monkeypatch.setattr("hoiam.kit.news.limits.MAX_TAGS", 20)
    page = "".join(f'<li><a href="/tin-{n}">Tin số {n}</a></li>' for n in range(9))
    feed = read_listing(page.encode(), ListingRule("li"), url=URL)

    assert [one.title for one in feed.entries] == [f"Tin số {n}" for n in range(5)]
    assert feed.problems == (sentences.TOO_MANY_TAGS.format(limit="20"),)
