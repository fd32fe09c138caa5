"""Who does what in the room, one file a noun; importing them registers every policy."""

from hoiam.handling.policies import cases, clocks, papers, speaking
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
    "in_scope",
    "papers",
    "speaking",
    "writers_of",
]
