"""Stories and duplicates against gold events: BCubed precision, recall and F1, and items per second.

    python -m benchmarks.stories [--distractors 6000]

A distractor in a gold item's story counts against precision; "gold alone" leaves distractors out of the count. Lines were
tuned on one half of the events ("held" is the other). The baseline (TF-IDF, single link) is tuned on the same half and shows what a
few lines of scikit-learn give. Reads events/events-dev.jsonl and press/vietnews-sample.jsonl.xz in the folder HOIAM_SHARED names (default: ../shared/data next to the project).
"""

import argparse
import json
import lzma
import os
import random
import sys
import time
from collections import Counter, defaultdict
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
    """BCubed precision, recall and F1 over the gold items; others found in a story with them count as strangers."""
    together, apart = defaultdict(set), defaultdict(set)
    for id, story in found.items():
        together[story].add(id)
    for id, event in gold.items():
        apart[event].add(id)
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


def distractors(path: Path, count: int, among: list[StoryItem]) -> list[StoryItem]:
    """Other articles, spread over the days of the gold ones as densely as those lie; order and times drawn with a fixed seed."""
    rng = random.Random(3)
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rng.shuffle(rows)
    times = sorted(item.published_at for item in among)
    found = []
    for row in rows[:count]:
        place = rng.randrange(len(times) - 1)
        moment = times[place] + (times[place + 1] - times[place]) * rng.random()
        found.append(StoryItem(f"d{row['id']}", row["title"], row["sapo"], row["body"], moment))
    return found


def halves(gold: dict[str, str]) -> tuple[set[str], set[str]]:
    """The events lines may be tuned on, and those they are only reported on."""
    names = sorted(set(gold.values()))
    random.Random(11).shuffle(names)
    return set(names[: len(names) // 2]), set(names[len(names) // 2 :])


def report(name: str, items: list[StoryItem], gold: dict[str, str]) -> None:
    """Print the figures of one view: all events, those reported on only, speed and the biggest stories."""
    start = time.process_time()
    found = fold(items)
    show(name, found, gold, len(items) / (time.process_time() - start))


def report_baseline(name: str, items: list[StoryItem], gold: dict[str, str]) -> None:
    """Print the same figures of TF-IDF with single link, its line tuned on the half that may be."""
    try:
        from benchmarks import _story_baseline as baseline  # noqa: PLC0415 -- scikit-learn may not be installed
    except ImportError:
        print("TF-IDF: không có scikit-learn, bỏ qua")
        return
    tuned = {id: event for id, event in gold.items() if event in halves(gold)[0]}
    found, line, rate = baseline.fold(items, lambda found: bcubed(found, tuned)[2])
    show(f"TF-IDF ≥ {line:.2f}, {name}", found, gold, rate)


def show(name: str, found: dict[str, str], gold: dict[str, str], rate: float) -> None:
    """Print one line of figures."""
    sizes = Counter(found.values())
    kept = halves(gold)[1]
    shown = []
    for label, part in (("all", gold), ("held", {i: e for i, e in gold.items() if e in kept})):
        p, r, f = bcubed(found, part)
        apart = bcubed({id: found[id] for id in part}, part)[2]
        shown.append(f"{label}: P {p:.3f} R {r:.3f} F1 {f:.3f} (gold alone {apart:.3f})")
    biggest = [size for _, size in sizes.most_common(3)]
    print(
        f"{name:32} {len(found):5} items  {'  '.join(shown)}  {rate:.0f} items/s  biggest {biggest}"
    )


def _bare(item: StoryItem) -> StoryItem:
    return StoryItem(item.id, item.title, item.sapo, "", item.published_at)


def main() -> None:
    """Print a line for the whole texts and one for title and sapo alone, without and with distractors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--distractors", type=int, default=6000)
    asked = parser.parse_args()
    path = shared_data() / "events/events-dev.jsonl"
    if not path.exists():
        sys.exit(f"không có {path}; đặt HOIAM_SHARED")
    pairs = events(path)
    gold = {item.id: event for item, event in pairs}
    items = [item for item, _ in pairs]
    others = distractors(shared_data() / "press/vietnews-sample.jsonl.xz", asked.distractors, items)
    for more in ([], others):
        whole = sorted(items + more, key=lambda item: item.published_at)
        report("toàn văn", whole, gold)
        report("tiêu đề + sapo", [_bare(item) for item in whole], gold)
        report_baseline("toàn văn", whole, gold)
        report_baseline("tiêu đề + sapo", [_bare(item) for item in whole], gold)


if __name__ == "__main__":
    main()
