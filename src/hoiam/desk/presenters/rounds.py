"""Report rounds as their pages draw them: lamps, lines of the board, answers in reading order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from hoiam.desk.components import Action, Lamp, WorkRow
from hoiam.kit.papers.report_form import Finding
from hoiam.kit.vietnamese import VIETNAM, show_date, show_number
from hoiam.scheme.models import ReportRound, RoundSection, UnitReport
from hoiam.scheme.queries.rounds import BoardLine, today_of
from hoiam.scheme.queries.standing import LATE, MISSING, ON_TIME, WAITING, Standing, lapse
from hoiam.scheme.states import RoundState, SectionKind, UnitReportState

FILTERS = (
    ("", "Tất cả"),
    ("chua", "Chưa gửi"),
    ("tra", "Bị trả lại"),
    ("cham", "Chậm"),
    ("dung", "Đúng hạn"),
)


def lamp_of(standing: Standing, round_: ReportRound, today: date, *, begun: bool = True) -> Lamp:
    """The light of a report: its word says how many days are left, or how late it is."""
    late = f" {lapse(standing.late_by)}" if standing.late_by else ""
    if standing.is_back:
        word = "trả lại: thiếu" if standing.fault == "incomplete" else "trả lại: sai"
        return Lamp(
            "late" if standing.late_by else "due", "run", f"{word}{', chậm' + late if late else ''}"
        )
    if standing.status == ON_TIME:
        return Lamp("ok", "done", "đúng hạn")
    if standing.status == LATE:
        return Lamp("late", "done", f"chậm{late}")
    if standing.status == MISSING:
        return Lamp("late", "wait", f"chưa gửi, quá hạn{late}")
    if standing.is_stopped:
        return Lamp("ok", "wait", "chưa gửi, đợt đóng trước hạn")
    left = (round_.last_day - today).days
    words = f"còn {show_number(left)} ngày" if left else "hạn hôm nay"
    return Lamp("due" if left <= 1 else "ok", "run" if begun else "wait", words)


def round_lamp(round_: ReportRound, today: date) -> Lamp:
    """The light of a whole round."""
    if round_.state == RoundState.CLOSED:
        return Lamp("ok", "done", "đã đóng")
    if round_.state == RoundState.DRAFT:
        return Lamp("ok", "wait", "đang soạn")
    left = (round_.last_day - today).days
    if left < 0:
        return Lamp("late", "run", f"quá hạn {show_number(-left)} ngày")
    word = f"còn {show_number(left)} ngày" if left else "hạn hôm nay"
    return Lamp("due" if left <= 1 else "ok", "run", word)


@dataclass(frozen=True)
class UnitLine:
    """One unit on the board."""

    report: UnitReport
    standing: Standing
    lamp: Lamp
    chased: Any
    chased_today: bool
    sent: bool


def unit_line(line: BoardLine, round_: ReportRound, now: datetime) -> UnitLine:
    """One line of the board with its light."""
    today = today_of(now)
    return UnitLine(
        line.report,
        line.standing,
        _board_lamp(line, round_, today),
        line.chased,
        line.chased is not None and line.chased.day == today,
        line.sent,
    )


def _board_lamp(line: BoardLine, round_: ReportRound, today: date) -> Lamp:
    """The light of a unit on the board: of a round in draft no unit knows yet."""
    if round_.state == RoundState.DRAFT:
        return Lamp("ok", "wait", "đợt chưa mở")
    return lamp_of(line.standing, round_, today, begun=line.report.version > 0)


def kept_by(filter_: str, line: BoardLine) -> bool:
    """Whether a line of the board is shown under a filter."""
    standing = line.standing
    return {
        "chua": standing.received_at is None,
        "tra": standing.is_back,
        "cham": standing.status in (LATE, MISSING),
        "dung": standing.status == ON_TIME and not standing.is_back,
    }.get(filter_, True)


def counts_of(lines: Sequence[BoardLine]) -> dict[str, int]:
    """What the head of the board says in figures."""
    return {
        "asked": len(lines),
        "sent": sum(line.sent for line in lines),
        "late": sum(line.standing.status == LATE for line in lines),
        "silent": sum(line.standing.status in (MISSING, WAITING) for line in lines),
        "back": sum(line.standing.is_back for line in lines),
    }


@dataclass(frozen=True)
class Answer:
    """One section with what was answered."""

    section: RoundSection
    text: str = ""
    labels: Sequence[str] = ()
    rows: Sequence[Sequence[tuple[str, str]]] = ()
    files: Sequence[Mapping[str, Any]] = ()
    findings: Sequence[str] = ()


@dataclass(frozen=True)
class Chapter:
    """The answers under one "I. II."."""

    title: str
    answers: list[Answer] = field(default_factory=list)


def answers_of(
    sections: Sequence[RoundSection], content: Mapping[str, Any], findings: Sequence[Any] = ()
) -> list[Chapter]:
    """A report in reading order, each section with what is not right with it."""
    told: dict[str, list[str]] = {}
    for finding in findings:
        raw = finding if isinstance(finding, Finding) else Finding(**finding)
        told.setdefault(raw.key, []).append(raw.words)
    chapters: list[Chapter] = []
    for section in sections:
        name = section.chapter or section.title
        if not chapters or chapters[-1].title != name:
            chapters.append(Chapter(name))
        chapters[-1].answers.append(_answer(section, content, told.get(section.key, [])))
    return chapters


def _answer(section: RoundSection, content: Mapping[str, Any], findings: list[str]) -> Answer:
    given = content.get(section.key, "")
    if section.kind == SectionKind.TABLE:
        labels = [column["label"] for column in section.columns]
        names = [column["name"] for column in section.columns]
        rows = [
            [(label, row.get(name, "")) for label, name in zip(labels, names, strict=True)]
            for row in (given or [])
        ]
        return Answer(section, labels=labels, rows=rows, findings=findings)
    if section.kind == SectionKind.ANNEX:
        return Answer(section, files=given or [], findings=findings)
    return Answer(section, text=str(given), findings=findings)


def plain_of(section: Any, value: Any) -> str:
    """An answer as plain text, to show two people's versions side by side."""
    if isinstance(value, list):
        return "\n".join(" | ".join(str(cell) for cell in row.values()) for row in value)
    return str(value or "")


