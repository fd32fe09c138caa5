"""Who authorises, settles duties, plans and records breaches (NĐ 244/2026 Đ3, Đ6, Đ8; workflow.md §7)."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Level, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import Authorisation, Breach, Case, Duty, SupplyPlan
from hoiam.handling.policies.roles import DECIDERS, DESK, at_case


def at_or_above(actor: Actor, agency: Agency, *roles: Role) -> bool:
    """Whether the actor holds one of the roles at the agency, at the one above it, or at the centre."""
    places = {agency.pk, agency.parent_id}
    return any(
        post.role in roles and (post.agency_id in places or post.level == Level.CENTRE)
        for post in actor.posts
    )


@policy(
    Case,
    "draft_authorisation",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của cơ quan xử lý hồ sơ được soạn giấy ủy quyền.",
)
def _draft(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, DESK)


@policy(
    Authorisation,
    "withdraw_authorisation",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của cơ quan được bỏ dự thảo ủy quyền.",
)
def _withdraw(actor: Actor, authorisation: Authorisation) -> bool:
    return any(actor.has_role(role, agency_id=authorisation.agency_id) for role in DESK)


@policy(
    Authorisation,
    "sign_authorisation",
    refusal="Chỉ thủ trưởng cơ quan được ký ủy quyền phát ngôn. Người được ủy quyền, người phát ngôn thường xuyên "
    "không được ủy quyền lại (NĐ 244/2026 Điều 3 khoản 5, 6); người soạn và người được ủy quyền không tự ký.",
)
def _sign(actor: Actor, authorisation: Authorisation) -> bool:
    is_head = actor.has_role(Role.HEAD, agency_id=authorisation.agency_id)
    return is_head and actor.pk not in {authorisation.drafted_by_id, authorisation.official_id}


@policy(
    Authorisation,
    "revoke_authorisation",
    refusal="Chỉ thủ trưởng cơ quan được chấm dứt ủy quyền trước hạn.",
)
def _revoke(actor: Actor, authorisation: Authorisation) -> bool:
    return actor.has_role(Role.HEAD, agency_id=authorisation.agency_id)


@policy(
    Duty,
    "settle_duty",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của cơ quan phải làm việc này được ghi kết quả.",
)
def _settle(actor: Actor, duty: Duty) -> bool:
    return any(actor.has_role(role, agency_id=duty.agency_id) for role in DESK)


@policy(
    Duty,
    "excuse_duty",
    refusal="Chỉ lãnh đạo của cơ quan được ghi việc này không phải làm.",
)
def _excuse(actor: Actor, duty: Duty) -> bool:
    return any(actor.has_role(role, agency_id=duty.agency_id) for role in DECIDERS)


@policy(
    Agency,
    "make_plan",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của cơ quan được lập kế hoạch cung cấp thông tin.",
)
def _make_plan(actor: Actor, agency: Agency) -> bool:
    return any(actor.has_role(role, agency_id=agency.pk) for role in DESK)


@policy(
    SupplyPlan,
    "write_plan",
    "submit_plan",
    "mark_supplied",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của cơ quan được sửa kế hoạch này.",
)
def _write_plan(actor: Actor, plan: SupplyPlan) -> bool:
    return any(actor.has_role(role, agency_id=plan.agency_id) for role in DESK)


@policy(
    SupplyPlan,
    "approve_plan",
    "return_plan",
    refusal="Người soạn không tự duyệt. Kế hoạch do thủ trưởng hoặc cấp phó khác người soạn duyệt.",
)
def _approve_plan(actor: Actor, plan: SupplyPlan) -> bool:
    signs = any(actor.has_role(role, agency_id=plan.agency_id) for role in (Role.HEAD, Role.DEPUTY))
    return signs and actor.pk not in {plan.drafted_by_id, *plan.writers}


@policy(
    Agency,
    "record_breach",
    refusal="Chỉ lãnh đạo của cơ quan hoặc của cấp trên được ghi vi phạm quy trình phát ngôn.",
)
def _record_breach(actor: Actor, agency: Agency) -> bool:
    return at_or_above(actor, agency, *DECIDERS)


@policy(
    Breach,
    "handle_breach",
    refusal="Chỉ lãnh đạo của cơ quan hoặc của cấp trên được ghi kết quả xử lý; người bị nêu không tự xử lý.",
)
def _handle_breach(actor: Actor, breach: Breach) -> bool:
    return at_or_above(actor, breach.agency, *DECIDERS) and actor.pk != breach.official_id
