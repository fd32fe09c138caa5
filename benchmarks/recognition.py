"""Measures recognition: quality on the labelled articles, false alarms and speed on a year of RSS.

    python -m benchmarks.recognition [--labelled FILE …] [--rss] [--errors] [--by] [--half N] [--replay [--hits]] [--noise]

The shared data are found by HOIAM_SHARED, else beside the project. A labelled file is JSON Lines of the shape of
press/labelled-dev.jsonl or of `hoiam recognise` with a `label`. `--half 0` or `--half 1` takes the half of a file that
the hash of the ids puts there. `--rss` judges the items of the year of RSS that were labelled by hand: benchmarks/real_labels holds
their labels by the hash of their address, never a word of them. Under our figures stand those of two baselines, one plain expression and a list of names.
"""

import argparse
import hashlib
import json
import lzma
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import _recognition_baselines as baselines
from benchmarks.recognition_names import records as records_of
from hoiam.kit.recognition import Document, Judgement, is_candidate, recognise

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("HOIAM_SHARED", Path(__file__).parents[1] / "../shared")) / "data"


def labelled(file: Path) -> Iterator[dict[str, Any]]:
    """The labelled articles."""
    yield from records_of(file)


def rss_labelled() -> Iterator[dict[str, Any]]:
    """The labelled items of the year of RSS, their texts read from the shared data."""
    rows = (HERE / "real_labels/rss.jsonl").read_text("utf-8").splitlines()
    labels = {row["id"]: row["label"] for row in map(json.loads, rows)}
    (path,) = (SHARED / "rss").glob("*.jsonl.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            identity = f"rss-{hashlib.sha256(item['link'].encode()).hexdigest()[:12]}"
            # The archives hold some addresses twice; where a matter lies was not labelled.
            if label := labels.pop(identity, None):
                yield {
                    "id": identity,
                    "title": item["title"] or "",
                    "sapo": item.get("summary") or "",
                    "date": item.get("fetched") or item["published"],
                    "label": {**label, "provinces": []},
                }


def half_of(identity: str) -> int:
    """Which half of a set a text belongs to, 0 or 1, by the hash of its id."""
    return hashlib.sha256(identity.encode()).digest()[0] % 2


def judge(record: dict[str, Any]) -> Judgement:
    """The judgement of one labelled article."""
    return recognise(document_of(record))


def document_of(record: dict[str, Any]) -> Document:
    """The article of a labelled record, in either of its two shapes."""
    day = record.get("date") or record.get("published_at")
    return Document(
        title=record["title"],
        sapo=record.get("sapo") or "",
        text=record.get("excerpt") or record.get("text") or "",
        outlet=record.get("outlet") or "",
        home_province=record.get("home_province"),
        published_on=date.fromisoformat(day[:10]) if day else None,
    )


def ratio(part: float, whole: float) -> float:
    """A share, 1.0 of nothing."""
    return part / whole if whole else 1.0


def quality(records: Iterable[dict[str, Any]], *, show_errors: bool, by: bool) -> None:
    """Prints the figures of labelled articles; `by` adds those of each kind, stance and level."""
    counts: Counter[str] = Counter()
    for record in records:
        label, judged = record["label"], judge(record)
        wrong = list(_compare(label, judged, counts))
        if show_errors and wrong:
            print(record["id"], "border" if label["border"] else "", record["title"][:70])
            for line in wrong:
                print("    ", line)
    print(_figures(counts))
    if by:
        print(_table(counts))


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
    if not label["border"]:
        counts["strict hit"] += len(got & want)
        counts["strict both"] += len(got) + len(want)
    if got != want:
        yield f"agencies: missing {want - got}, extra {got - want}"
    counts["kind"] += judged.kind == label["kind"]
    counts["all"] += 1
    counts[f"by kind {label['kind']} all"] += 1
    counts[f"by kind {label['kind']} hit"] += judged.kind == label["kind"]
    if judged.kind != label["kind"]:
        yield f"kind: {label['kind']}, got {judged.kind}"
    if label["severity"] == 3:
        counts["urgent"] += 1
        counts["urgent found"] += judged.severity == 3
    counts["urgent falsely"] += judged.severity == 3 > label["severity"]
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
        counts[f"by {name} {label[name]} all"] += 1
        counts[f"by {name} {label[name]} hit"] += same
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
    strict = ratio(2 * counts["strict hit"], counts["strict both"])
    both = counts["both"]
    return (
        f"relevance P {precision:.3f} R {recall:.3f} F1 {ratio(2 * precision * recall, precision + recall):.3f} (border left out) · "
        f"agencies F1 {found:.3f} (border left out {strict:.3f}) · "
        f"stance {ratio(counts['stance'], both):.3f} (macro F1 {_macro_f1(counts):.3f}) · "
        f"severity {ratio(counts['severity'], both):.3f} (3: {counts['urgent found']}/{counts['urgent']}, falsely {counts['urgent falsely']}) · "
        f"kind {ratio(counts['kind'], counts['all']):.3f} (relevant {ratio(counts['kind both'], both):.3f}) · "
        f"provinces {ratio(counts['provinces'], both):.3f}"
    )


def _table(counts: Counter[str]) -> str:
    """How many of each kind, stance and level were right."""
    lines = []
    for name in ("kind", "stance", "severity"):
        found = sorted(
            k.split()[2] for k in counts if k.startswith(f"by {name} ") and k.endswith("all")
        )
        parts = (
            f"{one} {counts[f'by {name} {one} hit']}/{counts[f'by {name} {one} all']}"
            for one in found
        )
        lines.append(f"  {name}: {' · '.join(parts)}")
    return "\n".join(lines)


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
    asked.add_argument(
        "--labelled", type=Path, nargs="+", default=[SHARED / "press/labelled-dev.jsonl"]
    )
    asked.add_argument("--half", type=int, choices=(0, 1))
    for name in ("rss", "by", "errors", "replay", "hits", "noise"):
        asked.add_argument(f"--{name}", action="store_true")
    options = asked.parse_args()
    records = [
        record
        for source in ([rss_labelled()] if options.rss else map(labelled, options.labelled))
        for record in source
        if options.half is None or half_of(record["id"]) == options.half
    ]
    quality(records, show_errors=options.errors, by=options.by)
    baselines.show(records)
    if options.replay:
        replay(options.hits)
    if options.noise:
        noise(options.hits)


if __name__ == "__main__":
    main()
