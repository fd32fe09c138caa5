"""Who counts, signs and sends the yearly report; who reminds, asks for and gives explanations."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import DESK_ROLES, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import Clock
from hoiam.scheme.models import ExplanationRequest, IndicatorReport

ABOVE = (Role.HEAD, Role.DEPUTY, Role.CHIEF_OF_OFFICE, Role.FOCAL_POINT)


def is_above(actor: Actor, agency: Agency) -> bool:
    """Whether the actor sits with the superior of this agency: the centre over provinces, a province over its regions."""
    if agency.parent_id is not None:
        return any(actor.has_role(role, agency_id=agency.parent_id) for role in ABOVE)
    own = any(post.agency_id == agency.pk for post in actor.posts)
    return actor.sees_everything and not own and actor.has_role(*ABOVE)


@policy(
    IndicatorReport,
    "write_report",
    "submit_report",
    refusal="Chỉ đầu mối truyền thông, Chánh Văn phòng hoặc lãnh đạo của đơn vị được lập báo cáo năm.",
)
def _write(actor: Actor, report: IndicatorReport) -> bool:
    return any(actor.has_role(role, agency_id=report.agency_id) for role in DESK_ROLES)


@policy(
    IndicatorReport,
    "approve_report",
    refusal="Người lập không tự duyệt. Báo cáo năm do thủ trưởng hoặc cấp phó của đơn vị duyệt.",
)
def _approve(actor: Actor, report: IndicatorReport) -> bool:
    signs = any(
        actor.has_role(role, agency_id=report.agency_id) for role in (Role.HEAD, Role.DEPUTY)
    )
    return signs and actor.pk != report.written_by_id


@policy(
    IndicatorReport,
    "return_report",
    refusal="Chỉ lãnh đạo đơn vị (khi chờ duyệt) hoặc cấp trên (khi đã gửi) được trả lại báo cáo.",
)
def _return(actor: Actor, report: IndicatorReport) -> bool:
    if is_above(actor, report.agency):
        return report.state == "approved"
    return report.state == "submitted" and _approve(actor, report)


@policy(
    IndicatorReport,
    "accept_report",
    refusal="Chỉ cơ quan cấp trên trực tiếp được nhận báo cáo này.",
)
def _accept(actor: Actor, report: IndicatorReport) -> bool:
    return is_above(actor, report.agency)


@policy(
    Agency,
    "remind_of_lateness",
    refusal="Chỉ cơ quan cấp trên trực tiếp được nhắc đơn vị này.",
)
def _remind(actor: Actor, agency: Agency) -> bool:
    return is_above(actor, agency)


@policy(
    Clock,
    "ask_for_explanation",
    refusal="Chỉ cơ quan cấp trên trực tiếp của đơn vị xử lý được yêu cầu giải trình.",
)
def _ask(actor: Actor, clock: Clock) -> bool:
    return is_above(actor, clock.case.agency) or any(
        is_above(actor, party.agency) for party in clock.case.parties.all() if party.role == "lead"
    )


@policy(
    ExplanationRequest,
    "answer_explanation",
    refusal="Chỉ lãnh đạo, Chánh Văn phòng hoặc đầu mối của đơn vị được hỏi mới giải trình được.",
)
def _answer(actor: Actor, request: ExplanationRequest) -> bool:
    roles = (*DESK_ROLES, Role.HEAD_OF_REGION)
    return any(actor.has_role(role, agency_id=request.agency_id) for role in roles)


@policy(
    ExplanationRequest,
    "accept_explanation",
    "return_explanation",
    "withdraw_explanation",
    refusal="Chỉ cơ quan đã yêu cầu giải trình được xem xét giải trình này.",
)
def _settle(actor: Actor, request: ExplanationRequest) -> bool:
    return any(actor.has_role(role, agency_id=request.asked_by_agency_id) for role in ABOVE)
