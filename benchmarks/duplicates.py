"""Near-duplicates: precision and recall on edited copies of real articles, and items per second.

    python -m benchmarks.duplicates [--articles 400]

Reads press/vietnews-sample.jsonl.xz, events/events-dev.jsonl and rss/*.xz in the folder HOIAM_SHARED names. Each article gets
seven edited copies; reports of the same event by other papers are the hard negatives. Peers (datasketch, simhash) are asked
the same when they are installed; the project itself does not need them.
"""

import argparse
import json
import lzma
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path

from benchmarks.stories import shared_data
from hoiam.kit.news.duplicates import DuplicateIndex
from hoiam.kit.news.syllables import shingles, syllables


def rows(path: Path, limit: int) -> list[dict]:
    """The first records of a JSON Lines file, compressed or not."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in islice(lines, limit)]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, limit)]


def substituted(words: list[str], share: float, rng: random.Random) -> list[str]:
    """The words with a share of them replaced by others of the same text."""
    return [rng.choice(words) if rng.random() < share else word for word in words]


def copies(text: str, rng: random.Random) -> dict[str, str]:
    """Seven edits a reprint goes through."""
    words = text.split()
    half, most = len(words) // 2, len(words) * 4 // 5
    return {
        "same": text,
        "sub 5 %": " ".join(substituted(words, 0.05, rng)),
        "sub 10 %": " ".join(substituted(words, 0.10, rng)),
        "trunc 50 %": " ".join(words[:half]),
        "tail cut, lead added": "Theo tin từ báo bạn, " + " ".join(words[:most]),
        "wire": "(BST) - " + " ".join(substituted(words[:most], 0.05, rng)) + " Theo TTXVN",
        "paragraph dropped": " ".join(words[: half // 2] + words[half:]),
    }


def quality(articles: list[dict], events: list[dict]) -> None:
    """Print recall by kind of edit and the precision over all answers."""
    rng = random.Random(7)
    index = DuplicateIndex()
    texts = {f"a{n}": _text(row) for n, row in enumerate(articles)}
    texts |= {f"e{n}": _text(row) for n, row in enumerate(events)}
    kept = {id: text for id, text in texts.items() if not index.find_or_add(id, text)}
    right, asked, wrong = Counter(), Counter(), 0
    for id, text in kept.items():
        for kind, copy in copies(text, rng).items():
            found = index.find(copy)
            asked[kind] += 1
            right[kind] += found is not None and found.of == id
            wrong += found is not None and found.of != id
    hits = sum(right.values())
    print(
        f"{len(kept)} articles: precision {hits / (hits + wrong):.4f} recall {hits / sum(asked.values()):.4f}"
    )
    print("  " + ", ".join(f"{kind} {right[kind] / asked[kind]:.3f}" for kind in asked))
    print(f"  dropped at first sight as copies: {len(texts) - len(kept)} of {len(texts)}")
    peers(kept)


def peers(texts: dict[str, str]) -> None:
    """Print the same copies asked of other programs, each by its own documented use; one not installed says so."""
    for name, make in (("datasketch", datasketch_finder), ("simhash", simhash_finder)):
        try:
            find = make(texts)
        except ImportError:
            print(f"  {name}: không cài, bỏ qua")
            continue
        rng, right, asked, wrong = random.Random(7), 0, 0, 0
        start = time.process_time()
        for id, text in texts.items():
            for copy in copies(text, rng).values():
                found = find(copy)
                asked += 1
                right += id in found
                wrong += len(found - {id})
        rate = asked / (time.process_time() - start)
        print(
            f"  {name}: precision {right / max(1, right + wrong):.4f} recall {right / asked:.4f}, {rate:.0f} lookups/s"
        )


def datasketch_finder(texts: dict[str, str]) -> Callable[[str], set[str]]:
    """MinHash with LSH at a likeness of 0.5, 128 permutations, on the same shingles."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 -- a peer, often not installed

    def signed(text: str) -> MinHash:
        signature = MinHash(num_perm=128)
        signature.update_batch([run.encode() for run in shingles(syllables(text))])
        return signature

    index = MinHashLSH(threshold=0.5, num_perm=128)
    for id, text in texts.items():
        index.insert(id, signed(text))
    return lambda text: set(index.query(signed(text)))


def simhash_finder(texts: dict[str, str]) -> Callable[[str], set[str]]:
    """SimHash of 64 bits, at most 3 of them different."""
    from simhash import Simhash, SimhashIndex  # noqa: PLC0415 -- a peer, often not installed

    index = SimhashIndex(
        [(id, Simhash(shingles(syllables(text)))) for id, text in texts.items()], k=3
    )
    return lambda text: set(index.get_near_dups(Simhash(shingles(syllables(text)))))


def speed(items: list[dict]) -> None:
    """Print items per second of exact and MinHash layers on title and summary."""
    index = DuplicateIndex(days=30)
    start = time.process_time()
    found = 0
    for row in items:
        text = f"{row['title']}\n{row.get('summary') or ''}"
        at = datetime.fromisoformat(row["fetched"])
        found += index.find_or_add(row["link"], text, url=row["link"], at=at) is not None
    spent = time.process_time() - start
    print(
        f"{len(items)} RSS items: {len(items) / spent:.0f} items/s, {found} copies, {len(index)} kept in the window"
    )


def _text(row: dict) -> str:
    return "\n".join(
        (row["title"], row.get("sapo") or "", row.get("body") or row.get("text") or "")
    )


def main() -> None:
    """Measure quality, then speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--items", type=int, default=20_000)
    chosen = parser.parse_args()
    data = shared_data()
    if not (data / "press").is_dir():
        sys.exit(f"không có {data}; đặt HOIAM_SHARED")
    articles = rows(data / "press/vietnews-sample.jsonl.xz", chosen.articles)
    quality(articles, rows(data / "events/events-dev.jsonl", 10_000))
    speed(rows(next((data / "rss").glob("*.xz")), chosen.items))


if __name__ == "__main__":
    main()
