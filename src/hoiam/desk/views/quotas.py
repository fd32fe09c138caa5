"""Chỉ tiêu: what each unit has and owes by period, and the list behind each figure."""

from collections.abc import Iterable
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hoiam.agencies.models import Agency
from hoiam.desk.rim import actor_of, desk
from hoiam.kit.vietnamese import read_date
from hoiam.scheme.models import Assignment, Quota, Task
from hoiam.scheme.queries import assignments_visible_to, schemes_visible_to
from hoiam.scheme.queries.quotas import (
    QuotaCount,
    count_quotas,
    quotas_of_task,
    span_of,
    spans_of,
)
from hoiam.scheme.states import AssignmentRole

PER_PAGE = 60
# Periods shown on the page of one unit, newest first.
MOST_SPANS = 4


def counts_of_part(row: Assignment, today: date) -> list[QuotaCount]:
    """The quotas of one part: the period of today and those before it."""
    return _counted([row], today)


def counts_of_unit(place: Agency, rows: Iterable[Assignment], today: date) -> list[QuotaCount]:
    """The quotas of one unit in all its tasks."""
    return _counted([row for row in rows if row.agency_id == place.pk], today)


def _counted(rows: list[Assignment], today: date) -> list[QuotaCount]:
    by_task = {row.task_id: row for row in rows}
    quotas = Quota.objects.filter(task__in=list(by_task)).select_related("task__scheme")
    asked = [
        (quota, by_task[quota.task_id].agency, span)
        for quota in quotas
        if _owes(quota, by_task[quota.task_id])
        for span in spans_of(quota, today, MOST_SPANS)
    ]
    return count_quotas(asked)


def _owes(quota: Quota, row: Assignment) -> bool:
    """A quota of no unit is owed by every unit that leads the task."""
    if quota.agency_id is None:
        return row.role == AssignmentRole.LEAD
    return quota.agency_id == row.agency_id


def _task(request: HttpRequest, pk: int) -> Task:
    seen = schemes_visible_to(actor_of(request)).order_by().values("pk")
    return get_object_or_404(Task.objects.filter(scheme__in=seen).select_related("scheme"), pk=pk)


def _day(request: HttpRequest) -> date:
    today = actor_of(request).today
    return read_date(request.GET.get("ngay", ""), today) or today


@desk
def of_task(request: HttpRequest, pk: int) -> HttpResponse:
    """The quotas of one task in the period of one day, unit by unit; those who owe most first."""
    task, day = _task(request, pk), _day(request)
    quotas = quotas_of_task(task)
    seen = assignments_visible_to(actor_of(request)).filter(task=task)
    owing = [(quota, row) for quota in quotas for row in seen if _owes(quota, row)]
    counts = count_quotas([(quota, row.agency, span_of(quota, day)) for quota, row in owing])
    counts.sort(key=lambda each: (-each.owed, each.agency.sort_key))
    page = Paginator(counts, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "task": task,
        "day": day,
        "page": page,
        "met": sum(not each.owed for each in counts),
        "found": sum(each.done for each in counts),
        "steps": [(quota, spans_of(quota, actor_of(request).today, 6)) for quota in quotas],
    }
    return render(request, "desk/doing/quotas.html", context)


@desk
def behind(request: HttpRequest, pk: int, agency: int) -> HttpResponse:
    """The list behind one figure: what counts, where it stood, how the house knows."""
    rows = assignments_visible_to(actor_of(request)).filter(agency=agency)
    quota = get_object_or_404(
        Quota.objects.filter(Q(agency=None) | Q(agency=agency)).select_related("task__scheme"),
        pk=pk,
    )
    row = rows.filter(task=quota.task_id).first()
    if row is None or not _owes(quota, row):
        raise Http404("the unit does not owe this")
    [count] = count_quotas([(quota, row.agency, span_of(quota, _day(request)))])
    return render(request, "desk/doing/quota.html", {"count": count, "row": row})
