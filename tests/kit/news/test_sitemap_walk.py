"""The walk over a site's sitemaps: newest first, each once, with an end."""

from datetime import datetime

from hoiam.kit.news import Sitemap, SitemapEntry, SitemapWalk
from hoiam.kit.vietnamese import VIETNAM

HOME = "https://bst.example/sitemap.xml"


def index(*names: str, months: tuple[int, ...] = ()) -> Sitemap:
    """An index of sitemaps, changed in these months."""
    whens = [datetime(2026, month, 1, tzinfo=VIETNAM) for month in months] or [None] * len(names)
    entries = (
        SitemapEntry(f"https://bst.example/{name}.xml", modified_at=when)
        for name, when in zip(names, whens, strict=True)
    )
    return Sitemap("index", tuple(entries))


def addresses(walk: SitemapWalk) -> list[str]:
    """What is left to read."""
    return list(iter(walk.next_address, None))


def test_an_index_gives_its_sitemaps_newest_first():
    walk = SitemapWalk(HOME)
    assert walk.take(index("a", "b", "c", months=(1, 3, 2))) == ()
    assert addresses(walk) == [f"https://bst.example/{name}.xml" for name in "bca"]
    assert walk.problems == ()


def test_a_sitemap_of_articles_gives_them():
    articles = (SitemapEntry("https://bst.example/1"),)
    assert SitemapWalk(HOME).take(Sitemap("urlset", articles)) == articles


def test_a_loop_ends():
    walk = SitemapWalk(HOME)
    walk.take(index("sitemap", "a"))
    assert walk.next_address() == "https://bst.example/a.xml"
    walk.take(index("a", "sitemap"))
    assert walk.next_address() is None


def test_indexes_within_indexes_end_at_a_depth_and_say_so():
    walk = SitemapWalk(HOME, deepest=2)
    walk.take(index("a"))
    walk.next_address()
    walk.take(index("b"))
    walk.next_address()
    walk.take(index("c", "d"))
    assert walk.next_address() is None
    assert walk.problems == (
        "Còn 2 sơ đồ trang con chưa đọc vì quá nhiều hoặc lồng quá sâu; nếu thiếu tin, hãy khai "
        "thẳng địa chỉ sơ đồ tin tức của báo.",
    )


def test_no_more_than_so_many_are_read_and_the_rest_is_told():
    walk = SitemapWalk(HOME, most=3)
    walk.take(index("a", "b", "c", "d"))
    assert len(addresses(walk)) == 2
    assert walk.problems[0].startswith("Còn 2 sơ đồ trang con")
