"""Training sessions: planned, held, called off; their documents."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.actions.files import SentFile, keep
from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import VIETNAM, squash
from hoiam.scheme.actions.moving import locked, moved, require
from hoiam.scheme.models import Training, TrainingDocument, TrainingNeed, TrainingPlan
from hoiam.scheme.states.training import (
    TRAINING_TRANSITIONS,
    TraineeRole,
    TrainingPlanState,
    TrainingState,
)

WHAT = "Lớp tập huấn"
NOT_CANCELLED = frozenset({TrainingState.PLANNED, TrainingState.HELD})


@transaction.atomic
def plan_training(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    starts_on: date,
    ends_on: date | None = None,
    for_roles: Iterable[str] = (),
    **more: Any,
) -> Training:
    """The new session, in the draft plan of its year when there is one.

    Args:
        more: place, trainer, content; open while it is only planned.

    Raises:
        InvalidInput: no name, or days that cannot be.
    """
    authority.check(actor, "plan_training", agency)
    made = Training(agency=agency, planned_by=actor.official, planned_at=now)
    _fill(made, title, starts_on, ends_on, for_roles, more)
    plans = TrainingPlan.objects.system("the plan of the session's year")
    made.plan = plans.filter(
        agency=agency, year=starts_on.year, state=TrainingPlanState.DRAFT
    ).first()
    made.save()
    ledger.write(made, actor=actor, step="plan_training", at=now, agency=agency.code)
    return made


@transaction.atomic
def edit_training(
    training: Training,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    starts_on: date,
    ends_on: date | None = None,
    for_roles: Iterable[str] = (),
    **more: Any,
) -> Training:
    """The planned session as typed anew.

    Raises:
        InvalidInput: no name, or days that cannot be.
        WrongState: it was held or called off.
    """
    training = moved(training, "edit_training", TRAINING_TRANSITIONS, actor=actor, what=WHAT)
    _fill(training, title, starts_on, ends_on, for_roles, more)
    training.save()
    ledger.write(training, actor=actor, step="edit_training", at=now)
    return training


def _fill(
    training: Training,
    title: str,
    starts_on: date,
    ends_on: date | None,
    for_roles: Iterable[str],
    more: dict[str, Any],
) -> None:
    if not squash(title):
        raise InvalidInput("Ghi tên lớp tập huấn.", "title")
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput("Ngày cuối không thể trước ngày đầu.", "ends_on")
    training.title, training.starts_on, training.ends_on = squash(title)[:300], starts_on, ends_on
    training.for_roles = [role for role in TraineeRole.values if role in set(for_roles)]
    training.place = squash(more.get("place", ""))[:250]
    training.trainer = squash(more.get("trainer", ""))[:300]
    training.content = more.get("content", "").strip()


@transaction.atomic
def hold_training(
    training: Training, *, actor: Actor, now: datetime, outcome: str = ""
) -> Training:
    """The session as held: who came is on its list.

    Raises:
        InvalidInput: it has not begun, its place or trainer is open, or nobody is marked as present.
    """
    training = moved(training, "hold_training", TRAINING_TRANSITIONS, actor=actor, what=WHAT)
    if training.starts_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Lớp chưa bắt đầu. Ghi đã tổ chức từ ngày mở lớp.")
    if not (training.place and training.trainer):
        raise InvalidInput("Ghi địa điểm và giảng viên rồi ghi đã tổ chức.")
    present = training.trainees.filter(is_present=True).count()
    if not present:
        raise InvalidInput("Chưa ghi ai có mặt. Điểm danh rồi ghi đã tổ chức.")
    training.outcome, training.held_at = outcome.strip(), now
    training.save(update_fields=["state", "outcome", "held_at"])
    ledger.write(training, actor=actor, step="hold_training", at=now, present=present)
    return training


@transaction.atomic
def cancel_training(training: Training, *, actor: Actor, now: datetime, reason: str) -> Training:
    """The session called off; needs it was to meet are open again.

    Raises:
        InvalidInput: no reason.
    """
    training = moved(training, "cancel_training", TRAINING_TRANSITIONS, actor=actor, what=WHAT)
    if not reason.strip():
        raise InvalidInput("Ghi lý do không tổ chức.", "reason")
    training.cancel_reason = reason.strip()
    training.save(update_fields=["state", "cancel_reason"])
    TrainingNeed.objects.system("needs of a session called off").filter(met_by=training).update(
        met_by=None
    )
    ledger.write(training, actor=actor, step="cancel_training", at=now, reason=reason.strip())
    return training


@transaction.atomic
def add_document(
    training: Training, *, actor: Actor, now: datetime, title: str, file: SentFile | None
) -> TrainingDocument:
    """One document of the session.

    Raises:
        InvalidInput: no title, no file, or a file that is not taken.
    """
    training = locked(training, "add_document", actor)
    require(training, NOT_CANCELLED, "Thêm tài liệu", WHAT)
    if not squash(title):
        raise InvalidInput("Ghi tên tài liệu.", "title")
    if file is None:
        raise InvalidInput("Chọn tệp tài liệu.", "file")
    blob, name = keep(file)
    made = TrainingDocument.objects.create(
        training=training, title=squash(title)[:250], blob=blob, file_name=name,
        by=actor.official, at=now,
    )  # fmt: skip
    ledger.write(training, actor=actor, step="add_document", at=now, title=made.title)
    return made
