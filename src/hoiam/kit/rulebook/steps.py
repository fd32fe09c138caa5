"""The sentences that say how a deadline was computed; their wording is data."""

from dataclasses import dataclass
from datetime import date, datetime

from hoiam.kit.vietnamese import show_date, show_weekday

from .files import read_table

UNITS = {
    "hour": "giờ",
    "working_hour": "giờ làm việc",
    "calendar_day": "ngày",
    "working_day": "ngày làm việc",
    "month": "tháng",
    "year": "năm",
    "immediate": "làm ngay",
    "next_issue": "số báo gần nhất",
}


@dataclass(frozen=True)
class Step:
    """One step of a computation: a sentence, and the moment it arrives at if it has one."""

    text: str
    moment: datetime | None = None


def step(name: str, moment: datetime | None = None, /, **words: object) -> Step:
    """Give back the step of that name of `counting.yaml`, its blanks (and {moment}) filled."""
    if moment is not None:
        words["moment"] = long_moment(moment)
    return Step(sentence(name, **words), moment)


def sentence(name: str, /, **words: object) -> str:
    """Give back a sentence of `counting.yaml` with its blanks filled."""
    wording: str = read_table("counting.yaml")[name]
    return wording.format(**words)


def long_day(day: date) -> str:
    """Give back a day with its weekday: "thứ Hai 17/08/2026"."""
    return f"{show_weekday(day)} {show_date(day)}"


def long_moment(moment: datetime) -> str:
    """Give back a moment with its weekday, seconds only when there are some.

    A day clock ends at 23:59:59, shown in full so that nobody reads 23:59 as a minute early.
    """
    hour = f"{moment.hour:02d}:{moment.minute:02d}"
    if moment.second:
        hour += f":{moment.second:02d}"
    return f"{hour} {long_day(moment.date())}"


def skipped_words(days: tuple[date, ...]) -> str:
    """Give back which days off were skipped, in words short enough for a screen."""
    if not days:
        return sentence("nothing_skipped")
    if len(days) <= 4:
        return sentence("skipped_few", days=", ".join(show_date(day) for day in days))
    first, last = show_date(days[0]), show_date(days[-1])
    return sentence("skipped_many", count=len(days), first=first, last=last)
