"""The training plan of a year: made, written, submitted, approved by somebody else, or returned."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.actions.moving import locked, moved, require
from hoiam.scheme.models import Training, TrainingPlan
from hoiam.scheme.states.training import (
    TRAINING_PLAN_TRANSITIONS,
    TrainingPlanState,
    TrainingState,
)

PLAN = "Kế hoạch tập huấn"


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
