"""Moments as a person on duty says them: "06:52 hôm nay", "21:40 hôm qua", "hạn thứ Tư 09/09"."""

from datetime import date, datetime

from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime, show_weekday

NEAR = {-2: "hôm kia", -1: "hôm qua", 0: "hôm nay", 1: "ngày mai"}


def local(value: datetime) -> datetime:
    """The moment on Vietnam's clock.

    Raises:
        ValueError: the moment has no offset; guessing one would show a wrong deadline.
    """
    if value.tzinfo is None:
        raise ValueError("a moment without an offset cannot be shown")
    return value.astimezone(VIETNAM)


def civil_day(value: date) -> date:
    """The Vietnamese civil day of a date or a moment."""
    return local(value).date() if isinstance(value, datetime) else value


def say_date(value: date) -> str:
    """ "05/04/2026"."""
    return show_date(civil_day(value))


def say_datetime(value: date) -> str:
    """ "05/04/2026 14:05"; a day without an hour as a day."""
    return show_datetime(local(value)) if isinstance(value, datetime) else show_date(value)


def say_day(value: date) -> str:
    """ "Thứ Năm, 10/09/2026"."""
    day = civil_day(value)
    weekday = show_weekday(day)
    return f"{weekday[:1].upper()}{weekday[1:]}, {show_date(day)}"


def say_moment(value: date, now: datetime) -> str:
    """A moment or a day beside the present one: near days by their name, others by their date."""
    day, today = civil_day(value), local(now).date()
    named = NEAR.get((day - today).days) or _far(day, today)
    if not isinstance(value, datetime):
        return named if (day - today).days in NEAR else f"{show_weekday(day)} {named}"
    return f"{local(value):%H:%M} {named}"


def _far(day: date, today: date) -> str:
    return f"{day:%d/%m}" if day.year == today.year else show_date(day)
