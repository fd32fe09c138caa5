"""What a row of a state table is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Transition:
    """One verb: from which states, into which; `target` None leaves the state as it is."""

    name: str
    label: str
    sources: frozenset[str]
    target: str | None
