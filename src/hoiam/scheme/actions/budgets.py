"""Money: the estimate of a year, what units are given of it, what they spend. Whole đồng; too much is told, never blocked."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed
from hoiam.kit.vietnamese import VIETNAM, show_number, squash
from hoiam.scheme.actions.moving import locked, moved, require
from hoiam.scheme.models import Allotment, BudgetLine, BudgetPlan, Scheme, Spending, Task
from hoiam.scheme.policies.cooperation import UNIT_DESK
from hoiam.scheme.states.budget import BUDGET_TRANSITIONS, BudgetState, FundSource

WHAT = "Dự toán"
DRAFT, APPROVED = frozenset({BudgetState.DRAFT}), frozenset({BudgetState.APPROVED})


@transaction.atomic
def make_budget(scheme: Scheme, *, actor: Actor, now: datetime, year: int) -> BudgetPlan:
    """The new empty estimate of one year.

    Raises:
        Conflict: the scheme has one for that year.
        InvalidInput: a year outside the scheme's own time.
    """
    scheme = locked(scheme, "make_budget", actor)
    first, last = scheme.starts_on, scheme.ends_on
    if (first and year < first.year) or (last and year > last.year):
        raise InvalidInput("Năm này nằm ngoài thời gian của Đề án, kế hoạch.", "year")
    rows = BudgetPlan.objects.system("one estimate a year")
    if rows.filter(scheme=scheme, year=year).exists():
        raise Conflict(f"Năm {year} đã có dự toán. Mở dự toán đó để làm tiếp.")
    made = BudgetPlan.objects.create(
        scheme=scheme, agency_id=scheme.owner_id, year=year, made_by=actor.official, made_at=now
    )
    ledger.write(made, actor=actor, step="make_budget", at=now, year=year)
    return made


@transaction.atomic
def add_budget_line(
    plan: BudgetPlan,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    amount: int,
    task: Task | None = None,
    source: str = FundSource.STATE.value,
    source_name: str = "",
) -> BudgetLine:
    """One more line of the draft.

    Raises:
        InvalidInput: no words, no money, a task of another scheme, or another source without its name.
        WrongState: the estimate is approved.
    """
    plan = locked(plan, "edit_budget", actor)
    require(plan, DRAFT, "Thêm dòng", WHAT)
    if not squash(title):
        raise InvalidInput("Ghi nội dung chi.", "title")
    _check_amount(amount)
    if task is not None and task.scheme_id != plan.scheme_id:
        raise InvalidInput("Nhiệm vụ này không thuộc Đề án, kế hoạch của dự toán.", "task")
    if source not in FundSource.values:
        raise InvalidInput("Chọn nguồn kinh phí.", "source")
    if source != FundSource.STATE and not squash(source_name):
        raise InvalidInput("Nguồn ngoài ngân sách: ghi tên nguồn, nhà tài trợ.", "source_name")
    last = plan.lines.order_by("-order").first()
    made: BudgetLine = plan.lines.create(
        task=task, title=squash(title)[:300], amount=amount, source=source,
        source_name=squash(source_name)[:200], order=last.order + 1 if last else 1,
    )  # fmt: skip
    _note(plan, actor, now, f"thêm dòng {made.title}: {show_number(amount)} đồng")
    return made


@transaction.atomic
def change_budget_line(line: BudgetLine, *, actor: Actor, now: datetime, amount: int) -> BudgetLine:
    """The line of the draft with another amount; what units were given of it stays.

    Raises:
        InvalidInput: no money.
        WrongState: the estimate is approved: open it for adjusting first.
    """
    plan = locked(line.plan, "edit_budget", actor)
    require(plan, DRAFT, "Sửa dòng", WHAT)
    _check_amount(amount)
    before, line.amount = line.amount, amount
    line.save(update_fields=["amount"])
    words = f"sửa dòng {line.title}: {show_number(before)} thành {show_number(amount)} đồng"
    _note(plan, actor, now, words)
    return line


@transaction.atomic
def drop_budget_line(line: BudgetLine, *, actor: Actor, now: datetime) -> BudgetPlan:
    """The draft without the line.

    Raises:
        Conflict: money of it was given or spent.
    """
    plan = locked(line.plan, "edit_budget", actor)
    require(plan, DRAFT, "Bỏ dòng", WHAT)
    if line.allotments.exists() or line.spendings.exists():
        raise Conflict("Dòng này đã có phân bổ hoặc khoản chi. Sửa số tiền thay vì bỏ.")
    title = line.title
    line.delete()
    _note(plan, actor, now, f"bỏ dòng {title}")
    return plan


def _note(plan: BudgetPlan, actor: Actor, now: datetime, words: str) -> None:
    ledger.write(plan, actor=actor, step="edit_budget", at=now, what=words)


def _check_amount(amount: int) -> None:
    if amount <= 0:
        raise InvalidInput("Số tiền phải lớn hơn 0.", "amount")


@transaction.atomic
def approve_budget(
    plan: BudgetPlan, *, actor: Actor, now: datetime, paper: str, approved_on: date
) -> BudgetPlan:
    """The estimate as a paper approved it.

    Raises:
        InvalidInput: no paper, a day to come, or no line.
    """
    plan = moved(plan, "approve_budget", BUDGET_TRANSITIONS, actor=actor, what=WHAT)
    if not squash(paper):
        raise InvalidInput("Ghi số, ký hiệu văn bản phê duyệt.", "paper")
    if approved_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày phê duyệt không thể ở phía trước.", "approved_on")
    if not plan.lines.exists():
        raise InvalidInput("Dự toán chưa có dòng nào.")
    plan.paper, plan.approved_on = squash(paper)[:120], approved_on
    plan.save(update_fields=["state", "paper", "approved_on"])
    ledger.write(plan, actor=actor, step="approve_budget", at=now, paper=plan.paper)
    return plan


@transaction.atomic
def reopen_budget(plan: BudgetPlan, *, actor: Actor, now: datetime, reason: str) -> BudgetPlan:
    """The estimate open for adjusting, with the reason; what was given and spent stays.

    Raises:
        InvalidInput: no reason.
    """
    plan = moved(plan, "reopen_budget", BUDGET_TRANSITIONS, actor=actor, what=WHAT)
    if not reason.strip():
        raise InvalidInput("Ghi lý do điều chỉnh.", "reason")
    plan.save(update_fields=["state"])
    ledger.write(plan, actor=actor, step="reopen_budget", at=now, reason=reason.strip())
    return plan


@transaction.atomic
def close_budget(plan: BudgetPlan, *, actor: Actor, now: datetime) -> BudgetPlan:
    """The estimate closed: nothing more is given or spent of it."""
    plan = moved(plan, "close_budget", BUDGET_TRANSITIONS, actor=actor, what=WHAT)
    plan.save(update_fields=["state"])
    ledger.write(plan, actor=actor, step="close_budget", at=now)
    return plan


@transaction.atomic
def allot_money(
    line: BudgetLine,
    *,
    actor: Actor,
    now: datetime,
    agency: Agency,
    amount: int,
    paper: str,
    given_on: date,
) -> Allotment:
    """What a unit is given of a line, by a paper; more than the line holds is told on the page, not refused.

    Raises:
        Conflict: the unit was given money of this line by the same paper.
        InvalidInput: no money, no paper, or a day to come.
    """
    plan = locked(line.plan, "allot_money", actor)
    require(plan, APPROVED, "Phân bổ", WHAT)
    _check_amount(amount)
    if not squash(paper):
        raise InvalidInput("Ghi số, ký hiệu văn bản giao kinh phí.", "paper")
    if given_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày giao không thể ở phía trước.", "given_on")
    words = squash(paper)[:120]
    if line.allotments.filter(agency=agency, paper=words, dropped_why="").exists():
        raise Conflict(f"Văn bản {words} đã giao kinh phí dòng này cho {agency}.")
    made = Allotment.objects.create(
        line=line, agency=agency, amount=amount, paper=words, given_on=given_on,
        by=actor.official, at=now,
    )  # fmt: skip
    _say(plan, "allot_money", actor, now, agency=agency.name, amount=show_number(amount))
    return made


@transaction.atomic
def drop_allotment(allotment: Allotment, *, actor: Actor, now: datetime, reason: str) -> Allotment:
    """The allotment no longer counted; it stays readable with the reason.

    Raises:
        InvalidInput: no reason.
    """
    plan = locked(allotment.line.plan, "drop_allotment", actor)
    require(plan, APPROVED, "Bỏ phân bổ", WHAT)
    allotment.dropped_why = _reason(reason)
    allotment.save(update_fields=["dropped_why"])
    _say(
        plan, "drop_allotment", actor, now, reason=reason, agency=allotment.agency.name,
        amount=show_number(allotment.amount),
    )  # fmt: skip
    return allotment


@transaction.atomic
def record_spending(
    line: BudgetLine,
    *,
    actor: Actor,
    now: datetime,
    agency: Agency,
    amount: int,
    spent_on: date,
    what: str,
    document: str,
) -> Spending:
    """One amount a unit spent, with its document; more than was given is told on the page, not refused.

    Raises:
        Conflict: this document of the unit stands on the line already.
        InvalidInput: no money, no words, no document, or a day outside what can be.
        NotAllowed: the unit is not the actor's own, and the actor does not keep the estimate.
    """
    plan = locked(line.plan, "record_spending", actor)
    _check_whose(plan, actor, agency)
    require(plan, APPROVED, "Ghi khoản chi", WHAT)
    _check_amount(amount)
    if not squash(what):
        raise InvalidInput("Ghi chi cho việc gì.", "what")
    if not squash(document):
        raise InvalidInput("Ghi số chứng từ.", "document")
    if spent_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày chi không thể ở phía trước.", "spent_on")
    number = squash(document)[:120]
    if line.spendings.filter(agency=agency, document=number, dropped_why="").exists():
        raise Conflict(f"Chứng từ {number} của {agency} đã được ghi ở dòng này.")
    made = Spending.objects.create(
        line=line, agency=agency, amount=amount, spent_on=spent_on, what=squash(what)[:300],
        document=number, by=actor.official, at=now,
    )  # fmt: skip
    _say(
        plan, "record_spending", actor, now, agency=agency.name, amount=show_number(amount),
        what=made.what,
    )  # fmt: skip
    return made


@transaction.atomic
def drop_spending(spending: Spending, *, actor: Actor, now: datetime, reason: str) -> Spending:
    """The amount no longer counted; it stays readable with the reason.

    Raises:
        InvalidInput: no reason.
        NotAllowed: the unit is not the actor's own, and the actor does not keep the estimate.
    """
    plan = locked(spending.line.plan, "drop_spending", actor)
    _check_whose(plan, actor, spending.agency)
    require(plan, APPROVED, "Bỏ khoản chi", WHAT)
    spending.dropped_why = _reason(reason)
    spending.save(update_fields=["dropped_why"])
    _say(
        plan, "drop_spending", actor, now, reason=reason, amount=show_number(spending.amount),
        what=spending.what,
    )  # fmt: skip
    return spending


def _check_whose(plan: BudgetPlan, actor: Actor, agency: Agency) -> None:
    keeps = authority.can(actor, "edit_budget", plan)
    own = any(actor.has_role(role, agency_id=agency.pk) for role in UNIT_DESK)
    if not (keeps or own):
        raise NotAllowed("Chỉ ghi khoản chi của đơn vị mình.")


def _reason(reason: str) -> str:
    words = squash(reason)[:300]
    if not words:
        raise InvalidInput("Ghi lý do bỏ.", "reason")
    return words


def _say(
    plan: BudgetPlan, step: str, actor: Actor, now: datetime, reason: str = "", **data: Any
) -> None:
    ledger.write(plan, actor=actor, step=step, at=now, reason=reason, **data)
