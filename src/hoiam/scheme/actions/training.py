"""Training: needs raised, the plan of a year, sessions planned, held or called off."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.actions.files import SentFile, keep
from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.vietnamese import VIETNAM, squash
from hoiam.scheme.actions.moving import locked, moved, require
from hoiam.scheme.models import Training, TrainingDocument, TrainingNeed, TrainingPlan
from hoiam.scheme.states.training import (
    TRAINING_PLAN_TRANSITIONS,
    TRAINING_TRANSITIONS,
    TraineeRole,
    TrainingPlanState,
    TrainingState,
)

WHAT, PLAN = "Lớp tập huấn", "Kế hoạch tập huấn"
NOT_CANCELLED = frozenset({TrainingState.PLANNED, TrainingState.HELD})


@transaction.atomic
def make_training_plan(agency: Agency, *, actor: Actor, now: datetime, year: int) -> TrainingPlan:
    """The new empty plan of a year; sessions already planned in that year are taken into it.

    Raises:
        Conflict: the agency has one for that year.
        InvalidInput: a year far from now.
    """
    authority.check(actor, "make_training_plan", agency)
    agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if abs(year - now.astimezone(VIETNAM).year) > 1:
        raise InvalidInput("Chỉ lập kế hoạch cho năm trước, năm nay hoặc năm sau.", "year")
    rows = TrainingPlan.objects.system("one plan a year")
    if rows.filter(agency=agency, year=year).exists():
        raise Conflict(f"Năm {year} đã có kế hoạch tập huấn. Mở kế hoạch đó để làm tiếp.")
    made = TrainingPlan.objects.create(
        agency=agency, year=year, written_by=actor.official, written_at=now
    )
    of_year = Training.objects.system("the sessions of the plan's year").filter(
        agency=agency, plan=None, starts_on__year=year
    )
    of_year.update(plan=made)
    ledger.write(made, actor=actor, step="make_training_plan", at=now, year=year)
    return made


@transaction.atomic
def write_training_plan(
    plan: TrainingPlan, *, actor: Actor, now: datetime, purpose: str
) -> TrainingPlan:
    """The draft with its purpose; who writes it last does not approve it."""
    plan = locked(plan, "write_training_plan", actor)
    require(plan, frozenset({TrainingPlanState.DRAFT}), "Sửa kế hoạch", PLAN)
    plan.purpose, plan.written_by, plan.written_at = purpose.strip(), actor.official, now
    plan.save(update_fields=["purpose", "written_by", "written_at"])
    ledger.write(plan, actor=actor, step="write_training_plan", at=now)
    return plan


@transaction.atomic
def submit_training_plan(plan: TrainingPlan, *, actor: Actor, now: datetime) -> TrainingPlan:
    """The plan before who approves.

    Raises:
        InvalidInput: no session is in it.
    """
    plan = moved(plan, "submit_training_plan", TRAINING_PLAN_TRANSITIONS, actor=actor, what=PLAN)
    if not plan.trainings.exclude(state=TrainingState.CANCELLED).exists():
        raise InvalidInput("Kế hoạch chưa có lớp nào. Thêm lớp rồi trình.")
    plan.return_reason = ""
    plan.save(update_fields=["state", "return_reason"])
    ledger.write(plan, actor=actor, step="submit_training_plan", at=now)
    return plan


@transaction.atomic
def approve_training_plan(plan: TrainingPlan, *, actor: Actor, now: datetime) -> TrainingPlan:
    """The plan approved by somebody who did not write it."""
    plan = moved(plan, "approve_training_plan", TRAINING_PLAN_TRANSITIONS, actor=actor, what=PLAN)
    plan.approved_by, plan.approved_at = actor.official, now
    plan.save(update_fields=["state", "approved_by", "approved_at"])
    ledger.write(plan, actor=actor, step="approve_training_plan", at=now)
    return plan


@transaction.atomic
def return_training_plan(
    plan: TrainingPlan, *, actor: Actor, now: datetime, reason: str
) -> TrainingPlan:
    """The plan back with its writer.

    Raises:
        InvalidInput: no reason.
    """
    plan = moved(plan, "return_training_plan", TRAINING_PLAN_TRANSITIONS, actor=actor, what=PLAN)
    if not reason.strip():
        raise InvalidInput("Ghi điều cần sửa.", "reason")
    plan.return_reason = reason.strip()
    plan.save(update_fields=["state", "return_reason"])
    ledger.write(plan, actor=actor, step="return_training_plan", at=now, reason=reason.strip())
    return plan


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


@transaction.atomic
def raise_training_need(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    topic: str,
    role: str,
    people: int,
    why: str = "",
) -> TrainingNeed:
    """What the unit asks to be trained in.

    Raises:
        InvalidInput: no topic, no such role, or for nobody.
    """
    authority.check(actor, "raise_training_need", agency)
    if not squash(topic):
        raise InvalidInput("Ghi nội dung cần tập huấn.", "topic")
    if role not in TraineeRole.values:
        raise InvalidInput("Chọn tập huấn cho ai.", "role")
    if people < 1:
        raise InvalidInput("Số người từ 1 trở lên.", "people")
    made = TrainingNeed.objects.create(
        agency=agency, topic=squash(topic)[:300], role=role, people=people, why=why.strip(),
        raised_by=actor.official, raised_at=now,
    )  # fmt: skip
    ledger.write(made, actor=actor, step="raise_training_need", at=now, agency=agency.code)
    return made


@transaction.atomic
def meet_need(
    need: TrainingNeed, *, actor: Actor, now: datetime, training: Training
) -> TrainingNeed:
    """The need answered by a session.

    Raises:
        WrongState: another session answers it, or this one is called off.
    """
    need = locked(need, "meet_need", actor)
    require(training, NOT_CANCELLED, "Đưa nhu cầu vào lớp", WHAT)
    if need.met_by_id is not None:
        raise WrongState("Nhu cầu này đã được đưa vào một lớp. Tải lại trang để xem.")
    need.met_by = training
    need.save(update_fields=["met_by"])
    ledger.write(need, actor=actor, step="meet_need", at=now, training=training.title)
    return need


@transaction.atomic
def withdraw_need(need: TrainingNeed, *, actor: Actor, now: datetime) -> None:
    """Nothing is asked any more; a need that a session answers stays.

    Raises:
        WrongState: a session answers it.
    """
    need = locked(need, "withdraw_need", actor)
    if need.met_by_id is not None:
        raise WrongState("Nhu cầu này đã được đưa vào một lớp, không rút được.")
    ledger.write(need, actor=actor, step="withdraw_need", at=now, reason=need.topic)
    need.delete()
