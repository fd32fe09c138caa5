"""Measures the second net on a year of RSS: taught on the earlier positives, ranked over all later items.

    python -m benchmarks.second_net [--shares 0.5 0.7] [--background N] [--list]

What recognition finds relevant stands for what officials took up. The words recognition looks for are blanked in every
text, as they are in the product, so the figure says how many items would be found without those words. The product also
teaches the lexicon's own phrases; they were written by people who had read news of this very year, so the figure with them is
a development figure and the one without is clean. Needs the optional set `learn`; the shared data are found by HOIAM_SHARED, else beside the project.
"""

import argparse
import json
import lzma
import os
import sys
import time
from datetime import date
from pathlib import Path

from hoiam.kit.recognition import Document, Lexicon, is_candidate, recognise
from hoiam.kit.recognition.second_net_training import (
    AT,
    Example,
    can_learn,
    measure,
    positives,
    prior_documents,
    split_by_time,
    train,
)

SHARED = Path(os.environ.get("HOIAM_SHARED", Path(__file__).parents[1] / "../shared")) / "data"


def examples() -> list[Example]:
    """The items of the year in the order they were seen, the relevant ones as positives."""
    found = sorted((SHARED / "rss").glob("*.jsonl.xz"))
    if not found:
        sys.exit("no rss/*.jsonl.xz: set HOIAM_SHARED")
    with lzma.open(found[0], "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    items.sort(key=lambda item: item.get("fetched") or item["published"])
    return [_example(item) for item in items]


def _example(item: dict[str, str]) -> Example:
    title, sapo = item["title"] or "", item.get("summary") or ""
    day = date.fromisoformat((item.get("fetched") or item["published"])[:10])
    document = Document(title=title, sapo=sapo, published_on=day)
    is_open = is_candidate(title) or is_candidate(sapo)
    return Example(document, is_open and recognise(document).relevant)


def thinned(rows: list[Example], background: int) -> list[Example]:
    """All positives and at most so many others, spread evenly over the time."""
    step = max(1, len(rows) // background)
    return [row for at, row in enumerate(rows) if row.is_positive or at % step == 0]


def report(
    rows: list[Example], share: float, background: int, show: bool, prior: list[Document]
) -> None:
    """Prints one split: what was learned from, and how the later items were ranked."""
    earlier, later = split_by_time(rows, share)
    taught_from = thinned(list(earlier), background)
    started = time.process_time()
    net = train(taught_from, prior)
    taught = time.process_time() - started
    started = time.process_time()
    found = measure(net, later)
    spent = time.process_time() - started
    print(
        f"{'with' if prior else 'without'} the lexicon's phrases: taught on {positives(taught_from)} positives of {len(taught_from):,} items in {taught:.1f} s; "
        f"later: {found.positives} positives among {found.items:,} items: recall@{AT} {found.recall:.3f}, "
        f"AP {found.precision:.3f}; {found.items / spent:,.0f} items/s, "
        f"{len(json.dumps(net.as_json(), ensure_ascii=False).encode()) / 1e6:.1f} MB as data"
    )
    if show:
        ranked = sorted(later, key=lambda e: -net.opinion(e.document).score)
        for rank, example in enumerate(ranked, start=1):
            if example.is_positive:
                print(f"    {rank:6} {example.document.title[:90]}")


def main() -> None:
    """Runs every split asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--shares", type=float, nargs="+", default=[0.5, 0.7])
    asked.add_argument("--background", type=int, default=20_000)
    asked.add_argument("--list", action="store_true", help="where each later positive stood")
    options = asked.parse_args()
    if not can_learn():
        print("   bỏ qua: the optional set `learn` is not installed")
        return
    rows = examples()
    for share in options.shares:
        for prior in ([], prior_documents(Lexicon.load())):
            report(rows, share, options.background, options.list, prior)


if __name__ == "__main__":
    main()
