"""The words of an entry: whose they are, which vocabulary goes first, and what markup becomes."""

import pytest

from hoiam.kit.news import Entry, read_feed

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def rss(inner: str, attributes: str = "") -> Entry:
    """The one entry of an RSS feed with these elements."""
    data = f"<rss {SPACES}><channel><item{attributes}>{inner}</item></channel></rss>"
    return read_feed(data.encode(), url="https://bst.example/rss/").entries[0]


def atom(inner: str) -> Entry:
    """The one entry of an Atom feed with these elements."""
    data = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{inner}</entry></feed>'
    return read_feed(data.encode(), url="https://bst.example/rss/").entries[0]


AUTHORS = [
    ("<author>Lê An (an@bst.example)</author>", "Lê An"),
    ("<author>an@bst.example (Lê An)</author>", "Lê An"),
    ("<author>Lê An &lt;an@bst.example&gt;</author>", "Lê An"),
    ("<author>an@bst.example</author>", "an@bst.example"),
    ("<author>Lê An (Thanh Giang)</author>", "Lê An (Thanh Giang)"),
    ("<dc:creator>Lê An</dc:creator><dc:creator>Mai Bình</dc:creator>", "Lê An, Mai Bình"),
    ("<dc:creator>Lê An</dc:creator><author>Lê An</author>", "Lê An"),
    ("<itunes:author>Lê An</itunes:author>", "Lê An"),
    ("<author>Lê An</author><itunes:author>Báo Đò Mới</itunes:author>", "Lê An"),
    ("<author><![CDATA[<b>Lê An</b>]]></author>", "Lê An"),
]


@pytest.mark.parametrize(("inner", "name"), AUTHORS)
def test_an_author_is_a_name(inner, name):
    assert rss(inner).author == name


TITLES = [
    ("<media:title>Ảnh</media:title><title>Tin</title>", "Tin"),
    ("<media:title>Ảnh</media:title>", "Ảnh"),
    ("<media:group><media:title>Phim</media:title></media:group>", "Phim"),
    ("<dc:title>Tin</dc:title>", "Tin"),
    ("<title> </title><dc:title>Tin</dc:title>", "Tin"),
    ("<image><title>Ảnh</title></image><title>Tin</title>", "Tin"),
    ("<title>A &amp;amp; B</title>", "A & B"),
    ("<title><![CDATA[Lãi < 5% & phí > 0]]></title>", "Lãi < 5% & phí > 0"),
    ("<title>Tin <b>một</b></title>", "Tin một"),
    ("<title><![CDATA[<!--ẩn-->Tin]]></title>", "Tin"),
]


@pytest.mark.parametrize(("inner", "title"), TITLES)
def test_the_feeds_own_title_goes_first(inner, title):
    assert rss(inner).title == title


SUMMARIES = [
    ("<description>Sapo</description><content:encoded>Bài</content:encoded>", "Sapo"),
    ("<content:encoded>Bài</content:encoded>", "Bài"),
    ("<media:description>Ảnh</media:description><description>Sapo</description>", "Sapo"),
    ("<itunes:summary>Sapo</itunes:summary>", "Sapo"),
    ("<itunes:summary>Khác</itunes:summary><content:encoded>Bài</content:encoded>", "Bài"),
    ("<fullitem>&lt;p&gt;Bài&lt;/p&gt;</fullitem>", "Bài"),
    ('<body xmlns="http://www.w3.org/1999/xhtml"><p>Một</p><p>hai</p></body>', "Một hai"),
    ("<description><![CDATA[<P>Một<BR>hai</P>]]></description>", "Một hai"),
    ("<description><![CDATA[Tin<script>x()</script> một]]></description>", "Tin một"),
    ("<description><![CDATA[Th<b>i</b> hành]]></description>", "Thi hành"),
    ("<description>Một\n\t hai\u00a0ba\u200b</description>", "Một hai ba"),
    ("<description><![CDATA[<a href='/1'><img src='x'/></a> Sapo <i>nghiêng</i>]]></description>", "Sapo nghiêng"),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "summary"), SUMMARIES)
def test_a_summary_is_the_text_a_reader_would_see(inner, summary):
    assert rss(inner).summary == summary


CONSTRUCTS = [
    ('<title type="text">Lãi &lt;5% một năm</title>', "Lãi <5% một năm"),
    ('<title type="html">Tin &lt;b&gt;một&lt;/b&gt;</title>', "Tin một"),
    ('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Tin <b>một</b></div></title>', "Tin một"),
    ('<title mode="base64">VGluIG3hu5l0</title>', "Tin một"),
    ('<title type="application/octet-stream">VGluIG3hu5l0</title>', "Tin một"),
    ('<title mode="base64">không phải</title>', "không phải"),
    ('<title type="text">Nút &lt;b&gt; của trang</title>', "Nút <b> của trang"),
    ('<title type="html"><div xmlns="http://www.w3.org/1999/xhtml">Tin &lt;b&gt;một&lt;/b&gt;</div></title>', "Tin một"),
    ("<title>Tin một</title>", "Tin một"),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "title"), CONSTRUCTS)
def test_an_atom_construct_is_read_by_its_type(inner, title):
    assert atom(inner).title == title


