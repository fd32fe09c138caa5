"""Who writes, who takes pieces in, who asks for pieces and for facts; nobody decides on a piece of their own."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import DESK_ROLES, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.newsroom.models import Commission, FactCheck, Submission
from hoiam.newsroom.policies.articles import PUBLISHERS

WRITERS = (
    *DESK_ROLES,
    Role.HEAD_OF_REGION,
    Role.CONTRIBUTOR,
    Role.EDITOR,
    Role.SPOKESPERSON,
)
ANSWERERS = (*DESK_ROLES, Role.HEAD_OF_REGION, Role.SPOKESPERSON)
EDITORS = PUBLISHERS
# The focal point follows what the unit writes, without deciding on it.
READERS = (*EDITORS, Role.FOCAL_POINT)


def edits_for(actor: Actor, agency_id: int) -> bool:
    """Whether the actor edits what this agency's people write: an editor of it or of an agency above it."""
    return actor.has_role(*EDITORS) and actor.sees(agency_id)


@policy(
    Agency,
    "begin_submission",
    refusal="Chỉ cộng tác viên, biên tập viên, đầu mối hoặc lãnh đạo của đơn vị được viết bài của đơn vị.",
)
def _write(actor: Actor, agency: Agency) -> bool:
    return any(actor.has_role(role, agency_id=agency.pk) for role in WRITERS)


@policy(
    Submission,
    "write_submission",
    "send_submission",
    "withdraw_submission",
    refusal="Chỉ người viết được sửa, gửi hoặc rút bài này.",
)
def _own(actor: Actor, submission: Submission) -> bool:
    return submission.writer_id == actor.pk


@policy(
    Submission,
    "return_submission",
    "accept_submission",
    "decline_submission",
    refusal="Người viết không tự nhận bài của mình. Biên tập viên, Chánh Văn phòng hoặc lãnh đạo khác của đơn vị, của cấp trên xử lý.",
)
def _decide(actor: Actor, submission: Submission) -> bool:
    return edits_for(actor, submission.agency_id) and submission.writer_id != actor.pk


@policy(
    Submission,
    "print_elsewhere",
    "ask_for_words",
    "send_again",
    "ask_fact_check",
    refusal="Chỉ biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị, của cấp trên được làm việc này.",
)
def _edit(actor: Actor, submission: Submission) -> bool:
    return edits_for(actor, submission.agency_id)


@policy(
    Agency,
    "ask_for_piece",
    "ask_fact_check",
    refusal="Chỉ biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị được đặt viết bài, hỏi kiểm chứng.",
)
def _ask(actor: Actor, agency: Agency) -> bool:
    return any(actor.has_role(role, agency_id=agency.pk) for role in EDITORS)


@policy(
    Commission,
    "move_commission",
    "cancel_commission",
    "send_link",
    "revoke_links",
    refusal="Chỉ biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị đặt bài được làm việc này.",
)
def _commission(actor: Actor, commission: Commission) -> bool:
    return edits_for(actor, commission.agency_id)


@policy(
    Commission,
    "take_commission",
    "refuse_commission",
    "begin_commissioned",
    refusal="Chỉ người được đặt viết trả lời lời đặt bài này.",
)
def _asked(actor: Actor, commission: Commission) -> bool:
    return commission.official_id == actor.pk


@policy(
    FactCheck,
    "answer_fact_check",
    refusal="Chỉ đầu mối, người phát ngôn hoặc lãnh đạo của đơn vị được hỏi trả lời.",
)
def _answer(actor: Actor, check: FactCheck) -> bool:
    return any(actor.has_role(role, agency_id=check.asked_agency_id) for role in ANSWERERS)


@policy(
    FactCheck,
    "withdraw_fact_check",
    "send_check_link",
    refusal="Chỉ biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị hỏi được làm việc này.",
)
def _withdraw(actor: Actor, check: FactCheck) -> bool:
    return edits_for(actor, check.agency_id)
