"""I1–I6 of NĐ 244/2026 (Phụ lục): both terms of each, of one agency or of each below it, from the record alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Value

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_on, tree
from hoiam.agencies.states import Level
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Briefing, Case, Enquiry, PressConference
from hoiam.handling.states import EnquiryState
from hoiam.scheme.queries.conditions import case_terms, with_received
from hoiam.scheme.queries.periods import ReportPeriod

WHY = "counted for an agency, whose page was opened to the reader before"
TITLES = {
    "I1": "Số cuộc họp báo trong năm",
    "I2": "Số lần chủ động đến cung cấp thông tin tại giao ban báo chí",
    "I3": "Số lượt trả lời báo chí / tổng số đề nghị của báo chí",
    "I4": "Số vụ việc đột xuất, bất thường đã phát ngôn / tổng số vụ việc (khoản 2–5 Điều 7)",
    "I5": "Số vụ việc phát ngôn đúng hạn / tổng số vụ việc có áp dụng thời hạn (khoản 3, 4 Điều 7)",
    "I6": "Số vụ việc có văn bản phản hồi, yêu cầu cải chính, xin lỗi / tổng số vụ việc (khoản 6 Điều 7)",
}
RATIOS = frozenset({"I3", "I4", "I5", "I6"})
Terms = dict[str, tuple[int, int | None]]
"""Of each indicator the part and the whole; the whole is None for I1 and I2, which are plain counts."""


@dataclass(frozen=True)
class Indicator:
    """One statutory indicator: both terms, never a percentage alone."""

    code: str
    title: str
    part: int
    whole: int | None


def scope_of(agency: Agency) -> frozenset[int] | None:
    """The agencies whose rows count for this one: itself, those below, their predecessors; None is the whole System."""
    return None if agency.level == Level.CENTRE else tree().scope({agency.pk})


def terms_of(agency: Agency, period: ReportPeriod) -> Terms:
    """All six indicators of one agency, those below it included: two queries."""
    return _summed(_by_agency(scope_of(agency), period).values())


def own_terms_of(agency: Agency, period: ReportPeriod) -> Terms:
    """The six indicators of the agency itself, without those below it."""
    return _summed(_by_agency({agency.pk}, period).values())


def indicators_of(agency: Agency, period: ReportPeriod) -> list[Indicator]:
    """The six indicators in order, with their titles."""
    terms = terms_of(agency, period)
    return [Indicator(code, title, *terms[code]) for code, title in TITLES.items()]


@dataclass(frozen=True)
class UnitRow:
    """One unit in the table below an agency."""

    agency: Agency
    terms: Mapping[str, tuple[int, int | None]]


def unit_rows(agency: Agency, period: ReportPeriod) -> list[UnitRow]:
    """The units of which the figures are made: the provinces of the centre, the regions of a province.

    The rows of the centre (its own office first) add up to its figures. A region has no seal of its own: its row says
    which of the province's cases concern it, so rows of regions may overlap and leave cases out.
    """
    if agency.level == Level.CENTRE:
        return _rows_of_centre(agency, period)
    if agency.level == Level.PROVINCE:
        return _rows_of_regions(agency, period)
    return []


def _rows_of_centre(centre: Agency, period: ReportPeriod) -> list[UnitRow]:
    found = _by_agency(None, period)
    provinces = list(agencies_on(period.last).filter(level=Level.PROVINCE))
    owner: dict[int, int] = {pk: place.pk for place in provinces for pk in tree().scope({place.pk})}
    grouped: dict[int, list[Terms]] = defaultdict(list)
    for pk, terms in found.items():
        grouped[owner.get(pk) or centre.pk].append(terms)
    return [UnitRow(place, _summed(grouped[place.pk])) for place in (centre, *provinces)]


def _rows_of_regions(province: Agency, period: ReportPeriod) -> list[UnitRow]:
    regions = list(agencies_on(period.last).filter(parent=province))
    rows = cases_in(tree().scope({province.pk}), period).filter(parties__agency__in=regions)
    found = {
        row["parties__agency"]: _of_cases(row)
        for row in rows.values("parties__agency").annotate(**_counts(distinct=True))
    }
    return [UnitRow(place, found.get(place.pk) or _of_cases({})) for place in regions]


def _summed(each: Iterable[Mapping[str, tuple[int, int | None]]]) -> Terms:
    total: Terms = {code: (0, 0 if code in RATIOS else None) for code in TITLES}
    for terms in each:
        for code, (part, whole) in terms.items():
            had_part, had_whole = total[code]
            total[code] = (had_part + part, None if had_whole is None else had_whole + (whole or 0))
    return total


def _by_agency(agencies: Collection[int] | None, period: ReportPeriod) -> dict[int, Terms]:
    """The six indicators of every agency that has any rows."""
    found: dict[int, Terms] = defaultdict(lambda: _summed(()))
    cases = cases_in(agencies, period).order_by().values("agency").annotate(**_counts())
    for row in cases:
        found[row["agency"]] = _of_cases(row)
    for row in _registers(agencies, period):
        part, whole = found[row["agency"]][row["code"]]
        added = None if whole is None else whole + row["whole"]
        found[row["agency"]][row["code"]] = (part + row["part"], added)
    return dict(found)


def _counts(*, distinct: bool = False) -> dict[str, Count]:
    counts = {}
    for code, (whole, part) in case_terms().items():
        counts[f"{code}_part"] = Count("pk", filter=whole & part, distinct=distinct)
        counts[f"{code}_whole"] = Count("pk", filter=whole, distinct=distinct)
    return counts


def _of_cases(row: Mapping[str, int]) -> Terms:
    terms = _summed(())
    for code in RATIOS:
        terms[code] = (row.get(f"{code}_part", 0), row.get(f"{code}_whole", 0))
    return terms


def _registers(
    agencies: Collection[int] | None, period: ReportPeriod
) -> Iterable[Mapping[str, Any]]:
    """What conferences, briefings and requests add, by agency; one query for the three registers."""
    answered = Count("pk", filter=~Q(answered_at=None))
    conferences, briefings, enquiries = (
        rows.order_by()
        .values("agency")
        .annotate(code=Value(code), part=part, whole=Count("pk"))
        .values("agency", "code", "part", "whole")
        for code, rows, part in (
            ("I1", conferences_in(agencies, period), Count("pk")),
            ("I2", briefings_in(agencies, period), Count("pk")),
            ("I3", enquiries_in(agencies, period), answered),
        )
    )
    return conferences.union(briefings, enquiries, all=True)


def _of(rows: ScopedQuerySet, agencies: Collection[int] | None) -> ScopedQuerySet:
    return rows if agencies is None else rows.filter(agency__in=agencies)


def cases_in(agencies: Collection[int] | None, period: ReportPeriod) -> ScopedQuerySet:
    """The cases whose matter was received in the period, with `received`."""
    rows = _of(with_received(Case.objects.system(WHY)), agencies)
    return rows.filter(received__gte=period.start, received__lt=period.end)


def enquiries_in(agencies: Collection[int] | None, period: ReportPeriod) -> ScopedQuerySet:
    """The requests of the press received in the period, except what was set aside as no request."""
    rows = _of(Enquiry.objects.system(WHY), agencies).exclude(state=EnquiryState.DISCARDED)
    return rows.filter(received_at__gte=period.start, received_at__lt=period.end)


def conferences_in(agencies: Collection[int] | None, period: ReportPeriod) -> ScopedQuerySet:
    """The press conferences held in the period."""
    rows = _of(PressConference.objects.system(WHY), agencies)
    return rows.filter(held_at__gte=period.start, held_at__lt=period.end)


def briefings_in(agencies: Collection[int] | None, period: ReportPeriod) -> ScopedQuerySet:
    """The briefings of the period to which the agency came on its own initiative."""
    rows = _of(Briefing.objects.system(WHY), agencies).filter(
        on_own_initiative=True, withdrawn_at=None
    )
    return rows.filter(at__gte=period.start, at__lt=period.end)
