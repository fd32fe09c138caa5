"""Feeds: every dialect, every fault, and never a guessed time."""

from pathlib import Path

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.news import read_feed
from hoiam.kit.news.feeds.xml import MAX_XML_DEPTH

CASES = yaml_of((Path(__file__).parent / "cases/feeds.yaml").read_text("utf-8"))["cases"]
HOME = "https://bst.example/rss/phap-luat.rss"
ITEM = "<item><title>Tin {n}</title><link>https://bst.example/{n}</link><pubDate>05/04/2026 08:00</pubDate></item>"


def rss(count: int) -> str:
    """A feed of this many plain items."""
    return f"<rss><channel>{''.join(ITEM.format(n=n) for n in range(count))}</channel></rss>"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_feed_gives_its_entries_and_says_what_is_wrong(case):
    feed = read_feed(case["data"].encode(), url=HOME)
    told = [
        [one.title, one.link, one.published_at and one.published_at.isoformat()]
        for one in feed.entries
    ]
    assert told == case["expected"]
    assert list(feed.problems) == case["told"]
    assert (feed.kind, feed.lost) == (case["kind"], 0)


def test_an_unread_time_keeps_its_words():
    entry = read_feed(CASES[4]["data"].encode()).entries[0]
    assert entry.published_raw == "vừa xong nhé"
    assert entry.problems == (
        "Không đọc được thời gian đăng “vừa xong nhé”; hãy nhập tay nếu cần.",
    )


def dated(*stamps: str) -> list[str | None]:
    """The times of items with these words, and what the feed says of them."""
    items = "".join(ITEM.replace("05/04/2026 08:00", stamp) for stamp in stamps)
    feed = read_feed(f"<rss><channel>{items}</channel></rss>".encode())
    return [one.published_at and one.published_at.date().isoformat() for one in feed.entries]


def test_one_date_that_is_month_first_puts_the_others_in_doubt():
    american = ("4/14/2026 8:00:00 AM", "4/5/2026 8:00:00 AM", "4/4/2026 8:00:00 AM")
    assert dated(*american) == [None, None, "2026-04-04"]
    assert dated("14/4/2026 8:00", "4/5/2026 8:00", "31/2/2026 8:00") == [
        "2026-04-14",
        "2026-05-04",
        None,
    ]
    assert dated("2026-04-05T08:00:00+07:00", "4/14/2026 8:00") == ["2026-04-05", None]


def test_a_feed_that_writes_months_first_says_so():
    items = ITEM.replace("05/04/2026", "04/14/2026") + ITEM
    feed = read_feed(f"<rss><channel>{items}</channel></rss>".encode())
    assert feed.problems == (
        "Nguồn tin này viết tháng trước ngày (“04/14/2026 08:00”) nên các ngày viết cùng kiểu không đọc chắc được; "
        "hãy đối chiếu thời gian trong bài.",
    )
    assert feed.entries[1].published_raw == "05/04/2026 08:00"
    assert feed.entries[1].problems == (
        "Không đọc được thời gian đăng “05/04/2026 08:00”; hãy nhập tay nếu cần.",
    )


def test_summary_is_plain_text():
    data = "<rss><channel><item><description><![CDATA[<a href='x'><img src='y'></a></br>Tóm &amp; tắt<p>hai</p>]]></description></item></channel></rss>"
    assert read_feed(data.encode()).entries[0].summary == "Tóm & tắt hai"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_encodings_are_told_apart(encoding):
    declared = "windows-1258" if encoding == "cp1258" else "utf-8"
    text = f'<?xml version="1.0" encoding="{declared}"?><rss><channel><item><title>Đô\u0300 a\u0301n</title></item></channel></rss>'
    assert read_feed(text.encode(encoding)).entries[0].title == "Đồ án"


def test_a_wrong_declaration_is_corrected_and_told():
    text = '<?xml version="1.0" encoding="windows-1252"?><rss><channel><item><title>Thi hành án</title></item></channel></rss>'
    feed = read_feed(text.encode())
    assert feed.entries[0].title == "Thi hành án"
    assert feed.problems == ("Khai bảng mã cp1252 nhưng nội dung là utf-8; đã đọc theo utf-8.",)


def test_a_truncated_feed_keeps_its_whole_items_and_says_so():
    whole = rss(5)
    feed = read_feed(whole[: whole.index("Tin 4") + 3].encode())
    assert [one.title for one in feed.entries][:4] == ["Tin 0", "Tin 1", "Tin 2", "Tin 3"]
    assert (
        "Tệp bị cắt cụt giữa chừng; đã giữ phần đọc được, lần lấy sau sẽ đọc lại." in feed.problems
    )


def test_there_is_no_cap_on_entries():
    assert len(read_feed(rss(300).encode()).entries) == 300


def test_items_before_a_nesting_bomb_are_kept():
    data = rss(2).removesuffix("</channel></rss>") + "<a>" * 200_000
    feed = read_feed(data.encode())
    assert [one.title for one in feed.entries] == ["Tin 0", "Tin 1"]
    assert feed.problems[0].startswith(f"Nội dung lồng quá {MAX_XML_DEPTH} tầng thẻ")


def test_a_json_item_that_is_no_object_is_counted_as_lost():
    feed = read_feed(b'{"version":"1.1","items":[{"id":"1","title":"T"},5]}')
    assert (len(feed.entries), feed.lost) == (1, 1)


def test_entry_has_the_shape_of_the_contract():
    entry = read_feed(rss(1).encode()).entries[0]
    assert entry.as_json() == {
        "id": "https://bst.example/0",
        "link": "https://bst.example/0",
        "title": "Tin 0",
        "summary": "",
        "author": "",
        "published_at": "2026-04-05T08:00:00+07:00",
        "published_raw": "05/04/2026 08:00",
        "problems": [],
    }


ODD = "<item><title>Giá vàng Ä\u0308 価\u00a0tăng\t mạnh</title><link>https://bao.example/odd</link></item>"


@pytest.mark.parametrize(
    "odd", [ODD, ODD.replace("価", "C?ng hòa"), "<item><title>\t</title></item>"]
)
def test_strange_letters_of_one_entry_change_nothing_in_another(odd: str) -> None:
    plain = (
        "<item><title> Đấu  giá\n nhà &amp;nbsp;xưởng </title><link>https://bao.example/1</link>"
        "<description>&lt;p&gt;Kê  biên&lt;/p&gt;\n tài sản</description><pubDate>06/09/2023  14:05</pubDate></item>"
    )
    alone, beside = (
        read_feed(f"<rss><channel>{items}</channel></rss>".encode()).entries[0]
        for items in (plain, plain + odd)
    )

    assert alone == beside
    assert (alone.title, alone.summary) == ("Đấu giá nhà xưởng", "Kê biên tài sản")
    assert alone.published_at is not None
