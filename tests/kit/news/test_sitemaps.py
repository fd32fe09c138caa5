"""Sitemaps: index, plain and news."""

from hoiam.kit.news import SitemapEntry, read_sitemap
from hoiam.kit.vietnamese import read_moment

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://bst.example/1.html</loc><news:news><news:publication><news:name>Báo Sông Thanh</news:name></news:publication>
<news:publication_date>2026-04-05T08:00:00+07:00</news:publication_date><news:title>Đấu giá &amp; bàn giao</news:title></news:news></url></urlset>"""


def test_a_news_sitemap_gives_title_outlet_and_time():
    found = read_sitemap(NEWS.encode())
    when = "2026-04-05T08:00:00+07:00"
    assert (found.kind, found.problems) == ("urlset", ())
    assert found.entries == (
        SitemapEntry(
            "https://bst.example/1.html",
            "Đấu giá & bàn giao",
            "Báo Sông Thanh",
            read_moment(when).value,
            when,
        ),
    )


def test_an_index_lists_other_sitemaps():
    data = b"<sitemapindex><sitemap><loc>https://bst.example/s1.xml</loc><lastmod>2026-04-05</lastmod></sitemap></sitemapindex>"
    found = read_sitemap(data)
    assert (found.kind, [one.link for one in found.entries]) == (
        "index",
        ["https://bst.example/s1.xml"],
    )
    assert found.entries[0].modified_at.date().isoformat() == "2026-04-05"


def test_a_cut_sitemap_keeps_what_was_read_and_says_so():
    found = read_sitemap(NEWS.replace("</urlset>", "<url><loc>https://bst.exa").encode())
    assert found.entries[0].link == "https://bst.example/1.html"
    assert found.problems == (
        "Tệp bị cắt cụt giữa chừng; đã giữ phần đọc được, lần lấy sau sẽ đọc lại.",
    )


def test_a_page_is_no_sitemap():
    assert read_sitemap(b"<html><body>x</body></html>").problems == (
        "Nội dung không phải sơ đồ trang (sitemap); hãy kiểm tra lại địa chỉ.",
    )


def test_titles_of_pictures_are_not_the_articles():
    data = NEWS.replace(
        "<loc>",
        '<image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>https://anh.example/1.jpg</image:loc>'
        "<image:title>Ảnh</image:title></image:image><loc>",
    )
    found = read_sitemap(data.encode()).entries[0]
    assert (found.link, found.title) == ("https://bst.example/1.html", "Đấu giá & bàn giao")


def test_an_undeclared_prefix_and_a_bare_ampersand_are_no_fault():
    data = "<urlset><url><loc>https://bst.example/?a=1&b=2</loc><news:news><news:title>A & B</news:title></news:news></url></urlset>"
    found = read_sitemap(data.encode())
    assert [(one.link, one.title) for one in found.entries] == [
        ("https://bst.example/?a=1&b=2", "A & B")
    ]


def test_relative_addresses_are_resolved_and_others_are_counted():
    data = "<urlset><url><loc>/1.html</loc></url><url><loc>javascript:alert(1)</loc></url><url><lastmod>2026-04-05</lastmod></url></urlset>"
    found = read_sitemap(data.encode(), url="https://bst.example/sitemap.xml")
    assert [one.link for one in found.entries] == ["https://bst.example/1.html"]
    assert found.lost == 2
    assert found.problems == ("Bỏ 2 mục của sơ đồ trang vì không có địa chỉ web.",)


def test_an_unread_time_keeps_its_words():
    found = read_sitemap(NEWS.replace("2026-04-05T08:00:00+07:00", "hôm nọ").encode()).entries[0]
    assert (found.published_at, found.published_raw) == (None, "hôm nọ")


def test_a_plain_list_of_addresses_is_a_sitemap():
    found = read_sitemap(b"https://bst.example/1\n\nhttps://bst.example/2\nkhong phai\n")
    assert [one.link for one in found.entries] == ["https://bst.example/1", "https://bst.example/2"]
    assert (found.kind, found.lost) == ("urlset", 1)


def test_fifty_thousand_addresses_are_read():
    rows = "".join(f"<url><loc>https://bst.example/{n}</loc></url>" for n in range(50_000))
    assert len(read_sitemap(f"<urlset>{rows}</urlset>".encode()).entries) == 50_000
