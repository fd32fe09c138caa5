"""Plans of information supply: written by the desk, approved by head or deputy, each row marked when it was given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.handling.models import SupplyPlan, SupplyRow
from hoiam.handling.states import PLAN_TRANSITIONS, PlanState, StatementForm
from hoiam.kit.vietnamese import VIETNAM, squash

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Planned:
    """One row as typed: topic, form, who, by when, product."""

    topic: str
    form: str
    who: str
    by_on: date
    product: str


@transaction.atomic
def make_plan(
    agency: Agency, *, actor: Actor, now: datetime, year: int, quarter: int | None = None
) -> SupplyPlan:
    """The new empty plan of a year, or of a quarter.

    Raises:
        Conflict: the agency has one for that time.
        InvalidInput: no such quarter, or a year far from now.
    """
    authority.check(actor, "make_plan", agency)
    agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if quarter is not None and quarter not in QUARTERS:
        raise InvalidInput("Chọn quý từ 1 đến 4, hoặc cả năm.", "quarter")
    if abs(year - now.astimezone(VIETNAM).year) > 1:
        raise InvalidInput("Chỉ lập kế hoạch cho năm trước, năm nay hoặc năm sau.", "year")
    rows = SupplyPlan.objects.system("one plan a period")
    if rows.filter(agency=agency, year=year, quarter=quarter).exists():
        raise Conflict("Kỳ này đã có kế hoạch. Mở kế hoạch đó để sửa.")
    made = SupplyPlan.objects.create(
        agency=agency, year=year, quarter=quarter, drafted_by=actor.official, drafted_at=now
    )
    ledger.write(made, actor=actor, step="make_plan", at=now, year=year, quarter=quarter)
    return made


@transaction.atomic
def write_plan(
    plan: SupplyPlan, *, actor: Actor, now: datetime, rows: Iterable[Planned], version: int
) -> SupplyPlan:
    """The plan with these rows in place of its old ones; whoever wrote any of it does not approve it.

    Args:
        version: the version the rows were typed over; a newer one on the plan refuses them.

    Raises:
        Conflict: somebody has changed the plan since.
        InvalidInput: a row is not whole; the sentence says which.
        WrongState: the plan waits for approval or is approved.
    """
    plan = _moved(plan, "write_plan", actor)
    if plan.version != version:
        raise Conflict(
            "Kế hoạch vừa được người khác sửa. Mở lại trang ở thẻ khác rồi chép phần đã gõ sang."
        )
    typed = list(rows)
    for number, row in enumerate(typed, start=1):
        _check(number, row)
    plan.rows.all().delete()
    SupplyRow.objects.bulk_create(
        SupplyRow(
            plan=plan,
            position=number,
            topic=squash(row.topic)[:300],
            form=row.form,
            who=squash(row.who)[:150],
            by_on=row.by_on,
            product=squash(row.product)[:250],
        )
        for number, row in enumerate(typed, start=1)
    )
    plan.version += 1
    plan.writers = sorted({*plan.writers, actor.pk})
    plan.save(update_fields=["version", "writers"])
    ledger.write(plan, actor=actor, step="write_plan", at=now, rows=len(typed))
    return plan


def _check(number: int, row: Planned) -> None:
    for value, words in (
        (row.topic, "nội dung"),
        (row.who, "người thực hiện"),
        (row.product, "sản phẩm"),
    ):
        if not value.strip():
            raise InvalidInput(f"Dòng {number} còn thiếu {words}.", "rows")
    if row.form not in StatementForm.values:
        raise InvalidInput(
            f"Dòng {number}: chọn một trong năm hình thức (NĐ 244/2026 Điều 5).", "rows"
        )


@transaction.atomic
def submit_plan(plan: SupplyPlan, *, actor: Actor, now: datetime) -> SupplyPlan:
    """The plan before who approves.

    Raises:
        InvalidInput: it has no row.
    """
    plan = _moved(plan, "submit_plan", actor)
    if not plan.rows.exists():
        raise InvalidInput("Kế hoạch chưa có dòng nào.", "rows")
    plan.submitted_at, plan.return_reason = now, ""
    plan.save(update_fields=["state", "submitted_at", "return_reason"])
    ledger.write(plan, actor=actor, step="submit_plan", at=now)
    return plan


@transaction.atomic
def return_plan(plan: SupplyPlan, *, actor: Actor, now: datetime, reason: str) -> SupplyPlan:
    """The plan back with its drafter.

    Raises:
        InvalidInput: it is not said what to mend.
    """
    if not reason.strip():
        raise InvalidInput("Ghi cần sửa gì.", "reason")
    plan = _moved(plan, "return_plan", actor)
    plan.return_reason = reason.strip()
    plan.save(update_fields=["state", "return_reason"])
    ledger.write(plan, actor=actor, step="return_plan", at=now, reason=reason.strip())
    return plan


@transaction.atomic
def approve_plan(plan: SupplyPlan, *, actor: Actor, now: datetime) -> SupplyPlan:
    """The plan approved by somebody who did not write it."""
    plan = _moved(plan, "approve_plan", actor)
    plan.approved_by, plan.approved_at = actor.official, now
    plan.save(update_fields=["state", "approved_by", "approved_at"])
    ledger.write(plan, actor=actor, step="approve_plan", at=now)
    return plan


@transaction.atomic
def mark_supplied(
    row: SupplyRow, *, actor: Actor, now: datetime, done_on: date, given: str
) -> SupplyRow:
    """The row with what was given and when.

    Raises:
        InvalidInput: nothing was said, or a day ahead.
        WrongState: the plan is not approved, or the row is marked already.
    """
    plan = _moved(row.plan, "mark_supplied", actor)
    row = plan.rows.select_for_update().get(pk=row.pk)
    if row.done_on is not None:
        raise WrongState("Dòng này đã ghi kết quả. Tải lại trang để xem.")
    if not given.strip():
        raise InvalidInput("Ghi sản phẩm đã đưa ra: địa chỉ, số văn bản.", "given")
    if done_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày làm xong không thể ở phía trước.", "done_on")
    row.done_on, row.given = done_on, given.strip()
    row.save(update_fields=["done_on", "given"])
    ledger.write(
        plan, actor=actor, step="mark_supplied", at=now, row=row.position, reason=row.given
    )
    return row


def _moved(plan: SupplyPlan, step: str, actor: Actor) -> SupplyPlan:
    """The plan under lock in its next state, not saved."""
    rows = SupplyPlan.objects.system("reload under lock").select_for_update(of=("self",))
    plan = rows.select_related("agency").get(pk=plan.pk)
    authority.check(actor, step, plan)
    transition = PLAN_TRANSITIONS[step]
    if plan.state not in transition.sources:
        said = PlanState(plan.state).label.lower()
        raise WrongState(f"Kế hoạch đang ở trạng thái “{said}”. Tải lại trang để xem.")
    plan.state = transition.target
    return plan
