"""Obligation types a–i: which clocks a situation opens, when it ends, where it is counted."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from .errors import UnknownName
from .files import read_yaml
from .registry import rule


@dataclass(frozen=True)
class ObligationClock:
    """One clock a type opens: the rule, the moment that starts it, the condition ("": always)."""

    rule: str
    starts_at: str
    when: str


@dataclass(frozen=True)
class ObligationType:
    """One type of obligation (nghĩa vụ) of `data/obligations.yaml`.

    `indicators` always count it; `conditional_indicators` are (indicator, condition) pairs.
    """

    letter: str
    title: str
    situation: str
    clocks: tuple[ObligationClock, ...]
    ends_when: str
    indicators: tuple[str, ...]
    conditional_indicators: tuple[tuple[str, str], ...]
    note: str

    def clocks_on(self, day: date) -> tuple[ObligationClock, ...]:
        """Give back the clocks whose rule binds an event of that day: before 01/7/2026 the old."""
        return tuple(clock for clock in self.clocks if _binds(clock.rule, day))


@cache
def obligation_types() -> tuple[ObligationType, ...]:
    """Give back the nine types in order of letter."""
    return tuple(_read(row) for row in read_yaml("obligations.yaml"))


def obligation_type(letter: str) -> ObligationType:
    """Give back one type.

    >>> from datetime import date
    >>> [clock.rule for clock in obligation_type("e").clocks_on(date(2026, 7, 1))]
    ['PN-01']

    Raises:
        UnknownName: the letter is none of a–i.
    """
    for known in obligation_types():
        if known.letter == letter.strip().lower():
            return known
    raise UnknownName(f"Không có loại nghĩa vụ “{letter}”; chọn một chữ từ a đến i.")


def _binds(rule_id: str, day: date) -> bool:
    return any(version.binds_on(day) for version in rule(rule_id).versions)


def _read(row: dict[str, Any]) -> ObligationType:
    clocks = (
        ObligationClock(item["rule"], item["starts_at"], item.get("when", ""))
        for item in row["clocks"]
    )
    return ObligationType(
        letter=row["letter"],
        title=row["title"],
        situation=row["situation"],
        clocks=tuple(clocks),
        ends_when=row["ends_when"],
        indicators=tuple(row["indicators"]),
        conditional_indicators=tuple(row.get("indicators_when", {}).items()),
        note=row["note"],
    )