def local(moment: datetime | None) -> datetime | None:
    """A moment in Viet Nam."""
    return moment.astimezone(VIETNAM) if moment else None


def work_rows(lines: Iterable[BoardLine], now: datetime) -> list[tuple[date | None, WorkRow]]:
    """Reports a unit owes as rows of the page of work, each with its last day."""
    return [
        (line.report.round.last_day, _work_row(line, line.report.round, today_of(now)))
        for line in lines
    ]


def waiting_rows(rounds: Iterable[ReportRound]) -> list[WorkRow]:
    """Rounds in which reports wait to be taken, as rows of the page of work."""
    rows = []
    for round_ in rounds:
        url = reverse("desk-round", args=[round_.pk])
        words = f"{show_number(round_.waiting)} báo cáo chờ nhận"
        rows.append(
            WorkRow(
                light=Lamp("ok", "run", words), second=f"hạn {show_date(round_.last_day)}",
                verb="Xem, nhận báo cáo", title=round_.title, url=url, meta=(str(round_.owner),),
                actions=[Action("Xem đợt báo cáo", url, "get")],
            )
        )  # fmt: skip
    return rows


def _to_write(report: UnitReport) -> str:
    return "Sửa, gửi lại báo cáo" if getattr(report, "came", False) else "Điền báo cáo"


def _work_row(line: BoardLine, round_: ReportRound, today: date) -> WorkRow:
    report = line.report
    url = reverse("desk-round-report", args=[report.pk])
    waits = report.state == UnitReportState.SUBMITTED
    return WorkRow(
        light=lamp_of(line.standing, round_, today, begun=report.version > 0),
        second=f"hạn {show_date(round_.last_day)}",
        verb="Duyệt, gửi báo cáo" if waits else _to_write(report),
        title=round_.title,
        url=url,
        meta=(str(report.agency), report.get_state_display()),
        actions=[Action("Mở báo cáo", url, "get")],
    )
