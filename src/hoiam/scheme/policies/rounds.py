"""Who orders reports, fills them, sends them, takes them or sends them back, and who counts and waives points.

A unit merged away is answered for by its successor: roles are asked for at the office that answers today.
"""

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import answering
from hoiam.agencies.states import DESK_ROLES, Level, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.scheme.models import ReportRound, ScoreRule, Synthesis, UnitReport
from hoiam.scheme.policies.reports import ABOVE

# Who may write for a unit (a regional office has officers and examiners, no focal point), and who may sign for it.
UNIT_ROLES = (*DESK_ROLES, Role.HEAD_OF_REGION, Role.ENFORCEMENT_OFFICER, Role.EXAMINER)
# A spokesperson answers the press for the unit; its reports are the leaders'.
UNIT_SIGNERS = (Role.HEAD, Role.DEPUTY, Role.HEAD_OF_REGION)


def runs_round(actor: Actor, round_: ReportRound) -> bool:
    """Whether the actor sits with the agency that ordered the reports."""
    return any(actor.has_role(role, agency_id=round_.owner_id) for role in ABOVE)


def office_of(report: UnitReport, actor: Actor) -> int:
    """The office that answers for the report on the actor's day."""
    agency = report.agency
    if agency.valid_to is None or agency.valid_to >= actor.today:
        return report.agency_id
    found = answering(agency, actor.today)
    return found.pk if found else report.agency_id


def is_of_unit(actor: Actor, report: UnitReport, *roles: str) -> bool:
    """Whether the actor holds one of the roles at the office that answers for the report."""
    office = office_of(report, actor)
    return any(actor.has_role(role, agency_id=office) for role in roles)


@policy(
    ReportRound,
    "edit_round",
    "open_round",
    "close_round",
    "reopen_round",
    "chase_units",
    "ask_synthesis",
    refusal="Chỉ lãnh đạo, Chánh Văn phòng hoặc đầu mối của cơ quan chủ trì đợt báo cáo được làm việc này.",
)
def _run(actor: Actor, round_: ReportRound) -> bool:
    return runs_round(actor, round_)


@policy(
    Agency,
    "create_round",
    refusal="Chỉ lãnh đạo, Chánh Văn phòng hoặc đầu mối của cơ quan trung ương, cấp tỉnh được mở đợt báo cáo.",
)
def _create(actor: Actor, agency: Agency) -> bool:
    above = agency.level in {Level.CENTRE, Level.PROVINCE}
    return above and any(actor.has_role(role, agency_id=agency.pk) for role in ABOVE)


@policy(
    UnitReport,
    "fill_unit_report",
    "submit_unit_report",
    "explain_report",
    "keep_report_scan",
    refusal="Chỉ đầu mối, lãnh đạo, chấp hành viên, thẩm tra viên của đơn vị phải báo cáo được lập báo cáo này.",
)
def _fill(actor: Actor, report: UnitReport) -> bool:
    return is_of_unit(actor, report, *UNIT_ROLES)


@policy(
    UnitReport,
    "send_unit_report",
    refusal="Người soạn không tự duyệt. Báo cáo do thủ trưởng, cấp phó của đơn vị duyệt và gửi.",
)
def _send(actor: Actor, report: UnitReport) -> bool:
    return is_of_unit(actor, report, *UNIT_SIGNERS) and actor.pk not in writers_of(report)


@policy(
    UnitReport,
    "hand_back_unit_report",
    refusal="Chỉ người soạn (rút về sửa) và thủ trưởng, cấp phó của đơn vị (trả người soạn) được làm việc này.",
)
def _hand_back(actor: Actor, report: UnitReport) -> bool:
    wrote = actor.pk in writers_of(report)
    return is_of_unit(actor, report, *(UNIT_ROLES if wrote else UNIT_SIGNERS))


def writers_of(report: UnitReport) -> set[int]:
    """The keys of who may not approve it: all who wrote since it was last sent, and who saved it last."""
    return {*report.writers, *filter(None, [report.written_by_id])}


@policy(
    UnitReport,
    "return_unit_report",
    "accept_unit_report",
    "chase_unit",
    "ask_report_explanation",
    "waive_points",
    "withdraw_waiver",
    refusal="Chỉ cơ quan chủ trì đợt báo cáo được làm việc này.",
)
def _settle(actor: Actor, report: UnitReport) -> bool:
    return runs_round(actor, report.round)


@policy(
    UnitReport,
    "read_draft",
    refusal="Bản đang lập chỉ người của đơn vị xem được; cấp trên xem bản đã gửi.",
)
def _read_draft(actor: Actor, report: UnitReport) -> bool:
    return any(post.agency_id == office_of(report, actor) for post in actor.posts)


@policy(
    ScoreRule,
    "set_score_rule",
    refusal="Chỉ lãnh đạo, Chánh Văn phòng hoặc đầu mối của cơ quan trung ương được đặt điểm trừ.",
)
def _rule(actor: Actor, rule: type[ScoreRule] | ScoreRule) -> bool:
    return actor.sees_everything and actor.has_role(*ABOVE)


@policy(
    Synthesis,
    "edit_synthesis",
    "write_synthesis",
    refusal="Chỉ lãnh đạo, Chánh Văn phòng hoặc đầu mối của cơ quan chủ trì đợt được sửa bản tổng hợp.",
)
def _edit(actor: Actor, synthesis: Synthesis) -> bool:
    return runs_round(actor, synthesis.round)
