"""Moments told from another one: "2 giờ trước", "hôm qua 14:05", or a time of today alone."""

from datetime import datetime, timedelta
from re import Match
from typing import Final

from .clocks import at, in_part, read_clock
from .folding import fold
from .moment_patterns import AFTER, BEFORE, BEFORE_REACH, CLOCK_ALONE, NO_DAY, NO_YEAR, RELATIVE
from .moment_values import (
    DAY_MISSING,
    NOTHING,
    REFERENCE_MISSING,
    TOO_VAGUE,
    YEAR_MISSING,
    Moment,
    RefusedError,
)
from .shown import VIETNAM

_COUNTS: Final = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
_AGO: Final = {
    "giay": timedelta(seconds=1), "phut": timedelta(minutes=1), "gio": timedelta(hours=1),
    "tieng": timedelta(hours=1), "h": timedelta(hours=1),
    "p": timedelta(minutes=1), "ngay": timedelta(days=1), "tuan": timedelta(weeks=1),
}  # fmt: skip


def relative_moment(text: str, folded: str, reference: datetime | None) -> Moment:
    """The moment the text tells from the reference; `folded` is the fold of the NFC text.

    Raises:
        RefusedError: nothing is told, or too vaguely, or there is no reference.
    """
    found = RELATIVE.search(folded)
    alone = CLOCK_ALONE.fullmatch(folded) if found is None else None
    if found is None and alone is None:
        raise RefusedError(_what_lacks(folded))
    if reference is None:
        raise RefusedError(REFERENCE_MISSING)
    here = (reference if reference.tzinfo else reference.replace(tzinfo=VIETNAM)).astimezone(
        VIETNAM
    )
    if found is None:
        assert alone is not None
        return Moment(at(here.date(), read_clock(alone, iso=False)), True, text.strip())
    if found["now"]:
        return Moment(here, True, text[found.start() : found.end()])
    if found["day"]:
        return _on_named_day(text, folded, found, here)
    return _ago(text, found, here)


def _on_named_day(text: str, folded: str, found: Match[str], here: datetime) -> Moment:
    day = here.date() - timedelta(days={"nay": 0, "qua": 1, "kia": 2}[found["day"]])
    start, end = found.span()
    clock = AFTER.match(folded, end)
    if clock is not None:
        end = clock.end()
    else:
        clock = BEFORE.search(folded, max(0, start - BEFORE_REACH), start)
        start = clock.start() if clock else start
    raw = text[start:end].strip()
    if clock is None:
        return Moment(datetime(day.year, day.month, day.day, tzinfo=VIETNAM), False, raw)
    time = read_clock(clock, iso=False)
    if found["part"]:
        time = in_part(time, clock, found["part"])
    return Moment(at(day, time), True, raw)


def _ago(text: str, found: Match[str], here: datetime) -> Moment:
    count, unit = found["n"] or found["n2"], found["u"] or found["u2"]
    raw = text[found.start() : found.end()].strip()
    if unit not in _AGO or (count == "nua" and unit not in {"gio", "tieng"}) or "ruoi" in fold(raw):
        raise RefusedError(TOO_VAGUE)
    back = (
        _AGO[unit] / 2
        if count == "nua"
        else _AGO[unit] * _COUNTS.get(count, 0) or _AGO[unit] * int(count)
    )
    value = here - back
    if back >= timedelta(days=1) and unit in {"ngay", "tuan"}:
        return Moment(datetime(value.year, value.month, value.day, tzinfo=VIETNAM), False, raw)
    return Moment(value, True, raw)


def _what_lacks(folded: str) -> str:
    if NO_DAY.search(folded):
        return DAY_MISSING
    if NO_YEAR.search(folded):
        return YEAR_MISSING
    return NOTHING
