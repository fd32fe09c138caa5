"""Who may do what in the room; importing the files registers every policy."""

from hoiam.letters.policies import letters, questions
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
    names_denouncer,
    reads_letters,
)

__all__ = [
    "CLERKS",
    "DECIDERS",
    "HANDLERS",
    "LAWYERS",
    "PUBLISHERS",
    "READERS",
    "WRITERS",
    "letters",
    "may_know_asker",
    "may_know_people",
    "names_denouncer",
    "questions",
    "reads_letters",
]
