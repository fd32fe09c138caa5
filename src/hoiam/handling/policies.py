"""Who does what on a case and its papers (workflow.md §2; organisation.md §2, §6)."""

from hoiam.agencies.states import SIGNING_ROLES, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import Case, Clock, Paper
from hoiam.handling.states import PartyRole
from hoiam.monitoring.models import Warning

DESK = (Role.FOCAL_POINT, Role.CHIEF_OF_OFFICE, Role.HEAD, Role.DEPUTY, Role.SPOKESPERSON)
DECIDERS = (Role.HEAD, Role.DEPUTY, Role.CHIEF_OF_OFFICE, Role.SPOKESPERSON)
VERIFIERS = (*DESK, Role.HEAD_OF_REGION, Role.EXAMINER, Role.ENFORCEMENT_OFFICER)
WRITERS = (*DESK, Role.EXAMINER)
CLERKS = (*DESK, Role.RECORDS_CLERK)


def in_scope(actor: Actor, case: Case) -> bool:
    """Whether the case is in the actor's sight: of the actor's agencies, or one of them has a part in it."""
    return actor.sees(case.agency_id) or any(actor.sees(p.agency_id) for p in case.parties.all())


def _at_case(actor: Actor, case: Case, roles: tuple[Role, ...]) -> bool:
    """Whether the actor holds one of the roles at the case's own agency."""
    return any(actor.has_role(role, agency_id=case.agency_id) for role in roles)


@policy(
    Warning,
    "open_case",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị được mở hồ sơ cho tin này.",
)
def _open(actor: Actor, warning: Warning) -> bool:
    return actor.sees(warning.agency_id) and actor.has_role(*DESK)


@policy(
    Case,
    "screen",
    "publish",
    "start_watch",
    "record_moment",
    "open_obligation",
    "add_party",
    "add_item",
    "record_statement",
    "close_obligation",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của cơ quan xử lý hồ sơ được làm bước này.",
)
def _desk(actor: Actor, case: Case) -> bool:
    return _at_case(actor, case, DESK)


@policy(
    Case,
    "determine_impact",
    "assign",
    "plan_information",
    "escalate",
    "remedy",
    "close",
    "reopen",
    refusal="Bước này do thủ trưởng hoặc người được thủ trưởng giao quyết định. Hãy trình lãnh đạo.",
)
def _decide(actor: Actor, case: Case) -> bool:
    return _at_case(actor, case, DECIDERS)


@policy(
    Case,
    "complete_verification",
    "write_fact",
    "add_evidence",
    refusal="Chỉ đơn vị chủ trì, phối hợp hoặc bàn trực của hồ sơ được ghi phần xác minh.",
)
def _verify(actor: Actor, case: Case) -> bool:
    # Who is only informed, and who only sees (the centre), does not write what others must answer for.
    doing = {party.agency_id for party in case.parties.all() if party.role != PartyRole.INFORMED}
    places = {case.agency_id, *doing}
    return any(post.agency_id in places and post.role in VERIFIERS for post in actor.posts)


@policy(
    Case,
    "report_upward",
    refusal="Chỉ đơn vị chủ trì, phối hợp, bàn trực hoặc văn thư của hồ sơ được ghi việc báo cáo cấp trên.",
)
def _report(actor: Actor, case: Case) -> bool:
    return _verify(actor, case) or _at_case(actor, case, CLERKS)


@policy(
    Case,
    "issue",
    refusal="Chỉ văn thư, đầu mối truyền thông hoặc lãnh đạo của cơ quan xử lý hồ sơ được ghi việc phát hành.",
)
def _issue(actor: Actor, case: Case) -> bool:
    return _at_case(actor, case, CLERKS)


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
    return _at_case(actor, case, WRITERS)


@policy(
    Paper,
    "edit_paper",
    "submit_paper",
    "withdraw_paper",
    refusal="Chỉ người của cơ quan ban hành được sửa, trình, thu hồi văn bản này.",
)
def _write(actor: Actor, paper: Paper) -> bool:
    return any(actor.has_role(role, agency_id=paper.agency_id) for role in WRITERS)


@policy(
    Paper,
    "approve_paper",
    "return_paper",
    refusal="Người soạn không tự duyệt. Văn bản do thủ trưởng, cấp phó hoặc người phát ngôn khác người soạn duyệt.",
)
def _approve(actor: Actor, paper: Paper) -> bool:
    signs = any(actor.has_role(role, agency_id=paper.agency_id) for role in SIGNING_ROLES)
    return signs and actor.pk not in writers_of(paper)


def writers_of(paper: Paper) -> set[int]:
    """Who may not approve it: who drafted it first and who edited it last.

    Rows read through `queries.with_first_writer` carry the first already, so that a page asks once for all its papers.
    """
    if not hasattr(paper, "first_writer"):
        paper.first_writer = paper.versions.order_by("id").values_list("by", flat=True).first()
    return {paper.drafted_by_id, paper.first_writer or paper.drafted_by_id}


@policy(
    Paper,
    "mark_sent",
    "mark_delivered",
    "record_check",
    refusal="Chỉ văn thư, đầu mối truyền thông hoặc lãnh đạo được ghi việc gửi và theo dõi văn bản.",
)
def _send(actor: Actor, paper: Paper) -> bool:
    return any(actor.has_role(role, agency_id=paper.agency_id) for role in CLERKS)


@policy(
    Clock,
    "extend_clock",
    "pause_clock",
    "resume_clock",
    refusal="Gia hạn, tạm dừng đồng hồ do thủ trưởng hoặc người được giao quyết định.",
)
def _clock(actor: Actor, clock: Clock) -> bool:
    return _at_case(actor, clock.case, DECIDERS)
