"""Who takes which step of a case (workflow.md §2; organisation.md §2, §6)."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import Case
from hoiam.handling.policies.roles import (
    CLERKS,
    DECIDERS,
    DESK,
    VERIFIERS,
    WRITERS,
    at_case,
    in_scope,
    verifies,
)
from hoiam.monitoring.models import Warning


@policy(
    Warning,
    "open_case",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị được mở hồ sơ cho tin này.",
)
def _open(actor: Actor, warning: Warning) -> bool:
    return actor.sees(warning.agency_id) and actor.has_role(*DESK)


@policy(
    Agency,
    "open_case_by_hand",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của chính đơn vị được mở hồ sơ cho đơn vị.",
)
def _open_by_hand(actor: Actor, agency: Agency) -> bool:
    return any(actor.has_role(role, agency_id=agency.pk) for role in DESK)


@policy(
    Case,
    "screen",
    "publish",
    "start_watch",
    "record_moment",
    "open_obligation",
    "add_party",
    "add_item",
    "add_story_items",
    "take_out_item",
    "record_statement",
    "close_obligation",
    "plan_remedy",
    "finish_remedy",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của cơ quan xử lý hồ sơ được làm bước này.",
)
def _desk(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, DESK)


@policy(
    Case,
    "determine_impact",
    "assign",
    "plan_information",
    "escalate",
    "remedy",
    "close",
    "reopen",
    "merge_cases",
    "split_case",
    "hand_over",
    refusal="Bước này do thủ trưởng hoặc người được thủ trưởng giao quyết định. Hãy trình lãnh đạo.",
)
def _decide(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, DECIDERS)


@policy(
    Case,
    "waive_needs",
    refusal="Chỉ thủ trưởng hoặc cấp phó được đóng khi còn thiếu điều kết quả phải có.",
)
def _waive(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, (Role.HEAD, Role.DEPUTY))


@policy(
    Case,
    "complete_verification",
    "write_fact",
    "add_evidence",
    refusal="Chỉ đơn vị chủ trì, phối hợp hoặc bàn trực của hồ sơ được ghi phần xác minh.",
)
def _verify(actor: Actor, case: Case) -> bool:
    return verifies(actor, case)


@policy(
    Case,
    "report_upward",
    refusal="Chỉ đơn vị chủ trì, phối hợp, bàn trực hoặc văn thư của hồ sơ được ghi việc báo cáo cấp trên.",
)
def _report(actor: Actor, case: Case) -> bool:
    return verifies(actor, case) or at_case(actor, case, CLERKS)


@policy(
    Case,
    "receive_directive",
    "answer_directive",
    refusal="Chỉ văn thư, đầu mối truyền thông hoặc lãnh đạo của cơ quan xử lý hồ sơ được ghi văn bản chỉ đạo.",
)
def _directive(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, CLERKS)


@policy(
    Case,
    "issue",
    refusal="Chỉ văn thư, đầu mối truyền thông hoặc lãnh đạo của cơ quan xử lý hồ sơ được ghi việc phát hành.",
)
def _issue(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, CLERKS)


@policy(
    Case,
    "add_note",
    refusal="Chỉ người có phần trong hồ sơ hoặc cấp trên được ghi ý kiến.",
)
def _note(actor: Actor, case: Case) -> bool:
    return in_scope(actor, case) and actor.has_role(*VERIFIERS)


@policy(
    Case,
    "draft_paper",
    refusal="Chỉ người của cơ quan xử lý hồ sơ được soạn văn bản.",
)
def _draft(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, WRITERS)
