"""What units are given of an estimate, and what they spend; too much is told on the page, never blocked."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.kit.vietnamese import VIETNAM, show_number, squash
from hoiam.scheme.actions.budgets import APPROVED, WHAT, check_amount
from hoiam.scheme.actions.moving import locked, require
from hoiam.scheme.models import Allotment, BudgetLine, BudgetPlan, Spending
from hoiam.scheme.policies.cooperation import UNIT_DESK


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
    check_amount(amount)
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
        WrongState: it was dropped before; the first reason stands.
    """
    plan = locked(allotment.line.plan, "drop_allotment", actor)
    require(plan, APPROVED, "Bỏ phân bổ", WHAT)
    _check_counted(allotment)
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
    check_amount(amount)
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
        WrongState: it was dropped before; the first reason stands.
    """
    plan = locked(spending.line.plan, "drop_spending", actor)
    _check_whose(plan, actor, spending.agency)
    require(plan, APPROVED, "Bỏ khoản chi", WHAT)
    _check_counted(spending)
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


def _check_counted(row: Allotment | Spending) -> None:
    row.refresh_from_db(fields=["dropped_why"])
    if row.dropped_why:
        raise WrongState(f"Khoản này đã được bỏ: {row.dropped_why}. Tải lại trang.")


def _reason(reason: str) -> str:
    words = squash(reason)[:300]
    if not words:
        raise InvalidInput("Ghi lý do bỏ.", "reason")
    return words


def _say(
    plan: BudgetPlan, step: str, actor: Actor, now: datetime, reason: str = "", **data: Any
) -> None:
    ledger.write(plan, actor=actor, step=step, at=now, reason=reason, **data)
