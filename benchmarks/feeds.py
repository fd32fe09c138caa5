"""Feeds per CPU second against feedparser and bare lxml, in one run, on the same bytes.

    python -m benchmarks.feeds [--feeds 200] [--items 50]

The first table reads feeds made here: invented items with HTML entities, CDATA and dates as Vietnamese systems write them.
The second, when the shared data (HOIAM_SHARED, else ../shared) is there, reads real titles, summaries and links, written as
feeds in the same four shapes. "right" says how many titles and times agree with what was written; feedparser answers None
for a time it cannot read. Bare lxml only walks the tree and takes each child's text: the floor of any reader built on it.
Each feed is read five times and the best time of each counts: other work on the machine only ever slows.
"""

import argparse
import json
import lzma
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import escape, unescape
from io import BytesIO
from itertools import islice
from pathlib import Path

import feedparser
from lxml import etree

from benchmarks.stories import shared_data
from hoiam.kit.news.feeds import read_feed
from hoiam.kit.vietnamese import VIETNAM, nfc

START = datetime(2026, 4, 5, 8, 0, tzinfo=VIETNAM)
SHAPES = (
    "%a, %d %b %Y %H:%M:%S +0700",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M GMT+7",
    "%Y-%m-%dT%H:%M:%S+07:00",
)
HEAD = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo Sông Thanh</title>'
TITLE = "Thi h&agrave;nh &aacute;n: đấu giá khu đất số {n} &amp; nhà xưởng ven sông Thanh"
SUMMARY = """Phiên đấu giá lần thứ {n} tại tỉnh Thanh Giang thu hút nhiều người tham gia; giá khởi điểm được giảm so với
lần trước theo thông báo của tổ chức đấu giá, người trúng phải nộp đủ tiền trong thời hạn ghi ở quy chế."""
ITEM = """<item><title>{title}</title>
<link>{link}</link>
<guid isPermaLink="false">bst-{n}</guid>
<description><![CDATA[<a href="{link}"><img src="https://anh.example/{n}.jpg" /></a></br>
{summary}]]></description>
<pubDate>{when}</pubDate></item>"""

Told = list[tuple[str, datetime | None]]
Made = list[tuple[bytes, Told]]


def invented(feeds: int, items: int) -> Made:
    """Feeds of invented items with their true titles and times."""
    made = []
    for number in range(feeds):
        rows = []
        for n in range(number * items, number * items + items):
            link = f"https://bao-song-thanh.example/kinh-te/dau-gia-khu-dat-{n}.html"
            rows.append((n, TITLE.format(n=n), link, SUMMARY.format(n=n)))
        titles = [
            row[1].replace("&agrave;", "à").replace("&aacute;", "á").replace("&amp;", "&")
            for row in rows
        ]
        made.append(feed(rows, titles, SHAPES[number % len(SHAPES)]))
    return made


def real(feeds: int, items: int, folder: Path) -> Made:
    """Feeds of real items, titles escaped, summaries as they were kept."""
    made, rows = [], archived(folder)
    for number in range(feeds):
        told = list(islice(rows, items))
        lines = [
            (n, escape(one["title"]), escape(one["link"]), one["summary"] or "")
            for n, one in enumerate(told)
        ]
        # The archive kept some titles escaped once too often; a reader of text shows "T&T".
        titles = [
            nfc(" ".join(unescape(one["title"]).replace("\u200b", " ").split())) for one in told
        ]
        made.append(feed(lines, titles, SHAPES[number % len(SHAPES)]))
    return made


def archived(folder: Path) -> Iterator[dict]:
    """The items of the archive in order."""
    for path in sorted((folder / "rss").glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def feed(
    rows: list[tuple[int, str, str, str]], titles: list[str], shape: str
) -> tuple[bytes, Told]:
    """The bytes of one feed and what is true of it."""
    times = [START + timedelta(minutes=37 * row[0]) for row in rows]
    body = "\n".join(
        ITEM.format(n=n, title=title, link=link, summary=summary, when=when.strftime(shape))
        for (n, title, link, summary), when in zip(rows, times, strict=True)
    )
    return f"{HEAD}{body}</channel></rss>".encode(), list(zip(titles, times, strict=True))


def ours(data: bytes) -> Told:
    """What our reader gives."""
    return [(entry.title, entry.published_at) for entry in read_feed(data).entries]


def theirs(data: bytes) -> Told:
    """What feedparser gives, times as moments."""
    told = []
    for entry in feedparser.parse(BytesIO(data)).entries:
        stamp = entry.get("published_parsed")
        when = datetime(*stamp[:6], tzinfo=VIETNAM) + timedelta(hours=7) if stamp else None
        told.append((entry.get("title", ""), when))
    return told


def bare(data: bytes) -> Told:
    """The text of every child of every item, and nothing done with it."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    told = []
    for item in etree.fromstring(data, parser).iter("item"):
        words = {child.tag: child.text for child in item}
        told.append((words["title"] or "", None))
    return told


def measure(name: str, read: Callable[[bytes], Told], feeds: Made, turns: int = 5) -> None:
    """Print one line of the table."""
    best = sum(min(spent(read, data) for _ in range(turns)) for data, _ in feeds)
    answers = [read(data) for data, _ in feeds]
    truth = [one for _, told in feeds for one in told]
    told = [one for answer in answers for one in answer]
    titles = sum(a[0] == b[0] for a, b in zip(told, truth, strict=True))
    right = sum(a[1] == b[1] for a, b in zip(told, truth, strict=True))
    wrong = sum(a[1] is not None and a[1] != b[1] for a, b in zip(told, truth, strict=True))
    print(
        f"{name:12} {len(feeds) / best:9.0f} feeds/s {len(truth) / best:10.0f} items/s  of {len(truth)}: titles right "
        f"{titles}, times right {right}, wrong {wrong}, unread {len(truth) - right - wrong}"
    )


def spent(read: Callable[[bytes], Told], data: bytes) -> float:
    """Seconds of CPU for one feed."""
    start = time.process_time()
    read(data)
    return time.process_time() - start


def table(name: str, feeds: Made) -> None:
    """All readers on the same feeds."""
    size = sum(len(data) for data, _ in feeds) // len(feeds) // 1024
    print(
        f"{name}: {len(feeds)} feeds of {len(feeds[0][1])} items, {size} KB each, items per CPU second"
    )
    measure("ours", ours, feeds)
    measure("bare lxml", bare, feeds)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        measure("feedparser", theirs, feeds[: max(8, len(feeds) // 10)], turns=2)


def main() -> None:
    """Measure the readers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--items", type=int, default=50)
    chosen = parser.parse_args()
    table("invented items", invented(chosen.feeds, chosen.items))
    folder = shared_data()
    if (folder / "rss").is_dir():
        table("real items", real(chosen.feeds, chosen.items, folder))
    else:
        print("real items: no shared data here (HOIAM_SHARED), passed over")


if __name__ == "__main__":
    main()
