"""The yearly report of an agency: counted from the record, written by one, approved by another, taken by the superior."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, blobs, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.papers import PaperError
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.scheme.actions.report_papers import report_word
from hoiam.scheme.models import IndicatorReport
from hoiam.scheme.queries.indicators import RATIOS, TITLES, Terms, terms_of, unit_rows
from hoiam.scheme.queries.periods import report_period_of
from hoiam.scheme.states import REPORT_TRANSITIONS, ReportState


@transaction.atomic
def write_report(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    year: int,
    difficulties: str = "",
    proposals: str = "",
) -> IndicatorReport:
    """The agency's report of the year, begun or changed; figures are counted anew from the record at this moment.

    Raises:
        InvalidInput: the year has not begun.
        WrongState: it is before the approver, or was sent.
    """
    period = report_period_of(year)
    if period.first > now.astimezone(VIETNAM).date():
        raise InvalidInput(
            f"Kỳ báo cáo {year} chưa bắt đầu; kỳ mở từ {show_date(period.first)}.", "year"
        )
    report = _locked_or_new(agency, year, actor, now)
    authority.check(actor, "write_report", report)
    _check(report, "write_report")
    figures, units = figures_now(agency, year)
    report.figures, report.units, report.counted_at = figures, units, now
    report.difficulties, report.proposals = difficulties.strip(), proposals.strip()
    report.written_by = actor.official
    report.save()
    ledger.write(report, actor=actor, step="write_report", at=now, figures=report.figures)
    return report


def _locked_or_new(agency: Agency, year: int, actor: Actor, now: datetime) -> IndicatorReport:
    rows = IndicatorReport.objects.system("one report a year and agency").select_for_update(
        of=("self",)
    )
    found = rows.select_related("agency").filter(agency=agency, year=year).first()
    return found or IndicatorReport(
        agency=agency, year=year, counted_at=now, written_by=actor.official
    )


def figures_now(agency: Agency, year: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The figures of the agency and of the units below it, as the row keeps them."""
    period = report_period_of(year)
    units = [
        {"agency": row.agency.pk, "name": row.agency.name, "figures": as_kept(row.terms)}
        for row in unit_rows(agency, period)
    ]
    return as_kept(terms_of(agency, period)), units


def as_kept(terms: Mapping[str, tuple[int, int | None]] | Terms) -> dict[str, Any]:
    """The terms as JSON keeps them: `{"I3": {"part": 4, "whole": 5}}`."""
    return {code: {"part": part, "whole": whole} for code, (part, whole) in terms.items()}


def _locked(report: IndicatorReport) -> IndicatorReport:
    rows = IndicatorReport.objects.system("reload under lock").select_for_update(of=("self",))
    return rows.select_related("agency__parent").get(pk=report.pk)


def _check(report: IndicatorReport, step: str) -> None:
    transition = REPORT_TRANSITIONS[step]
    if report.state not in transition.sources:
        raise WrongState(
            f"Báo cáo đang ở tình trạng “{ReportState(report.state).label}”, không làm "
            f"“{transition.label}” được. Tải lại trang để xem ai vừa xử lý."
        )


def _move(
    report: IndicatorReport,
    step: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    **fields: Any,
) -> IndicatorReport:
    report = _locked(report)
    authority.check(actor, step, report)
    _check(report, step)
    report.state = REPORT_TRANSITIONS[step].target
    for name, value in fields.items():
        setattr(report, name, value)
    try:
        report.save()
    except IntegrityError as error:
        raise Conflict("Báo cáo vừa được người khác xử lý. Tải lại trang rồi thử lại.") from error
    ledger.write(report, actor=actor, step=step, at=now, reason=reason, year=report.year)
    return report


@transaction.atomic
def submit_report(report: IndicatorReport, *, actor: Actor, now: datetime) -> IndicatorReport:
    """The report before who may approve it.

    Raises:
        Conflict: the record has changed since the figures were counted; they are to be counted again first.
    """
    fresh = _locked(report)
    authority.check(actor, "submit_report", fresh)
    _check(fresh, "submit_report")
    figures, units = figures_now(fresh.agency, fresh.year)
    if (figures, units) != (fresh.figures, fresh.units):
        raise Conflict(
            "Số liệu đã thay đổi từ lúc lập báo cáo. Bấm “Tính lại và lưu”, xem lại rồi trình."
        )
    moved = _move(fresh, "submit_report", actor=actor, now=now, submitted_at=now, returned_why="")
    outbox.post("report_submitted", moved.pk, at=now)
    return moved


@transaction.atomic
def approve_report(report: IndicatorReport, *, actor: Actor, now: datetime) -> IndicatorReport:
    """The report approved and sent upward; its Word file is kept and its figures never change again.

    Raises:
        InvalidInput: the form refuses the content.
        NotAllowed: the actor wrote it (four eyes), or may not sign for the agency.
    """
    moved = _move(
        report, "approve_report", actor=actor, now=now, approved_by=actor.official, approved_at=now
    )
    try:
        moved.blob = blobs.put(report_word(moved, now=now, signer=actor)).sha256
    except PaperError as error:
        raise InvalidInput(str(error)) from error
    moved.save(update_fields=["blob"])
    outbox.post("report_approved", moved.pk, at=now)
    return moved


@transaction.atomic
def return_report(
    report: IndicatorReport, *, actor: Actor, now: datetime, reason: str
) -> IndicatorReport:
    """The report back with who wrote it, by the agency's approver or by the superior who had it.

    Raises:
        InvalidInput: it is not said what to mend.
    """
    if not reason.strip():
        raise InvalidInput("Ghi điều cần sửa để đơn vị biết.", "reason")
    moved = _move(
        report,
        "return_report",
        actor=actor,
        now=now,
        reason=reason.strip(),
        returned_why=reason.strip(),
        approved_by=None,
        approved_at=None,
        blob="",
    )
    outbox.post("report_returned", moved.pk, at=now)
    return moved


@transaction.atomic
def accept_report(report: IndicatorReport, *, actor: Actor, now: datetime) -> IndicatorReport:
    """The report taken by the superior, whose own figures are made of the same record."""
    return _move(
        report, "accept_report", actor=actor, now=now, accepted_by=actor.official, accepted_at=now
    )


def changed_since(report: IndicatorReport) -> list[str]:
    """Codes of the indicators that the record gives otherwise now than the report says."""
    figures, _ = figures_now(report.agency, report.year)
    return [code for code in TITLES if figures[code] != report.figures.get(code)]


def words_of(code: str, figure: Mapping[str, Any]) -> str:
    """One figure in words: "4/5" for a ratio, "3" for a count."""
    part, whole = figure.get("part", 0), figure.get("whole")
    return f"{part}/{whole}" if code in RATIOS else str(part)
