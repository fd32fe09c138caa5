"""The moment a stream of items has reached, told by the items themselves."""

from collections import deque
from datetime import datetime
from statistics import median_low

_LAST = 5


class Clock:
    """The middle of the last five times seen: one wrong date, ahead or behind, moves nothing.

    >>> from datetime import datetime, UTC
    >>> clock = Clock()
    >>> for year in (2026, 2026, 2099, 2026): _ = clock.see(datetime(year, 4, 5, tzinfo=UTC))
    >>> clock.now.year
    2026
    """

    def __init__(self) -> None:
        self._last: deque[datetime] = deque(maxlen=_LAST)

    @property
    def now(self) -> datetime | None:
        """The moment reached; None before any time was seen."""
        return median_low(self._last) if self._last else None

    def see(self, at: datetime | None) -> datetime | None:
        """The moment reached once this time counts too; None among times changes nothing."""
        if at is not None:
            self._last.append(at)
        return self.now
