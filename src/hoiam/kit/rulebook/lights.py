"""Deadline lights: in time, due or late × waiting, running, done or paused, always with words.

When "đến hạn" begins is a product default (MD-08, MD-09, MD-10), not law.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hoiam.kit.vietnamese import VIETNAM

from .calendar import Calendar
from .calendar_files import national_calendar
from .defaults import default_number, working_sessions
from .errors import WrongValue

OK, DUE, LATE = "ok", "due", "late"
WORKS = ("wait", "run", "done", "pause")
HOURS = ("hour", "working_hour")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Light:
    """One light: its time (ok, due, late), its work (wait, run, done, pause) and its words."""

    time: str
    work: str
    words: str


@dataclass(frozen=True)
class _Clock:
    due: datetime
    at: datetime
    unit: str
    start: datetime | None
    calendar: Calendar


def light(
    due: datetime | None,
    now: datetime,
    state: str,
    *,
    unit: str | None = "calendar_day",
    start: datetime | None = None,
    done_at: datetime | None = None,
    paused_at: datetime | None = None,
    paused_for: timedelta = timedelta(),
    calendar: Calendar | None = None,
) -> Light:
    """Give back the light of a clock, its words in lower case.

    Args:
        due: the due moment, None for a duty without a number (never late by itself).
        now: the moment of looking.
        state: wait, run, done or pause.
        unit: what the deadline counted in (`Deadline.unit`); working days are counted in words.
        start: when the clock began: needed for the share of an hour clock and for both counts of
            a paused clock.
        done_at, paused_at: when the work ended or paused; `now` when not known.
        paused_for: how long the clock has been paused in all.

    >>> from datetime import datetime
    >>> due = datetime(2026, 7, 10, 23, 59, 59, tzinfo=VIETNAM)
    >>> light(due, datetime(2026, 7, 5, 9, 0, tzinfo=VIETNAM), "run").words
    'còn 5 ngày'

    Raises:
        WrongValue: the state is none of the four.
    """
    if state not in WORKS:
        raise WrongValue(f"Trạng thái “{state}” không có; dùng một trong: {', '.join(WORKS)}.")
    at = {"done": done_at, "pause": paused_at}.get(state) or now
    if due is None:
        return Light(OK, state, _numberless(state, unit, start, at))
    days = calendar or national_calendar()
    clock = _Clock(_here(due), _here(at), unit or "calendar_day", start, days)
    time = _time(clock)
    if state == "done":
        return Light(time, state, _done(clock) if time == LATE else "xong đúng hạn")
    words = _remaining(clock, time)
    if state == "pause":
        words = f"tạm dừng · {words}{_both_counts(clock, _here(now), paused_for)}"
    return Light(time, state, words)


def _here(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM).replace(microsecond=0)


def _time(clock: _Clock) -> str:
    if clock.at > clock.due:
        return LATE
    if clock.unit in HOURS:
        return DUE if _hour_clock_is_due(clock) else OK
    return DUE if clock.at.date() >= _last_days_begin(clock) else OK


def _hour_clock_is_due(clock: _Clock) -> bool:
    left = _running_time(clock, clock.at, clock.due)
    last_hours = HOUR * default_number("MD-09")
    if clock.start is None:
        return left <= last_hours
    whole = _running_time(clock, _here(clock.start), clock.due)
    if left * 100 < whole * default_number("MD-08"):
        return True
    # A clock of four hours would be "due" from its first minute: there only the share counts.
    return left <= last_hours < whole / 2


def _last_days_begin(clock: _Clock) -> date:
    last = clock.calendar.previous_working(clock.due.date())
    return clock.calendar.add_working_days(last, 1 - default_number("MD-10"))


def _running_time(clock: _Clock, start: datetime, end: datetime) -> timedelta:
    if clock.unit == "working_hour":
        return clock.calendar.working_time_between(start, end, working_sessions())
    return end - start


def _remaining(clock: _Clock, time: str) -> str:
    if time == LATE:
        return f"quá {_late_by(clock)}" if _late_by(clock) else "quá hạn"
    if clock.unit in HOURS:
        return f"còn {_hours(_running_time(clock, clock.at, clock.due), clock.unit)}"
    today, last = clock.at.date(), clock.due.date()
    if today == last:
        return "đến hạn hôm nay"
    if today >= clock.calendar.previous_working(last):
        return "hôm nay là ngày làm việc cuối"
    return f"còn {_days(clock, today, last)}"


def _done(clock: _Clock) -> str:
    return f"xong muộn {_late_by(clock)}".strip()


def _late_by(clock: _Clock) -> str:
    """How late in words; empty when no working day or minute has passed since."""
    if clock.unit in HOURS:
        late = _running_time(clock, clock.due, clock.at)
        return _hours(late, clock.unit) if late >= MINUTE else ""
    return _days(clock, clock.due.date(), clock.at.date())


def _days(clock: _Clock, first: date, last: date) -> str:
    if clock.unit == "working_day":
        count = clock.calendar.working_days_between(first, last)
        return f"{count} ngày làm việc" if count else ""
    # A due moment within the day (a clock moved by a pause) may be passed before a day is over.
    count = (last - first).days
    return f"{count} ngày" if count else ""


def _hours(span: timedelta, unit: str) -> str:
    if span < MINUTE:
        return "dưới 1 phút"
    if span >= 72 * HOUR:
        return f"{span.days} ngày"
    hours, minutes = divmod(span // MINUTE, 60)
    told = [f"{hours} giờ"] if hours else []
    if minutes and hours < 10:
        told.append(f"{minutes} phút")
    return " ".join(told) + (" làm việc" if unit == "working_hour" else "")


def _both_counts(clock: _Clock, now: datetime, paused_for: timedelta) -> str:
    if clock.start is None:
        return ""
    total = now - _here(clock.start)
    ours = max(total - paused_for, timedelta())
    return f" (tổng {_span(total, clock.unit)}, phần cơ quan {_span(ours, clock.unit)})"


def _span(span: timedelta, unit: str) -> str:
    return _hours(span, "hour") if unit in HOURS else f"{span.days} ngày"


def _numberless(state: str, unit: str | None, start: datetime | None, at: datetime) -> str:
    if state == "done":
        return "đã xong"
    told = "theo số báo gần nhất" if unit == "next_issue" else "làm ngay"
    if unit not in ("immediate", "next_issue"):
        told = "không có số hạn"
    if start is not None:
        told += f" · đã qua {_hours(_here(at) - _here(start), 'hour')}"
    return f"tạm dừng · {told}" if state == "pause" else told
