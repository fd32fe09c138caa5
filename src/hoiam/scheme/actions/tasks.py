"""Tasks, themes and quotas of a draft, written one by one."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, ProtectedError

from hoiam.agencies.models import Agency
from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.scheme.actions.scheme_values import (
    QuotaFields,
    TaskFields,
    checked_quota,
    checked_task,
)
from hoiam.scheme.actions.schemes import IN_USE, open_draft
from hoiam.scheme.models import Quota, Scheme, Task, Theme
from hoiam.scheme.queries.parts import Units

GONE = "Nhiệm vụ này vừa được người khác xóa. Tải lại trang."


@transaction.atomic
def save_task(
    scheme: Scheme, *, actor: Actor, now: datetime, fields: TaskFields, task: Task | None = None
) -> Task:
    """The task of the draft, new or changed.

    Raises:
        InvalidInput: it cannot be kept as written, or its ref stands in the scheme already.
        WrongState: the scheme was given out, or the task has been removed.
    """
    scheme = open_draft(scheme, actor)
    row = checked_task(fields)
    others = scheme.tasks.filter(ref=row["ref"])
    if others.exclude(pk=task.pk if task else None).exists():
        raise InvalidInput(f"Đã có nhiệm vụ mục {row['ref']}. Ghi mục khác.", "ref")
    _check_units(scheme, row["units"], now)
    found = scheme.tasks.filter(pk=task.pk).first() if task else Task(scheme=scheme)
    if found is None:
        raise WrongState(GONE)
    if task is None:
        found.order = (scheme.tasks.aggregate(last=Max("order"))["last"] or 0) + 1
    else:
        row["span"] = found.span
    for name, value in row.items():
        setattr(found, name, value)
    found.theme = scheme.themes.filter(number=fields.theme or 0).first()
    found.save()
    ledger.write(scheme, actor=actor, step="save_task", at=now, ref=found.ref, new=task is None)
    return found


def _check_units(scheme: Scheme, parts: list[dict[str, object]], now: datetime) -> None:
    """A province gives work to itself and its offices only."""
    units = Units(scheme.owner, now.date())
    keys = [int(str(part["agency"])) for part in parts if "agency" in part]
    for agency in Agency.objects.filter(pk__in=keys):
        if not units.may_give(agency):
            raise InvalidInput(
                f"{scheme.owner} không giao việc cho {agency} được. Chỉ ghi cơ quan mình và các Phòng THADS khu vực của mình.",
                "lead_parts",
            )


@transaction.atomic
def remove_task(task: Task, *, actor: Actor, now: datetime) -> None:
    """The task taken out of the draft.

    Raises:
        WrongState: the scheme was given out.
    """
    scheme = open_draft(task.scheme, actor)
    found = scheme.tasks.filter(pk=task.pk).first()
    if found is None:
        raise WrongState(GONE)
    ledger.write(scheme, actor=actor, step="remove_task", at=now, ref=found.ref, title=found.title)
    try:
        found.delete()
    except ProtectedError as error:
        raise WrongState(IN_USE) from error


@transaction.atomic
def save_themes(scheme: Scheme, *, actor: Actor, now: datetime, themes: list[str]) -> int:
    """How many themes the draft has now; a task keeps its theme by number.

    Raises:
        WrongState: the scheme was given out.
    """
    scheme = open_draft(scheme, actor)
    texts = [text.strip() for text in themes if text.strip()]
    for at, text in enumerate(texts, 1):
        Theme.objects.update_or_create(scheme=scheme, number=at, defaults={"text": text})
    scheme.themes.filter(number__gt=len(texts)).delete()
    ledger.write(scheme, actor=actor, step="save_themes", at=now, count=len(texts))
    return len(texts)


@transaction.atomic
def add_quota(task: Task, *, actor: Actor, now: datetime, fields: QuotaFields) -> Quota:
    """What is owed in a task of the draft: unit × channel × period × count.

    Raises:
        InvalidInput: see `checked_quota`; or a province names a unit that is not its own.
    """
    scheme = open_draft(task.scheme, actor)
    row = checked_quota(fields)
    if fields.agency is not None:
        _check_units(scheme, [{"agency": fields.agency}], now)
    made = Quota.objects.create(task=task, **row)
    ledger.write(scheme, actor=actor, step="add_quota", at=now, ref=task.ref, quota=str(made))
    return made


@transaction.atomic
def remove_quota(quota: Quota, *, actor: Actor, now: datetime) -> None:
    """The quota taken out of the draft."""
    scheme = open_draft(quota.task.scheme, actor)
    ledger.write(
        scheme, actor=actor, step="remove_quota", at=now, ref=quota.task.ref, quota=str(quota)
    )
    quota.delete()
