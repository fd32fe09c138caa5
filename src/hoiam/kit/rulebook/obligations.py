"""Obligation types a–i: which clocks a situation opens, when it ends, where it is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from .errors import UnknownName
from .files import read_yaml
from .registry import read_question, rule
from .rules import Question


@dataclass(frozen=True)
class ObligationClock:
    """One clock a type opens: the rule, the moment that starts it, the condition ("": always).

    `needs` are the answers the condition asks people for; without any, the moment itself meets it.
    """

    rule: str
    starts_at: str
    when: str
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def applies(self, answers: Mapping[str, str]) -> bool:
        """Tell whether people's answers meet the condition; what nobody answered is not met."""
        return all(answers.get(name) in codes for name, codes in self.needs)

    def is_open(self, answers: Mapping[str, str]) -> bool:
        """Tell whether the condition waits for an answer that may still meet it."""
        return not self.applies(answers) and all(
            name not in answers or answers[name] in codes for name, codes in self.needs
        )


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
    questions: tuple[Question, ...] = ()

    def questions_on(self, day: date) -> tuple[Question, ...]:
        """Give back what has to be answered before every clock of that day is known to open or not."""
        clocks = self.clocks_on(day)
        asked = {name for clock in clocks for name, _ in clock.needs}
        asked |= {ask.name for clock in clocks for ask in rule(clock.rule).versions[-1].questions}
        return tuple(ask for ask in self.questions if ask.name in asked)

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
        ObligationClock(
            rule=item["rule"],
            starts_at=item["starts_at"],
            when=item.get("when", ""),
            needs=tuple((name, tuple(codes)) for name, codes in item.get("needs", {}).items()),
        )
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
        questions=tuple(read_question(item) for item in row.get("asks", ())),
    )
