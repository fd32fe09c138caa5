"""What a person decided about two items: one event, or two."""

from collections.abc import Iterable

Pair = tuple[str, str]


class Decisions:
    """Pairs of items a person put together or apart; the later word is the caller's to choose.

    >>> decisions = Decisions(together=[("1", "2")], apart=[("1", "9")])
    >>> decisions.together_with("2"), decisions.apart_from("1")
    (('1',), ('9',))
    """

    def __init__(self, *, together: Iterable[Pair] = (), apart: Iterable[Pair] = ()) -> None:
        self._together = _both_ways(together)
        self._apart = _both_ways(apart)

    def together_with(self, id: str) -> tuple[str, ...]:
        """The items that must stand in one story with this one."""
        return tuple(self._together.get(id, ()))

    def apart_from(self, id: str) -> tuple[str, ...]:
        """The items that must not."""
        return tuple(self._apart.get(id, ()))


def _both_ways(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found
