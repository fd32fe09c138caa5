"""Money in sight: estimates, and the table of what was planned, given and spent by line and by unit."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook.defaults import default_number
from hoiam.kit.vietnamese import show_number
from hoiam.scheme.models import Allotment, BudgetLine, BudgetPlan, Spending
from hoiam.scheme.states.budget import BudgetState

NEARLY = "MD-123"


def budgets_visible_to(actor: Actor) -> ScopedQuerySet:
    """Estimates the actor's agencies keep, and those once approved from which one of them was given money."""
    rows = BudgetPlan.objects.select_related("agency", "scheme")
    if actor.sees_everything:
        return rows.narrowed()
    given = Allotment.objects.filter(
        line__plan=OuterRef("pk"), agency__in=actor.agency_ids, dropped_why=""
    )
    ours = Q(agency__in=actor.agency_ids) | (~Q(state=BudgetState.DRAFT) & Exists(given))
    return rows.filter(ours).narrowed()


@dataclass
class Money:
    """Planned, given and spent of one line, one unit, or all; in đồng."""

    planned: int = 0
    given: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        """What may still be spent of what was given; below nothing when too much was."""
        return self.given - self.spent


@dataclass
class LineMoney:
    """One line with its money, and that of each unit in it."""

    line: BudgetLine
    money: Money
    units: dict[int, Money] = field(default_factory=dict)


@dataclass(frozen=True)
class BudgetTable:
    """The whole estimate: lines in order, units by name, totals, and what must be told in words."""

    lines: tuple[LineMoney, ...]
    units: tuple[tuple[Agency, Money], ...]
    whole: Money
    warnings: tuple[str, ...]


def budget_table(plan: BudgetPlan, agency_ids: Collection[int] | None) -> BudgetTable:
    """The estimate as these units may see it (None: all): a unit sees what it was given and spent, not the others.

    Four queries, however many rows.
    """
    lines = list(plan.lines.select_related("task"))
    found = {line.pk: LineMoney(line, Money(planned=line.amount)) for line in lines}
    units: dict[int, Money] = defaultdict(Money)
    for name, rows in (
        ("given", Allotment.objects.filter(line__plan=plan, dropped_why="")),
        ("spent", Spending.objects.filter(line__plan=plan, dropped_why="")),
    ):
        for row in _summed(rows, agency_ids):
            _add(found[row["line"]], units, name, row["agency"], row["n"])
    places = Agency.objects.filter(pk__in=units).order_by("level", "sort_key")
    shown = tuple((place, units[place.pk]) for place in places)
    return BudgetTable(
        tuple(found.values()),
        shown,
        _whole(found.values()),
        tuple(_warnings(found.values(), shown, whole=agency_ids is None)),
    )


def _summed(rows: QuerySet[Any], agency_ids: Collection[int] | None) -> Any:
    if agency_ids is not None:
        rows = rows.filter(agency__in=agency_ids)
    return rows.order_by().values("line", "agency").annotate(n=Sum("amount"))


def _add(line: LineMoney, units: dict[int, Money], name: str, agency: int, amount: int) -> None:
    for money in (line.money, units[agency], line.units.setdefault(agency, Money())):
        setattr(money, name, getattr(money, name) + amount)


def _whole(lines: Collection[LineMoney]) -> Money:
    return Money(
        sum(each.money.planned for each in lines),
        sum(each.money.given for each in lines),
        sum(each.money.spent for each in lines),
    )


def _warnings(
    lines: Collection[LineMoney], units: tuple[tuple[Agency, Money], ...], *, whole: bool
) -> list[str]:
    """What must be told: given beyond the plan, spent beyond what was given, nearly all spent (MD-123)."""
    told = []
    names = {place.pk: place.name for place, _ in units}
    for each in lines:
        over = each.money.given - each.money.planned
        if whole and over > 0:
            told.append(f"“{each.line.title}”: đã phân bổ quá dự toán {show_number(over)} đồng.")
        told += [
            sentence
            for pk, money in each.units.items()
            if (sentence := _of_unit(names.get(pk, ""), each.line.title, money))
        ]
    return told


def _of_unit(name: str, title: str, money: Money) -> str:
    if money.left < 0:
        return f"{name} chi quá số được giao {show_number(-money.left)} đồng ở “{title}”."
    if money.spent and money.spent * 100 >= money.given * default_number(NEARLY):
        share = money.spent * 100 // money.given
        return (
            f"{name} đã chi {share}% số được giao ở “{title}”, còn {show_number(money.left)} đồng."
        )
    return ""


def allotments_of(plan: BudgetPlan, agency_ids: Collection[int] | None) -> QuerySet[Allotment]:
    """What was given, newest first, dropped ones too."""
    rows = Allotment.objects.filter(line__plan=plan).select_related("line__plan", "agency", "by")
    rows = rows if agency_ids is None else rows.filter(agency__in=agency_ids)
    return rows.order_by("-given_on", "-pk")


def spendings_of(plan: BudgetPlan, agency_ids: Collection[int] | None) -> QuerySet[Spending]:
    """What was spent, newest first, dropped ones too."""
    rows = Spending.objects.filter(line__plan=plan).select_related("line__plan", "agency", "by")
    return rows if agency_ids is None else rows.filter(agency__in=agency_ids)


def sight_of(plan: BudgetPlan, actor: Actor) -> Collection[int] | None:
    """Whose rows the actor sees of an estimate: all for who sees its keeper, else those of one's own agencies."""
    return None if actor.sees(plan.agency_id) else actor.agency_ids
