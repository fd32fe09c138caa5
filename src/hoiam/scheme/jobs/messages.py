"""Picking up this room's messages: notices that say where to look, never what a case holds."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Model

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import holders, superior
from hoiam.agencies.states import DESK_ROLES, Role
from hoiam.core import ledger
from hoiam.core.outbox import handles
from hoiam.kit.rulebook import end_of_day
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.actions.work_notices import Page, tell
from hoiam.scheme.models import ExplanationRequest, IndicatorReport, Reminder
from hoiam.scheme.queries.lateness import late_clocks_of
from hoiam.scheme.states import ExplanationState, ReportState

UNIT_ROLES = {*DESK_ROLES, Role.HEAD_OF_REGION}


def write_to(
    people: Iterable[Official],
    subject: str,
    text: str,
    *,
    key: str,
    now: datetime,
    page: Page = ("desk-home",),
    last_day: date | None = None,
) -> None:
    """One notice to each of these people for this occasion, by the ways and in the hours each has chosen.

    Args:
        page: what the notice leads to, by its name and keys.
        last_day: the day on which it must still be known: quiet hours that end only after it do not hold it back. What
            is past wakes nobody, for haste mends nothing then.
    """
    end = end_of_day(last_day) if last_day is not None else None
    before = end if end is not None and end > now else None
    tell(people, subject, text, key, now, page=page, before=before)


def occasion(subject: Model, *steps: str) -> str:
    """What a letter tells of: the last such line of the diary, the same whenever and however often it is delivered."""
    lines = ledger.of(subject).filter(step__in=steps).order_by("-pk")
    return str(lines.values_list("pk", flat=True).first() or "")


def _desk(agency: Agency, now: datetime) -> Iterable[Official]:
    return holders(agency, UNIT_ROLES, now.astimezone(VIETNAM).date())


def _report(pk: int) -> IndicatorReport:
    rows = IndicatorReport.objects.system("tell who must act next")
    return rows.select_related("agency__parent", "written_by").get(pk=pk)


def _page(report: IndicatorReport) -> Page:
    return ("desk-indicators-of", report.agency_id, report.year)


@handles("report_submitted")
def tell_the_approvers(report_id: int, now: datetime) -> None:
    """Who may approve, except who wrote it."""
    report = _report(report_id)
    if report.state != ReportState.SUBMITTED or report.submitted_at is None:
        return
    today = now.astimezone(VIETNAM).date()
    people = holders(report.agency, {Role.HEAD, Role.DEPUTY}, today).exclude(
        pk=report.written_by_id
    )
    key = f"report-submitted:{report.pk}:{report.submitted_at:%Y%m%d%H%M%S}"
    write_to(
        people, f"Chờ duyệt: báo cáo năm {report.year}", f"{report} chờ duyệt.",
        key=key, now=now, page=_page(report),
    )  # fmt: skip


@handles("report_approved")
def tell_the_superior(report_id: int, now: datetime) -> None:
    """The superior's desk: a report came in."""
    report = _report(report_id)
    above = superior(report.agency, now.astimezone(VIETNAM).date())
    if above is None or report.approved_at is None:
        return
    key = f"report-approved:{report.pk}:{report.approved_at:%Y%m%d%H%M%S}"
    text = f"{report.agency} đã gửi báo cáo năm {report.year}."
    write_to(_desk(above, now), f"Đã gửi: {report}", text, key=key, now=now, page=_page(report))


@handles("report_returned")
def tell_the_writer(report_id: int, now: datetime) -> None:
    """Who wrote it: there is something to mend."""
    report = _report(report_id)
    key = f"report-returned:{report.pk}:{occasion(report, 'return_report')}"
    write_to(
        [report.written_by], f"Trả lại: báo cáo năm {report.year}", f"Cần sửa: {report.returned_why}",
        key=key, now=now, page=_page(report),
    )  # fmt: skip


@handles("lateness_reminded")
def tell_of_lateness(reminder_id: int, now: datetime) -> None:
    """The unit's desk and who holds its late work."""
    reminder = Reminder.objects.system("tell who is late").select_related("agency", "by").get(
        pk=reminder_id
    )  # fmt: skip
    late = late_clocks_of(reminder.agency, now)
    people = [*_desk(reminder.agency, now), *(c.holder for c in late if c.holder)]
    lines = [f"• {clock.case.number}: {clock.title}" for clock in late]
    text = "\n".join(
        part
        for part in (
            f"{reminder.agency} còn {len(late)} việc quá hạn:",
            *lines,
            reminder.text and f"\nLời nhắc của {reminder.by}: {reminder.text}",
        )
        if part
    )
    write_to(people, f"Nhắc việc quá hạn: {reminder.agency}", text, key=f"late:{reminder.pk}", now=now)  # fmt: skip


def _request(pk: int) -> ExplanationRequest:
    rows = ExplanationRequest.objects.system("tell who must act next")
    return rows.select_related(
        "agency", "asked_by_agency", "asked_by", "clock__case", "assignment__task"
    ).get(pk=pk)


@handles("ask_for_explanation")
def tell_who_explains(request_id: int, now: datetime) -> None:
    """The desk of the unit that is asked."""
    _to_the_unit(request_id, "Yêu cầu giải trình", "ask_for_explanation", now)


@handles("return_explanation")
def tell_to_explain_again(request_id: int, now: datetime) -> None:
    """The desk of the unit that is asked again."""
    _to_the_unit(request_id, "Đề nghị giải trình lại", "return_explanation", now)


@handles("accept_explanation")
def tell_of_acceptance(request_id: int, now: datetime) -> None:
    """The unit: it is settled."""
    _to_the_unit(request_id, "Đã chấp nhận giải trình", "accept_explanation", now)


@handles("withdraw_explanation")
def tell_of_withdrawal(request_id: int, now: datetime) -> None:
    """The unit: nothing is asked any more."""
    _to_the_unit(request_id, "Đã rút yêu cầu giải trình", "withdraw_explanation", now)


def _late_thing(request: ExplanationRequest) -> str:
    """A case's title stays out of letters; a task's is in a published paper."""
    return str(request.clock.title) if request.clock is not None else request.title


def _to_the_unit(request_id: int, what: str, step: str, now: datetime) -> None:
    request = _request(request_id)
    number = request.number
    text = f"{what} về {number}: {_late_thing(request)}. Hạn trả lời {show_date(request.due_on)}."
    key = f"explain:{request.pk}:{what}:{occasion(request, step)}"
    write_to(
        _desk(request.agency, now), f"{what}: {number}", text, key=key, now=now,
        page=("desk-explanation", request.pk),
        last_day=request.due_on if request.state == ExplanationState.ASKED else None,
    )  # fmt: skip


@handles("answer_explanation")
def tell_who_asked(request_id: int, now: datetime) -> None:
    """Who asked: an explanation came in."""
    request = _request(request_id)
    number = request.number
    text = f"{request.agency} đã giải trình về {number}: {_late_thing(request)}."
    key = f"explained:{request.pk}:{occasion(request, 'answer_explanation')}"
    page = ("desk-explanation", request.pk)
    write_to([request.asked_by], f"Đã giải trình: {number}", text, key=key, now=now, page=page)
