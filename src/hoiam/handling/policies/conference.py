"""Who plans, notifies and records press conferences and briefings."""

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import Briefing, PressConference, PressQuestion
from hoiam.handling.policies.roles import CLERKS, DECIDERS, DESK

REFUSAL = "Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị tổ chức được làm bước này."


def _holds(actor: Actor, agency_id: int, roles: tuple[str, ...]) -> bool:
    return any(actor.has_role(role, agency_id=agency_id) for role in roles)


@policy(Agency, "plan_conference", "record_briefing", refusal=REFUSAL)
def _plan(actor: Actor, agency: Agency) -> bool:
    return _holds(actor, agency.pk, DESK)


@policy(
    PressConference,
    "edit_conference",
    "record_ban",
    "hold_conference",
    "invite",
    "record_question",
    "consent_to_interview",
    "add_handout",
    "add_coverage",
    "write_minutes",
    refusal=REFUSAL,
)
def _desk(actor: Actor, conference: PressConference) -> bool:
    return _holds(actor, conference.agency_id, DESK)


@policy(
    PressConference,
    "send_notice",
    "record_notice_received",
    "send_invitation",
    "record_reply",
    "take_attendance",
    refusal="Chỉ văn thư, đầu mối truyền thông hoặc lãnh đạo của đơn vị tổ chức được ghi việc gửi, nhận.",
)
def _clerk(actor: Actor, conference: PressConference) -> bool:
    return _holds(actor, conference.agency_id, CLERKS)


@policy(
    PressConference,
    "cancel_conference",
    refusal="Hủy họp báo do thủ trưởng, cấp phó, Chánh Văn phòng hoặc người phát ngôn quyết định.",
)
def _cancel(actor: Actor, conference: PressConference) -> bool:
    return _holds(actor, conference.agency_id, DECIDERS)


@policy(
    PressQuestion,
    "keep_promise",
    refusal="Chỉ người được giao trả lời hoặc bàn trực của đơn vị tổ chức được ghi đã trả lời.",
)
def _promise(actor: Actor, question: PressQuestion) -> bool:
    return question.holder_id == actor.pk or _holds(actor, question.conference.agency_id, DESK)


@policy(Briefing, "withdraw_briefing", refusal=REFUSAL)
def _briefing(actor: Actor, briefing: Briefing) -> bool:
    return _holds(actor, briefing.agency_id, DESK)
