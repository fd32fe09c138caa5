"""Versions: is a page with other advertisements taken for an edit, and is an edit of one word found?

    python -m benchmarks.versions [--articles 400]

Reads press/vietnews-sample.jsonl.xz in the folder HOIAM_SHARED names. Each article is laid out as a page three times: with other
advertisements, related links and counters each time, the third time with one word of its text changed.
"""

import argparse
import lzma
import random
import sys
import time
from itertools import islice
from json import loads

from benchmarks.stories import shared_data
from hoiam.kit.news import Text, extract, reread


def page(row: dict, body: str, rng: random.Random) -> str:
    """The article among things that change with every reading."""
    text = "".join(f"<p>{line}</p>" for line in body.split("\n") if line.strip())
    banner = "".join(
        f'<div class="ads"><a href="/q{rng.random()}">Quảng cáo {rng.randrange(999)}</a></div>'
        for _ in range(rng.randrange(4))
    )
    related = "".join(
        f"<li><a>Tin khác số {rng.randrange(999)} về chuyện khác</a></li>" for _ in range(5)
    )
    return (
        f'<html><head><title>{row["title"]}</title><meta name="description" content="{row["sapo"]}"></head><body>'
        f'<script>var t={rng.random()}</script>{banner}<article><h1>{row["title"]}</h1><p class="sapo">{row["sapo"]}</p>'
        f'{text}</article><ul class="related">{related}</ul><span>Lượt xem: {rng.randrange(9999)}</span></body></html>'
    )


def main() -> None:
    """Print how many were taken for edits, and how many edits were found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    asked = parser.parse_args()
    path = shared_data() / "press/vietnews-sample.jsonl.xz"
    if not path.exists():
        sys.exit(f"không có {path}; đặt HOIAM_SHARED")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [loads(line) for line in islice(lines, asked.articles)]
    rng, false, found, start = random.Random(5), 0, 0, time.process_time()
    for row in rows:
        first = extract(page(row, row["body"], rng))
        before = Text(first.title, first.sapo, first.body)
        false += reread(before, extract(page(row, row["body"], rng))).kind != "same"
        words = row["body"].split(" ")
        words[rng.randrange(len(words) // 3, len(words))] += "khác"
        found += reread(before, extract(page(row, " ".join(words), rng))).kind == "changed"
    spent = (time.process_time() - start) / len(rows) / 3 * 1000
    print(
        f"{len(rows)} articles: {false} false edits, {found} of {len(rows)} edits found, {spent:.1f} ms a reading"
    )


if __name__ == "__main__":
    main()
