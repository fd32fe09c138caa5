"""A report round: written with its form and addressees, given out, closed; units that have not sent are chased."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.papers.report_form import KINDS, TABLE
from hoiam.scheme.models import (
    ReportChase,
    ReportRound,
    RoundSection,
    Scheme,
    SourcePaper,
    UnitReport,
)
from hoiam.scheme.queries.round_forms import preset
from hoiam.scheme.queries.rounds import board_of, line_of, today_of, units_below
from hoiam.scheme.states import ROUND_TRANSITIONS, RoundState, SchemeState

FIELDS = (
    "title", "paper_number", "paper_on", "review", "year", "period_from", "period_to", "due_on",
    "due_kind", "channel", "guidance",
)  # fmt: skip


@transaction.atomic
def create_round(
    owner: Agency,
    *,
    actor: Actor,
    now: datetime,
    form: str = "",
    scheme: Scheme | None = None,
    paper: SourcePaper | None = None,
    **fields: Any,
) -> ReportRound:
    """A round in draft with the sections of a preset (`form`: its code); the kind of review and the channel are the preset's
    unless others are given.

    Raises:
        InvalidInput: no title, or a period that ends before it begins.
    """
    authority.check(actor, "create_round", owner)
    _check_fields(fields)
    chosen = preset(form)
    usual = {"review": chosen.review, "channel": chosen.channel} if chosen else {}
    fields |= {name: value for name, value in usual.items() if not fields.get(name)}
    if not fields.get("review"):
        fields.pop("review", None)
    round_ = ReportRound.objects.create(
        owner=owner, scheme=scheme, paper=paper, preset=form, created_by=actor.official,
        created_at=now, **{name: value for name, value in fields.items() if name in FIELDS},
    )  # fmt: skip
    if chosen is not None:
        _put_sections(round_, chosen.sections)
    ledger.write(round_, actor=actor, step="create_round", at=now, title=round_.title, form=form)
    return round_


def _check_fields(fields: Mapping[str, Any]) -> None:
    if not str(fields.get("title", "")).strip():
        raise InvalidInput("Ghi tên đợt báo cáo.", "title")
    first, last = fields.get("period_from"), fields.get("period_to")
    if first and last and last < first:
        raise InvalidInput("Kỳ số liệu kết thúc trước khi bắt đầu.", "period_to")


def _locked(round_: ReportRound, step: str, actor: Actor) -> ReportRound:
    rows = ReportRound.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("owner").get(pk=round_.pk)
    authority.check(actor, step, found)
    transition = ROUND_TRANSITIONS[step]
    if found.state not in transition.sources:
        raise WrongState(
            f"Đợt báo cáo đang ở tình trạng “{RoundState(found.state).label}”, không làm “{transition.label}” được. "
            "Tải lại trang để xem ai vừa xử lý."
        )
    return found


@transaction.atomic
def edit_round(
    round_: ReportRound,
    *,
    actor: Actor,
    now: datetime,
    scheme: Scheme | None = None,
    paper: SourcePaper | None = None,
    **fields: Any,
) -> ReportRound:
    """The round in draft with what was typed.

    Raises:
        InvalidInput: no title, or a period that ends before it begins.
        WrongState: it was given out; units already read it.
    """
    found = _locked(round_, "edit_round", actor)
    _check_fields(fields)
    for name in FIELDS:
        if name in fields:
            setattr(found, name, fields[name])
    found.scheme, found.paper = scheme, paper
    found.save()
    ledger.write(found, actor=actor, step="edit_round", at=now)
    return found


@transaction.atomic
def set_sections(
    round_: ReportRound, *, actor: Actor, now: datetime, rows: Sequence[Mapping[str, Any]]
) -> ReportRound:
    """The round with these sections in place of its own.

    Raises:
        InvalidInput: a section without a name or with a name used twice, a table without columns, a sum of what is no figure.
        WrongState: the round was given out.
    """
    found = _locked(round_, "edit_round", actor)
    _check_sections(rows)
    found.sections.all().delete()
    _put_sections(found, rows)
    ledger.write(found, actor=actor, step="set_sections", at=now, sections=len(rows))
    return found


def _check_sections(rows: Sequence[Mapping[str, Any]]) -> None:
    keys = [row["key"] for row in rows]
    if len(keys) != len(set(keys)):
        double = next(key for key in keys if keys.count(key) > 1)
        raise InvalidInput(f"Mã mục “{double}” dùng hai lần. Mỗi mục một mã riêng.", "rows")
    figures = {row["key"] for row in rows if row["kind"] == "figure"}
    for row in rows:
        if not row["title"].strip() or row["kind"] not in KINDS:
            raise InvalidInput(f"Mục “{row['key']}” thiếu tên hoặc loại.", "rows")
        if row["kind"] == TABLE and not row.get("columns"):
            raise InvalidInput(f"Bảng “{row['title']}” chưa có cột nào.", "rows")
        names = [column["name"] for column in row.get("columns", ())]
        if len(names) != len(set(names)):
            double = next(c["label"] for c in row["columns"] if names.count(c["name"]) > 1)
            raise InvalidInput(
                f"Bảng “{row['title']}” có hai cột tên gần giống “{double}”. Đặt tên khác nhau để số liệu không đè lên nhau.",
                "rows",
            )
        strange = [key for key in row.get("parts", ()) if key not in figures or key == row["key"]]
        if strange:
            raise InvalidInput(
                f"Mục “{row['title']}” cộng từ mã “{strange[0]}”, mà mẫu không có con số nào mang mã đó.",
                "rows",
            )


def _put_sections(round_: ReportRound, rows: Iterable[Mapping[str, Any]]) -> None:
    names = ("key", "title", "kind", "chapter", "required", "help", "unit", "columns", "parts", "per_task")  # fmt: skip
    RoundSection.objects.bulk_create(
        RoundSection(round=round_, order=place, **{n: row[n] for n in names if n in row})
        for place, row in enumerate(rows, start=1)
    )


@transaction.atomic
def set_addressees(
    round_: ReportRound, *, actor: Actor, now: datetime, agencies: Sequence[Agency]
) -> ReportRound:
    """The round with these units asked, and nobody else.

    Raises:
        InvalidInput: a unit that is not below the owner today.
        WrongState: the round was given out.
    """
    found = _locked(round_, "edit_round", actor)
    below = set(units_below(found.owner, today_of(now)).values_list("pk", flat=True))
    for agency in agencies:
        if agency.pk not in below:
            raise InvalidInput(
                f"{agency} không phải đơn vị cấp dưới của {found.owner}.", "agencies"
            )
    wanted = {agency.pk for agency in agencies}
    kept = set(found.reports.values_list("agency_id", flat=True))
    found.reports.filter(agency_id__in=kept - wanted).delete()
    UnitReport.objects.bulk_create(
        UnitReport(round=found, agency_id=pk) for pk in sorted(wanted - kept)
    )
    ledger.write(found, actor=actor, step="set_addressees", at=now, units=len(wanted))
    return found


@transaction.atomic
def open_round(round_: ReportRound, *, actor: Actor, now: datetime) -> ReportRound:
    """The round given out: its form is fixed, every unit is told.

    Raises:
        InvalidInput: it asks nothing, asks nobody, its last day has passed, or its
            scheme is a draft, which units may not see and in which they have no task to tell of.
    """
    found = _locked(round_, "open_round", actor)
    if not found.sections.exists():
        raise InvalidInput("Mẫu báo cáo chưa có mục nào.")
    if not found.reports.exists():
        raise InvalidInput("Chưa chọn đơn vị nào phải báo cáo.")
    if found.scheme is not None and found.scheme.state == SchemeState.DRAFT:
        raise InvalidInput(
            f"“{found.scheme}” gắn với đợt còn đang soạn, đơn vị chưa được xem. Giao thực hiện Đề án rồi mở đợt."
        )
    if found.last_day < today_of(now):
        raise InvalidInput("Ngày cuối còn hạn đã qua. Sửa hạn rồi mở đợt.")
    return _moved(found, "open_round", actor=actor, now=now, opened_at=now)


@transaction.atomic
def close_round(
    round_: ReportRound, *, actor: Actor, now: datetime, reason: str = ""
) -> ReportRound:
    """The round closed: nothing more is filled or sent, what did not come is missing."""
    found = _locked(round_, "close_round", actor)
    return _moved(found, "close_round", actor=actor, now=now, reason=reason, closed_at=now)


@transaction.atomic
def reopen_round(round_: ReportRound, *, actor: Actor, now: datetime, reason: str) -> ReportRound:
    """The round open again; lateness is still measured to the same last day.

    Raises:
        InvalidInput: no reason.
    """
    if not reason.strip():
        raise InvalidInput("Ghi lý do mở lại đợt báo cáo.", "reason")
    found = _locked(round_, "reopen_round", actor)
    return _moved(found, "reopen_round", actor=actor, now=now, reason=reason, closed_at=None)


def _moved(
    found: ReportRound, step: str, *, actor: Actor, now: datetime, reason: str = "", **fields: Any
) -> ReportRound:
    found.state = ROUND_TRANSITIONS[step].target
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    ledger.write(found, actor=actor, step=step, at=now, reason=reason.strip())
    if step == "open_round":
        outbox.post("round_opened", found.pk, at=now)
    return found


@transaction.atomic
def chase_unit(report: UnitReport, *, actor: Actor, now: datetime, text: str = "") -> ReportChase:
    """The letter to one unit that has not sent.

    Raises:
        InvalidInput: it has sent.
        Conflict: it was chased today.
        WrongState: the round is not open.
    """
    rows = UnitReport.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("round__owner", "agency").get(pk=report.pk)
    authority.check(actor, "chase_unit", found)
    _check_open(found.round)
    if line_of(found, found.round, now).sent:
        raise InvalidInput(f"{found.agency} đã gửi báo cáo; tải lại trang để xem.")
    if found.chases.filter(day=today_of(now)).exclude(by=None).exists():
        raise Conflict(f"Hôm nay đã đôn đốc {found.agency}. Cần gấp hơn thì gọi điện.")
    return _chase(found, actor, now, text)


def _check_open(round_: ReportRound) -> None:
    if round_.state != RoundState.OPEN:
        raise WrongState("Đợt báo cáo không còn mở, không đôn đốc được nữa.")


def _chase(report: UnitReport, actor: Actor, now: datetime, text: str) -> ReportChase:
    chase = ReportChase.objects.create(
        report=report, day=today_of(now), at=now, by=actor.official, text=text.strip()
    )
    ledger.write(report, actor=actor, step="chase_unit", at=now, reason=text.strip())
    outbox.post("unit_chased", chase.pk, at=now)
    return chase


@transaction.atomic
def chase_units(
    round_: ReportRound, *, actor: Actor, now: datetime, text: str = ""
) -> list[ReportChase]:
    """The letters to every unit of the round that has not sent and was not chased today.

    Raises:
        InvalidInput: there is nobody to chase.
        WrongState: the round is not open.
    """
    rows = ReportRound.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("owner").get(pk=round_.pk)
    authority.check(actor, "chase_units", found)
    _check_open(found)
    today = today_of(now)
    silent = [
        line.report
        for line in board_of(found, actor, now)
        if not line.sent
        and all(chase.day != today or chase.by_id is None for chase in line.report.chases.all())
    ]
    if not silent:
        raise InvalidInput("Không còn đơn vị nào để đôn đốc: đã gửi hoặc hôm nay đã đôn đốc.")
    return [_chase(report, actor, now, text) for report in silent]
