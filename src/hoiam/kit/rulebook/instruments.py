"""Instruments that were replaced or amended, found in what a text cites."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from hoiam.kit.vietnamese import fold, nfc, show_date

from .files import read_table

WORDS = {"replaced": "được thay bằng", "amended": "được sửa đổi bởi"}


@dataclass(frozen=True)
class Change:
    """What became of an instrument: replaced or amended, by what, from which day, how sure we are."""

    title: str
    what: str
    by: str
    since: date
    confidence: str

    def __str__(self) -> str:
        """Give back the change as a sentence without its full stop."""
        return f"{self.title} {WORDS[self.what]} {self.by} từ {show_date(self.since)}"


def changes_of(cited: Iterable[str], *, after: date, until: date) -> tuple[Change, ...]:
    """Give back what became of the cited instruments after one day and up to another, each once.

    >>> [str(c) for c in changes_of(["Điều 39 Luật Báo chí 103/2016"], after=date(2026, 6, 1), until=date(2026, 7, 1))]
    ['Luật Báo chí 103/2016/QH13 được thay bằng Luật Báo chí 126/2025/QH15 từ 01/07/2026']
    """
    texts = [fold(nfc(text)) for text in cited]
    return tuple(
        change
        for pattern, change in _instruments()
        if after < change.since <= until and any(pattern.search(text) for text in texts)
    )


@cache
def _instruments() -> tuple[tuple[re.Pattern[str], Change], ...]:
    return tuple(_read(row) for row in read_table("instruments.yaml")["instruments"])


def _read(row: dict[str, Any]) -> tuple[re.Pattern[str], Change]:
    kinds = "|".join(row["kinds"])
    number = re.escape(row["number"]).lstrip("0")
    # Up to a few words may stand between the kind and the number: "Luật Báo chí số 103/2016/QH13".
    numbered = rf"\b(?:{kinds})\b[^/\d]{{0,60}}\b0*{number}(?!\d)"
    names = [rf"\b{re.escape(name)}\b" for name in row["names"]]
    pattern = re.compile("|".join([numbered, *names]))
    return pattern, Change(row["title"], row["what"], row["by"], row["since"], row["confidence"])
