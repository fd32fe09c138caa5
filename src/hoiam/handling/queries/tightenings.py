"""Which stricter number binds an agency: its own and those of its superiors, the strictest of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import in_force
from hoiam.agencies.states import Level
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Tightening
from hoiam.kit.rulebook import Rule, RuleVersion, is_tighter, rules
from hoiam.kit.rulebook import Tightening as OwnNumber


def binding_on(agency: Agency, day: date) -> ScopedQuerySet:
    """The stricter numbers that bind this agency on the day: those it set and those of its superiors."""
    above = Q(agency__level=Level.CENTRE, agency__fictional=False)
    if agency.parent_id:
        above |= Q(agency=agency.parent_id)
    return (
        Tightening.objects.system("a superior's number binds the units below")
        .filter(in_force(day), Q(agency=agency) | above)
        .select_related("agency", "set_by")
    )


def strictest(version: RuleVersion, rows: Iterable[Tightening]) -> Tightening | None:
    """The row with the strictest number of them that is stricter than the rule's own; None without one."""
    best: Tightening | None = None
    for row in rows:
        than = best.number if best is not None else version.number
        if than is not None and is_tighter(version, row.number, than):
            best = row
    return best


def tightening_of(agency: Agency, version: RuleVersion, day: date) -> Tightening | None:
    """The stricter number that binds the agency for this rule on the day; one query."""
    return strictest(version, binding_on(agency, day).filter(rule=version.rule_id))


def as_number(row: Tightening | None) -> OwnNumber | None:
    """The row as the rulebook counts with it."""
    return None if row is None else OwnNumber(row.number, str(row.agency), row.reason)


@dataclass(frozen=True)
class RuleInForce:
    """One rule as it binds an agency today: the law's version, and the stricter number over it."""

    rule: Rule
    version: RuleVersion
    tightening: Tightening | None


def rules_in_force(agency: Agency, day: date, known: Iterable[Rule] = ()) -> list[RuleInForce]:
    """Every rule in force on the day with what binds the agency; one query."""
    found: dict[str, list[Tightening]] = {}
    for row in binding_on(agency, day):
        found.setdefault(row.rule, []).append(row)
    return [
        RuleInForce(rule, rule.at(day), strictest(version, found.get(rule.id, ())))
        for rule in (known or rules())
        for version in rule.versions
        if version.binds_on(day)
    ]


def tightenings_of(agency: Agency, rule: str) -> list[Tightening]:
    """Every number ever set for this rule by the agency or by its superiors, the newest first."""
    above = Q(agency__level=Level.CENTRE, agency__fictional=False)
    if agency.parent_id:
        above |= Q(agency=agency.parent_id)
    rows = Tightening.objects.system("a superior's number binds the units below")
    found = rows.filter(Q(agency=agency) | above, rule=rule)
    return list(found.select_related("agency", "set_by", "ended_by").order_by("-valid_from", "-pk"))
