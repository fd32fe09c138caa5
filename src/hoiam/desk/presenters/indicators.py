"""The yearly report as its page draws it: six figures, the units they are made of, what may be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from hoiam.agencies.models import Agency
from hoiam.desk.components import Lamp
from hoiam.kit.rulebook import BADGE, default
from hoiam.kit.vietnamese import show_date, show_number
from hoiam.scheme.models import IndicatorReport
from hoiam.scheme.queries import CountedRow, ReportPeriod, due_of
from hoiam.scheme.queries.indicators import RATIOS, TITLES, UnitRow
from hoiam.scheme.states import ReportState

FIRST_YEAR = 2026  # NĐ 244/2026 asks for the first one
FIRST_PERIOD = "MD-85"
PAGES = {
    "case": "desk-case",
    "enquiry": "desk-enquiry",
    "conference": "desk-conference",
    "briefing": "desk-briefing",
}


@dataclass(frozen=True)
class FigureRow:
    """One indicator: both terms, and the page of the rows behind it."""

    code: str
    title: str
    value: str
    url: str
    sent: str = ""

    @property
    def differs(self) -> bool:
        """Whether the report that was sent says otherwise than the record does now."""
        return bool(self.sent) and self.sent != self.value


def figure_rows(
    agency: Agency,
    period: ReportPeriod,
    terms: Mapping[str, tuple[int, int | None]],
    report: IndicatorReport | None,
) -> list[FigureRow]:
    """The six figures as counted now, beside what a report that was sent says."""
    kept = report.figures if report is not None and report.state != ReportState.DRAFT else {}
    return [
        FigureRow(
            code,
            title,
            shown(terms[code]),
            reverse("desk-indicator-rows", args=[agency.pk, period.year, code.lower()]),
            _kept(kept.get(code)),
        )
        for code, title in TITLES.items()
    ]


def shown(terms: tuple[int, int | None]) -> str:
    """Both terms of a ratio, or the count.

    >>> shown((4, 5)), shown((1200, None))
    ('4 / 5', '1.200')
    """
    part, whole = terms
    return show_number(part) if whole is None else f"{show_number(part)} / {show_number(whole)}"


def _kept(figure: Mapping[str, Any] | None) -> str:
    return shown((figure["part"], figure["whole"])) if figure else ""


@dataclass(frozen=True)
class UnitLine:
    """One unit below, its six figures in order, and where its report stands."""

    name: str
    url: str
    figures: Sequence[tuple[str, str]]
    report: IndicatorReport | None
    is_silent: bool


def unit_lines(
    rows: Sequence[UnitRow],
    reports: Mapping[int, IndicatorReport],
    period: ReportPeriod,
    *,
    with_reports: bool,
) -> list[UnitLine]:
    """The units of the table; only units that report on their own are said to be silent."""
    return [
        UnitLine(
            row.agency.name,
            reverse("desk-indicators-of", args=[row.agency.pk, period.year]),
            [(code, shown(row.terms[code])) for code in TITLES],
            reports.get(row.agency.pk),
            with_reports and row.agency.pk not in reports,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Due:
    """Until when the report is sent, in words, with its lamp; the badge when no law says so."""

    words: str
    lamp: Lamp
    badge: str


def due_words(
    agency: Agency, period: ReportPeriod, report: IndicatorReport | None, today: date
) -> Due:
    """The last day to send, and how it stands."""
    last, is_law = due_of(agency, period)
    done = report is not None and report.state in {ReportState.APPROVED, ReportState.ACCEPTED}
    left = (last - today).days
    if done:
        lamp = Lamp("ok", "done", "đã gửi")
    elif left < 0:
        lamp = Lamp("late", "run", f"quá hạn {show_number(-left)} ngày")
    else:
        lamp = Lamp("due" if left <= 1 else "ok", "run", f"còn {show_number(left)} ngày")
    words = f"gửi chậm nhất ngày {show_date(last)}"
    return Due(words, lamp, "" if is_law else BADGE)


def years_shown(today: date, period: ReportPeriod) -> list[int]:
    """The years that may be asked for: from the first of the decree to the one that runs."""
    last = max(period.year, today.year + (today > date(today.year, 12, 14)))
    return list(range(FIRST_YEAR, last + 1))[::-1]


def notes_of(period: ReportPeriod) -> list[str]:
    """What a reader has to know about how these figures are counted."""
    notes = [
        "Một vụ việc nhiều báo nêu được đếm một lần; tính theo thời điểm tiếp nhận.",
        "Khoản 6 Điều 7 đếm ở I6, không đếm ở I4. I3 gồm cả yêu cầu trả lời trên báo.",
    ]
    if period.year == FIRST_YEAR and default(FIRST_PERIOD).value:
        notes.append(f"Kỳ đầu tính cả vụ việc trước 01/7/2026 ({BADGE}).")
    return notes


def row_url(row: CountedRow) -> str:
    """Where the matter is read."""
    return reverse(PAGES[row.kind], args=[row.pk])


def is_ratio(code: str) -> bool:
    """Whether the indicator has two terms."""
    return code in RATIOS
