"""Money: the estimate of a year and its lines, approved by a paper. Whole đồng."""

from datetime import date, datetime

from django.db import transaction

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.vietnamese import VIETNAM, show_number, squash
from hoiam.scheme.actions.moving import locked, moved, require
from hoiam.scheme.models import BudgetLine, BudgetPlan, Scheme, Task
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
    check_amount(amount)
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
        WrongState: the estimate is approved: open it for adjusting first; or somebody took the line out.
    """
    plan = locked(line.plan, "edit_budget", actor)
    require(plan, DRAFT, "Sửa dòng", WHAT)
    check_amount(amount)
    line = kept_line(line)
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
        WrongState: somebody took it out before.
    """
    plan = locked(line.plan, "edit_budget", actor)
    require(plan, DRAFT, "Bỏ dòng", WHAT)
    line = kept_line(line)
    if line.allotments.exists() or line.spendings.exists():
        raise Conflict("Dòng này đã có phân bổ hoặc khoản chi. Sửa số tiền thay vì bỏ.")
    title = line.title
    line.delete()
    _note(plan, actor, now, f"bỏ dòng {title}")
    return plan


def kept_line(line: BudgetLine) -> BudgetLine:
    """The line as it stands now that the estimate is held.

    Raises:
        WrongState: somebody took it out.
    """
    found = BudgetLine.objects.filter(pk=line.pk).first()
    if found is None:
        raise WrongState("Dòng này vừa được người khác bỏ. Tải lại trang để xem dự toán mới.")
    return found


def _note(plan: BudgetPlan, actor: Actor, now: datetime, words: str) -> None:
    ledger.write(plan, actor=actor, step="edit_budget", at=now, what=words)


def check_amount(amount: int) -> None:
    """Nothing when there is an amount.

    Raises:
        InvalidInput: nothing, or less.
    """
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
