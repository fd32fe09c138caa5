"""Who does what in the room, one file a noun; importing them registers every policy."""

from hoiam.handling.policies import cases, clocks, evidence, papers
from hoiam.handling.policies.papers import writers_of
from hoiam.handling.policies.roles import CLERKS, DECIDERS, DESK, VERIFIERS, WRITERS, in_scope

__all__ = [
    "CLERKS",
    "DECIDERS",
    "DESK",
    "VERIFIERS",
    "WRITERS",
    "cases",
    "clocks",
    "evidence",
    "in_scope",
    "papers",
    "writers_of",
]
