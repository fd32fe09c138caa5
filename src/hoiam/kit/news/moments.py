"""Moments of items: how exactly one is told, and which one a stream of items has reached."""

from collections import deque
from datetime import date, datetime, time
from statistics import median_low

from hoiam.kit.vietnamese import VIETNAM, read_moment

DAY, MINUTE = "day", "minute"
_LAST = 5
_MIDNIGHT = time()


def precision_of(moment: datetime, raw: str) -> str:
    """ "day" when a time was told without an hour, and is kept as that day's first moment; else "minute".

    Args:
        moment: what was read.
        raw: the words it was read from.

    >>> day = datetime(2026, 8, 5, tzinfo=VIETNAM)
    >>> precision_of(day, "05/08/2026"), precision_of(day, "00:00 05/08/2026"), precision_of(day.replace(hour=8), "")
    ('day', 'minute', 'minute')
    """
    # Nearly every time has an hour: words are read again only where it could be the missing one.
    if _at_home(moment).time() != _MIDNIGHT:
        return MINUTE
    found = read_moment(raw) if raw else None
    return MINUTE if found is not None and found.has_time else DAY


def shown_moment(moment: datetime, raw: str) -> date:
    """The moment, or the day alone when it was told without an hour.

    >>> shown_moment(datetime(2026, 8, 5, tzinfo=VIETNAM), "05/08/2026")
    datetime.date(2026, 8, 5)
    """
    return moment if precision_of(moment, raw) == MINUTE else _at_home(moment).date()


def is_same_day(one: datetime, other: datetime) -> bool:
    """Whether both lie on one Vietnamese civil day."""
    return _at_home(one).date() == _at_home(other).date()


def _at_home(moment: datetime) -> datetime:
    try:
        return moment.astimezone(VIETNAM)
    except OverflowError:  # machines write the first day of the year 1 where they know nothing
        return moment


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
