"""The statutory year of the figures, as the rule of the yearly report words it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hoiam.kit.rulebook import rule
from hoiam.kit.vietnamese import VIETNAM

# Its event names the period of the figures, its date the day before which they are sent (NĐ 244/2026 Đ10).
YEARLY_REPORT = "PN-06"


@dataclass(frozen=True)
class ReportPeriod:
    """First and last day of the figures, the day and month before which they are sent, the law."""

    first: date
    last: date
    send_before: str
    source: str

    @property
    def year(self) -> int:
        """The year people call the report by: that of its last day."""
        return self.last.year

    @property
    def start(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time.min, tzinfo=VIETNAM)

    @property
    def end(self) -> datetime:
        """The moment after the last."""
        return datetime.combine(self.last + timedelta(days=1), time.min, tzinfo=VIETNAM)

    @property
    def last_day_to_send(self) -> date:
        """The day before the one that is named: "trước 20/12" ends with the 19th (law.md §3)."""
        day, month = (int(part) for part in self.send_before.split("/"))
        return date(self.year, month, day) - timedelta(days=1)


def report_period_of(year: int) -> ReportPeriod:
    """The period of one statutory year.

    >>> report_period_of(2026).last
    datetime.date(2026, 12, 14)
    """
    version = rule(YEARLY_REPORT).versions[-1]
    (start_day, start_month), (end_day, end_month) = (
        (int(day), int(month)) for day, month in re.findall(r"(\d{1,2})/(\d{1,2})", version.event)
    )
    return ReportPeriod(
        date(year - 1, start_month, start_day),
        date(year, end_month, end_day),
        version.yearly_date or "",
        version.source,
    )


def report_period(today: date) -> ReportPeriod:
    """The period that holds this day.

    >>> report_period(date(2026, 8, 5)).first
    datetime.date(2025, 12, 15)
    >>> report_period(date(2026, 12, 15)).year
    2027
    """
    this_year = report_period_of(today.year)
    return this_year if today <= this_year.last else report_period_of(today.year + 1)
