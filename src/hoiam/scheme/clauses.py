"""The clauses a new agreement may begin with: read from `data/clauses.yaml`, marked with their source."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hoiam.kit.lists import yaml_of


@dataclass(frozen=True)
class SampleClause:
    """One clause as a first draft."""

    kind: str
    text: str


@dataclass(frozen=True)
class SampleClauses:
    """Where the sample comes from, how sure that is, and its clauses in order."""

    source: str
    confidence: str
    clauses: tuple[SampleClause, ...]


@cache
def sample_clauses() -> SampleClauses:
    """The sample that ships."""
    text = (files("hoiam.scheme") / "data" / "clauses.yaml").read_text(encoding="utf-8")
    read = yaml_of(text)
    rows = tuple(SampleClause(row["kind"], row["text"]) for row in read["clauses"])
    return SampleClauses(read["source"], read["confidence"], rows)
