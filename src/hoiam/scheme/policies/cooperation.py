"""Who keeps agreements, training, the network of contributors, rewards, money and themes; who wrote does not approve."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import DESK_ROLES, Level, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.newsroom.policies.submissions import EDITORS
from hoiam.scheme.models import (
    Agreement,
    BudgetPlan,
    Contribution,
    Contributor,
    Expert,
    RewardList,
    Scheme,
    Training,
    TrainingNeed,
    TrainingPlan,
)
from hoiam.scheme.states.people import Consent
from hoiam.scheme.states.training import TrainingPlanState

# At a regional office its head is the desk.
UNIT_DESK = (*DESK_ROLES, Role.HEAD_OF_REGION)
WRITERS = (*UNIT_DESK, Role.CONTRIBUTOR, Role.EDITOR)
LEADERS = (Role.HEAD, Role.DEPUTY)


def _holds(actor: Actor, agency_id: int | None, *roles: str) -> bool:
    return any(actor.has_role(role, agency_id=agency_id) for role in roles)


@policy(
    Agency,
    "draft_agreement",
    "make_training_plan",
    "plan_training",
    "start_rewards",
    "add_expert",
    refusal="Chỉ đầu mối truyền thông, Chánh Văn phòng hoặc lãnh đạo của chính đơn vị được làm việc này.",
)
def _own_desk(actor: Actor, agency: Agency) -> bool:
    return _holds(actor, agency.pk, *DESK_ROLES)


@policy(
    Agency,
    "raise_training_need",
    "add_contributor",
    refusal="Chỉ đầu mối, Chánh Văn phòng hoặc lãnh đạo của đơn vị, của phòng khu vực được ghi.",
)
def _own_unit(actor: Actor, agency: Agency) -> bool:
    return _holds(actor, agency.pk, *UNIT_DESK)


@policy(
    Agency,
    "enter_contribution",
    refusal="Chỉ cộng tác viên, đầu mối hoặc lãnh đạo của đơn vị được ghi tin, bài của đơn vị.",
)
def _writers(actor: Actor, agency: Agency) -> bool:
    return _holds(actor, agency.pk, *WRITERS)


@policy(
    Agreement,
    "edit_agreement",
    "sign_agreement",
    "end_agreement",
    "renew_agreement",
    "mark_core",
    "add_clause",
    "drop_clause",
    "add_contact",
    "drop_contact",
    "record_result",
    "drop_result",
    "record_review",
    "record_acceptance",
    refusal="Chỉ đầu mối truyền thông, Chánh Văn phòng hoặc lãnh đạo của đơn vị ký được ghi vào quy chế, hợp đồng này.",
)
def _agreement(actor: Actor, agreement: Agreement) -> bool:
    return _holds(actor, agreement.agency_id, *DESK_ROLES)


@policy(
    Training,
    "edit_training",
    "hold_training",
    "cancel_training",
    "add_document",
    "add_trainee",
    "drop_trainee",
    "mark_trainees",
    refusal="Chỉ đầu mối, Chánh Văn phòng hoặc lãnh đạo của đơn vị tổ chức được ghi vào lớp này.",
)
def _training(actor: Actor, training: Training) -> bool:
    return _holds(actor, training.agency_id, *DESK_ROLES)


@policy(
    TrainingPlan,
    "write_training_plan",
    "submit_training_plan",
    refusal="Chỉ đầu mối, Chánh Văn phòng hoặc lãnh đạo của đơn vị được lập kế hoạch tập huấn.",
)
def _plan(actor: Actor, plan: TrainingPlan) -> bool:
    return _holds(actor, plan.agency_id, *DESK_ROLES)


@policy(
    TrainingPlan,
    "approve_training_plan",
    "return_training_plan",
    refusal="Người lập không tự duyệt. Kế hoạch tập huấn do thủ trưởng hoặc cấp phó của đơn vị duyệt.",
)
def _approve_plan(actor: Actor, plan: TrainingPlan) -> bool:
    waits = plan.state == TrainingPlanState.SUBMITTED
    return waits and _holds(actor, plan.agency_id, *LEADERS) and actor.pk != plan.written_by_id


@policy(
    TrainingNeed,
    "meet_need",
    "withdraw_need",
    refusal="Chỉ đơn vị nêu nhu cầu hoặc cấp trên trực tiếp được ghi việc này.",
)
def _need(actor: Actor, need: TrainingNeed) -> bool:
    above = need.agency.parent_id
    near = _holds(actor, need.agency_id, *UNIT_DESK)
    return near or (above is not None and _holds(actor, above, *DESK_ROLES)) or _at_centre(actor)


def _at_centre(actor: Actor) -> bool:
    return actor.sees_everything and actor.has_role(*DESK_ROLES)


@policy(
    Expert,
    "change_expert",
    "record_consent",
    "add_work",
    "invite_expert",
    "record_expert_answer",
    refusal="Chỉ đầu mối, Chánh Văn phòng hoặc lãnh đạo của đơn vị lập danh sách được ghi.",
)
def _expert(actor: Actor, expert: Expert) -> bool:
    return _holds(actor, expert.agency_id, *DESK_ROLES)


@policy(
    Contributor,
    "end_contributor",
    refusal="Chỉ đầu mối hoặc lãnh đạo của đơn vị được ghi cộng tác viên thôi tham gia.",
)
def _contributor(actor: Actor, contributor: Contributor) -> bool:
    return _holds(actor, contributor.agency_id, *UNIT_DESK)


@policy(
    Contribution,
    "withdraw_contribution",
    refusal="Chỉ người đã ghi, đầu mối hoặc lãnh đạo của đơn vị được rút tin, bài này khỏi sổ.",
)
def _contribution(actor: Actor, contribution: Contribution) -> bool:
    own = actor.pk == contribution.entered_by_id and actor.sees(contribution.agency_id)
    return own or _holds(actor, contribution.agency_id, *UNIT_DESK)


@policy(
    RewardList,
    "edit_rewards",
    "propose_rewards",
    refusal="Chỉ đầu mối, Chánh Văn phòng hoặc lãnh đạo của đơn vị được lập danh sách khen thưởng.",
)
def _rewards(actor: Actor, rewards: RewardList) -> bool:
    return _holds(actor, rewards.agency_id, *DESK_ROLES)


@policy(
    RewardList,
    "review_rewards",
    "return_rewards",
    refusal="Người lập danh sách không tự xét. Chánh Văn phòng hoặc lãnh đạo khác của đơn vị xét.",
)
def _review(actor: Actor, rewards: RewardList) -> bool:
    holds = _holds(actor, rewards.agency_id, *LEADERS, Role.CHIEF_OF_OFFICE)
    return holds and actor.pk != rewards.proposed_by_id


@policy(
    RewardList,
    "decide_rewards",
    "refuse_rewards",
    refusal="Người lập danh sách không tự quyết định. Thủ trưởng hoặc cấp phó của đơn vị ghi quyết định.",
)
def _decide(actor: Actor, rewards: RewardList) -> bool:
    return _holds(actor, rewards.agency_id, *LEADERS) and actor.pk != rewards.proposed_by_id


@policy(
    Scheme,
    "make_budget",
    "choose_theme",
    refusal="Chỉ đầu mối, Chánh Văn phòng hoặc lãnh đạo của đơn vị chủ trì Đề án, kế hoạch được làm việc này.",
)
def _scheme(actor: Actor, scheme: Scheme) -> bool:
    return _holds(actor, scheme.owner_id, *DESK_ROLES)


@policy(
    BudgetPlan,
    "edit_budget",
    "approve_budget",
    "reopen_budget",
    "close_budget",
    "allot_money",
    "drop_allotment",
    refusal="Chỉ đầu mối, Chánh Văn phòng hoặc lãnh đạo của đơn vị lập dự toán được ghi.",
)
def _budget(actor: Actor, plan: BudgetPlan) -> bool:
    return _holds(actor, plan.agency_id, *DESK_ROLES)


@policy(
    BudgetPlan,
    "record_spending",
    "drop_spending",
    refusal="Chỉ đầu mối, Chánh Văn phòng hoặc lãnh đạo được ghi khoản chi của đơn vị mình.",
)
def _spending(actor: Actor, plan: BudgetPlan) -> bool:
    # Whose money it is, is checked by the action: a unit enters its own spending on the plan it was given money from.
    return actor.has_role(*UNIT_DESK)


@policy(
    Expert,
    "ask_expert_for_piece",
    refusal="Chỉ biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị thấy chuyên gia này được đặt viết.",
)
def _ask_expert(actor: Actor, expert: Expert) -> bool:
    # An agreed expert of the centre is offered to every unit (queries.network).
    is_offered = expert.agency.level == Level.CENTRE and expert.consent == Consent.GIVEN
    return actor.has_role(*EDITORS) and (is_offered or actor.sees(expert.agency_id))
