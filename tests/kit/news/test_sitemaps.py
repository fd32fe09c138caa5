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
