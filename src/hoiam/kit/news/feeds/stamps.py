"""Times of feeds: the usual shapes read at once, everything else by the reader of Vietnamese dates.

The quick reader is only a short cut: for every stamp it takes, it gives what ``read_moment`` gives
(`tests/kit/news/test_stamps.py` holds them together).
"""

import re
from datetime import datetime
from typing import Final

from hoiam.kit.vietnamese import VIETNAM, read_moment

_MONTHS: Final = {
    "Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06",
    "Jul": "07", "Aug": "08", "Sep": "09", "Oct": "10", "Nov": "11", "Dec": "12",
}  # fmt: skip
_CLOCK: Final = r"((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?"
_YEAR: Final = r"((?:19|20)\d\d)"
_MAIL: Final = re.compile(
    rf"(?:[A-Z][a-z][a-z],? )?(\d\d?) ([A-Z][a-z][a-z]) {_YEAR} {_CLOCK}"
    r" (?:([+-]0\d|[+-]1[0-3])([0-5]\d)|(GMT\+7)|GMT|UTC|Z)"
).fullmatch
_WEB: Final = re.compile(
    rf"{_YEAR}-(\d\d)-(\d\d)[T ]{_CLOCK}(?:\.\d{{1,6}})?(?:([+-]0\d|[+-]1[0-3]):([0-5]\d)|Z)?"
).fullmatch
_PRINTED: Final = re.compile(rf"(\d\d)/(\d\d)/{_YEAR} {_CLOCK}( GMT\+7)?").fullmatch


def read_stamp(stamp: str) -> datetime | None:
    """The aware moment of a feed's time, or None when it cannot be read; never a guess.

    Args:
        stamp: the words, with single blanks and none at the ends.

    >>> read_stamp("Wed, 06 Sep 2023 14:05:00 +0700").isoformat()
    '2023-09-06T14:05:00+07:00'
    >>> read_stamp("06/09/2023 14:05").isoformat()
    '2023-09-06T14:05:00+07:00'
    >>> read_stamp("31/02/2023 14:05") is None
    True
    """
    try:
        quick = _quick(stamp)
    except ValueError:  # no such day: the slow reader says no as well
        quick = None
    if quick is not None:
        return quick
    moment = read_moment(stamp)
    return moment.value if moment else None


def _quick(stamp: str) -> datetime | None:
    if stamp[4:5] == "-":
        return _from_web(stamp)
    if stamp[2:3] == "/":
        return _from_print(stamp)
    found = _MAIL(stamp)
    if found is None or found[2] not in _MONTHS:
        return None
    day, month, year, clock, second, east, rest, ours = found.groups()
    zone = f"{east}:{rest}" if east else "+07:00" if ours else "+00:00"
    day = day if len(day) == 2 else "0" + day
    return datetime.fromisoformat(f"{year}-{_MONTHS[month]}-{day}T{clock}{second or ':00'}{zone}")


def _from_web(stamp: str) -> datetime | None:
    if _WEB(stamp) is None:
        return None
    moment = datetime.fromisoformat(stamp)
    if moment.microsecond:
        moment = moment.replace(microsecond=0)
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _from_print(stamp: str) -> datetime | None:
    found = _PRINTED(stamp)
    if found is None:
        return None
    day, month, year, clock, second, zone = found.groups()
    moment = datetime.fromisoformat(
        f"{year}-{month}-{day}T{clock}{second or ':00'}{'+07:00' if zone else ''}"
    )
    return moment if zone else moment.replace(tzinfo=VIETNAM)