LINKS = [
    ("<link>/1</link>", "https://bst.example/1"),
    ("<link>1.html</link>", "https://bst.example/rss/1.html"),
    ("<link> https://bst.example/1 </link>", "https://bst.example/1"),
    ("<link>https://bst.example/tin một</link>", "https://bst.example/tin%20một"),
    ("<link>https://bst.example/?a=1&amp;amp;b=2</link>", "https://bst.example/?a=1&b=2"),
    ("<guid>https://bst.example/1</guid>", "https://bst.example/1"),
    ('<guid isPermaLink="false">https://bst.example/1</guid>', ""),
    ("<guid>bst-1</guid>", ""),
    ("<link>javascript:alert(1)</link>", ""),
    ("<link>https: //bst.example/1</link>", ""),
    ("<link>https://</link>", ""),
    ("<link>http://[::1</link>", ""),
    ("<link>https://bst.example/a\nb</link>", "https://bst.example/ab"),
    ('<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="https://bst.example/x"/><link>/1</link>', "https://bst.example/1"),
    ('<link xml:base="https://dm.example/a/" href="b"/>', "https://dm.example/a/b"),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "link"), LINKS)
def test_a_link_is_a_whole_web_address_or_nothing(inner, link):
    assert rss(inner).link == link


def test_bases_add_up():
    data = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://dm.example/a/">'
        '<entry xml:base="b/"><link href="c"/></entry></feed>'
    )
    assert read_feed(data.encode()).entries[0].link == "https://dm.example/a/b/c"


IDENTITIES = [
    ("<guid>bst-1</guid><link>/1</link>", "bst-1"),
    ("<guid>/tin/1</guid>", "https://bst.example/tin/1"),
    ('<guid isPermaLink="false">/tin/1</guid>', "/tin/1"),
    ("<link>/1</link>", "https://bst.example/1"),
    ("<link>javascript:x</link>", "javascript:x"),
]


@pytest.mark.parametrize(("inner", "identity"), IDENTITIES)
def test_an_id_is_the_feeds_own_or_the_address(inner, identity):
    assert rss(inner).id == identity


def test_a_channel_of_cdf_is_read():
    data = '<CHANNEL><TITLE>Báo</TITLE><ITEM HREF="/1" LASTMOD="2026-04-05T08:00:00+07:00"><TITLE>Tin</TITLE><ABSTRACT>Sapo</ABSTRACT></ITEM></CHANNEL>'
    entry = read_feed(data.encode(), url="https://bst.example/").entries[0]
    assert (entry.title, entry.summary, entry.link) == ("Tin", "Sapo", "https://bst.example/1")
    assert entry.published_at.isoformat() == "2026-04-05T08:00:00+07:00"


def test_of_two_times_of_publication_the_last_counts():
    entry = rss("<pubDate>05/04/2026 08:00</pubDate><pubDate>06/04/2026 08:00</pubDate>")
    assert entry.published_raw == "06/04/2026 08:00"


def test_a_time_of_a_change_stands_in_only_where_no_other_was_written():
    entry = atom("<updated>2026-04-06T08:00:00+07:00</updated>")
    assert entry.published_raw == "2026-04-06T08:00:00+07:00"
    both = atom("<published>sáng nay</published><updated>2026-04-06T08:00:00+07:00</updated>")
    assert (both.published_at, both.published_raw) == (None, "sáng nay")


def test_the_title_of_the_feed_is_text():
    data = "<rss><channel><title><![CDATA[<b>Báo</b> Sông &amp; Thanh]]></title><item><title>x</title></item></channel></rss>"
    assert read_feed(data.encode()).title == "Báo Sông & Thanh"


def test_the_first_title_is_the_feeds():
    data = "<rss><channel><title>Báo Sông Thanh</title><item><title>x</title></item><title>Khác</title></channel></rss>"
    assert read_feed(data.encode()).title == "Báo Sông Thanh"


def test_of_two_unread_times_the_feeds_own_words_are_kept():
    assert rss("<pubDate>sáng nay</pubDate><dc:date>hôm nọ</dc:date>").published_raw == "sáng nay"


def test_creation_goes_before_a_change():
    entry = atom("<updated>2026-04-06T08:00:00+07:00</updated>")
    data = (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><modified>2026-04-06T08:00:00+07:00</modified>'
        "<created>2026-04-05T08:00:00+07:00</created></entry></feed>"
    )
    assert entry.published_raw == "2026-04-06T08:00:00+07:00"
    assert read_feed(data.encode()).entries[0].published_raw == "2026-04-05T08:00:00+07:00"


def test_an_item_of_rdf_is_where_it_says_it_is():
    head = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    bare = f'{head}<item rdf:about="https://bst.example/1"><title>Tin</title></item></rdf:RDF>'
    named = bare.replace("</title>", '</title><guid isPermaLink="false">bst-1</guid>')
    assert [(one.id, one.link) for one in read_feed(bare.encode()).entries] == [
        ("https://bst.example/1", "https://bst.example/1")
    ]
    assert [(one.id, one.link) for one in read_feed(named.encode()).entries] == [
        ("bst-1", "https://bst.example/1")
    ]


def test_the_name_of_an_rdf_item_is_its_id_even_beside_a_link():
    data = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<item rdf:about="urn:bst:1"><title>Tin</title><link>https://bst.example/1</link></item></rdf:RDF>'
    )
    entry = read_feed(data.encode()).entries[0]
    assert (entry.id, entry.link) == ("urn:bst:1", "https://bst.example/1")


def test_items_wrapped_beside_the_channel_are_read():
    data = "<rss><channel><title>Báo</title></channel><items><item><title>Tin</title></item></items></rss>"
    assert [one.title for one in read_feed(data.encode()).entries] == ["Tin"]
