"""Measures recognition: quality on the labelled articles, false alarms and speed on a year of RSS.

    python benchmarks/recognition.py [--labelled FILE] [--errors] [--replay [--hits]] [--noise]

The shared data are found by HOIAM_SHARED, else beside the project. A labelled file is JSON Lines of the shape of
press/labelled-dev.jsonl.
"""

import argparse
import json
import lzma
import os
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from hoiam.kit.recognition import Document, Judgement, is_candidate, recognise

SHARED = Path(os.environ.get("HOIAM_SHARED", Path(__file__).parents[1] / "../shared")) / "data"


def labelled(file: Path) -> Iterator[dict[str, Any]]:
    """The labelled articles."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def judge(record: dict[str, Any]) -> Judgement:
    """The judgement of one labelled article."""
    day = record.get("date")
    published = date.fromisoformat(day[:10]) if day else None
    return recognise(
        Document(title=record["title"], text=record["excerpt"], published_on=published)
    )


def ratio(part: float, whole: float) -> float:
    """A share, 1.0 of nothing."""
    return part / whole if whole else 1.0


def quality(file: Path, show_errors: bool) -> None:
    """Prints the figures of the labelled articles."""
    counts: Counter[str] = Counter()
    for record in labelled(file):
        label, judged = record["label"], judge(record)
        wrong = list(_compare(label, judged, counts))
        if show_errors and wrong:
            print(record["id"], "border" if label["border"] else "", record["title"][:70])
            for line in wrong:
                print("    ", line)
    print(_figures(counts))


def _compare(label: dict[str, Any], judged: Judgement, counts: Counter[str]) -> Iterator[str]:
    wanted = label["relevant"] == "yes"
    if not label["border"]:
        counts[f"relevant {wanted} {judged.relevant}"] += 1
    if wanted != judged.relevant:
        yield f"relevant: {wanted}, got {judged.relevance:.2f}"
    got, want = {a.name for a in judged.agencies}, set(label["agencies"])
    counts["agency hit"] += len(got & want)
    counts["agency got"] += len(got)
    counts["agency want"] += len(want)
    if got != want:
        yield f"agencies: missing {want - got}, extra {got - want}"
    counts["kind"] += judged.kind == label["kind"]
    counts["all"] += 1
    if judged.kind != label["kind"]:
        yield f"kind: {label['kind']}, got {judged.kind}"
    if label["severity"] == 3:
        counts["urgent"] += 1
        counts["urgent found"] += judged.severity == 3
    if wanted and judged.relevant:
        yield from _compare_details(label, judged, counts)


def _compare_details(
    label: dict[str, Any], judged: Judgement, counts: Counter[str]
) -> Iterator[str]:
    counts["both"] += 1
    counts["kind both"] += judged.kind == label["kind"]
    counts[f"stance {label['stance']} {judged.stance}"] += 1
    for name in ("stance", "severity"):
        same = getattr(judged, name) == label[name]
        counts[name] += same
        if not same:
            yield f"{name}: {label[name]}, got {getattr(judged, name)}"
    same = set(judged.provinces) == set(label["provinces"])
    counts["provinces"] += same
    if not same:
        yield f"provinces: {label['provinces']}, got {judged.provinces}"


def _figures(counts: Counter[str]) -> str:
    hit = counts["relevant True True"]
    precision = ratio(hit, hit + counts["relevant False True"])
    recall = ratio(hit, hit + counts["relevant True False"])
    found = 2 * counts["agency hit"] / max(1, counts["agency got"] + counts["agency want"])
    both = counts["both"]
    return (
        f"relevance P {precision:.3f} R {recall:.3f} (border left out) · agencies F1 {found:.3f} · "
        f"stance {ratio(counts['stance'], both):.3f} (macro F1 {_macro_f1(counts):.3f}) · "
        f"severity {ratio(counts['severity'], both):.3f} (3: {counts['urgent found']}/{counts['urgent']}) · "
        f"kind {ratio(counts['kind'], counts['all']):.3f} (relevant {ratio(counts['kind both'], both):.3f}) · "
        f"provinces {ratio(counts['provinces'], both):.3f}"
    )


def _macro_f1(counts: Counter[str]) -> float:
    """The mean F1 of the stances that occur, over items found relevant."""
    stances, scores = ("negative", "neutral", "positive"), []
    for stance in stances:
        labelled_so = sum(counts[f"stance {stance} {other}"] for other in stances)
        judged_so = sum(counts[f"stance {other} {stance}"] for other in stances)
        if labelled_so + judged_so:
            hit = counts[f"stance {stance} {stance}"]
            scores.append(2 * hit / (labelled_so + judged_so))
    return ratio(sum(scores), len(scores)) if scores else 1.0


def replay(show_hits: bool) -> None:
    """Prints the hits and the speed over the year of RSS."""
    (path,) = (SHARED / "rss").glob("*.jsonl.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    pairs = [(item["title"] or "", item.get("summary") or "") for item in items]
    days = [date.fromisoformat((item.get("fetched") or item["published"])[:10]) for item in items]
    started = time.process_time()
    passed = sum(is_candidate(title) or is_candidate(sapo) for title, sapo in pairs)
    gate = time.process_time() - started
    started = time.process_time()
    judged = [
        recognise(Document(title=title, sapo=sapo, published_on=day))
        for (title, sapo), day in zip(pairs, days, strict=True)
    ]
    spent = time.process_time() - started
    hits = [(pair, found) for pair, found in zip(pairs, judged, strict=True) if found.relevant]
    for (title, sapo), found in hits if show_hits else ():
        names = ", ".join(agency.name for agency in found.agencies)
        print(
            f"{found.relevance:.2f} {found.kind} {found.stance} {found.severity} [{names}] "
            f"{title} | {sapo[:160]}"
        )
    print(
        f"{len(pairs)} items, gate passes {passed} at {len(pairs) / gate:,.0f}/s; "
        f"{len(hits)} relevant, {len(pairs) / spent:,.0f} items/s"
    )


def noise(show_hits: bool) -> None:
    """Prints the false alarms of a sample of news that has no enforcement in it."""
    with lzma.open(SHARED / "press/vietnews-sample.jsonl.xz", "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    started = time.process_time()
    relevant = 0
    for item in items:
        found = recognise(Document(title=item["title"], sapo=item["sapo"], text=item["body"]))
        relevant += found.relevant
        if found.relevant and show_hits:
            print(item["title"], [(r.rule, r.text) for r in found.reasons[:6]])
    print(
        f"{len(items)} articles, {relevant} relevant, "
        f"{len(items) / (time.process_time() - started):,.0f} articles/s"
    )


def main() -> None:
    """Runs what the arguments ask for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--labelled", type=Path, default=SHARED / "press/labelled-dev.jsonl")
    for name in ("errors", "replay", "hits", "noise"):
        asked.add_argument(f"--{name}", action="store_true")
    options = asked.parse_args()
    quality(options.labelled, options.errors)
    if options.replay:
        replay(options.hits)
    if options.noise:
        noise(options.hits)


if __name__ == "__main__":
    main()
