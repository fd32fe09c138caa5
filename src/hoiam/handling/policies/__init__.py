"""Who does what in the room, one file a noun; importing them registers every policy."""

from hoiam.handling.policies import (
    accreditation,
    cases,
    clocks,
    conference,
    enquiry,
    evidence,
    papers,
    sole_signers,
    speaking,
    watch,
)
from hoiam.handling.policies.papers import writers_of
from hoiam.handling.policies.roles import CLERKS, DECIDERS, DESK, VERIFIERS, WRITERS, in_scope

__all__ = [
    "CLERKS",
    "DECIDERS",
    "DESK",
    "VERIFIERS",
    "WRITERS",
    "accreditation",
    "cases",
    "clocks",
    "conference",
    "enquiry",
    "evidence",
    "in_scope",
    "papers",
    "sole_signers",
    "speaking",
    "watch",
    "writers_of",
]
