"""Stories and duplicates against gold events: BCubed precision, recall and F1, and items per second.

    python -m benchmarks.stories [--without-text]

Reads events/events-dev.jsonl in the folder HOIAM_SHARED names (default: ../shared/data next to the project).
"""

import argparse
import json
import os
import sys
import time
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from hoiam.kit.news.stories import StoryIndex, StoryItem
from hoiam.kit.vietnamese import read_moment


def shared_data() -> Path:
    """The folder of real data: HOIAM_SHARED, else ../shared; its "data" subfolder when there is one."""
    root = Path(os.environ.get("HOIAM_SHARED") or Path(__file__).parents[1] / "../shared")
    return root / "data" if (root / "data").is_dir() else root


def events(path: Path) -> list[tuple[StoryItem, str]]:
    """The items of the gold file in time order, each with its event."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    items = [
        (StoryItem(row["id"], row["title"], row["sapo"], row["body"], _time(row)), row["event"])
        for row in rows
    ]
    return sorted(items, key=lambda pair: pair[0].published_at)


def bcubed(found: dict[str, str], gold: dict[str, str]) -> tuple[float, float, float]:
    """BCubed precision, recall and F1 of one clustering against another."""
    together, apart = defaultdict(set), defaultdict(set)
    for id in gold:
        together[found[id]].add(id)
        apart[gold[id]].add(id)
    precision = recall = 0.0
    for id in gold:
        both = len(together[found[id]] & apart[gold[id]])
        precision += both / len(together[found[id]])
        recall += both / len(apart[gold[id]])
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def fold(items: list[StoryItem]) -> dict[str, str]:
    """The story of each item."""
    index = StoryIndex()
    return {item.id: index.add(item).story for item in items}


def _time(row: dict) -> datetime:
    moment = read_moment(row["time"])
    if moment is None:
        raise SystemExit(f"không đọc được thời gian: {row['time']}")
    return moment.value


def _bare(item: StoryItem) -> StoryItem:
    return StoryItem(item.id, item.title, item.sapo, "", item.published_at)


def main() -> None:
    """Print one line for the whole texts and one for title and sapo alone."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    path = shared_data() / "events/events-dev.jsonl"
    if not path.exists():
        sys.exit(f"không có {path}; đặt HOIAM_SHARED")
    pairs = events(path)
    gold = {item.id: event for item, event in pairs}
    for name, view in (("toàn văn", lambda item: item), ("tiêu đề + sapo", _bare)):
        items = [view(item) for item, _ in pairs]
        start = time.process_time()
        found = fold(items)
        rate = len(items) / (time.process_time() - start)
        p, r, f = bcubed(found, gold)
        biggest = max(list(found.values()).count(story) for story in set(found.values()))
        print(
            f"{name:16} BCubed P {p:.3f} R {r:.3f} F1 {f:.3f}  {rate:.0f} items/s  biggest {biggest}"
        )


if __name__ == "__main__":
    main()
