"""Everything that happened on a case in one line of time, oldest first: what is printed as the annex of evidence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoiam.core import ledger
from hoiam.core.models import LedgerEntry
from hoiam.desk.moments import say_datetime
from hoiam.desk.presenters.cases import ClockRow
from hoiam.desk.presenters.diary import entries_of
from hoiam.handling.models import Case, WatchCheck
from hoiam.handling.queries import Beside
from hoiam.kit.papers import kind as paper_kind


@dataclass(frozen=True)
class Mark:
    """One row: when, of which kind, what, and what proves it."""

    at: datetime
    kind: str
    text: str
    note: str = ""
    sha256: str = ""


def whole_timeline(
    case: Case, diary: Iterable[LedgerEntry], clocks: Sequence[ClockRow], found: Beside
) -> list[Mark]:
    """Steps, moments, papers, checks, statements, clocks, orders, remedies, files and captures, and what merged cases bring."""
    marks = [
        *_steps(case, diary),
        *_merged(found),
        *_moments(case),
        *_papers(case),
        *_checks(case),
        *_statements(case),
        *_clocks(clocks),
        *_ordered(found),
        *_proofs(case),
    ]
    return sorted(marks, key=lambda mark: mark.at)


def _steps(case: Case, diary: Iterable[LedgerEntry]) -> Iterator[Mark]:
    for entry in entries_of(case, diary):
        yield Mark(entry.at, "bước", entry.text, entry.note)


def _merged(found: Beside) -> Iterator[Mark]:
    for pk, number in found.merged:
        other = Case(pk=pk)
        for line in entries_of(other, ledger.of(other)):
            yield Mark(line.at, f"bước ở {number}", line.text, line.note)


def _moments(case: Case) -> Iterator[Mark]:
    for moment in case.moments.all():
        is_old = getattr(moment, "replaced_by", None) is not None
        file = moment.evidence
        yield Mark(
            moment.at,
            "thời điểm",
            f"{moment.get_kind_display()}{' (đã ghi lại)' if is_old else ''}",
            f"{moment.recorded_by} ghi {say_datetime(moment.recorded_at)}",
            file.blob if file else "",
        )


def _papers(case: Case) -> Iterator[Mark]:
    for paper in case.papers.all():
        title = f"{paper_kind(paper.kind).title} {paper.symbol}".strip()
        for at, verb in (
            (paper.drafted_at, "soạn"),
            (paper.submitted_at, "trình"),
            (paper.approved_at, "duyệt"),
            (paper.sent_at, "gửi"),
            (paper.delivered_at, "báo đã nhận"),
        ):
            if at is not None:
                sealed = paper.blob if verb == "duyệt" else ""
                yield Mark(at, "văn bản", f"{title}: {verb}", paper.addressee, sealed)


def _checks(case: Case) -> Iterator[Mark]:
    rows = WatchCheck.objects.filter(paper__case=case).select_related("evidence", "by", "paper")
    for check in rows:
        shown = " · ".join(part for part in (check.url, check.note, str(check.by or "")) if part)
        sealed = check.evidence.blob if check.evidence else ""
        yield Mark(check.at, "kiểm tra báo", str(check.get_reply_display()), shown, sealed)


def _statements(case: Case) -> Iterator[Mark]:
    for said in case.statements.all():
        yield Mark(
            said.at, "phát ngôn", f"{said.spokesperson}: {said.text}", said.get_form_display()
        )


def _clocks(rows: Sequence[ClockRow]) -> Iterator[Mark]:
    for row in rows:
        clock = row.clock
        due = f"hạn {say_datetime(clock.due_at)}" if clock.due_at else "không có số giờ"
        yield Mark(
            clock.started_at,
            "đồng hồ",
            f"{clock.rule} {clock.title}: bắt đầu",
            f"{due} · {clock.badge or clock.source}",
        )
        if clock.ended_at is not None:
            yield Mark(
                clock.ended_at, "đồng hồ", f"{clock.rule} {clock.title}: kết thúc", row.light.words
            )


def _ordered(found: Beside) -> Iterator[Mark]:
    for each in found.directives:
        due = f"hạn {say_datetime(each.due_at)}" if each.due_at else ""
        yield Mark(each.received_at, "chỉ đạo", f"Nhận {each}: {each.content}", due)
        if each.answered_at is not None:
            late = "trả lời muộn" if each.is_late else "trả lời đúng hạn"
            yield Mark(
                each.answered_at,
                "chỉ đạo",
                f"Trả lời {each}",
                f"{late} · {each.answer_note}".strip(" ·"),
            )
    for each in found.remedies:
        yield Mark(each.planned_at, "chấn chỉnh", f"{each.what} ({each.who})")
        if each.done_at is not None and each.done_at != each.planned_at:
            yield Mark(each.done_at, "chấn chỉnh", f"Xong: {each.what}", each.done_note)


def _proofs(case: Case) -> Iterator[Mark]:
    for file in case.evidence_files.all():
        yield Mark(
            file.added_at, "chứng cứ", file.title, f"{file.file_name} · {file.added_by}", file.blob
        )
    for row in case.case_items.all():
        capture = row.item.capture
        if capture is not None:
            yield Mark(capture.at, "bản chụp", row.item.title, row.item.url, capture.payload_sha256)
