"""What every state table of the room is made of: one verb from some states to one state."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Transition:
    """One verb of the table. `skips` lists optional steps it passes over from a given source: a reason is then owed."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
