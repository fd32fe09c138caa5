"""Feeds meant to harm, and feeds merely broken: read within a bound, what is lost counted, nothing raised.

Limits of time are many times what was measured, so that only a wrong order of growth can break them.
"""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoiam.kit.news import Feed, read_feed, read_sitemap
from hoiam.kit.news.feeds.fallback import read_loosely

ITEM = (
    "<item><title>Tin {n}</title><link>https://bst.example/{n}</link><pubDate>05/04/2026 08:00</pubDate>"
    '<description><![CDATA[<img src="x?a=1&b=2"><br>Tóm tắt]]></description></item>'
)
MANY = 50_000
CUT = "Tệp bị cắt cụt giữa chừng; đã giữ phần đọc được, lần lấy sau sẽ đọc lại."
DEEP = "Nội dung lồng quá 256 tầng thẻ, có thể là tệp phá hoại; chỉ đọc phần trước chỗ đó."
OWN = "Nguồn tin tự định nghĩa ký hiệu viết tắt (&…;), có thể là tệp phá hoại; chúng được giữ nguyên như đã viết."
PAGE = "Địa chỉ trả về một trang web, không phải nguồn tin RSS; hãy tìm liên kết RSS trên trang hoặc khai nguồn này là trang danh mục."


def rss(count: int, more: str = "", end: str = "</channel></rss>", prolog: str = "") -> bytes:
    """A feed of so many items, with something behind them."""
    items = "".join(ITEM.format(n=n) for n in range(count))
    return f"{prolog}<rss><channel>{items}{more}{end}".encode()


def inside(title: str) -> bytes:
    """A feed whose one title is this text in CDATA."""
    return f"<rss><channel><item><title><![CDATA[{title}]]></title></item></channel></rss>".encode()


def titles(feed: Feed) -> list[str]:
    """The titles in order."""
    return [one.title for one in feed.entries]


