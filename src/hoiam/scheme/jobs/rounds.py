"""Picking up what rounds leave behind: letters to units and superiors, the morning's reminder, syntheses made."""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import holders
from hoiam.agencies.states import DESK_ROLES, Role
from hoiam.core.jobs import daily, enqueue, job
from hoiam.core.outbox import handles
from hoiam.kit.rulebook import default, default_number
from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime
from hoiam.monitoring.actions.work_notices import Page
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.actions.synthesis_making import make_synthesis, write_word
from hoiam.scheme.jobs.messages import occasion, write_to
from hoiam.scheme.models import (
    ReportChase,
    ReportExplanation,
    ReportRound,
    Synthesis,
    UnitReport,
)
from hoiam.scheme.queries.round_forms import form_of
from hoiam.scheme.queries.round_words import chase_letter, opening_letter
from hoiam.scheme.queries.rounds import answers_for, line_of, signers_of, today_of
from hoiam.scheme.states import RoundState, SynthesisState

_log = logging.getLogger(__name__)
AT, BEFORE = "MD-87", "MD-118"
UNIT_ROLES = {*DESK_ROLES, Role.HEAD_OF_REGION}


def _unit_desk(report: UnitReport, now: datetime) -> Iterable[Official]:
    today = today_of(now)
    return holders(answers_for(report, today), UNIT_ROLES, today)


def _owner_desk(owner: Agency, now: datetime) -> Iterable[Official]:
    return holders(owner, DESK_ROLES, today_of(now))


def _report(pk: int) -> UnitReport:
    rows = UnitReport.objects.system("tell who must act next").select_related(
        "round__owner", "agency", "written_by"
    )
    return rows.get(pk=pk)


@handles("round_opened")
def tell_the_units(round_id: int, now: datetime) -> None:
    """The desk of every unit that is asked; those asked before are not written to again."""
    rounds = ReportRound.objects.system("tell the units").select_related("owner")
    round_ = rounds.get(pk=round_id)
    text = opening_letter(round_, form_of(round_))
    key = f"round-opened:{round_.pk}"
    for report in round_.reports.select_related("agency"):
        write_to(
            _unit_desk(report, now), f"Yêu cầu báo cáo: {round_}", text, key=key, now=now,
            page=_page(report), last_day=round_.last_day,
        )  # fmt: skip


@handles("unit_chased")
def tell_who_is_silent(chase_id: int, now: datetime) -> None:
    """The desk of a unit that has not sent, unless it has sent since."""
    chase = ReportChase.objects.select_related("report").get(pk=chase_id)
    report = _report(chase.report_id)
    line = line_of(report, report.round, now)
    if line.sent:
        return
    text = chase_letter(report.round, line.standing, chase.text)
    write_to(
        _unit_desk(report, now), f"Đôn đốc báo cáo: {report.round}", text,
        key=f"chase:{chase.pk}", now=now, page=_page(report), last_day=report.round.last_day,
    )  # fmt: skip


@handles("unit_report_submitted")
def tell_the_signers(report_id: int, now: datetime) -> None:
    """Who may send it, except all who wrote of it."""
    report = _report(report_id)
    today = today_of(now)
    people = signers_of(report, today)
    _say(people, report, "Chờ duyệt", f"{report} chờ duyệt.", occasion(report, "submit_unit_report"), now)  # fmt: skip


@handles("unit_report_handed_back")
def tell_the_writer_to_mend(report_id: int, now: datetime) -> None:
    """Who wrote it: the unit's own signer wants something mended."""
    report = _report(report_id)
    people = [report.written_by] if report.written_by else _unit_desk(report, now)
    text = f"Lãnh đạo yêu cầu sửa: {report.handed_back_why}"
    _say(people, report, "Cần sửa", text, occasion(report, "hand_back_unit_report"), now)


@handles("unit_report_sent")
def tell_who_ordered(report_id: int, now: datetime) -> None:
    """Who ordered it, once a version."""
    report = _report(report_id)
    version = report.versions.latest("number")
    text = f"{report.agency} đã gửi báo cáo lúc {show_datetime(version.received_at.astimezone(VIETNAM))}."
    key = f"unit-report-sent:{report.pk}:{version.number}"
    write_to(
        _owner_desk(report.round.owner, now), f"Đã gửi: {report}", text, key=key, now=now,
        page=_page(report),
    )  # fmt: skip


@handles("unit_report_returned")
def tell_the_unit(report_id: int, now: datetime) -> None:
    """The unit: it has to mend and send again."""
    report = _report(report_id)
    version = report.versions.latest("number")
    text = f"Báo cáo bị trả lại ({version.get_fault_display().lower()}): {version.returned_why}"
    _say(_unit_desk(report, now), report, "Bị trả lại", text, str(version.number), now)


