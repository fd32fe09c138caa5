"""Replays a year of national RSS through normalise → recognise → fold, without a database.

    python -m benchmarks.replay [--items N] [--all]

With --all every item is folded, also those that concern others: the hardest stream for the stories. Reads rss/*.jsonl.xz in the folder HOIAM_SHARED names. Prints items a second of one core, the peak of memory, and the size
of the largest stories. Gate: at least 2,000 items a second (without --all), no story over 60.
"""

import argparse
import json
import lzma
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.stories import shared_data
from hoiam.kit.news import StoryIndex, StoryItem, url_key
from hoiam.kit.recognition import Document, is_candidate, recognise
from hoiam.kit.vietnamese import nfc, repair


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=None, help="at most so many")
    parser.add_argument("--all", action="store_true", help="fold every item")
    asked = parser.parse_args()
    files = sorted((shared_data() / "rss").glob("*.jsonl.xz"))
    if not files:
        sys.exit(f"không có {shared_data() / 'rss'}; đặt HOIAM_SHARED")
    for file in files:
        replay(file, asked.items, every=asked.all)


def replay(file: Path, limit: int | None, *, every: bool = False) -> None:
    """Replay one file and print what it took; unpacking and JSON are not counted."""
    stories, seen, sizes = StoryIndex(window_hours=96), set[str](), Counter[str]()
    count, spent = 0, 0.0
    for record in islice(records(file), limit):
        start = time.process_time()
        key = url_key(record["link"])
        if key not in seen:
            seen.add(key)
            link = one(record, stories, every=every)
            if link is not None:
                sizes[link] += 1
        spent += time.process_time() - start
        count += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    largest = [size for _, size in sizes.most_common(5)]
    print(
        f"replay {file.name}: {count:,} items, {count / spent:,.0f} items/s CPU, {sum(sizes.values())} folded into "
        f"{len(sizes)} stories (largest {largest}), {len(stories)} left in the window, {peak:.0f} MB"
    )


def one(record: dict[str, Any], stories: StoryIndex, *, every: bool = False) -> str | None:
    """The story one item was folded into, or None when it concerns others."""
    title, summary = (nfc(repair(str(record.get(k) or "")).text) for k in ("title", "summary"))
    # The archive's "published" is missing or the reading's own time for some outlets; "fetched" is in order for all.
    moment = datetime.fromisoformat(record["fetched"])
    if not every and not _concerns(title, summary, moment):
        return None
    item = StoryItem(record["id"], title, summary, published_at=moment)
    return stories.add(item).story


def _concerns(title: str, summary: str, moment: datetime) -> bool:
    if not is_candidate(f"{title}\n{summary}"):
        return False
    return recognise(Document(title=title, sapo=summary, published_on=moment.date())).relevant


def records(file: Path) -> Iterator[dict[str, Any]]:
    """The lines of the file."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
