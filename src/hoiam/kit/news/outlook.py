"""The level of the week ahead in plain words with its reasons, and the marks of earlier stories that fall into it."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import show_number


@dataclass(frozen=True)
class Level:
    """How ready to be: `code` calm, watch or ready; a word, what to do, and why. Never a number."""

    code: str
    label: str
    advice: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """A day on which an earlier story is remembered: "tròn một năm"."""

    day: date
    words: str


def risk_level(signs: Mapping[str, int]) -> Level:
    """The level the signs give, the strongest reasons first.

    Args:
        signs: how many of each sign of `data/outlook.yaml` were seen; what is missing counts as none.

    >>> risk_level({"due_clocks": 2}).label
    'Cần để ý'
    >>> risk_level({}).reasons
    ()
    """
    data = _data()
    codes = [level["code"] for level in data["levels"]]
    seen = [row for row in data["signals"] if signs.get(row["signal"], 0) >= row["at_least"]]
    seen.sort(key=lambda row: -codes.index(row["level"]))
    place = max((codes.index(row["level"]) for row in seen), default=0)
    together = data["together"]
    if sum(row["level"] == together["level"] for row in seen) >= together["at_least"]:
        place = max(place, codes.index(together["gives"]))
    level = data["levels"][place]
    reasons = [row["words"].format(count=show_number(signs[row["signal"]])) for row in seen]
    return Level(level["code"], level["label"], level["advice"], tuple(reasons))


def mark_in(happened: date, first: date, last: date) -> Mark | None:
    """The mark of a story that falls between two days, both included; None when none does.

    >>> mark_in(date(2025, 8, 6), date(2026, 8, 3), date(2026, 8, 9)).words
    'tròn một năm'
    """
    marks: Sequence[Mapping[str, Any]] = _data()["marks"]
    for mark in reversed(marks):
        day = _months_later(happened, mark["months"])
        if first <= day <= last:
            return Mark(day, mark["words"])
    return None


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.news").joinpath("data/outlook.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    return data
