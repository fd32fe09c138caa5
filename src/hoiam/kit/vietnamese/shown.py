"""Days and times as Vietnamese readers expect them: 05/04/2026, 24 hours, thứ Hai."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def show_date(day: date) -> str:
    """The day as dd/mm/yyyy; an aware moment is shown on its day in Viet Nam.

    >>> show_date(date(2026, 4, 5))
    '05/04/2026'
    """
    day = _here(day)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def show_datetime(moment: datetime) -> str:
    """The moment as dd/mm/yyyy hh:mm, Viet Nam time when it is aware.

    >>> show_datetime(datetime(2026, 4, 5, 14, 5, tzinfo=VIETNAM))
    '05/04/2026 14:05'
    """
    here = moment.astimezone(VIETNAM) if moment.tzinfo else moment
    return f"{here.day:02d}/{here.month:02d}/{here.year:04d} {here.hour:02d}:{here.minute:02d}"


def show_long_date(day: date) -> str:
    """The day as official papers write it (NĐ 30/2020: a 0 before days under 10 and months 1, 2).

    >>> show_long_date(date(2026, 4, 5))
    'ngày 05 tháng 4 năm 2026'
    >>> show_long_date(date(2026, 2, 15))
    'ngày 15 tháng 02 năm 2026'
    """
    day = _here(day)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def show_weekday(day: date) -> str:
    """The weekday in words.

    >>> show_weekday(date(2026, 4, 5))
    'Chủ nhật'
    """
    return _WEEKDAYS[_here(day).weekday()]


def _here(day: date) -> date:
    if isinstance(day, datetime) and day.tzinfo:
        return day.astimezone(VIETNAM)
    return day
