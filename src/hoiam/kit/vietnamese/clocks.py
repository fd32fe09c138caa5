"""A time of day beside a date: its hour of 24, its part of the day, its zone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from re import Match
from typing import Final

from .moment_patterns import BEFORE
from .moment_values import NO_SUCH_TIME, TOO_VAGUE, ZONE_UNCLEAR, RefusedError
from .shown import VIETNAM

# RFC 822 §5.1; ICT is Indochina time.
_ZONES: Final = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "ict": 7,
}  # fmt: skip
_MORNING: Final = frozenset({"sa", "am", "sang"})


@dataclass(frozen=True)
class ClockTime:
    """A time of day as written; the zone is None when none stood there."""

    since_midnight: timedelta
    zone: timezone | None


def read_clock(clock: Match[str], *, iso: bool) -> ClockTime:
    """The time a clock pattern found.

    Args:
        clock: a match of a pattern with the groups of a clock.
        iso: whether the date stood in the ISO form, whose offsets may be shorter.

    Raises:
        RefusedError: there is no such time.
    """
    groups = clock.groupdict()
    hour, minute = int(groups["h"]), int(groups["mi"] or groups.get("mj") or 0)
    second = int(groups["se"] or 0)
    if groups.get("half"):
        minute = 30
    hour = _hour(hour, groups.get("ap"))
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and (minute or second)):
        raise RefusedError(NO_SUCH_TIME)
    since = timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    return ClockTime(since, _zone(clock, groups["zn"], groups["zo"], iso))


def _hour(hour: int, period: str | None) -> int:
    """The hour of 24 that hour and part of the day say together."""
    if period is None:
        return hour
    period = period.replace(".", "")
    if period in _MORNING:
        if hour > 12:
            raise RefusedError(NO_SUCH_TIME)
        return 0 if hour == 12 and period != "sang" else hour
    if period == "dem":  # from 9 in the evening to 4 in the morning; twelve could end either day
        if hour == 12:
            raise RefusedError(TOO_VAGUE)
        return hour + 12 if 8 <= hour < 12 else hour
    if period == "trua":
        return hour + 12 if hour < 4 else hour
    return hour + 12 if hour < 12 else hour


def _zone(clock: Match[str], name: str | None, offset: str | None, iso: bool) -> timezone | None:
    rest = clock.string[clock.end() : clock.end() + 2]
    if offset is None:
        if name is None:
            return None
        if name != "z" and rest.lstrip()[:1].isdigit() and clock.re is not BEFORE:
            raise RefusedError(ZONE_UNCLEAR)
        return timezone(timedelta(hours=_ZONES.get(name, 0)))
    digits = offset[1:].replace(":", "")
    if name is None and offset[0] == "-" and not iso and (":" in offset or len(digits) < 4):
        return None  # "14:05-16:30" is a span of time, not an offset
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if hours > 14 or minutes > 59:
        raise RefusedError(NO_SUCH_TIME)
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if offset[0] == "-" else shift)


def at(day: date, time: ClockTime) -> datetime:
    """The aware moment of that time on that day; 24:00 is the next midnight."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=time.zone or VIETNAM)
    return midnight + time.since_midnight


def in_part(time: ClockTime, clock: Match[str], part: str) -> ClockTime:
    """The time read within the part of the day that a word elsewhere names."""
    if clock.groupdict().get("ap"):
        return time
    hours, rest = divmod(time.since_midnight, timedelta(hours=1))
    return ClockTime(timedelta(hours=_hour(hours, part)) + rest, time.zone)
