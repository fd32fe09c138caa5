"""Many literal words found in one pass: ahocorasick_rs where it is installed, plain Python elsewhere."""

import re
from collections.abc import Iterable

try:
    import ahocorasick_rs as _fast
except ImportError:  # pragma: no cover (the wheel is absent on some machines; answers are the same)
    _fast = None  # type: ignore[assignment]


class PlainMatcher:
    """Finds literal words with the standard library alone."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words: tuple[str, ...] = tuple(words)
        longest_first = sorted(self.words, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def any_in(self, text: str) -> bool:
        """Whether one of the words stands in the text."""
        return any(word in text for word in self.words)

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand, longest first at each place, without overlap."""
        return [found.span() for found in self._pattern.finditer(text)]


class FastMatcher(PlainMatcher):
    """The same answers by one pass of an Aho-Corasick machine."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(words)
        self._machine = _fast.AhoCorasick(
            list(self.words), matchkind=_fast.MatchKind.LeftmostLongest
        )

    def any_in(self, text: str) -> bool:
        """Whether one of the words stands in the text."""
        return bool(self._machine.find_matches_as_indexes(text))

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand, longest first at each place, without overlap."""
        return [(start, end) for _, start, end in self._machine.find_matches_as_indexes(text)]


def matcher(words: Iterable[str]) -> PlainMatcher:
    """The fastest matcher this machine has.

    >>> matcher(["thi hành án", "kê biên"]).find("kê biên để thi hành án")
    [(0, 7), (11, 22)]
    """
    return FastMatcher(words) if _fast is not None else PlainMatcher(words)
