"""Periodic duties of speaking: what an agency of a level owes in the period of a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from hoiam.kit.vietnamese import VIETNAM

from .counting import add_months, end_of_day
from .deadlines import compute
from .defaults import default
from .errors import NotInForce
from .files import read_yaml
from .fixed_dates import CYCLES
from .registry import rule
from .rules import BADGE, RuleVersion

ONE_DAY = timedelta(days=1)
FROM_DEFAULTS = "MD-"


@dataclass(frozen=True)
class DutyOwed:
    """One duty in one period: what, by when, where that stands; `badge` where it is a product default."""

    rule: str
    title: str
    what: str
    first: date
    last: date
    due: datetime
    source: str
    badge: str


def duties_on(level: str, day: date) -> tuple[DutyOwed, ...]:
    """Give back the periodic duties whose period holds this day, by the law of the day.

    >>> [owed.rule for owed in duties_on("province", date(2026, 8, 5))]
    ['PN-06', 'PN-07', 'MD-76', 'MD-77']
    >>> [owed.rule for owed in duties_on("province", date(2017, 4, 3))]
    ['HB-03h']
    """
    owed = (_owed(row, day) for row in _rows() if level in row["levels"])
    return tuple(each for each in owed if each is not None)


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(read_yaml("duties.yaml"))


def _owed(row: Mapping[str, Any], day: date) -> DutyOwed | None:
    if row["rule"].startswith(FROM_DEFAULTS):
        return _by_default(row, day)
    try:
        version = rule(row["rule"]).at(day)
    except NotInForce:
        return None
    return _by_law(version, row["note"], day)


def _by_law(version: RuleVersion, note: str, day: date) -> DutyOwed | None:
    if version.cycle is not None:
        first = _cycle_start(day, CYCLES[version.cycle])
        last = add_months(first, CYCLES[version.cycle]) - ONE_DAY
        first = max(first, version.valid_from)
        start = first
    elif version.yearly_date is not None:
        start = day
    else:
        start = version.valid_from
    due = compute(version.rule_id, datetime.combine(start, time(), tzinfo=VIETNAM)).due
    if due is None:
        return None
    if version.yearly_date is not None:
        last = due.date()
        first = add_months(last + ONE_DAY, -12)
    elif version.cycle is None:
        first, last = start, due.date()
    what = f"{version.duty[:1].upper()}{version.duty[1:]}. {note}".strip()
    return DutyOwed(
        rule=version.rule_id,
        title=version.title,
        what=what,
        first=first,
        last=last,
        due=due,
        source=version.source,
        badge=version.badge or "",
    )


def _by_default(row: Mapping[str, Any], day: date) -> DutyOwed | None:
    known = default(row["rule"])
    since = (
        rule("PN-04").versions[0].valid_from
    )  # NĐ 244/2026 brought the duties these defaults time
    if not known.value or day < since:
        return None
    first = _cycle_start(day, CYCLES[row["cycle"]])
    last = add_months(first, CYCLES[row["cycle"]]) - ONE_DAY
    return DutyOwed(
        rule=known.id,
        title=known.title,
        what=row["note"],
        first=first,
        last=last,
        due=end_of_day(last),
        source="Mặc định sản phẩm",
        badge=BADGE,
    )


def _cycle_start(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)
