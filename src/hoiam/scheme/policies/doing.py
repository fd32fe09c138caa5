"""Who does what in a task: the unit does and tells, the superior and who runs the scheme exempt, remind, answer."""

from hoiam.agencies.states import DESK_ROLES, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.scheme.models import Assignment, Difficulty, Product
from hoiam.scheme.policies.reports import ABOVE, is_above
from hoiam.scheme.states import AssignmentRole, AssignmentState

UNIT_ROLES = (*DESK_ROLES, Role.HEAD_OF_REGION)
UNIT_ONLY = (
    "Chỉ lãnh đạo, Chánh Văn phòng, đầu mối truyền thông hoặc Trưởng phòng khu vực của đơn vị được giao việc này "
    "làm được; đơn vị nhận để biết thì không phải báo."
)
ABOVE_ONLY = "Chỉ cơ quan cấp trên trực tiếp của đơn vị hoặc cơ quan chủ trì Đề án, kế hoạch làm được việc này."


def is_own(actor: Actor, row: Assignment) -> bool:
    """Whether the actor acts for the unit; the desk of whoever followed a merged unit acts for it too."""
    if any(actor.has_role(role, agency_id=row.agency_id) for role in UNIT_ROLES):
        return True
    gone = row.agency.valid_to is not None and row.agency.valid_to < actor.today
    return gone and row.agency_id in actor.agency_ids and actor.has_role(*UNIT_ROLES)


def is_over(actor: Actor, row: Assignment) -> bool:
    """Whether the actor sits above the unit, or with who runs the scheme."""
    runs = any(actor.has_role(role, agency_id=row.task.scheme.owner_id) for role in ABOVE)
    return runs or is_above(actor, row.agency)


@policy(
    Assignment,
    "report_progress",
    "finish_assignment",
    "add_product",
    "raise_difficulty",
    refusal=UNIT_ONLY,
)
def _do(actor: Actor, row: Assignment) -> bool:
    return row.role != AssignmentRole.INFORMED and is_own(actor, row)


@policy(Assignment, "reopen_assignment", refusal=ABOVE_ONLY)
def _reopen(actor: Actor, row: Assignment) -> bool:
    """What was exempted comes back from above only."""
    if row.state == AssignmentState.EXEMPT:
        return is_over(actor, row)
    return _do(actor, row) or is_over(actor, row)


@policy(Assignment, "exempt_assignment", "remind_of_task", "ask_about_task", refusal=ABOVE_ONLY)
def _over(actor: Actor, row: Assignment) -> bool:
    return is_over(actor, row)


@policy(Assignment, "hand_over", refusal=ABOVE_ONLY)
def _hand_over(actor: Actor, row: Assignment) -> bool:
    """From above; and by the desk that follows a merged unit, for its work must not lie."""
    gone = row.agency.valid_to is not None and row.agency.valid_to < actor.today
    return is_over(actor, row) or (gone and is_own(actor, row))


@policy(Product, "remove_product", refusal=UNIT_ONLY)
def _remove(actor: Actor, product: Product) -> bool:
    return is_own(actor, product.assignment) or is_over(actor, product.assignment)


@policy(
    Difficulty,
    "answer_difficulty",
    refusal="Chỉ cơ quan cấp trên trực tiếp, cơ quan chủ trì hoặc Cục Quản lý THADS trả lời được.",
)
def _answer(actor: Actor, matter: Difficulty) -> bool:
    own = any(post.agency_id == matter.assignment.agency_id for post in actor.posts)
    centre = actor.sees_everything and not own and actor.has_role(*ABOVE)
    return centre or is_over(actor, matter.assignment)


@policy(Difficulty, "ask_again", refusal=UNIT_ONLY)
def _ask_again(actor: Actor, matter: Difficulty) -> bool:
    return is_own(actor, matter.assignment)


@policy(
    Difficulty,
    "close_difficulty",
    refusal="Chỉ đơn vị đã nêu hoặc cơ quan trả lời khép lại được.",
)
def _close(actor: Actor, matter: Difficulty) -> bool:
    return is_own(actor, matter.assignment) or _answer(actor, matter)
