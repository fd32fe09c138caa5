"""What a strict parser is given: no doctype, no name it does not know, no bare ampersand."""

import json

import pytest

from hoiam.kit.news import extract, read_feed, read_sitemap, sentences
from hoiam.kit.news.discovery import tree_of
from hoiam.kit.news.wellformed import defines_entities, ready_for_xml

CASES = [
    ("a name of HTML", "<t>h&agrave;nh</t>", "<t>hành</t>"),
    ("names of XML stay", "<t>&lt;b&gt; &amp; &#224; &#xe0;</t>", "<t>&lt;b&gt; &amp; &#224; &#xe0;</t>"),
    ("a name that means a sign of XML", "<t>&LT;b</t>", "<t>&lt;b</t>"),
    ("a bare ampersand", "<a>?x=1&y=2 & z</a>", "<a>?x=1&amp;y=2 &amp; z</a>"),
    ("a name nobody knows", "<t>&lol9;</t>", "<t>&amp;lol9;</t>"),
    ("a bare ampersand in CDATA is no fault", "<t>&</t><![CDATA[A & B]]>&x", "<t>&amp;</t><![CDATA[A & B]]>&amp;x"),
    ("CDATA that never ends", "&<![CDATA[A & B", "&amp;<![CDATA[A & B"),
    ("letters of windows-1252 by number", "<t>&#146;&#x92;</t>", "<t>’’</t>"),
    ("a capital X", "<t>&#X41;</t>", "<t>A</t>"),
    ("a doctype", '<!DOCTYPE rss SYSTEM "x.dtd"><rss/>', "<rss/>"),
    ("a doctype with definitions", '<!DOCTYPE r [<!ENTITY a "x"> ]><rss/>', "<rss/>"),
    ("a doctype behind a comment", f"<!--{'x' * 9000}--><!DOCTYPE r []><rss/>", f"<!--{'x' * 9000}--><rss/>"),
    ("a doctype that never ends", "<!DOCTYPE r [", "<!DOCTYPE r ["),
    ("a doctype inside the feed is somebody's text", "<rss><!DOCTYPE html></rss>", "<rss><!DOCTYPE html></rss>"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "given", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_comes_out(label, given, expected):
    assert ready_for_xml(given.encode()).decode() == expected


def test_nothing_but_known_names_and_no_fault_leaves_the_bytes_alone():
    data = "<t>Đấu giá &amp; bàn giao</t>".encode()
    assert ready_for_xml(data) is data


def test_definitions_are_seen_before_the_root_only():
    assert defines_entities(b'<!DOCTYPE r [<!ENTITY a "b">]><rss/>')
    assert not defines_entities(b"<rss><![CDATA[<!ENTITY]]></rss>")


HALVES = {
    "&#55357;&#56832; vui": "😀 vui",
    "&#xD83D;&#xde00;": "😀",
    "&#055357;&#x0DE00;": "😀",
    "&#XD83D;&#56832;": "😀",
    "a&#55357;b": "a\ufffdb",
    "&#56832;&#55357;": "\ufffd\ufffd",
    "&#55295;&#57344;": "\ud7ff\ue000",  # the last before them and the first behind
}


WRITTEN = {
    "plain": "<title>Tin {}</title>",
    "in CDATA": "<title><![CDATA[Tin {}]]></title>",
    "written twice": "<title>Tin {twice}</title>",
    "as HTML in CDATA": "<title><![CDATA[<p>Tin {}</p>]]></title>",
}


@pytest.mark.parametrize("given", HALVES)
@pytest.mark.parametrize("way", WRITTEN)
def test_halves_of_a_character_are_joined_and_stop_no_feed(given, way):
    title = WRITTEN[way].format(given, twice=given.replace("&", "&amp;"))
    item = f"<item>{title}<link>https://bao-song-thanh.example/1</link></item>"
    feed = read_feed(f"<rss><channel>{item}</channel></rss>".encode())

    assert ([one.title for one in feed.entries], feed.problems) == ([f"Tin {HALVES[given]}"], ())
    assert is_told_lost(feed) == ("\ufffd" in HALVES[given])


def is_told_lost(feed):
    return any(sentences.LOST_LETTERS in one.problems for one in feed.entries)


@pytest.mark.parametrize("given", HALVES)
def test_halves_of_a_character_are_joined_in_json(given):
    items = [{"url": "https://bao-song-thanh.example/1", "title": f"Tin {given}"}]
    feed = read_feed(json.dumps({"version": "1", "items": items}).encode())

    assert [one.title for one in feed.entries] == [f"Tin {HALVES[given]}"]
    assert is_told_lost(feed) == ("\ufffd" in HALVES[given])


@pytest.mark.parametrize("given", HALVES)
def test_halves_of_a_character_are_joined_in_addresses_pages_and_lists(given):
    expected = HALVES[given]
    sitemap = read_sitemap(f"<urlset><url><loc>https://a.vn/{given}</loc></url></urlset>".encode())

    assert ready_for_xml(f"<t>{given}</t>".encode()).decode() == f"<t>{expected}</t>"
    assert [one.link for one in sitemap.entries] == [f"https://a.vn/{expected}".replace(" ", "%20")]
    assert extract(f"<h1>Tin {given}</h1>").title == f"Tin {expected}"
    assert tree_of(f"<h1>Tin {given}</h1>".encode(), "utf-8").css_first("h1").text() == f"Tin {expected}"  # fmt: skip
