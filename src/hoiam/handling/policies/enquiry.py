"""Who takes in, assigns, answers and refuses what the press asks (workflow.md §5)."""

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import ContentRequest, Enquiry
from hoiam.handling.policies.roles import CLERKS, DECIDERS, DESK, VERIFIERS, WRITERS


def _holds(actor: Actor, agency_id: int, roles: tuple[str, ...]) -> bool:
    return any(actor.has_role(role, agency_id=agency_id) for role in roles)


@policy(
    Agency,
    "receive_enquiry",
    refusal="Chỉ đầu mối truyền thông, lãnh đạo hoặc văn thư của đơn vị được ghi đề nghị của báo chí.",
)
def _receive(actor: Actor, agency: Agency) -> bool:
    return _holds(actor, agency.pk, CLERKS)


@policy(
    Enquiry,
    "acknowledge_enquiry",
    refusal="Chỉ đầu mối truyền thông, lãnh đạo hoặc văn thư của đơn vị được xác nhận với báo.",
)
def _acknowledge(actor: Actor, enquiry: Enquiry) -> bool:
    return _holds(actor, enquiry.agency_id, CLERKS)


@policy(
    Enquiry,
    "assign_enquiry",
    "ask_unit",
    "answer_enquiry",
    "refer_enquiry",
    "discard_enquiry",
    "reopen_enquiry",
    "link_enquiry",
    "demand_review",
    "keep_text",
    "report_misrendering",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị được báo hỏi được làm bước này.",
)
def _desk(actor: Actor, enquiry: Enquiry) -> bool:
    return _holds(actor, enquiry.agency_id, DESK)


@policy(
    Enquiry,
    "refuse_enquiry",
    refusal="Từ chối cung cấp thông tin do thủ trưởng, cấp phó, Chánh Văn phòng hoặc người phát ngôn "
    "quyết định. Hãy trình lãnh đạo.",
)
def _refuse(actor: Actor, enquiry: Enquiry) -> bool:
    return _holds(actor, enquiry.agency_id, DECIDERS)


@policy(
    Enquiry,
    "draft_answer",
    refusal="Chỉ người của đơn vị được báo hỏi được soạn trả lời.",
)
def _draft(actor: Actor, enquiry: Enquiry) -> bool:
    return enquiry.holder_id == actor.pk or _holds(actor, enquiry.agency_id, WRITERS)


@policy(
    ContentRequest,
    "supply_content",
    refusal="Chỉ người của đơn vị được đề nghị cung cấp nội dung này.",
)
def _supply(actor: Actor, request: ContentRequest) -> bool:
    return _holds(actor, request.unit_id, VERIFIERS)
