"""What an outlet was asked to carry, and what was found of it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of

CORRECTION, RESPONSE = "correction", "response"
COMPLETE, PARTIAL, NONE, REMOVED, FAILED = "complete", "partial", "none", "removed", "failed"


@dataclass(frozen=True)
class Wanted:
    """What is looked for: a correction of one work, or our response to it.

    ``day`` chooses the generation of the law; what is not known of the work stays blank and is not asked for.
    """

    kind: str
    day: date
    title: str = ""
    section: str = ""
    issue: str = ""
    published_on: date | None = None
    url: str = ""
    wrong: tuple[str, ...] = ()
    """The false statements, one each."""
    right: tuple[str, ...] = ()
    """The corrected content, one each."""
    agency: tuple[str, ...] = ()
    """Names of the agency, any of which will do."""
    text: str = ""
    """Our response as sent."""


@dataclass(frozen=True)
class Mark:
    """One thing that was found: ``start``/``end`` in ``field`` (title, sapo, body)."""

    element: str
    name: str
    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Lack:
    """One thing that is missing, as words an official can send on."""

    element: str
    words: str


@dataclass(frozen=True)
class Carried:
    """``result`` is complete, partial, none, removed or failed; ``sentence`` says why.

    A failed look says nothing about the outlet: it is never "none".
    """

    result: str
    sentence: str
    found: tuple[Mark, ...] = ()
    missing: tuple[Lack, ...] = ()
    share: float = 0.0
    """How much of our response is there, 0–1."""


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    """The words and lines of data/corrections.yaml."""
    source = files("hoiam.kit.news").joinpath("data/corrections.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml_of(source)
    return found


def generation(day: date) -> dict[str, Any]:
    """What the law of a day asks of a correction."""
    rows: list[dict[str, Any]] = data()["generations"]
    return next((row for row in rows if row["from"] <= day), rows[-1])
