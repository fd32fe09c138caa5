"""Article text against the article-extraction-benchmark's truth: 4-word shingle F1, pages per CPU second.

    python -m benchmarks.extraction

Reads extraction/article-extraction-benchmark.tar in the folder HOIAM_SHARED names. Its pages are foreign and have no sapo, so the
body alone is scored; trafilatura runs on the same pages in the same process.
"""

import argparse
import gzip
import json
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from benchmarks.stories import shared_data
from hoiam.kit.news.pages import extract
from hoiam.kit.news.pages.fast import fast_body
from hoiam.kit.news.pages.texts import page_text

WORD = re.compile(r"\w+")


def pages(path: Path) -> list[tuple[bytes, str, str]]:
    """HTML, address and true text of every page."""
    with tarfile.open(path) as archive:
        members = {
            Path(one.name).name: archive.extractfile(one).read() for one in archive if one.isfile()
        }
    truth = json.loads(members["ground-truth.json"])
    return [
        (gzip.decompress(members[f"{key}.html.gz"]), row["url"], row["articleBody"])
        for key, row in truth.items()
    ]


def shingles(text: str) -> Counter:
    """Runs of four words and how often they occur."""
    words = WORD.findall(text or "")
    return Counter(zip(*(words[place:] for place in range(4)), strict=False)) or Counter(
        [tuple(words)]
    )


def measure(
    name: str, read: Callable[[bytes, str], str], truth: list[tuple[bytes, str, str]]
) -> None:
    """Print one line of the table; the speed is that of the better of two passes."""
    spent = float("inf")
    for _ in range(2):
        start = time.process_time()
        answers = [read(html, url) for html, url, _ in truth]
        spent = min(spent, time.process_time() - start)
    precision = recall = 0.0
    for answer, (_, _, text) in zip(answers, truth, strict=True):
        found, gold = shingles(answer), shingles(text)
        both = (found & gold).total()
        precision += both / max(1, found.total()) / len(truth)
        recall += both / max(1, gold.total()) / len(truth)
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"{name:24} F1 {f1:.3f} (P {precision:.3f} R {recall:.3f})  {len(truth) / spent:6.1f} pages/s"
    )


def fast_text(html: bytes) -> str:
    """The body alone by the fast tier, without rules, fields and dates: what other text extractors give."""
    tree = LexborHTMLParser(page_text(html, None).html)
    return "\n\n".join(block.text for block in fast_body(tree))


def main() -> None:
    """Measure our ways and trafilatura."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    path = shared_data() / "extraction/article-extraction-benchmark.tar"
    if not path.exists():
        sys.exit(f"không có {path}; đặt HOIAM_SHARED")
    truth = pages(path)
    measure("ours, all fields", lambda html, url: extract(html, url=url).body, truth)
    measure("ours quick, all fields", lambda h, url: extract(h, url=url, quick=True).body, truth)
    measure("ours fast tier, body", lambda html, _: fast_text(html), truth)
    measure(
        "trafilatura fast, body",
        lambda html, _: trafilatura.extract(html, fast=True, include_comments=False) or "",
        truth,
    )


if __name__ == "__main__":
    main()