def within(seconds: float, data: bytes) -> Feed:
    """The feed, read in at most so many seconds of CPU."""
    start = time.process_time()
    feed = read_feed(data, url="https://bst.example/rss")
    assert time.process_time() - start < seconds
    return feed


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
BOMBS = {
    "billion laughs": f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE r [<!ENTITY a11 "{"x" * 50_000}">]>',
    "a file of the server": '<!DOCTYPE r [<!ENTITY a11 SYSTEM "file:///etc/hostname">]>',
    "an address": '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_no_definition_is_expanded_or_fetched(bomb):
    feed = within(1, rss(1, "<item><title>" + "&a11;" * 2_000 + "</title></item>", prolog=bomb))
    assert titles(feed) == ["Tin 0", "&a11;" * 2_000]
    assert feed.problems == (OWN,)


@pytest.mark.parametrize(
    "behind", ["", "</a>" * 100_000 + "</channel></rss>"], ids=["open", "closed"]
)
def test_items_before_deep_nesting_are_kept(behind):
    feed = within(2, rss(2, "<a>" * 100_000, end=behind))
    assert titles(feed) == ["Tin 0", "Tin 1"]
    assert DEEP in feed.problems


def test_items_behind_deep_nesting_are_kept():
    bomb = "<item><title>Bom</title><x>" + "<b>" * 100_000 + "</b>" * 100_000 + "</x></item>"
    feed = within(2, rss(2, bomb + ITEM.format(n=2)))
    assert titles(feed) == ["Tin 0", "Tin 1", "Bom", "Tin 2"]
    assert (feed.problems[0], feed.lost) == (DEEP, 0)


def test_items_within_items_are_all_seen():
    feed = within(10, ("<rss><channel>" + "<item>" * 20_000).encode())
    assert len(feed.entries) + feed.lost == 20_000
    assert DEEP in feed.problems


QUADRATIC = [
    "<p",
    "<!",
    "<!--",
    "<script ",
    "<a> ",
    "&",
    "<![CDATA[",
    "<?",
    "</",
    "a?b",
    "Ã ",
    "Ã¡",
]


@pytest.mark.parametrize("piece", QUADRATIC)
def test_no_text_costs_the_square_of_its_length(piece):
    assert len(within(3, inside(piece * 100_000)).entries) == 1


PIECES = [
    "<",
    "<item",
    "<item ",
    "<item>",
    "<!DOCTYPE [",
    "<rss",
    "{",
    "[",
    '{"a":',
    "\0",
    "&",
    "xmlns:a='",
]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("before", ["", "<rss><channel>"])
def test_no_document_costs_the_square_of_its_length(before, piece):
    feed = within(8, (before + piece * 50_000).encode())
    assert feed.entries or feed.problems


@pytest.mark.parametrize("field", ["pubDate", "author", "link", "guid", "title", "dc:date"])
@pytest.mark.parametrize("piece", ["1/", " ", "a@b (", "(", "http://", "/", "&#", "\n"])
def test_no_field_costs_the_square_of_its_length(field, piece):
    data = f"<rss><channel><item><{field}>{piece * 100_000}x</{field}></item></channel></rss>"
    assert len(within(3, data.encode()).entries) == 1


def test_a_hundred_thousand_attributes_are_no_burden():
    attributes = " ".join(f'a{n}="1"' for n in range(100_000))
    data = f"<rss><channel><item {attributes}><title>Tin</title></item></channel></rss>"
    assert titles(within(3, data.encode())) == ["Tin"]


def test_fifty_thousand_entries_are_all_read():
    feed = within(10, rss(MANY))
    assert (len(feed.entries), feed.lost, feed.problems) == (MANY, 0, ())
    assert feed.entries[-1].summary == "Tóm tắt"


def test_fifty_thousand_entries_with_a_broken_one_are_all_read():
    broken = "<item><title>Tin <b>hỏng</title></item>"
    feed = within(20, rss(MANY // 2, broken + ITEM.format(n="cuối")))
    assert len(feed.entries) == MANY // 2 + 2
    assert feed.entries[-1].title == "Tin cuối"


def test_fifty_thousand_entries_take_bounded_memory():
    script = (
        "import resource, sys; from hoiam.kit.news import read_feed; data = sys.stdin.buffer.read();"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; feed = read_feed(data);"
        "print(len(feed.entries), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    data = rss(MANY)
    done = subprocess.run(
        [sys.executable, "-c", script], input=data, capture_output=True, check=True
    )
    count, kilobytes = map(int, done.stdout.split())
    assert count == MANY
    assert kilobytes * 1024 < 30 * len(data)


def test_a_list_of_fifty_thousand_in_json_is_read():
    items = ",".join(f'{{"id":"{n}","title":"Tin {n}"}}' for n in range(MANY))
    assert len(within(10, f'{{"version":"1.1","items":[{items}]}}'.encode()).entries) == MANY


def test_a_larger_file_than_can_be_read_counts_what_lies_beyond(monkeypatch):
    monkeypatch.setattr("hoiam.kit.news.feeds.reading.MAX_CHARACTERS", 2_000)
    feed = read_feed(rss(50))
    assert len(feed.entries) + feed.lost == 50
    assert feed.lost > 30
    assert (
        f"Mất {feed.lost} tin không đọc được; hãy báo người quản trị xem bản gốc của nguồn."
        in feed.problems
    )


@pytest.mark.parametrize("place", [20, 120, 300, 451, 600, 690])
def test_a_cut_feed_keeps_every_item_that_had_begun_or_counts_it(place):
    whole = rss(4)
    feed = read_feed(whole[:place])
    begun = whole[:place].count(b"<item>")
    assert len(feed.entries) + feed.lost == begun
    assert CUT in feed.problems or not feed.entries


def test_a_broken_feed_keeps_its_vocabularies_and_what_it_quotes():
    quoting = "<item><title>Hai</title><description><![CDATA[xem <item><title>mẫu</title></item>]]></description></item>"
    dated = "<item><title>Một</title><moi:date>2026-04-05T08:00:00+07:00</moi:date></item>"
    broken = "<item><title>Ba <b>hỏng</title></item>"
    data = f'<rss xmlns:moi="http://purl.org/dc/elements/1.1/"><channel>{broken}{dated}{quoting}</channel></rss>'
    feed = read_feed(data.encode())
    assert [title.split()[0] for title in titles(feed)] == ["Ba", "Một", "Hai"]
    assert (feed.lost, feed.entries[1].published_raw) == (0, "2026-04-05T08:00:00+07:00")


def test_an_item_that_cannot_be_had_is_counted():
    broken = "<item><title>Tin>title><link>https://bst.example/b</link></item><item>]]>le>Tin</title><link>https://bst.example/c</link></item>"
    feed = read_feed(rss(1, broken))
    assert (len(feed.entries), feed.lost) == (2, 1)
    assert feed.problems[-1] == (
        "Mất 1 tin không đọc được; hãy báo người quản trị xem bản gốc của nguồn."
    )


def test_a_feed_that_breaks_feedparser_itself_is_read_or_told():
    text = "<rss><channel><item><link></item></link></channel></rss>"
    assert read_loosely(text).entries == []
    feed = read_feed(text.encode())
    assert feed.entries or feed.problems


def test_controls_are_dropped_from_a_title():
    assert titles(read_feed(rss(0, "<item><title>Tin\x0b m\x00ột</title></item>"))) == ["Tin một"]


def test_a_feed_without_a_root_is_read():
    feed = read_feed(ITEM.format(n=1).encode())
    assert (feed.kind, titles(feed)) == ("rss", ["Tin 1"])


def test_what_a_server_appends_is_no_cut():
    feed = read_feed(rss(2) + b"<script>" + b"x" * 5_000 + b"</script>")
    assert titles(feed) == ["Tin 0", "Tin 1"]
    assert feed.problems == (
        "Nguồn tin viết sai cú pháp XML; đã đọc theo cách phục hồi, cần đối chiếu khi nghi ngờ.",
    )


def test_a_blank_line_before_the_declaration_is_no_fault():
    feed = read_feed(b'\xef\xbb\xbf\n  <?xml version="1.0" encoding="utf-8"?>' + rss(2))
    assert (titles(feed), feed.problems) == (["Tin 0", "Tin 1"], ())


def test_a_page_is_told_from_a_feed_even_when_it_is_sound_xml():
    page = "<html><body><div class='rss'><item>x</item></div></body></html>"
    feed = read_feed(page.encode())
    assert (feed.kind, feed.problems) == ("", (PAGE,))


FEEDS = {
    "rss": rss(3),
    "atom": """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://bst.example/"><title>Báo Đò Mới</title>
<entry><id>urn:1</id><title type="html">Tin &lt;b&gt;một&lt;/b&gt;</title><link href="/1"/><author><name>Lê An</name></author>
<published>2026-04-05T08:00:00+07:00</published><content type="xhtml"><div>Nội <i>dung</i></div></content></entry></feed>""".encode(),
    "json": '{"version":"1.1","title":"Đò Mới","items":[{"id":"1","url":"https://bst.example/1","title":"Tin","date_published":"2026-04-05"}]}'.encode(),
    "sitemap": b"<urlset><url><loc>https://bst.example/1</loc><lastmod>2026-04-05</lastmod></url></urlset>",
}
DAMAGE = st.lists(
    st.tuples(
        st.integers(0, 1200),
        st.integers(0, 40),
        st.one_of(
            st.binary(max_size=6),
            st.sampled_from([b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<item>", b"</item>", b"<!DOCTYPE [", b"\xff\xfe", b"\0", b'"', b"&#x0;", b"\x1f\x8b"]),
        ),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(FEEDS)), DAMAGE)
def test_a_damaged_feed_never_raises_and_never_is_silent(kind, damage):
    broken = bytearray(FEEDS[kind])
    for place, length, put in damage:
        place %= len(broken) + 1
        broken[place : place + length] = put

    feed, sitemap = read_feed(bytes(broken)), read_sitemap(bytes(broken))

    assert feed.entries or feed.problems
    assert sitemap.entries or sitemap.problems or sitemap.kind
    for entry in feed.entries:
        assert entry.published_at is None or entry.published_at.tzinfo is not None
        assert entry.published_at is not None or entry.problems
        assert entry.link.startswith(("http://", "https://")) or (not entry.link and entry.problems)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_noise_never_raises(noise):
    feed = read_feed(noise)
    assert feed.entries or feed.problems
