"""Letters of readers: which clocks an event of a letter opens, what ends them, and how many may speak for many."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from .errors import NotInForce
from .files import read_table
from .registry import rule
from .rules import Source


@dataclass(frozen=True)
class LetterRule:
    """One clock of letters: opened by an event for some kinds, ended by some acts.

    `asks` are the values the rule itself counts with; `rounds` limits it to a first or second settlement.
    """

    rule: str
    event: str
    kinds: frozenset[str]
    about: frozenset[str]
    rounds: frozenset[str]
    by_press: bool
    channels: frozenset[str]
    asks: tuple[str, ...]
    ended_by: frozenset[str]


@dataclass(frozen=True)
class Representatives:
    """How many may speak for so many signers, and where that stands."""

    most: int
    source: Source


def letter_clocks(
    event: str,
    day: date,
    kind: str,
    *,
    about: str = "",
    round_: str = "1",
    by_press: bool = False,
    channel: str = "",
) -> tuple[LetterRule, ...]:
    """Give back the clocks that an event of this day opens for a letter of this kind.

    Args:
        event: "received", "accepted" or "concluded".
        kind: "complaint", "denunciation", "petition", "question" or "unknown".
        about: of a complaint: "administrative" or "enforcement".
        round_: of a complaint: "1" or "2".
        by_press: whether a press agency forwarded it.
        channel: how it came: some clocks run for letters taken at the place of receiving citizens alone.

    >>> [c.rule for c in letter_clocks("received", date(2026, 7, 1), "petition", by_press=True)]
    ['DT-01', 'TL-02']
    >>> [c.rule for c in letter_clocks("received", date(2026, 6, 30), "petition", by_press=True)]
    ['DT-01', 'TL-02h']
    """
    return tuple(
        found
        for found in _clocks()
        if found.event == event
        and kind in found.kinds
        and (not found.about or about in found.about)
        and (not found.rounds or round_ in found.rounds)
        and (by_press or not found.by_press)
        and (not found.channels or channel in found.channels)
        and _in_force(found.rule, day)
    )


def ended_by(act: str) -> frozenset[str]:
    """Give back the rules whose open clocks this act of the agency ends."""
    return frozenset(found.rule for found in _clocks() if act in found.ended_by)


def representatives(signers: int, day: date) -> Representatives | None:
    """Give back how many representatives so many signers must appoint at most; None when the law asks for none.

    >>> representatives(4, date(2026, 8, 5)), representatives(10, date(2026, 8, 5)).most, representatives(11, date(2026, 8, 5)).most
    (None, 2, 5)
    """
    versions = read_table("letter_clocks.yaml")["representatives"]
    days = [first for first in sorted(versions) if first <= day]
    if not days:
        return None
    found = versions[days[-1]]
    bands = [band for band in found["bands"] if band["from"] <= signers]
    if signers < found["at_least"] or not bands:
        return None
    return Representatives(bands[-1]["most"], Source(**found["source"]))


@cache
def _clocks() -> tuple[LetterRule, ...]:
    return tuple(_read(row) for row in read_table("letter_clocks.yaml")["clocks"])


def _read(row: dict[str, Any]) -> LetterRule:
    return LetterRule(
        row["rule"],
        row["event"],
        frozenset(row["kinds"]),
        frozenset(row.get("about", ())),
        frozenset(row.get("rounds", ())),
        row.get("by_press", False),
        frozenset(row.get("channels", ())),
        tuple(row.get("asks", ())),
        frozenset(row["ended_by"]),
    )


def _in_force(rule_id: str, day: date) -> bool:
    try:
        rule(rule_id).at(day)
    except NotInForce:
        return False
    return True
