"""Reprints: how long our articles are looked for in what the press wrote, and how many are found.

    python -m benchmarks.prints [--articles 2000] [--items 10000]

Texts are invented. One item in fifty is a reprint: whole, shortened to a third, or quoted in a story three times as long; the
others are of the same vocabulary in an order of their own.
"""

import argparse
import random
import time

from hoiam.kit.news import PrintIndex

SYLLABLES = [a + b for a in ["b", "c", "d", "đ", "g", "h", "l", "m", "n", "r", "s", "t", "v", "x", "ch", "kh", "nh", "th", "tr", "ph"] for b in ["a", "anh", "ao", "âm", "ban", "ên", "inh", "iêu", "o", "ông", "uc", "uyên", "ưa", "ương"]]  # fmt: skip


def text(rng: random.Random, length: int) -> str:
    """An invented text of so many syllables; common ones come often, as in a language."""
    return " ".join(SYLLABLES[int(len(SYLLABLES) * rng.random() ** 2)] for _ in range(length))


def reprint(rng: random.Random, ours: str, kind: int) -> str:
    """What a paper does to a text."""
    words = ours.split()
    if kind == 0:
        return ours
    if kind == 1:
        return " ".join(words[: len(words) // 3])
    return f"{text(rng, len(words))} {ours} {text(rng, len(words))}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--items", type=int, default=10_000)
    asked = parser.parse_args()
    rng = random.Random(2862)
    ours = [text(rng, rng.randint(250, 900)) for _ in range(asked.articles)]
    items = [
        (n, reprint(rng, ours[(n // 50) % len(ours)], n // 50 % 3)) if n % 50 == 0
        else (None, text(rng, rng.randint(100, 700)))
        for n in range(asked.items)
    ]  # fmt: skip
    start = time.process_time()
    index = PrintIndex()
    for number, each in enumerate(ours):
        index.add(str(number), each)
    kept = time.process_time()
    found = [index.find(each) for _, each in items]
    done = time.process_time()
    right = sum(
        n is not None and match is not None and match.of == str((n // 50) % len(ours))
        for (n, _), match in zip(items, found, strict=True)
    )
    wrong = sum(match is not None for match in found) - right
    whole = sum(n is not None for n, _ in items)
    print(f"{asked.articles} articles kept in {kept - start:.2f} s")
    print(f"{asked.items} items looked at in {done - kept:.2f} s")
    print(f"{right} of {whole} reprints found, {wrong} tied wrongly")


if __name__ == "__main__":
    main()
