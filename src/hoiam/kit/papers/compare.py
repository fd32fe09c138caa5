"""A person's text beside what the machine would write now: the parts that differ, and taking some of them."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Part:
    """One stretch of paragraphs; `number` counts those that differ from 1, 0 where both say the same."""

    number: int
    own: tuple[str, ...]
    machine: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the two texts differ here."""
        return self.number > 0


def compare(own: str, machine: str) -> tuple[Part, ...]:
    r"""The two texts side by side, paragraph by paragraph.

    >>> [(p.number, p.own, p.machine) for p in compare("A\n\nB", "A\n\nC")]
    [(0, ('A',), ('A',)), (1, ('B',), ('C',))]
    """
    mine, theirs = _paragraphs(own), _paragraphs(machine)
    parts: list[Part] = []
    number = 0
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        number += tag != "equal"
        parts.append(Part(number * (tag != "equal"), tuple(mine[a:b]), tuple(theirs[c:d])))
    return tuple(parts)


def take(own: str, machine: str, numbers: Collection[int]) -> str:
    r"""The person's text with the machine's wording in the parts of these numbers.

    >>> take("A\n\nB\n\nX", "A\n\nC", {1})
    'A\n\nC'
    """
    chosen = (
        part.machine if part.number in numbers and part.differs else part.own
        for part in compare(own, machine)
    )
    return "\n\n".join(line for part in chosen for line in part)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
