"""Dates and times as newspapers, feeds and papers print them: read exactly, or not at all.

A wrong moment starts a wrong clock, so the reader leans to refusing: day and month are never swapped,
a missing year is never supplied, an impossible date is never mended, and nothing becomes "now".
"""

import html
from datetime import date, datetime
from re import Match
from typing import Final

from .clocks import at, in_part, read_clock
from .folding import fold
from .moment_patterns import AFTER, BEFORE, BEFORE_REACH, DATE, DAY_WORD, PART_BEFORE, RUN
from .moment_values import NO_SUCH_DAY, NOTHING, SHORT_YEAR, Moment, RefusedError, Unread
from .normal import nfc
from .relative_moments import relative_moment
from .shown import VIETNAM

_MONTHS: Final = {
    "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def read_moment(text: str, reference: datetime | None = None) -> Moment | None:
    """The first moment written in the text, or None; never a guess.

    Args:
        text: a date line, byline or feed date.
        reference: the moment relative words count from ("hôm qua 14:05"); without it they are not read.

    >>> read_moment("Thứ Tư, 06/09/2023 | 14:05 GMT+7").value.isoformat()
    '2023-09-06T14:05:00+07:00'
    >>> read_moment("31/02/2023 14:05") is None
    True
    """
    found = read_moment_or_why(text, reference)
    return found if isinstance(found, Moment) else None


def read_moment_or_why(text: str, reference: datetime | None = None) -> Moment | Unread:
    """The first moment written in the text, or the reason there is none.

    >>> read_moment_or_why("ngày 31/02/2023").reason
    'Ngày này không có trong lịch; hãy kiểm tra lại ngày và tháng.'
    """
    # A page's source or a feed escaped twice leaves "&nbsp;" between the date and its time.
    text = nfc(html.unescape(text))
    folded = fold(text)
    try:
        found = DATE.search(folded)
        if found is not None:
            return _dated(text, folded, found)
        return relative_moment(text, folded, reference)
    except RefusedError as refusal:
        return Unread(str(refusal))


def _dated(text: str, folded: str, found: Match[str]) -> Moment:
    start, end = found.span()
    clock, start, end = _clock_around(folded, found)
    if found["run"] is not None or (found["y6"] and clock is None):
        _insist_on_whole(folded, found)
    day = _day(folded, found, has_time=clock is not None)
    raw = text[start:end].strip()
    if clock is None:
        return Moment(datetime(day.year, day.month, day.day, tzinfo=VIETNAM), False, raw)
    time = read_clock(clock, iso=found["y1"] is not None or found["y6"] is not None)
    part = PART_BEFORE.search(folded, max(0, found.start() - BEFORE_REACH), found.start())
    if part is not None and clock.start() >= found.end():
        time = in_part(time, clock, part[1])
    return Moment(at(day, time), True, raw)


def _clock_around(folded: str, found: Match[str]) -> tuple[Match[str] | None, int, int]:
    """The time beside the date: behind it, or before it as in "14h05 ngày 6/9/2023"."""
    start, end = found.span()
    if found["run"] is not None:
        run = RUN.match(folded, end)
        return run, start, run.end() if run else end
    if found["y6"] is not None and folded.startswith("t", end):
        run = RUN.match(folded, end + 1)
        if run is not None:
            return run, start, run.end()
    before = BEFORE.search(folded, max(0, start - BEFORE_REACH), start)
    if before is not None and "ngay" in before["tie"]:
        return before, before.start(), end
    after = AFTER.match(folded, end)
    if after is not None:
        return after, start, after.end()
    # "Tin 24h 06/09/2023": a bare hour in front is a name, unless "ngày" ties it to the date.
    if before is not None and (before["mi"] or before["mj"] or before["ap"]):
        return before, before.start(), end
    return None, start, end


def _insist_on_whole(folded: str, found: Match[str]) -> None:
    """Bare digits are a date only when they are the whole text or end the name of a page."""
    lead, tail = folded[: found.start()].strip(), folded[found.end() + len(found["run"] or "") :]
    if (
        lead.endswith("-")
        and found["run"]
        and tail.startswith((".htm", ".chn", ".epi", ".vnp", ".ldo"))
    ):
        return
    if lead or tail.strip():
        raise RefusedError(NOTHING)


def _day(folded: str, found: Match[str], *, has_time: bool) -> date:
    kind = next(k for k in "216345" if found["d" + k] is not None)
    year = _year(folded, found, found["y" + kind], has_time)
    month = found["m" + kind]
    if not month.isdecimal():
        month = month.removeprefix("thang").removeprefix("th").strip(". ")
        month = (
            month
            if month.isdecimal()
            else _MONTHS.get(" ".join(month.split()), _MONTHS.get(month[:3], 0))
        )
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise RefusedError(NO_SUCH_DAY)
    try:
        return date(year, int(month), int(found["d" + kind]))
    except ValueError as impossible:
        raise RefusedError(NO_SUCH_DAY) from impossible


def _year(folded: str, found: Match[str], written: str, has_time: bool) -> int:
    if len(written) == 4:
        return int(written)
    whole = found.group() == folded.strip()
    if not (has_time or whole or found["d4"] or DAY_WORD.search(folded, 0, found.start())):
        raise RefusedError(SHORT_YEAR)
    short = int(written)
    if 50 <= short < 70:
        raise RefusedError(SHORT_YEAR)
    return 2000 + short if short < 50 else 1900 + short
