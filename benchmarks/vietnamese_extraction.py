"""Vietnamese pages read by our three tiers and by others: words of the body, sapo, author, published minute.

    python -m benchmarks.vietnamese_extraction [--set development|held_out] [--pages] [--ours]

The pages and their truth stand in benchmarks/vietnamese_pages. "text" scores the words with the sapo or without it, whichever is
better, so that readers without a sapo lose nothing there. Others that are not installed are named: they are no part of the product.
"""

import argparse
import importlib
import logging
import time
from collections.abc import Callable
from datetime import date, datetime

from benchmarks.vietnamese_pages.filling import SETS, Sample, samples
from benchmarks.vietnamese_pages.scoring import Answer, Reader, Score, score, shares
from hoiam.kit.news.encoding import decode
from hoiam.kit.news.pages import extract
from hoiam.kit.news.pages.rules import layouts

EVERY_RULE = frozenset(one.id for one in layouts())


def ours(*, without: frozenset[str] = frozenset(), quick: bool = False) -> Reader:
    """Our reader: with site rules, or as it reads a page nobody wrote a rule for."""

    def read(sample: Sample) -> Answer:
        page = extract(sample.html, url=sample.url, quick=quick, without=without)
        return Answer(page.body, page.sapo, page.title, page.author, page.published_at, page.tier)

    return read


def trafilatura_reader(*, fast: bool) -> Reader:
    """trafilatura with its metadata; its dates are days."""
    trafilatura = importlib.import_module("trafilatura")

    def read(sample: Sample) -> Answer:
        found = trafilatura.bare_extraction(
            sample.html, url=sample.url, fast=fast, include_comments=False, with_metadata=True
        )
        if found is None:
            return Answer()
        day = date.fromisoformat(found.date) if found.date else None
        return Answer(found.text or "", found.description, found.title, found.author, day)

    return read


def readability_reader() -> Reader:
    """readability-lxml: title and body only."""
    readability = importlib.import_module("readability")
    markup = importlib.import_module("lxml.html")

    def read(sample: Sample) -> Answer:
        # Its own guess of the charset fails on the pinned version: it is given the text our reader decoded.
        document = readability.Document(decode(sample.html, charset=None, html=True).text)
        body = markup.fromstring(document.summary()).text_content()
        return Answer(body, title=document.title())  # no sapo, author or time of its own

    return read


def newspaper_reader() -> Reader:
    """newspaper4k, kept off the network."""
    newspaper = importlib.import_module("newspaper")

    def read(sample: Sample) -> Answer:
        article = newspaper.Article(sample.url, language="vi", fetch_images=False)
        article.download(input_html=sample.html.decode("utf-8", "replace"))
        article.parse()
        when = article.publish_date
        when = when if isinstance(when, datetime) else None
        return Answer(
            article.text, article.meta_description, article.title, ", ".join(article.authors), when
        )

    return read


def htmldate_reader() -> Reader:
    """htmldate: the published time alone."""
    htmldate = importlib.import_module("htmldate")

    def read(sample: Sample) -> Answer:
        found = htmldate.find_date(
            sample.html.decode("utf-8", "replace"), url=sample.url, outputformat="%Y-%m-%dT%H:%M"
        )
        moment = datetime.fromisoformat(found) if found else None
        # It fills an hour it does not know with midnight: that is a day, not a wrong minute.
        is_day = moment is not None and (moment.hour, moment.minute) == (0, 0)
        return Answer(published=moment.date() if is_day else moment)

    return read


OURS: dict[str, Callable[[], Reader]] = {
    "ours, site rules": ours,
    "ours, full tier": lambda: ours(without=EVERY_RULE),
    "ours, fast tier": lambda: ours(without=EVERY_RULE, quick=True),
}
OTHERS: dict[str, Callable[[], Reader]] = {
    "trafilatura fast": lambda: trafilatura_reader(fast=True),
    "trafilatura default": lambda: trafilatura_reader(fast=False),
    "readability-lxml": readability_reader,
    "newspaper4k": newspaper_reader,
    "htmldate": htmldate_reader,
}


def measured(read: Reader, pages: list[Sample]) -> tuple[list[Score], float]:
    """The score of each page and pages per CPU second; a reader that raises found nothing."""
    start = time.process_time()
    answers = [_answer(read, page) for page in pages]
    spent = time.process_time() - start
    scores = [score(answer, page) for answer, page in zip(answers, pages, strict=True)]
    return scores, len(pages) / spent


def _answer(read: Reader, page: Sample) -> Answer:
    try:
        return read(page)
    except Exception as fault:  # another reader's fault is its score, not ours to mend
        print(f"   ({page.name}: {type(fault).__name__})")
        return Answer()


def show(held: str, *, with_others: bool, with_pages: bool) -> None:
    """Print the table of one set."""
    pages = samples(held)
    print(f"\n{held}: {len(pages)} pages, {len({one.family for one in pages})} families")
    print("reader                body   text   title  sapo   author minute day    wrong  pages/s")
    for name, make in {**OURS, **(OTHERS if with_others else {})}.items():
        try:
            read = make()
        except ImportError:
            print(f"{name:20} not installed")
            continue
        scores, speed = measured(read, pages)
        mean = shares(scores)
        shown = " ".join(
            "     –" if mean[key] is None else f"{mean[key]:6.3f}"
            for key in ("body", "text", "title", "sapo", "author", "published", "day")
        )
        print(f"{name:20}{shown} {mean['wrong_time']:5.0f}  {speed:7.0f}")
        if with_pages and name in OURS:
            _faults(scores, pages)


def _faults(scores: list[Score], pages: list[Sample]) -> None:
    for one, page in zip(scores, pages, strict=True):
        missed = [
            name for name in ("title", "sapo", "author", "published") if not getattr(one, name)
        ]
        if missed or one.body < 0.995:
            print(f"   {page.name:24} {one.tier:5} body {one.body:.3f}  {' '.join(missed)}")


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, action="append", help="one set only")
    parser.add_argument("--pages", action="store_true", help="name the pages that are not perfect")
    parser.add_argument("--ours", action="store_true", help="leave the others out")
    asked = parser.parse_args()
    for name in ("readability", "newspaper", "trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for held in asked.set or SETS:
        show(held, with_others=not asked.ours, with_pages=asked.pages)


if __name__ == "__main__":
    main()
