"""Hostile and broken input: a reader answers, it never raises."""

import random

import pytest

from hoiam.kit.news import canonical_url, extract, read_feed, read_sitemap, url_key

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo Sông Thanh</title>
<item><title><![CDATA[Đấu giá & bàn giao]]></title><link>https://bst.example/1</link><pubDate>Chủ nhật, 05/04/2026 08:00 GMT+7</pubDate>
<description>&lt;p&gt;Tóm tắt&lt;/p&gt;</description></item></channel></rss>""".encode()
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Tin</title><script type="application/ld+json">{"@type":"NewsArticle",
"datePublished":"2026-04-05T08:00:00+07:00","author":[{"name":"Lê An"}]}</script></head><body><h1 class="detail-title">Tin</h1>
<h2 class="detail-sapo">Sapo của tin</h2><div class="detail-content"><p>Đoạn văn thứ nhất đủ dài để đọc.</p></div></body></html>""".encode()
ADDRESSES = [
    "",
    "http://[::1",
    "https://",
    "//",
    "http://a:b:c/",
    "javascript:alert(1)",
    "http://x.example:99999/",
    "\x00",
    "http://.../",
]


def damaged(data: bytes, seed: int) -> bytes:
    """The data with bytes cut, doubled, swapped and replaced."""
    rng = random.Random(seed)
    broken = bytearray(data)
    for _ in range(rng.randrange(1, 12)):
        place = rng.randrange(len(broken))
        match rng.randrange(4):
            case 0:
                del broken[place : place + rng.randrange(1, 30)]
            case 1:
                broken[place:place] = broken[place : place + rng.randrange(1, 60)]
            case 2:
                broken[place] = rng.randrange(256)
            case _:
                broken[place:place] = rng.choice(
                    [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"\xff", b"\x00", b'"']
                )
        broken = broken or bytearray(b"<")
    return bytes(broken)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_feed_is_read_or_told(seed):
    feed = read_feed(damaged(FEED, seed), url="https://bst.example/rss")
    assert feed.entries or feed.problems


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_page_is_read_or_told(seed):
    page = extract(damaged(PAGE, seed), url="https://bst.example/1")
    assert page.title or page.problems


@pytest.mark.parametrize("seed", range(20))
def test_noise_is_told(seed):
    noise = random.Random(seed).randbytes(400)
    assert read_feed(noise).problems
    assert extract(noise).problems
    assert read_sitemap(noise).problems


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_breaks_anything(address):
    assert canonical_url(canonical_url(address)) == canonical_url(address)
    assert url_key(address) == url_key(canonical_url(address))
    assert extract(PAGE, url=address).title == "Tin"
    assert len(read_feed(FEED, url=address).entries) == 1


def test_a_link_to_a_script_is_refused():
    feed = read_feed(FEED.replace(b"https://bst.example/1", b"javascript:alert(1)"))
    assert feed.entries[0].link == ""
    assert feed.entries[0].problems == ("Liên kết không phải địa chỉ web: javascript:alert(1)",)
