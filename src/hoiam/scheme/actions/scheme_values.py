"""What is typed of a scheme and of a task, checked as a whole before anything is written."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import nfc
from hoiam.scheme.models import Quota, Task
from hoiam.scheme.states import AssignmentRole, QuotaPeriod, Rhythm, SchemeKind, TaskDue

_NUL = "\x00"
LISTS = frozenset({"products", "coordinating", "informed", "units"})


@dataclass(frozen=True)
class SchemeFields:
    """The head of a scheme or plan; days are Vietnam civil dates."""

    kind: str = SchemeKind.SCHEME
    title: str = ""
    short: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    signer: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class TaskFields:
    """One task as written; `units` are rows {"role", "class"} or {"role", "agency"}; `theme` is a number of the scheme's themes."""

    ref: str = ""
    title: str = ""
    group: str = ""
    products: tuple[str, ...] = ()
    time: str = ""
    lead: str = ""
    coordinating: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    units: tuple[Mapping[str, Any], ...] = ()
    rhythm: str = Rhythm.CONTINUOUS
    starts_on: date | None = None
    ends_on: date | None = None
    due_on: date | None = None
    due_kind: str = ""
    per_year: int | None = None
    theme: int | None = None
    span: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class QuotaFields:
    """How many pieces are owed; `agency` None means every unit that leads the task."""

    channel: str
    period: str = QuotaPeriod.WHOLE
    count: int = 1
    unit_word: str = "bài"
    agency: int | None = None


def fields_of(task: Task) -> TaskFields:
    """The task as it stands, to be written into another scheme."""
    names = [name for name in TaskFields.__dataclass_fields__ if name not in LISTS | {"theme"}]
    return TaskFields(
        **{name: getattr(task, name) for name in names},
        **{name: tuple(getattr(task, name)) for name in LISTS},
        theme=task.theme.number if task.theme else None,
    )


def quota_fields_of(quota: Quota) -> QuotaFields:
    """The quota as it stands, to be written into another scheme."""
    return QuotaFields(quota.channel, quota.period, quota.count, quota.unit_word, quota.agency_id)


def checked_scheme(fields: SchemeFields) -> dict[str, Any]:
    """The columns of the head, cleaned.

    Raises:
        InvalidInput: the title is missing, a text is too long, or the days run backward.
    """
    row = {name: _clean(value) for name, value in asdict(fields).items()}
    if row["kind"] not in SchemeKind.values:
        raise InvalidInput("Chọn loại: Đề án, chương trình, kế hoạch…", "kind")
    if not row["title"]:
        raise InvalidInput("Ghi tên Đề án, kế hoạch.", "title")
    for name, most in (("title", 500), ("short", 80), ("number", 60), ("issuer", 200), ("signer", 200)):  # fmt: skip
        if len(row[name]) > most:
            raise InvalidInput(f"Viết gọn lại, không quá {most} ký tự.", name)
    _check_order(row)
    return row


def checked_task(fields: TaskFields) -> dict[str, Any]:
    """The columns of the task, cleaned; `theme` is left out.

    Raises:
        InvalidInput: ref or title is missing, too long, or the days run backward.
    """
    row = {name: getattr(fields, name) for name in fields.__dataclass_fields__ if name != "theme"}
    row = {name: _clean(value) for name, value in row.items()}
    row["ref"] = row["ref"].rstrip(".")
    if not row["ref"]:
        raise InvalidInput("Ghi mục của nhiệm vụ, như 2.1.1.a.", "ref")
    if not row["title"]:
        raise InvalidInput("Ghi nội dung nhiệm vụ.", "title")
    for name, most in (("ref", 30), ("group", 500), ("time", 300)):
        if len(row[name]) > most:
            raise InvalidInput(f"Viết gọn lại, không quá {most} ký tự.", name)
    if row["rhythm"] not in Rhythm.values:
        raise InvalidInput("Chọn kiểu thời gian.", "rhythm")
    if row["due_on"] and not row["due_kind"]:
        row["due_kind"] = TaskDue.ON
    if row["due_kind"] and not row["due_on"]:
        row["due_kind"] = ""
    if row["per_year"] is not None and not 1 <= row["per_year"] <= 366:
        raise InvalidInput("Số lần mỗi năm từ 1 đến 366.", "per_year")
    for name in LISTS:
        row[name] = list(row[name])
    if any(part.get("role") not in AssignmentRole.values for part in row["units"]):
        raise InvalidInput("Chọn vai trò của đơn vị: chủ trì, phối hợp hoặc để biết.", "units")
    row["span"] = dict(row["span"])
    _check_order(row)
    return row


def checked_quota(fields: QuotaFields) -> dict[str, Any]:
    """The columns of a quota, cleaned.

    Raises:
        InvalidInput: no channel, an unknown period, or a count below one.
    """
    row = {name: _clean(value) for name, value in asdict(fields).items() if name != "agency"}
    if not row["channel"]:
        raise InvalidInput("Ghi kênh, như “Trang thông tin điện tử”.", "channel")
    if row["period"] not in QuotaPeriod.values:
        raise InvalidInput("Chọn kỳ của chỉ tiêu.", "period")
    if not 1 <= row["count"] <= 10_000:
        raise InvalidInput("Số lượng từ 1 đến 10.000.", "count")
    return row | {"agency_id": fields.agency, "unit_word": row["unit_word"] or "bài"}


def _check_order(row: Mapping[str, Any]) -> None:
    if row["starts_on"] and row["ends_on"] and row["ends_on"] < row["starts_on"]:
        raise InvalidInput("Ngày kết thúc phải từ ngày bắt đầu trở đi.", "ends_on")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"[ \t\u00a0]+", " ", nfc(value.replace(_NUL, ""))).strip()
    if isinstance(value, list | tuple):
        return [kept for kept in (_clean(one) for one in value) if kept]
    return value
