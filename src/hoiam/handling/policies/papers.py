"""Who drafts, approves and sends a paper: whoever wrote it never approves it."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import SIGNING_ROLES, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import OutsideNumber, Paper
from hoiam.handling.policies.roles import CLERKS, WRITERS


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
    return signs and (actor.pk not in writers_of(paper) or _is_excepted(actor, paper))


def _is_excepted(actor: Actor, paper: Paper) -> bool:
    """Whether the one signer of a small unit recorded the exception for this paper."""
    return paper.exception_id is not None and paper.exception.by_id == actor.pk


@policy(
    Agency,
    "save_wording",
    refusal="Chỉ Chánh Văn phòng hoặc quản trị của đơn vị được sửa câu chữ mẫu.",
)
def _wording(actor: Actor, agency: Agency) -> bool:
    at_home = actor.has_role(Role.CHIEF_OF_OFFICE, Role.ADMINISTRATOR, agency_id=agency.pk)
    return at_home or (actor.sees(agency.pk) and actor.has_role(Role.ADMINISTRATOR))


@policy(
    Agency,
    "enter_outside_number",
    refusal="Chỉ văn thư, đầu mối truyền thông hoặc lãnh đạo của cơ quan được ghi số vào sổ.",
)
def _book(actor: Actor, agency: Agency) -> bool:
    return any(actor.has_role(role, agency_id=agency.pk) for role in CLERKS)


@policy(
    OutsideNumber,
    "cancel_outside_number",
    refusal="Chỉ văn thư, đầu mối truyền thông hoặc lãnh đạo của cơ quan được hủy số trong sổ.",
)
def _cancel(actor: Actor, row: OutsideNumber) -> bool:
    return any(actor.has_role(role, agency_id=row.agency_id) for role in CLERKS)


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
    "keep_signed_file",
    refusal="Chỉ văn thư, đầu mối truyền thông hoặc lãnh đạo được ghi việc gửi và theo dõi văn bản.",
)
def _send(actor: Actor, paper: Paper) -> bool:
    return any(actor.has_role(role, agency_id=paper.agency_id) for role in CLERKS)
