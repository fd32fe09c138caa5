"""A unit's report: filled (on the desk or from a file), submitted, sent by another, returned or taken by the superior."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.core import authority, blobs, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.papers import PaperError
from hoiam.kit.papers.report_form import (
    ANNEX,
    UNREADABLE,
    Finding,
    FormSpec,
    check_report,
)
from hoiam.scheme.actions.round_papers import unit_report_word
from hoiam.scheme.models import ReportVersion, UnitReport
from hoiam.scheme.policies.rounds import writers_of
from hoiam.scheme.queries.round_forms import form_of, tasks_of
from hoiam.scheme.states import UNIT_REPORT_TRANSITIONS, Fault, RoundState, UnitReportState

LONGEST, MOST_ROWS = 100_000, 500
# What the units do, and only while the round is open; the superior may still take a report after.
WHILE_OPEN = frozenset(
    {"fill_unit_report", "submit_unit_report", "hand_back_unit_report", "send_unit_report", "return_unit_report"}
)  # fmt: skip


class TwoAtOnce(Conflict):
    """Somebody else changed the same sections meanwhile; `keys` names them, `theirs` is what stands now."""

    def __init__(self, report: UnitReport, keys: Sequence[str]) -> None:
        self.theirs, self.keys = report.content, tuple(keys)
        super().__init__(
            f"{report.written_by} vừa lưu {len(keys)} mục mà bạn cũng sửa. Nội dung của bạn vẫn ở dưới, bên cạnh là bản "
            "vừa lưu; giữ bản đúng rồi lưu lại."
        )


def content_mark(value: Any) -> str:
    """A short mark of one answer, carried by the page so that a save knows which sections the person changed."""
    told = json.dumps(value or "", sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def locked_report(report: UnitReport, step: str, actor: Actor) -> UnitReport:
    """The report reloaded under lock, when the actor may take the step and it starts from there.

    Raises:
        NotAllowed: the actor may not.
        WrongState: the report or its round is elsewhere.
    """
    rows = UnitReport.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("round__owner", "agency__parent", "written_by").get(pk=report.pk)
    authority.check(actor, step, found)
    transition = UNIT_REPORT_TRANSITIONS[step]
    if step in WHILE_OPEN and found.round.state != RoundState.OPEN:
        raise WrongState(
            f"Đợt báo cáo “{found.round}” {RoundState(found.round.state).label.lower()}, không "
            f"“{transition.label}” được nữa. Liên hệ {found.round.owner} nếu cần gửi bổ sung."
        )
    if found.state not in transition.sources:
        raise WrongState(
            f"Báo cáo đang ở tình trạng “{UnitReportState(found.state).label}”, không làm "
            f"“{transition.label}” được. Tải lại trang để xem ai vừa xử lý."
        )
    return found


def _move(
    found: UnitReport, step: str, *, actor: Actor, now: datetime, reason: str = "", **fields: Any
) -> UnitReport:
    found.state = UNIT_REPORT_TRANSITIONS[step].target
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    ledger.write(found, actor=actor, step=step, at=now, reason=reason)
    return found


@transaction.atomic
def fill_unit_report(
    report: UnitReport,
    *,
    actor: Actor,
    now: datetime,
    content: Mapping[str, Any],
    base: Mapping[str, str],
) -> UnitReport:
    """The report with what was typed; sections the person did not change stay as they are now. Nothing typed is judged here.

    Args:
        content: answers by key; files are added and removed by their own verbs.
        base: the mark (`content_mark`) of each section as it stood on the page.

    Raises:
        TwoAtOnce: somebody else saved something else in the same section meanwhile.
        InvalidInput: a text or a table beyond all measure.
    """
    found = locked_report(report, "fill_unit_report", actor)
    spec = form_of(found.round)
    typed = {s.key: content[s.key] for s in spec.typed() if s.key in content}
    check_size(spec, typed)
    stands = {key: content_mark(found.content.get(key)) for key in typed}
    mine = {
        key: value
        for key, value in typed.items()
        if content_mark(value) not in (stands[key], base.get(key, stands[key]))
    }
    clashing = [key for key in mine if base.get(key, stands[key]) != stands[key]]
    if clashing:
        raise TwoAtOnce(found, clashing)
    return keep_content(found, mine, actor, now) if mine else found


def keep_content(
    found: UnitReport, changed: Mapping[str, Any], actor: Actor, now: datetime, **told: Any
) -> UnitReport:
    """The report with these sections changed: one more version, one line of the diary. For verbs that hold its lock."""
    found.content = {**found.content, **changed}
    found.version += 1
    found.written_by, found.saved_at = actor.official, now
    found.writers = sorted({*found.writers, actor.pk})
    found.save(update_fields=["content", "version", "written_by", "writers", "saved_at"])
    ledger.write(
        found, actor=actor, step="fill_unit_report", at=now, version=found.version,
        sections=sorted(changed), **told,
    )  # fmt: skip
    return found


def check_size(spec: FormSpec, typed: Mapping[str, Any]) -> None:
    """Nothing when every answer is of a size a person can have meant.

    Raises:
        InvalidInput: a text or a table beyond all measure; the page could not be saved with it again.
    """
    for key, value in typed.items():
        section = spec.section(key)
        title = section.title if section else key
        if isinstance(value, str) and len(value) > LONGEST:
            raise InvalidInput(
                f"Mục “{title}” dài hơn 100.000 ký tự. Đưa phần chi tiết vào tệp kèm theo.", key
            )
        cells = [cell for row in value for cell in row.values()] if isinstance(value, list) else ()
        if any(len(str(cell)) > LONGEST for cell in cells):
            raise InvalidInput(
                f"Bảng “{title}” có ô dài hơn 100.000 ký tự. Đưa phần chi tiết vào tệp kèm theo.",
                key,
            )
        if isinstance(value, list) and len(value) > MOST_ROWS:
            raise InvalidInput(
                f"Bảng “{title}” có hơn {MOST_ROWS} dòng. Đưa bảng chi tiết vào tệp kèm theo.", key
            )


@transaction.atomic
def add_annex(
    report: UnitReport, *, actor: Actor, now: datetime, key: str, data: bytes, name: str, kind: str
) -> UnitReport:
    """The report with one more file in an annex; the caller has looked at what the file is.

    Raises:
        InvalidInput: the form has no such annex, or it holds the same file.
    """
    found = locked_report(report, "fill_unit_report", actor)
    files = _files(found, key)
    blob = blobs.put(data)
    if any(file["blob"] == blob.sha256 for file in files):
        raise InvalidInput(f"Tệp “{name}” đã có ở mục này.", "file")
    added = {"name": name[:200], "blob": blob.sha256, "kind": kind, "size": blob.size}
    return keep_content(found, {key: [*files, added]}, actor, now, added=name[:200])


@transaction.atomic
def remove_annex(
    report: UnitReport, *, actor: Actor, now: datetime, key: str, blob: str
) -> UnitReport:
    """The report without one file of an annex; what was sent before keeps it.

    Raises:
        InvalidInput: there is no such annex or file.
    """
    found = locked_report(report, "fill_unit_report", actor)
    files = _files(found, key)
    left = [file for file in files if file["blob"] != blob]
    if len(left) == len(files):
        raise InvalidInput("Tệp này không còn ở đây; tải lại trang để xem.")
    return keep_content(found, {key: left}, actor, now, removed=blob)


def _files(found: UnitReport, key: str) -> list[dict[str, Any]]:
    section = form_of(found.round).section(key)
    if section is None or section.kind != ANNEX:
        raise InvalidInput("Mẫu báo cáo không có mục tệp kèm theo này.")
    return list(found.content.get(key, []))


def findings_of(report: UnitReport) -> tuple[Finding, ...]:
    """What is not right with the report as it stands."""
    return check_report(form_of(report.round), report.content, tasks_of(report))


@transaction.atomic
def submit_unit_report(
    report: UnitReport, *, actor: Actor, now: datetime, acknowledged: bool = False
) -> UnitReport:
    """The report before who may send it.

    Args:
        acknowledged: the actor has read what is incomplete or does not add up, and submits all the same.

    Raises:
        InvalidInput: a figure or a date cannot be read, or what is lacking was not acknowledged.
    """
    found = locked_report(report, "submit_unit_report", actor)
    findings = findings_of(found)
    unreadable = [finding for finding in findings if finding.kind == UNREADABLE]
    if unreadable:
        raise InvalidInput(unreadable[0].words)
    if findings and not acknowledged:
        raise InvalidInput(
            f"Báo cáo còn {len(findings)} điều chưa đủ, chưa khớp (xem danh sách). Bổ sung, hoặc đánh dấu "
            "“Vẫn trình” nếu đơn vị không có số liệu.",
            "acknowledged",
        )
    moved = _move(
        found, "submit_unit_report", actor=actor, now=now, submitted_at=now, handed_back_why="",
        written_by=found.written_by or actor.official,
    )  # fmt: skip
    outbox.post("unit_report_submitted", moved.pk, at=now)
    return moved


@transaction.atomic
def hand_back_unit_report(
    report: UnitReport, *, actor: Actor, now: datetime, reason: str
) -> UnitReport:
    """The report back with who wrote it, by the unit's own signer, or taken back by who wrote of it.

    Raises:
        InvalidInput: it is not said what to mend.
    """
    if not reason.strip():
        raise InvalidInput("Ghi điều cần sửa để người soạn biết.", "reason")
    found = locked_report(report, "hand_back_unit_report", actor)
    taken_back = actor.pk in writers_of(found)
    moved = _move(
        found, "hand_back_unit_report", actor=actor, now=now, reason=reason.strip(),
        handed_back_why="" if taken_back else reason.strip(),
    )  # fmt: skip
    if not taken_back:
        outbox.post("unit_report_handed_back", moved.pk, at=now)
    return moved


@transaction.atomic
def send_unit_report(report: UnitReport, *, actor: Actor, now: datetime) -> UnitReport:
    """The report approved and sent: one more version, received at this moment, with its Word file.

    Raises:
        InvalidInput: the Word form refuses the content.
        NotAllowed: the actor wrote some of it (four eyes), or may not sign for the unit.
    """
    found = locked_report(report, "send_unit_report", actor)
    try:
        word = unit_report_word(found, now=now, signer=actor)
    except PaperError as error:
        raise InvalidInput(str(error)) from error
    ReportVersion.objects.create(
        report=found,
        number=found.versions.count() + 1,
        content=found.content,
        findings=[asdict(finding) for finding in findings_of(found)],
        written_by=found.written_by,
        approved_by=actor.official,
        received_at=now,
        blob=blobs.put(word).sha256,
    )
    moved = _move(found, "send_unit_report", actor=actor, now=now, writers=[])
    outbox.post("unit_report_sent", moved.pk, at=now)
    return moved


@transaction.atomic
def return_unit_report(
    report: UnitReport, *, actor: Actor, now: datetime, fault: str, reason: str
) -> UnitReport:
    """The report sent back to the unit as wrong or incomplete; the version it was stays as it came.

    Raises:
        InvalidInput: no fault is named, or it is not said what to mend.
    """
    if fault not in Fault.values:
        raise InvalidInput("Chọn báo cáo sai hay thiếu.", "fault")
    if not reason.strip():
        raise InvalidInput("Ghi điều sai hoặc thiếu để đơn vị sửa.", "reason")
    found = locked_report(report, "return_unit_report", actor)
    version = found.versions.latest("number")
    version.fault, version.returned_why = fault, reason.strip()
    version.returned_by, version.returned_at = actor.official, now
    version.save(update_fields=["fault", "returned_why", "returned_by", "returned_at"])
    moved = _move(found, "return_unit_report", actor=actor, now=now, reason=reason.strip())
    outbox.post("unit_report_returned", moved.pk, at=now)
    return moved


@transaction.atomic
def accept_unit_report(report: UnitReport, *, actor: Actor, now: datetime) -> UnitReport:
    """The report taken by who ordered it."""
    found = locked_report(report, "accept_unit_report", actor)
    return _move(
        found, "accept_unit_report", actor=actor, now=now, accepted_by=actor.official,
        accepted_at=now,
    )  # fmt: skip
