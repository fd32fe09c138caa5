"""The calendar this room counts working days with: the one that ships, with the days a room above knows as announced.

Days announced on the desk are rows of a higher floor. It says here how to read them, once, when the house starts; this
room asks no further.
"""

from collections.abc import Callable

from hoiam.kit.rulebook import Calendar, national_calendar

Reader = Callable[[], Calendar]
_readers: list[Reader] = [national_calendar]


def read_calendar_with(reader: Reader) -> Reader:
    """The reader, from now on the one that is asked. As a decorator, or called once when the house starts."""
    _readers[0] = reader
    return reader


def calendar_in_use() -> Calendar:
    """The calendar as it stands now: days off, swapped days, and what was announced since."""
    return _readers[0]()
