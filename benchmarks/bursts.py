"""Warnings of spread and of surprise: how many real ones are seen, how many are false, and how late they come.

    python -m benchmarks.bursts [--distractors 6000] [--rounds 3]

Spread: real articles of gold events flow through the product's folding among other articles, each from a press agency of its own.
An event that three of them carry spreads from the third one's minute on. A warning is right when three of the story's papers carry one event, false
when it mixes events or has strangers in it; stories of the other articles alone are counted apart, since nobody labelled what they tell.
Surprise: the daily counts of real news naming each province (a year of RSS, thinned to the rates that offices have) get bursts of k more
stories within two days, on days drawn with a fixed seed. Half of a burst comes on its first day. Warnings without a burst are counted too; some of them
are real waves of that year. Reads events/, press/ and rss/ in the folder HOIAM_SHARED names.
"""

import argparse
import json
import lzma
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from benchmarks.stories import distractors, events, shared_data
from hoiam.kit.news import surprise
from hoiam.kit.news.spread import Publication, spread
from hoiam.kit.news.stories import StoryIndex, StoryItem
from hoiam.kit.recognition import provinces
from hoiam.kit.vietnamese import nfc

ENOUGH = 3
SIZES = (2, 3, 5, 8)
# Days of its own before a series is asked; days of a burst; days after it that belong to it.
PAST, LASTS, AFTER = 60, 2, 1
# Stories a day of the series looked at: from a quiet office to the busiest.
RATES = (0.03, 0.1, 0.3, 1.0)
YEAR = 365


@dataclass
class Told:
    """What was warned of: right and false warnings, what was there, and how late each right one came."""

    right: int = 0
    false: int = 0
    there: int = 0
    apart: int = 0
    delays: list[float] = field(default_factory=list)

    def line(self, unit: str) -> str:
        """The figures as text."""
        precision = self.right / max(1, self.right + self.false)
        late = median(self.delays) if self.delays else 0.0
        worst = sorted(self.delays)[int(0.95 * (len(self.delays) - 1))] if self.delays else 0.0
        return (
            f"P {precision:.3f} R {self.right / max(1, self.there):.3f} ({self.right} of {self.there}, {self.false} false), "
            f"late by {late:.1f} {unit} (median), {worst:.1f} (p95)"
        )


def spreading(items: Sequence[StoryItem], gold: Mapping[str, str]) -> Told:
    """The warnings of spread over a stream in time order; a story is told of once."""
    index, papers, warned = StoryIndex(), defaultdict(list), set[str]()
    members: dict[str, list[str]] = defaultdict(list)
    seen: Counter[str] = Counter()
    since: dict[str, datetime] = {}
    told, caught = Told(), set[str]()
    for item in items:
        event = gold.get(item.id)
        if event is not None:
            seen[event] += 1
            if seen[event] == ENOUGH:
                since[event] = item.published_at
        story = index.add(item).story
        members[story].append(item.id)
        papers[story].append(Publication(item.id, item.published_at))
        if story in warned or not spread(papers[story], item.published_at):
            continue
        warned.add(story)
        true = _event_of(members[story], gold)
        if true is None:
            told.apart += not gold.keys() & members[story]
            told.false += bool(gold.keys() & members[story])
        elif true not in caught:
            caught.add(true)
            begun = since.get(true, item.published_at)
            told.delays.append((item.published_at - begun).total_seconds() / 3600)
    told.right, told.there = len(caught), len(since)
    return told


def _event_of(ids: Sequence[str], gold: Mapping[str, str]) -> str | None:
    """The event that enough reports of a story carry; none where strangers made it look like a spread."""
    counted = Counter(gold[id] for id in ids if id in gold).most_common(1)
    return counted[0][0] if counted and counted[0][1] >= ENOUGH else None


def series(days: Mapping[date, Counter[str]], name: str, rate: float, seed: str) -> list[int]:
    """The daily counts of news that names a province, thinned to a rate; the same ones every time."""
    first = min(days)
    counts = [days[first + timedelta(days=back)][name] for back in range((max(days) - first).days)]
    share = min(1.0, rate * len(counts) / max(1, sum(counts)))
    rng = random.Random(seed)
    return [sum(rng.random() < share for _ in range(count)) for count in counts]


