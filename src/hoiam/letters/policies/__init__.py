"""Who may do what in the room; importing the files registers every policy."""

from hoiam.letters.policies import letters, questions
from hoiam.letters.policies.conflicts import is_denounced
from hoiam.letters.policies.roles import (
    CLERKS,
    DECIDERS,
    HANDLERS,
    LAWYERS,
    PUBLISHERS,
    READERS,
    WRITERS,
    may_know_asker,
    may_know_people,
    reads_letters,
)
from hoiam.letters.policies.secrecy import is_secret, names_denouncer

__all__ = [
    "CLERKS",
    "DECIDERS",
    "HANDLERS",
    "LAWYERS",
    "PUBLISHERS",
    "READERS",
    "WRITERS",
    "is_denounced",
    "is_secret",
    "letters",
    "may_know_asker",
    "may_know_people",
    "names_denouncer",
    "questions",
    "reads_letters",
]
