"""What stands behind one figure: every row of the whole, whether it counts in the part, and why."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.scheme.queries.conditions import LATE, SAID, case_terms
from hoiam.scheme.queries.indicators import (
    RATIOS,
    TITLES,
    briefings_in,
    cases_in,
    conferences_in,
    enquiries_in,
)
from hoiam.scheme.queries.periods import ReportPeriod


@dataclass(frozen=True)
class CountedRow:
    """One matter that a figure counts: what it is, where it is read, and why it is in the part or only in the whole."""

    kind: str  # case | enquiry | conference | briefing
    pk: int
    name: str
    title: str
    agency: str
    at: datetime
    counts: bool
    why: str


def counted_rows(
    code: str, agencies: Collection[int] | None, period: ReportPeriod
) -> list[CountedRow]:
    """Every row of one indicator (`I1` … `I6`) over these agencies (None: the whole System), newest first.

    As many rows count as the part says, and there are as many as the whole says: tests hold both to it.
    """
    if code not in TITLES:
        raise LookupError(f"no indicator {code}")
    rows = list(_rows(code, agencies, period))
    return sorted(rows, key=lambda row: (row.at, row.pk), reverse=True)


def _rows(
    code: str, agencies: Collection[int] | None, period: ReportPeriod
) -> Iterator[CountedRow]:
    if code == "I1":
        for each in conferences_in(agencies, period).select_related("agency"):
            yield _row("conference", each, "Họp báo", each.title, each.held_at, "đã tổ chức")
    if code == "I2":
        for each in briefings_in(agencies, period).select_related("agency"):
            yield _row("briefing", each, "Giao ban", each.topics, each.at, "chủ động đến")
    if code == "I3":
        for each in enquiries_in(agencies, period).select_related("agency"):
            yield _of_enquiry(each)
    if code in RATIOS:
        yield from _of_cases(code, cases_in(agencies, period))


def _row(
    kind: str, each: Any, name: str, title: str, at: datetime, why: str, counts: bool = True
) -> CountedRow:
    return CountedRow(kind, each.pk, name, title, str(each.agency), at, counts, why)


def _of_enquiry(each: Any) -> CountedRow:
    why = "chưa trả lời"
    if each.refused_at:
        why = f"đã từ chối {_day(each.refused_at)}"
    if each.answered_at:
        why = f"đã trả lời {_day(each.answered_at)}"
    counts = each.answered_at is not None
    return _row("enquiry", each, "Đề nghị", str(each), each.received_at, why, counts)


def _day(moment: datetime) -> str:
    return show_date(moment.astimezone(VIETNAM).date())


def _of_cases(code: str, cases: ScopedQuerySet) -> Iterator[CountedRow]:
    whole, part = case_terms()[code]
    rows = cases.filter(whole).annotate(
        counts=_flag(part), is_said=_flag(SAID), is_late=_flag(LATE)
    )
    for case in rows.select_related("agency"):
        why = WHY[code](case)
        yield _row("case", case, case.number, case.title, case.received, why, case.counts)


def _flag(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _on_time(case: Any) -> str:
    if not case.is_said:
        return "chưa phát ngôn"
    return "phát ngôn muộn" if case.is_late else "phát ngôn đúng hạn"


WHY: dict[str, Callable[[Any], str]] = {
    "I3": lambda case: "đã trả lời" if case.counts else "chưa trả lời",
    "I4": lambda case: "đã phát ngôn" if case.counts else "chưa phát ngôn",
    "I5": _on_time,
    "I6": lambda case: "đã gửi văn bản" if case.counts else "chưa gửi văn bản",
}
