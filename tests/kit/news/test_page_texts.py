"""From bytes to HTML: charsets, bombs and files that are no pages."""

import time

import pytest

from benchmarks.vietnamese_pages.filling import encoded
from hoiam.kit.news import extract, sentences
from hoiam.kit.news.markup import squeezed
from hoiam.kit.news.pages.texts import page_text

WORDS = "Chấp hành viên đọc quyết định, kiểm đếm từng hạng mục rồi mời hai bên ký biên bản bàn giao nhà."
PAGE = f"<html><body><h1>Bàn giao nhà ở Bến Sậy</h1><article>{f'<p>{WORDS}</p>' * 4}</article></body></html>"


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "nfd", "cp1258", "tcvn3", "mojibake"]
)
def test_the_letters_of_every_charset_come_out_right(charset):
    page = extract(encoded(PAGE, charset), url="https://x.example/a")
    assert (page.title, page.body.split("\n\n")[0]) == ("Bàn giao nhà ở Bến Sậy", WORDS)


def test_a_page_mended_from_an_old_charset_says_so():
    problems = page_text(encoded(PAGE, "tcvn3"), None).problems
    assert problems == (sentences.LEGACY_ENCODING.format(steps="TCVN3 (ABC) → Unicode"),)


def test_a_foreign_page_is_left_alone():
    text = "<p>" + "Le café où l'été s'achève à Orléans. " * 40 + "</p>"
    assert page_text(text.encode(), None) == page_text(text, None)
    assert page_text(text, None).html == text


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, b"PK\x03\x04" + bytes(range(32)) * 200],
    ids=["picture", "archive"],
)
def test_a_file_that_is_no_text_is_told(data):
    page = extract(data, url="https://x.example/a")
    assert (page.title, page.body, page.problems) == ("", "", (sentences.PAGE_NOT_TEXT,))


def test_code_is_taken_out_and_what_a_page_says_of_itself_is_kept():
    page = (
        "<SCRIPT>var a='<p>';</SCRIPT><style>p{}</style><!-- <p>ẩn</p> -->"
        "<script type='application/ld+json'>{\"a\": 1}</script><p>Chữ</p><!-- không đóng"
    )
    assert squeezed(page.encode()).decode() == (
        "<SCRIPT></SCRIPT><style></style>"
        "<script type='application/ld+json'>{\"a\": 1}</script><p>Chữ</p><!-- không đóng"
    )


def test_code_full_of_tags_ends_where_its_element_ends():
    code = "var rows = '" + "<td>" * 500 + "';"
    page = f"<script>{code}</script><p>Chữ</p><style>{'<' * 900}</STYLE>"
    assert squeezed(page.encode()).decode() == "<script></script><p>Chữ</p><style></STYLE>"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1258", "gbk"])
def test_code_is_taken_out_whatever_the_charset(charset):
    page = "<html><body><script>var a='<p>ẩn</p>';</script><p>Chu</p></body></html>"
    page = page if charset.startswith("utf") else page.replace("ẩ", "a")
    html = page_text(page.encode(charset), charset).html
    assert "Chu" in html and "var a" not in html


def test_a_fault_inside_code_does_not_cost_the_page_its_charset():
    page = "<p>Thi hành án dân sự</p>".encode() + b"<script>var a='\xe9\xff'</script>"
    text = page_text(page, None)
    assert "Thi hành án dân sự" in text.html and text.problems == ()


BOMBS = {
    "nested boxes": "<div>" * 100_000,
    "nested bold": "<p>" + "<b>" * 100_000,
    "cells": "<table><tr>" + "<td>x" * 100_000,
    "scripts": "<script>" * 50_000,
    "comments": "<!-- " * 100_000,
    "breaks": "<br>" * 100_000,
    "classes": "<div class='" + "a " * 200_000 + "'>",
    "half tags": "<" * 300_000,
    "entities": "&amp;" * 200_000,
    "headings": "<h2>Ý kiến</h2>" * 5_000,
    "boxes of one kind": "<div class='k'><p>Một câu đủ dài để tính điểm ở đây.</p></div>" * 3_000,
    "list of links": "<li><a href='/x'>Một tin khác, hai tin khác</a></li>" * 10_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_no_bomb_holds_the_reader(bomb):
    start = time.process_time()
    page = extract(f"<html><body><h1>Tin</h1><p>{WORDS}</p>{bomb}", url="https://x.example/a")
    assert time.process_time() - start < 5
    assert page.title == "Tin"
