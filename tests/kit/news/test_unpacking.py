"""Packed answers: unpacked within a bound, and what could be had of a damaged one."""

import gzip
import tracemalloc

from hoiam.kit.news import read_feed, read_sitemap, unpacking
from hoiam.kit.news.unpacking import unpacked

FEED = "<rss><channel><item><title>Tin một</title><link>https://bst.example/1</link></item></channel></rss>"
CUT = "Tệp bị cắt cụt giữa chừng; đã giữ phần đọc được, lần lấy sau sẽ đọc lại."


def test_what_is_not_packed_comes_back_as_it_is():
    assert unpacked(b"<rss/>").data == b"<rss/>"


def test_layers_and_members_are_taken_off():
    assert unpacked(gzip.compress(gzip.compress(b"abc"))).data == b"abc"
    assert unpacked(gzip.compress(b"abc") + gzip.compress(b"def")).data == b"abcdef"


def test_a_cut_file_gives_what_could_be_unpacked():
    noise = bytes(range(256)) * 4000
    found = unpacked(gzip.compress(noise)[:-200])
    assert noise.startswith(found.data)
    assert found.problems == (CUT,)


def test_a_damaged_file_is_told():
    packed = bytearray(gzip.compress(b"x" * 5000))
    packed[12] ^= 0xFF
    assert unpacked(bytes(packed)).problems == (CUT,)


def test_a_bomb_stops_at_the_bound():
    bomb = gzip.compress(gzip.compress(bytes(3 * unpacking.LARGEST), 9), 9)
    tracemalloc.start()
    found = unpacked(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.data) == unpacking.LARGEST
    assert found.problems == ("Nội dung lớn hơn 64 MB; chỉ đọc phần đầu.",)
    assert peak < 4 * unpacking.LARGEST


def test_readers_take_packed_bytes():
    assert read_feed(gzip.compress(FEED.encode())).entries[0].title == "Tin một"
    data = b"<urlset><url><loc>https://bst.example/1</loc></url></urlset>"
    assert (
        read_sitemap(gzip.compress(gzip.compress(data))).entries[0].link == "https://bst.example/1"
    )
