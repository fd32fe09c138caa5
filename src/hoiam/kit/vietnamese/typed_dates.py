"""Dates as a person types them into a form: 5/4, 05/04/2026, hôm nay, +3, thứ sáu."""

import re
from datetime import date, timedelta
from typing import Final

from .folding import fold
from .moments import read_moment
from .normal import nfc, squash

_SHIFTS: Final = {"hom kia": -2, "hom qua": -1, "hom nay": 0, "nay": 0, "ngay mai": 1, "mai": 1,
                  "ngay kia": 2, "mot": 2, "ngay mot": 2}  # fmt: skip
_WEEKDAYS: Final = {
    "hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5,
    "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
}  # fmt: skip
_STEP: Final = re.compile(r"([+-])\s?(\d{1,3})(?:\s?ngay)?")
_WEEKDAY: Final = re.compile(
    r"(?:(?:thu|t)\s?(hai|ba|tu|nam|sau|bay|[2-7])|(chu nhat|cn))(\s(?:nay|tuan nay|toi|tuan toi|tuan sau))?"
)
_DAY_MONTH: Final = re.compile(r"(?:ngay )?(\d\d?)(?:\s?[/.-]\s?| thang )(\d\d?)")
_SHORT_YEAR: Final = re.compile(r"(?:ngay )?(\d\d?)([/.-])(\d\d?)\2(\d\d)")


def read_date(text: str, today: date) -> date | None:
    """The day a person typed, or None; the caller echoes it in full so that a slip is seen.

    A day without a year is in this year. A weekday is the next one, today included. "+3" counts
    calendar days from today. Two digits of a year mean this century.

    Args:
        text: what was typed.
        today: the day in Viet Nam that "hôm nay", "+3" and a missing year are counted from.

    >>> today = date(2026, 4, 1)
    >>> read_date("5/4", today), read_date("hôm nay", today), read_date("+3", today)
    (datetime.date(2026, 4, 5), datetime.date(2026, 4, 1), datetime.date(2026, 4, 4))
    >>> read_date("31/2/2026", today) is None
    True
    """
    typed = fold(squash(nfc(text)))
    if typed in _SHIFTS:
        return today + timedelta(days=_SHIFTS[typed])
    if step := _STEP.fullmatch(typed):
        return today + timedelta(days=int(step[1] + step[2]))
    if weekday := _WEEKDAY.fullmatch(typed):
        return _next_weekday(weekday, today)
    if short := _DAY_MONTH.fullmatch(typed):
        return _day(today.year, int(short[2]), int(short[1]))
    if short := _SHORT_YEAR.fullmatch(typed):
        return _day(2000 + int(short[4]), int(short[3]), int(short[1]))
    moment = read_moment(typed)
    return moment.value.date() if moment and not moment.has_time else None


def _next_weekday(found: re.Match[str], today: date) -> date:
    weekday = 6 if found[2] else _WEEKDAYS[found[1]]
    if found[3] and found[3].strip() in {"tuan toi", "tuan sau", "tuan nay"}:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=weekday + (0 if "nay" in found[3] else 7))
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