@handles("report_explanation_asked")
def tell_who_has_to_explain(asked_id: int, now: datetime) -> None:
    """The unit: an explanation is asked."""
    asked = ReportExplanation.objects.get(pk=asked_id)
    report = _report(asked.report_id)
    text = f"Yêu cầu giải trình, hạn {show_date(asked.due_on)}: {asked.question}"
    _say(_unit_desk(report, now), report, "Yêu cầu giải trình", text, f"{asked.asked_at:%Y%m%d%H%M%S}", now, asked.due_on)  # fmt: skip


@handles("report_explained")
def tell_who_asked_why(asked_id: int, now: datetime) -> None:
    """Who asked: the explanation came."""
    asked = ReportExplanation.objects.select_related("asked_by").get(pk=asked_id)
    report = _report(asked.report_id)
    text = f"{report.agency} đã giải trình."
    _say([asked.asked_by], report, "Đã giải trình", text, f"{asked.answered_at:%Y%m%d%H%M%S}", now)


def _say(
    people: Iterable[Official],
    report: UnitReport,
    what: str,
    text: str,
    which: str,
    now: datetime,
    last_day: date | None = None,
) -> None:
    """`which` tells one occasion of this kind from another, and stays the same when it is told again."""
    key = f"unit-report:{what}:{report.pk}:{which}"
    write_to(people, f"{what}: {report.round}", text, key=key, now=now, page=_page(report), last_day=last_day)  # fmt: skip


def _page(report: UnitReport) -> Page:
    return ("desk-round-report", report.pk)


@daily(str(default(AT).value))
@job()
def remind_before_rounds_end(now: datetime, slot: str) -> int:
    """How many units were reminded: those that have not sent, some days before the last day and on it.

    A reminding day that is off moves to the working day before it.
    """
    today = datetime.fromisoformat(slot).astimezone(VIETNAM).date()
    rows = ReportRound.objects.system("units are reminded").filter(state=RoundState.OPEN)
    return sum(
        _remind(report, now, today)
        for round_ in rows.select_related("owner")
        if today in _reminding_days(round_.last_day)
        for report in round_.reports.select_related("agency").defer("content")
    )


def _reminding_days(last_day: date) -> set[date]:
    calendar = calendar_in_use()
    before = last_day - timedelta(days=default_number(BEFORE))
    return {calendar.previous_working(before), calendar.previous_working(last_day)}


def _remind(report: UnitReport, now: datetime, today: date) -> bool:
    full = _report(report.pk)
    line = line_of(full, full.round, now)
    if line.sent:
        return False
    chase, is_new = ReportChase.objects.get_or_create(
        report=report, day=today, by=None, defaults={"at": now}
    )
    if is_new:
        tell_who_is_silent(chase.pk, now)
    return is_new


@handles("synthesis_asked")
def queue_synthesis(synthesis_id: int, now: datetime) -> None:
    """Queue the making: it may take long, a message may not."""
    run = _synthesis(synthesis_id).run
    enqueue(compose, synthesis_id, run, False, now=now, key=f"synthesis:{synthesis_id}:{run}")


@handles("synthesis_word_asked")
def queue_word(synthesis_id: int, now: datetime) -> None:
    """Queue writing the Word file again."""
    run = _synthesis(synthesis_id).run
    enqueue(compose, synthesis_id, run, True, now=now, key=f"synthesis:{synthesis_id}:{run}")


def _synthesis(pk: int) -> Synthesis:
    rows = Synthesis.objects.system("a run of the machine").select_related("round__owner")
    return rows.get(pk=pk)


@job(most_tries=2)
def compose(synthesis_id: int, run: int, word_only: bool, now: datetime) -> str:
    """Make a synthesis, or only its Word file; how it ended. A fault is told on the page and not tried for ever."""
    synthesis = _synthesis(synthesis_id)
    try:
        if word_only:
            return str(write_word(synthesis, run=run, now=now).state)
        return str(make_synthesis(synthesis, run=run, now=now).state)
    except (ValueError, TypeError, KeyError) as error:
        _log.exception("synthesis %s failed", synthesis_id)
        Synthesis.objects.system("a run that failed").filter(pk=synthesis_id, run=run).update(
            state=SynthesisState.FAILED,
            fault=f"Máy ghép không xong ({type(error).__name__}). Bấm Ghép lại; nếu vẫn hỏng, báo quản trị.",
        )
        return str(SynthesisState.FAILED)