def surprising(counts: Sequence[int], size: int, rounds: int, prior: float, seed: str) -> Told:
    """The warnings of surprise about one series, with bursts of a size laid into copies of it."""
    told, rng = Told(), random.Random(seed)
    for _ in range(rounds):
        told.there += 1
        begun = rng.randrange(PAST, len(counts) - LASTS - AFTER)
        laid = list(counts)
        laid[begun] += (size + 1) // 2
        laid[begun + 1] += size // 2
        for day in range(begun, begun + LASTS + AFTER):
            if surprise(laid[:day], laid[day], prior_per_day=prior).is_unusual:
                told.right += 1
                told.delays.append(day - begun)
                break
    return told


def alarms(counts: Sequence[int], prior: float) -> int:
    """The warnings about a series as it was."""
    return sum(
        surprise(counts[:day], counts[day], prior_per_day=prior).is_unusual
        for day in range(PAST, len(counts))
    )


def counted() -> dict[date, Counter[str]]:
    """How many items of each day name each province."""
    names = sorted({province.name for province in provinces()}, key=len, reverse=True)
    days: dict[date, Counter[str]] = defaultdict(Counter)
    for day, text in _texts():
        days[day].update(name for name in names if name in text)
    return days


def _texts() -> Iterator[tuple[date, str]]:
    for file in sorted((shared_data() / "rss").glob("*.jsonl.xz")):
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                text = nfc(f"{row.get('title') or ''}\n{row.get('summary') or ''}")
                yield date.fromisoformat(row["fetched"][:10]), text


def report_spread(count: int) -> None:
    """Print the figures of spread, on whole articles and on what a feed gives."""
    pairs = events(shared_data() / "events/events-dev.jsonl")
    gold = {item.id: event for item, event in pairs}
    items = [item for item, _ in pairs]
    more = distractors(shared_data() / "press/vietnews-sample.jsonl.xz", count, items)
    stream = sorted(items + more, key=lambda item: item.published_at)
    bare = [StoryItem(i.id, i.title, i.sapo, "", i.published_at) for i in stream]
    for name, kind in (("whole articles", stream), ("title + sapo", bare)):
        told = spreading(kind, gold)
        print(
            f"spread, {name}, {len(stream):,} items: {told.line('h')}; {told.apart} warnings of other articles alone"
        )


def report_surprise(rounds: int) -> None:
    """Print the figures of surprise for each rate and size of burst."""
    days = counted()
    total: Counter[str] = sum(days.values(), Counter())
    for rate in RATES:
        # Only provinces with more news than the rate asks: nothing is made up.
        names = [name for name, n in total.items() if n >= 2 * rate * len(days)]
        made = {name: series(days, name, rate, f"{name} {rate}") for name in sorted(names)}
        usual = sum(map(sum, made.values())) / sum(map(len, made.values()))
        false = sum(alarms(counts, usual) for counts in made.values())
        years = sum(len(counts) - PAST for counts in made.values()) / YEAR
        print(
            f"surprise, {rate} stories a day, {len(made)} series: {false / years:.1f} warnings a year without a burst"
        )
        for size in SIZES:
            told = Told()
            for name, counts in made.items():
                one = surprising(counts, size, rounds, usual, f"{name} {rate} {size}")
                told.right, told.there = told.right + one.right, told.there + one.there
                told.delays += one.delays
            # As many bursts as there were rounds, in as many days: what else was told of in them is false.
            told.false = round(false * told.there / max(1, len(made)) * (LASTS + AFTER) / YEAR)
            print(f"    +{size} in two days: {told.line('days')}")


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--distractors", type=int, default=6000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if not (shared_data() / "events/events-dev.jsonl").exists():
        sys.exit(f"không có {shared_data() / 'events'}; đặt HOIAM_SHARED")
    report_spread(asked.distractors)
    report_surprise(asked.rounds)


if __name__ == "__main__":
    main()
