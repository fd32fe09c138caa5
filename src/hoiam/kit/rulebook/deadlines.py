"""Deadlines: when a rule is due, from which moment, and how that was computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hoiam.kit.vietnamese import VIETNAM

from .calendar import Calendar
from .calendar_files import national_calendar
from .counting import AFTER, BEFORE, Count
from .errors import WrongValue
from .fixed_dates import before_yearly_date, recurring_window
from .registry import rule
from .rules import RuleVersion
from .steps import Step, long_day, sentence, step
from .tightening import Tightening, tightened
from .values import Timing, timing

LAST_YEAR = 2200
NO_ROLL = ("fixed_date", "recurring")


@dataclass(frozen=True)
class Prolongation:
    """One extension that was granted: how much, why, and who signed."""

    number: int
    unit: str
    reason: str
    signer: str


@dataclass(frozen=True)
class Deadline:
    """A computed deadline with everything a screen and a paper must show beside it.

    `due` is None where the law gives no number; a day clock is due at 23:59:59 of its last day.
    `unit` is the unit that was counted, after the values were known.
    """

    due: datetime | None
    rule: str
    title: str
    duty: str
    actor: str
    source: str
    valid_from: date
    valid_to: date | None
    confidence: str
    badge: str | None
    start: datetime
    unit: str | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]
    version: RuleVersion
    extensions: tuple[Prolongation, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give back the shape of the command line: `steps` are sentences, warnings among them."""
        told = [item.text for item in self.steps]
        told += [f"Lưu ý: {warning}" for warning in self.warnings]
        if self.badge:
            told.append(f"Lưu ý: {self.badge}.")
        return {
            "due": self.due.isoformat() if self.due else None,
            "rule": self.rule,
            "duty": self.duty,
            "actor": self.actor,
            "source": self.source,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "confidence": self.confidence,
            "steps": told,
        }


def compute(
    rule_id: str,
    start: datetime,
    *,
    calendar: Calendar | None = None,
    values: Mapping[str, str] | None = None,
    tightening: Tightening | None = None,
) -> Deadline:
    """Give back when a rule is due, with the steps that lead there.

    Args:
        rule_id: a rule ("PN-01") or a product default with a clock ("MD-01").
        start: the moment that starts the clock, with its zone; its Vietnam date chooses the
            version of the law. For a "before" rule, the moment that was fixed beforehand.
        calendar: days off; the national calendar when None.
        values: what the rule asks for (media_type, group …), and `number` for the agency's own
            tighter number.
        tightening: a stricter number an agency set for this rule; the law's stands where it is stricter.

    >>> from datetime import datetime
    >>> compute("PN-01", datetime(2026, 7, 3, 16, 20, tzinfo=VIETNAM)).due.isoformat()
    '2026-07-04T16:20:00+07:00'

    Raises:
        UnknownName, NotInForce, MissingValue, WrongValue, LoosensLaw: see `errors`.
    """
    here = _in_vietnam(start)
    days = calendar or national_calendar()
    version = rule(rule_id).at(here.date())
    given = values or {}
    time = timing(version, given)
    opening = (
        step("start", here, event=version.event),
        step("rule", rule=version.rule_id, title=version.title, source=version.source),
        *time.steps,
    )
    time, borrowed = _own_time(time, here, given)
    time, own = tightened(version, time, tightening)
    count = _count(version, time, here, days)
    return Deadline(
        due=count.due,
        rule=version.rule_id,
        title=version.title,
        duty=version.duty,
        actor=version.actor,
        source=version.source,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        confidence=version.confidence,
        badge=version.badge,
        start=here,
        unit=time.unit,
        steps=opening + borrowed + own + count.steps,
        warnings=warnings_for(version, count, days),
        version=version,
    )


def warnings_for(version: RuleVersion, count: Count, calendar: Calendar) -> tuple[str, ...]:
    """Give back what a person must know before relying on the date, as sentences."""
    found = [version.note] if version.note else []
    if version.direction in NO_ROLL and count.leaned_on:
        found += _last_working(count.leaned_on[-1], calendar)
    if count.leaned_on:
        first, last = min(count.leaned_on).year, max(count.leaned_on).year
        found += [told for year in range(first, last + 1) for told in _doubt(year, calendar)]
    return tuple(found)


def _in_vietnam(start: datetime) -> datetime:
    if start.utcoffset() is None:
        raise WrongValue("Thời điểm bắt đầu phải có múi giờ, ví dụ 2026-07-03T16:20:00+07:00.")
    if not 1900 < start.year < LAST_YEAR:
        raise WrongValue(f"Năm {start.year} ngoài khoảng tính được; kiểm lại thời điểm bắt đầu.")
    return start.astimezone(VIETNAM)


def _own_time(
    time: Timing, start: datetime, values: Mapping[str, str]
) -> tuple[Timing, tuple[Step, ...]]:
    """Follow "hạn như …" to the rule that has the time (PH-01 takes that of CC-01…CC-03)."""
    if time.rule is None:
        return time, ()
    lender = rule(time.rule).at(start.date())
    words = {"rule": lender.rule_id, "title": lender.title, "source": lender.source}
    lent = timing(lender, {name: given for name, given in values.items() if name == "number"})
    return lent, (step("same_time", **words), *lent.steps)


def _count(version: RuleVersion, time: Timing, start: datetime, calendar: Calendar) -> Count:
    if version.direction == "limit":
        return Count(None, (step("limit", number=time.number),))
    if version.yearly_date is not None:
        return before_yearly_date(start, version.yearly_date)
    unit, number = str(time.unit), time.number
    if number is None:
        return Count(None, (step(unit),))
    if version.cycle is not None:
        return recurring_window(start, number, unit, version.cycle)
    if version.direction == "before":
        return BEFORE[unit](start, number, calendar)
    count = AFTER[unit](start, number, calendar)
    if version.direction == "keep" and count.due is not None:
        kept = step("keep", count.due)
        return Count(count.due, (*count.steps[:-1], kept), count.leaned_on)
    return count


def _last_working(last: date, calendar: Calendar) -> list[str]:
    working = calendar.previous_working(last)
    if working == last:
        return []
    why = calendar.reason_off(last)
    return [sentence("last_working", day=long_day(last), why=why, last=long_day(working))]


def _doubt(year: int, calendar: Calendar) -> list[str]:
    grade = calendar.grade_of(year)
    if grade is None:
        return [sentence("year_unknown", year=year)]
    return [sentence("year_unsure", year=year)] if grade == "U" else []
