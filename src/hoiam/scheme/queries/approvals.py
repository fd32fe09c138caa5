"""Lists of rewards and yearly training plans that wait for this person's yes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from hoiam.agencies.states import Role
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.scheme.models import RewardList, TrainingPlan
from hoiam.scheme.queries.rounds import own_agencies
from hoiam.scheme.states.rewards import RewardState
from hoiam.scheme.states.training import TrainingPlanState

APPROVERS = (Role.HEAD, Role.DEPUTY, Role.CHIEF_OF_OFFICE)
REVIEW, DECIDE, PLAN = "review_rewards", "decide_rewards", "approve_training_plan"
STEPS = {RewardState.PROPOSED: REVIEW, RewardState.REVIEWED: DECIDE}


@dataclass(frozen=True)
class Approval:
    """One thing that waits: the step that is wanted, its row, and the words it is known by."""

    step: str
    pk: int
    title: str


def approvals_for(actor: Actor, most: int) -> list[Approval]:
    """What waits for the actor, rewards first; one query, none for those who approve nothing."""
    if not actor.has_role(*APPROVERS):
        return []
    found = (_approval(actor, *row) for row in _rows(own_agencies(actor)))
    return [each for each in found if each is not None][:most]


def _rows(agencies: set[int]) -> Any:
    """Kind, key, agency, state, writer and words of both kinds."""
    rewards = RewardList.objects.all().narrowed(agency__in=agencies, state__in=list(STEPS))
    plans = TrainingPlan.objects.all().narrowed(
        agency__in=agencies, state=TrainingPlanState.SUBMITTED
    )
    one = rewards.order_by().values_list(
        Value("rewards"), "pk", "agency_id", "state", F("proposed_by_id"), F("title")
    )
    other = plans.order_by().values_list(
        Value("training"), "pk", "agency_id", "state", F("written_by_id"),
        Cast("year", CharField()),
    )  # fmt: skip
    return one.union(other, all=True)


def _approval(
    actor: Actor, kind: str, pk: int, agency: int, state: str, writer: int, words: str
) -> Approval | None:
    if kind == "rewards":
        step = STEPS[RewardState(state)]
        row: Any = RewardList(pk=pk, agency_id=agency, state=state, proposed_by_id=writer)
        title = words
    else:
        step, title = PLAN, f"Kế hoạch tập huấn năm {words}"
        row = TrainingPlan(pk=pk, agency_id=agency, state=state, written_by_id=writer)
    return Approval(step, pk, title) if authority.can(actor, step, row) else None
