"""Article text against the article-extraction-benchmark's truth: 4-word shingle F1, pages per CPU second.

    python -m benchmarks.extraction [--pages N]

Reads extraction/article-extraction-benchmark.tar in the folder HOIAM_SHARED names. Its pages are foreign and have no sapo, so the
body alone is scored; trafilatura, readability-lxml and newspaper4k (requirements/peers.txt) read the same pages in the same process.
One that is not installed is named.
"""

import argparse
import gzip
import importlib
import json
import logging
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
from hoiam.kit.news.encoding import decode
from hoiam.kit.news.pages import extract
from hoiam.kit.news.pages.fast import fast_body
from hoiam.kit.news.pages.texts import page_text

Read = Callable[[bytes, str], str]
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


def measure(name: str, read: Read, truth: list[tuple[bytes, str, str]]) -> None:
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
        f"{name:26} F1 {f1:.3f} (P {precision:.3f} R {recall:.3f})  {len(truth) / spent:6.1f} pages/s"
    )


def fast_text(html: bytes) -> str:
    """The body alone by the fast tier, without rules, fields and dates: what other text extractors give."""
    tree = LexborHTMLParser(page_text(html, None).html)
    return "\n\n".join(block.text for block in fast_body(tree))


def readability() -> Read:
    """readability-lxml, given the text our reader decoded: its own guess of the charset fails on the pinned version."""
    library, markup = importlib.import_module("readability"), importlib.import_module("lxml.html")

    def read(html: bytes, _: str) -> str:
        document = library.Document(decode(html, html=True).text)
        return markup.fromstring(document.summary()).text_content()

    return read


def newspaper() -> Read:
    """newspaper4k, kept off the network."""
    library = importlib.import_module("newspaper")

    def read(html: bytes, url: str) -> str:
        article = library.Article(url, language="en", fetch_images=False)
        article.download(input_html=decode(html, html=True).text)
        article.parse()
        return article.text

    return read


def trafilatura_of(*, fast: bool) -> Read:
    """trafilatura's text, with its second opinions (its default) or without."""
    return lambda html, _: trafilatura.extract(html, fast=fast, include_comments=False) or ""


PEERS: dict[str, Callable[[], Read]] = {
    "trafilatura fast, body": lambda: trafilatura_of(fast=True),
    "trafilatura default, body": lambda: trafilatura_of(fast=False),
    "readability-lxml, body": readability,
    "newspaper4k, body": newspaper,
}


def forgiving(name: str, read: Read) -> Read:
    """The reader, with nothing found where it raises: another's fault is its score, not ours to mend."""

    def answer(html: bytes, url: str) -> str:
        try:
            return read(html, url)
        except Exception as fault:
            print(f"   ({name}: {type(fault).__name__} at {url})")
            return ""

    return answer


def peers(truth: list[tuple[bytes, str, str]]) -> None:
    """Print a line for each other program."""
    for name, make in PEERS.items():
        try:
            read = make()
        except ImportError:
            print(f"{name:26} không cài, bỏ qua")
            continue
        measure(name, forgiving(name, read), truth)


def main() -> None:
    """Measure our ways and the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, help="so many pages only")
    asked = parser.parse_args()
    path = shared_data() / "extraction/article-extraction-benchmark.tar"
    if not path.exists():
        sys.exit(f"không có {path}; đặt HOIAM_SHARED")
    for name in ("readability", "newspaper", "trafilatura"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    truth = pages(path)[: asked.pages]
    measure("ours, all fields", lambda html, url: extract(html, url=url).body, truth)
    measure("ours quick, all fields", lambda h, url: extract(h, url=url, quick=True).body, truth)
    measure("ours fast tier, body", lambda html, _: fast_text(html), truth)
    peers(truth)


if __name__ == "__main__":
    main()
