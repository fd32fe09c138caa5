"""Feeds per CPU second against feedparser, in one run, on feeds made here.

    python -m benchmarks.feeds [--feeds 200] [--items 50]

Every feed holds invented items with HTML entities, CDATA and dates as Vietnamese systems write them. The check column
says how many times of each reader agree with what was written: feedparser answers None where it cannot read.
"""

import argparse
import time
import warnings
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import feedparser

from hoiam.kit.news.feeds import read_feed
from hoiam.kit.vietnamese import VIETNAM

START = datetime(2026, 4, 5, 8, 0, tzinfo=VIETNAM)
SHAPES = (
    "%a, %d %b %Y %H:%M:%S +0700",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M GMT+7",
    "%Y-%m-%dT%H:%M:%S+07:00",
)
ITEM = """<item><title>Thi h&agrave;nh &aacute;n: đấu giá khu đất số {n} &amp; nhà xưởng ven sông Thanh</title>
<link>https://bao-song-thanh.example/kinh-te/dau-gia-khu-dat-{n}.html</link>
<guid isPermaLink="false">bst-{n}</guid>
<description><![CDATA[<a href="https://bao-song-thanh.example/{n}"><img src="https://anh.example/{n}.jpg" /></a></br>
Phiên đấu giá lần thứ {n} tại tỉnh Thanh Giang thu hút nhiều người tham gia; giá khởi điểm được giảm so với
lần trước theo thông báo của tổ chức đấu giá, người trúng phải nộp đủ tiền trong thời hạn ghi ở quy chế.]]></description>
<pubDate>{when}</pubDate></item>"""


def made(feeds: int, items: int) -> list[tuple[bytes, list[datetime]]]:
    """Feeds and the true times of their items."""
    made_feeds = []
    for number in range(feeds):
        times = [START + timedelta(minutes=37 * (number * items + n)) for n in range(items)]
        body = "\n".join(
            ITEM.format(n=number * items + n, when=when.strftime(SHAPES[number % len(SHAPES)]))
            for n, when in enumerate(times)
        )
        head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo Sông Thanh</title>'
        made_feeds.append((f"{head}{body}</channel></rss>".encode(), times))
    return made_feeds


def ours(data: bytes) -> list[datetime | None]:
    """The times our reader gives."""
    return [entry.published_at for entry in read_feed(data).entries]


def theirs(data: bytes) -> list[datetime | None]:
    """The times feedparser gives, as moments."""
    stamps = [entry.get("published_parsed") for entry in feedparser.parse(BytesIO(data)).entries]
    return [
        datetime(*one[:6], tzinfo=VIETNAM) + timedelta(hours=7) if one else None for one in stamps
    ]


def measure(name: str, read: Callable, feeds: list[tuple[bytes, list[datetime]]]) -> None:
    """Print one line of the table."""
    start = time.process_time()
    answers = [read(data) for data, _ in feeds]
    spent = time.process_time() - start
    times = [when for _, truth in feeds for when in truth]
    told = [when for answer in answers for when in answer]
    right = sum(a == b for a, b in zip(told, times, strict=True))
    wrong = sum(a is not None and a != b for a, b in zip(told, times, strict=True))
    rate = len(feeds) / spent
    print(
        f"{name:12} {rate:9.0f} feeds/s {len(times) / spent:10.0f} items/s  "
        f"times right {right}/{len(times)}, wrong {wrong}, unread {len(times) - right - wrong}"
    )


def main() -> None:
    """Measure both readers on the same bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--items", type=int, default=50)
    chosen = parser.parse_args()
    feeds = made(chosen.feeds, chosen.items)
    print(
        f"{len(feeds)} feeds of {chosen.items} items, {len(feeds[0][0]) // 1024} KB each, CPU time"
    )
    measure("hoiam", ours, feeds)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        measure("feedparser", theirs, feeds[: max(8, len(feeds) // 10)])


if __name__ == "__main__":
    main()
