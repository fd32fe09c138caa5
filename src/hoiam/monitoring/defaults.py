"""Product defaults of telling people: who, when, how; read from data/telling.yaml, changed by units on their page."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of


@dataclass(frozen=True)
class RouteFact:
    """Who is told of a severity, and in which hours."""

    severity: int
    recipient: str
    hours: str


@dataclass(frozen=True)
class EscalationFact:
    """Whom a warning nobody acknowledged goes to next, and how long after the step before."""

    severity: int
    recipient: str
    wait: timedelta
    office: bool


@cache
def default_routes() -> tuple[RouteFact, ...]:
    """The rows of a unit that changed nothing."""
    return tuple(RouteFact(**row) for row in _data()["routes"])


@cache
def default_escalation() -> tuple[EscalationFact, ...]:
    """The steps of a unit that changed nothing, in order."""
    return tuple(
        EscalationFact(
            row["severity"], row["recipient"], timedelta(minutes=row["minutes"]), row["office"]
        )
        for row in _data()["escalation"]
    )


def badge() -> str:
    """What a default shows beside it."""
    return str(_data()["badge"])


def number(part: str, name: str) -> int:
    """One figure of `signals` or `sending`.

    >>> number("sending", "breaks_quiet")
    3
    """
    return int(_data()[part][name])


@cache
def _data() -> dict[str, Any]:
    text = files("hoiam.monitoring").joinpath("data/telling.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(text)
    return data
