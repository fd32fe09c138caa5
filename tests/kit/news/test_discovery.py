"""Where a site keeps its feeds: what its head and its links say, and common places."""

from hoiam.kit.news import Place, common_places, feed_links, feed_pages

URL = "https://songthanh.example/"
PAGE = """<html><head>
<link rel="alternate" type="application/rss+xml" title="Trang chủ" href="/rss/home.rss">
<link rel="alternate" hreflang="en" href="/en/">
<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="https://songthanh.example/atom.xml">
</head><body>
<a href="/rss/phap-luat.rss">Pháp  luật</a><a href="/rss/home.rss#x">lần nữa</a>
<a href="https://khac.example/tin.rss">Báo khác</a><a href="mailto:toa-soan@songthanh.example">Thư</a>
<a href="/rss.html">RSS</a><a href="/xa-hoi.html">Xã hội</a><a href="/press-release.html">Thông cáo</a>
</body></html>""".encode()


def test_the_head_goes_first_and_each_address_once():
    assert feed_links(PAGE, url=URL) == (
        Place("https://songthanh.example/rss/home.rss", "feed", "Trang chủ", "link"),
        Place("https://songthanh.example/atom.xml", "feed", "", "link"),
        Place("https://songthanh.example/rss/phap-luat.rss", "feed", "Pháp luật", "anchor"),
    )


def test_pages_that_list_feeds_are_told_from_feeds_and_from_words_that_hold_rss():
    assert feed_pages(PAGE, url=URL) == ("https://songthanh.example/rss.html",)


def test_common_places_stand_at_the_root():
    found = common_places("https://songthanh.example/phap-luat/tin.html")
    assert Place("https://songthanh.example/rss/home.rss", "feed", "", "common") in found
    assert Place("https://songthanh.example/sitemap.xml", "sitemap", "", "common") in found
    assert len({place.url for place in found}) == len(found)


def test_a_hostile_page_is_cut_not_followed():
    assert feed_links(b"<div>" * 200_000 + PAGE, url=URL) == ()
    assert feed_links(b"", url=URL) == ()


def test_of_a_page_of_links_without_end_the_first_are_looked_at(monkeypatch):
    monkeypatch.setattr("hoiam.kit.news.discovery._MOST_ANCHORS", 3)
    page = "".join(f'<a href="/tin-{n}.rss">RSS</a><a href="/rss-{n}">RSS</a>' for n in range(9))

    assert len(feed_links(page.encode(), url=URL)) == 2
    assert len(feed_pages(page.encode(), url=URL)) == 1
