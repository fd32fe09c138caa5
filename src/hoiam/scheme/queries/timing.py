"""What a paper's words of time mean for counting: the kind of time, its days, how often a year."""

import re
from dataclasses import dataclass
from datetime import date

from hoiam.kit.vietnamese import fold, nfc, read_date
from hoiam.scheme.states import Rhythm, TaskDue

_SPAN = re.compile(r"(?:nam|giai doan)\s*(\d{4})\s*(?:-|–|den|toi)\s*(?:nam\s*)?(\d{4})")
_YEAR = re.compile(r"^(?:trong\s+)?nam\s*(\d{4})\b")
_QUARTER = re.compile(r"quy\s*(iv|iii|ii|i|[1-4])\s*(?:nam|/|-)\s*(\d{4})")
_MONTH = re.compile(r"thang\s*(\d{1,2})\s*(?:nam|/|-)\s*(\d{4})")
_DAY = re.compile(
    r"(truoc|cham nhat|den|xong)?\s*(?:la\s*)?(?:het\s*)?(?:vao\s*)?(?:ngay\s*)(\d{1,2}[/-]\d{1,2}[/-]\d{4})"
)
_PER_YEAR = re.compile(r"(\d{1,3})\s*(?:dot|lan|ky|lop|cuoc|bai|hoi nghi)\s*/\s*nam")
_YEARLY = re.compile(r"\b(?:hang|moi)\s+nam\b")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_KINDS = {"truoc": TaskDue.BEFORE, "cham nhat": TaskDue.BY, "den": TaskDue.BY, "xong": TaskDue.BY}


@dataclass(frozen=True)
class Timing:
    """How a task's time is counted (scheme-2862.md: Kinds of time); days are Vietnam civil dates."""

    rhythm: Rhythm = Rhythm.CONTINUOUS
    starts_on: date | None = None
    ends_on: date | None = None
    due_on: date | None = None
    due_kind: str = ""
    per_year: int | None = None


def timing_of(words: str) -> Timing:
    """The timing these words state; continuous without days when they state none."""
    plain = " ".join(fold(nfc(words)).split())
    often = _PER_YEAR.search(plain)
    per_year = int(often[1]) if often else None
    dated = _dated(plain)
    if dated is not None:
        return dated
    if found := _SPAN.search(plain):
        first, last = int(found[1]), int(found[2])
        if first <= last:
            return Timing(Rhythm.SPAN, date(first, 1, 1), date(last, 12, 31), per_year=per_year)
    if period := _period(plain):
        return Timing(Rhythm.DATED, period[0], period[1], period[1], TaskDue.BY)
    if _YEARLY.search(plain):
        return Timing(Rhythm.YEARLY, per_year=per_year)
    if found := _YEAR.search(plain):
        year = int(found[1])
        return Timing(Rhythm.YEAR, date(year, 1, 1), date(year, 12, 31), per_year=per_year)
    if "theo thoi gian" in plain or "khi co" in plain or "khi phat sinh" in plain:
        return Timing(Rhythm.EVENT)
    return Timing(Rhythm.CONTINUOUS, per_year=per_year)


def _dated(plain: str) -> Timing | None:
    found = _DAY.search(plain)
    day = read_date(found[2].replace("-", "/"), date(2000, 1, 1)) if found else None
    if found is None or day is None:
        return None
    kind = _KINDS.get(found[1] or "", TaskDue.ON)
    return Timing(Rhythm.DATED, due_on=day, due_kind=kind)


def _period(plain: str) -> tuple[date, date] | None:
    """First and last day of a quarter or month named with its year."""
    if found := _QUARTER.search(plain):
        first = 3 * _QUARTERS[found[1]] - 2
        return _months(int(found[2]), first, 3)
    if (found := _MONTH.search(plain)) and 1 <= int(found[1]) <= 12:
        return _months(int(found[2]), int(found[1]), 1)
    return None


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    after = first + count
    end = date(year + (after > 12), (after - 1) % 12 + 1, 1)
    return date(year, first, 1), date.fromordinal(end.toordinal() - 1)


def in_year(timing: Timing, year: int) -> Timing | None:
    """The timing of one year's plan, or None when the task does not run in that year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if timing.rhythm == Rhythm.DATED:
        return timing if timing.due_on and timing.due_on.year == year else None
    if (timing.starts_on and timing.starts_on > last) or (
        timing.ends_on and timing.ends_on < first
    ):
        return None
    starts = max(first, timing.starts_on) if timing.starts_on else first
    ends = min(last, timing.ends_on) if timing.ends_on else last
    rhythm = Rhythm.YEAR if timing.rhythm in {Rhythm.SPAN, Rhythm.YEARLY} else timing.rhythm
    return Timing(rhythm, starts, ends, per_year=timing.per_year)
