"""Picking up this room's messages: mail to who must act next. Never the content of a case, only where to look."""

from collections.abc import Iterable
from datetime import datetime

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import holders, superior
from hoiam.agencies.states import DESK_ROLES, SIGNING_ROLES, Role
from hoiam.core import ledger
from hoiam.core.outbox import handles
from hoiam.handling.jobs.letters import tell_of_case, tell_of_paper
from hoiam.handling.models import Case, Directive, FourEyesException, Paper
from hoiam.handling.policies import writers_of
from hoiam.handling.queries.urgency import needed_by
from hoiam.handling.states import PaperState, PartyRole
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.actions.work_notices import tell


def _case(pk: int) -> Case:
    rows = Case.objects.system("tell who must act next").select_related("agency__parent")
    return rows.get(pk=pk)


def _paper(pk: int) -> Paper:
    rows = Paper.objects.system("tell who must act next")
    return rows.select_related("case__agency", "agency", "drafted_by").get(pk=pk)


@handles("case_opened")
def tell_of_opening(case_id: int, now: datetime) -> None:
    """Mail the deciders of the agency; and its superior's desk when the matter is grave (MD-07)."""
    case = _case(case_id)
    today = now.astimezone(VIETNAM).date()
    people = list(holders(case.agency, {Role.HEAD, Role.CHIEF_OF_OFFICE}, today))
    above = superior(case.agency, today)
    if above is not None and case.severity >= default_number("MD-07"):
        people += holders(above, DESK_ROLES, today)
    tell_of_case(
        people,
        f"Hồ sơ mới {case.number}",
        f"{case.agency} mở {case.number}: {case.title}",
        f"case:{case.pk}",
        now,
        case=case,
        severity=case.severity,
    )


@handles("case_assigned")
def tell_the_lead(case_id: int, now: datetime) -> None:
    """Mail the unit that now verifies."""
    case = _case(case_id)
    party = case.parties.filter(role=PartyRole.LEAD).select_related("agency", "official").first()
    if party is None:
        return
    people = [party.official] if party.official else list(_desk_of(party.agency, now))
    tell_of_case(
        people,
        f"Giao xác minh {case.number}",
        f"Đơn vị chủ trì {case.number}: {case.title}",
        f"assigned:{case.pk}:{party.pk}",
        now,
        case=case,
    )


@handles("case_verified")
def tell_of_verification(case_id: int, now: datetime) -> None:
    """Mail who holds the case: the facts are complete, the answer can be drafted."""
    case = (
        Case.objects.system("tell who holds it").select_related("holder", "agency").get(pk=case_id)
    )
    if case.holder:
        tell_of_case(
            [case.holder],
            f"Đã xác minh {case.number}",
            f"Bảng đối chiếu đã đủ: {case.title}",
            f"verified:{_newest(case, 'complete_verification')}",
            now,
            case=case,
        )


def _newest(case: Case, step: str) -> int | None:
    """Key of the newest record of this step: a second time round is another occasion."""
    return ledger.of(case).filter(step=step).values_list("pk", flat=True).last()


@handles("case_handed_over")
def tell_who_has_it_now(case_id: int, now: datetime) -> None:
    """Mail the desk of the agency that has the case now."""
    case = _case(case_id)
    tell_of_case(
        _desk_of(case.agency, now),
        f"Hồ sơ chuyển đến: {case.number}",
        f"{case.agency} nhận {case.number}: {case.title}. Hãy sàng lọc.",
        f"handed:{case.pk}:{case.agency_id}",
        now,
        case=case,
    )


@handles("four_eyes_excepted")
def tell_the_superior(exception_id: int, now: datetime) -> None:
    """Mail the superior's deciders: one person drafted and signs a paper below."""
    rows = FourEyesException.objects.select_related("case__agency", "superior")
    made = rows.get(pk=exception_id)
    today = now.astimezone(VIETNAM).date()
    tell_of_case(
        holders(made.superior, {Role.HEAD, Role.DEPUTY, Role.CHIEF_OF_OFFICE}, today),
        f"Ngoại lệ người soạn tự duyệt: {made.case.number}",
        f"{made.case.agency} ghi ngoại lệ cho một văn bản của {made.case.number}.",
        f"exception:{made.pk}",
        now,
        case=made.case,
    )


@handles("directive_received")
def tell_of_directive(directive_id: int, now: datetime) -> None:
    """Mail who holds the case, or the deciders of its agency: another authority waits for an answer."""
    rows = Directive.objects.system("tell who must answer").select_related("case__agency")
    directive = rows.select_related("case__holder").get(pk=directive_id)
    case, today = directive.case, now.astimezone(VIETNAM).date()
    people = [case.holder] if case.holder else []
    people += holders(case.agency, {Role.HEAD, Role.CHIEF_OF_OFFICE}, today)
    when = f", hạn {show_date(directive.due_on)}" if directive.due_on else ""
    tell(
        people,
        f"Văn bản chỉ đạo: {case.number}",
        f"{directive} có yêu cầu về {case.number}{when}.",
        f"directive:{directive.pk}",
        now,
        page=("desk-case", case.pk),
        before=min(filter(None, (directive.due_at, needed_by(case, now))), default=None),
    )


@handles("paper_submitted")
def tell_the_approvers(paper_id: int, now: datetime) -> None:
    """Mail who may sign, except who drafted; nobody when it is no longer waiting."""
    paper = _paper(paper_id)
    if paper.state != PaperState.SUBMITTED or paper.submitted_at is None:
        return
    today = now.astimezone(VIETNAM).date()
    people = holders(paper.agency, SIGNING_ROLES, today).exclude(pk__in=writers_of(paper))
    key = f"submitted:{paper.pk}:{paper.submitted_at:%Y%m%d%H%M%S}"
    tell_of_paper(
        people,
        f"Chờ duyệt: {paper.case.number}",
        f"Văn bản chờ duyệt của {paper.case.number}.",
        key,
        now,
        paper=paper,
    )


@handles("paper_returned")
def tell_the_drafter(paper_id: int, now: datetime) -> None:
    """Mail who drafted: there is something to mend."""
    paper = _paper(paper_id)
    key = f"returned:{paper.pk}:{paper.submitted_at:%Y%m%d%H%M%S}"
    tell_of_paper(
        [paper.drafted_by],
        f"Trả lại: {paper.case.number}",
        "Văn bản được trả lại để sửa.",
        key,
        now,
        paper=paper,
    )


@handles("paper_approved")
def tell_the_senders(paper_id: int, now: datetime) -> None:
    """Mail the records clerk and the drafter: the paper can go out."""
    paper = _paper(paper_id)
    today = now.astimezone(VIETNAM).date()
    people = [*holders(paper.agency, {Role.RECORDS_CLERK}, today), paper.drafted_by]
    tell_of_paper(
        people,
        f"Đã duyệt số {paper.symbol}",
        f"Văn bản của {paper.case.number} đã duyệt, chờ gửi.",
        f"approved:{paper.pk}",
        now,
        paper=paper,
    )


def _desk_of(agency: Agency, now: datetime) -> Iterable[Official]:
    return holders(agency, {*DESK_ROLES, Role.HEAD_OF_REGION}, now.astimezone(VIETNAM).date())
