"""Chỉ số I1–I6: the figures of one agency and one year, what stands behind each, and the yearly report."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_ever_visible_to
from hoiam.agencies.states import Level
from hoiam.core import authority, blobs
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.scheme import ReportForm, ReturnForm
from hoiam.desk.presenters.indicators import (
    due_words,
    figure_rows,
    is_ratio,
    notes_of,
    row_url,
    shown,
    unit_lines,
    years_shown,
)
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.overview import own_agency
from hoiam.monitoring.actions.digest_papers import WORD
from hoiam.scheme import actions
from hoiam.scheme.actions.report_papers import report_word
from hoiam.scheme.actions.reports import figures_now
from hoiam.scheme.models import IndicatorReport
from hoiam.scheme.queries import (
    counted_rows,
    report_of,
    report_period,
    report_period_of,
    reports_below,
    terms_of,
    unit_rows,
)
from hoiam.scheme.queries.indicators import TITLES, scope_of
from hoiam.scheme.states import REPORT_TRANSITIONS

PER_PAGE = 50
DONE = {
    "write_report": "Đã tính lại số liệu và lưu báo cáo.",
    "submit_report": "Đã trình lãnh đạo duyệt.",
    "approve_report": "Đã duyệt và gửi cấp trên.",
    "return_report": "Đã trả lại để sửa.",
    "accept_report": "Đã nhận báo cáo.",
}


@desk
def own(request: HttpRequest) -> HttpResponse:
    """The figures of the reader's own agency for the year that runs."""
    actor = actor_of(request)
    year = report_period(actor.today).year
    return redirect("desk-indicators-of", agency=own_agency(actor).pk, year=year)


def _place(request: HttpRequest, agency: int) -> Agency:
    return get_object_or_404(agencies_ever_visible_to(actor_of(request)), pk=agency)


@desk
def report(request: HttpRequest, agency: int, year: int) -> HttpResponse:
    """The six figures, the units they are made of, the report and what may be done with it."""
    return _page(request, _place(request, agency), year)


def _page(
    request: HttpRequest,
    place: Agency,
    year: int,
    *,
    form: ReportForm | None = None,
    return_form: ReturnForm | None = None,
) -> HttpResponse:
    actor, period = actor_of(request), report_period_of(_year(year, request))
    found = report_of(place, year, actor)
    rows = unit_rows(place, period)
    below = reports_below(place, year, actor) if place.level == Level.CENTRE else {}
    subject = found or IndicatorReport(agency=place, year=year, written_by=actor.official)
    may = authority.allowed(actor, _verbs(subject), subject)
    kept = {"difficulties": subject.difficulties, "proposals": subject.proposals}
    context = {
        "place": place,
        "year": year,
        "years": years_shown(actor.today, report_period(actor.today)),
        "period": period,
        "figures": figure_rows(place, period, terms_of(place, period), found),
        "units": unit_lines(rows, below, period, with_reports=place.level == Level.CENTRE),
        "codes": list(TITLES),
        "report": found,
        "due": due_words(place, period, found, actor.today),
        "notes": notes_of(period),
        "may": may,
        "form": form or ReportForm(initial=kept),
        "return_form": return_form or ReturnForm(),
        "is_region": place.level in {Level.REGION, Level.DISTRICT},
    }
    status = 422 if form is not None or return_form is not None else 200
    return render(request, "desk/scheme/indicators.html", context, status=status)


def _year(year: int, request: HttpRequest) -> int:
    if year not in years_shown(actor_of(request).today, report_period(actor_of(request).today)):
        raise Http404("no such year")
    return year


def _verbs(subject: IndicatorReport) -> list[str]:
    """The verbs of the table that may start from where the report stands."""
    return [name for name, step in REPORT_TRANSITIONS.items() if subject.state in step.sources]


@desk
@require_POST
def act(request: HttpRequest, agency: int, year: int, verb: str) -> HttpResponse:
    """One verb of the report; a refusal keeps what was typed."""
    if verb not in DONE:
        raise Http404("no such verb")
    place = _place(request, agency)
    _year(year, request)
    if verb == "write_report":
        return _write(request, place, year)
    found = report_of(place, year, actor_of(request))
    if found is None:
        raise Http404("no report yet")
    if verb == "return_report":
        return _return(request, place, found)
    attempt(request, getattr(actions, verb), found, done=DONE[verb])
    return redirect("desk-indicators-of", agency=agency, year=year)


def _write(request: HttpRequest, place: Agency, year: int) -> HttpResponse:
    form = ReportForm(request.POST)
    typed: dict[str, Any] = {"year": year}
    if form.is_valid() and _took(request, actions.write_report, place, form, typed):
        messages.success(request, DONE["write_report"])
        return redirect("desk-indicators-of", agency=place.pk, year=year)
    return _page(request, place, year, form=form)


def _return(request: HttpRequest, place: Agency, found: IndicatorReport) -> HttpResponse:
    form = ReturnForm(request.POST)
    if form.is_valid() and _took(request, actions.return_report, found, form, {}):
        messages.success(request, DONE["return_report"])
        return redirect("desk-indicators-of", agency=place.pk, year=found.year)
    return _page(request, place, found.year, return_form=form)


def _took(request: HttpRequest, action: Any, subject: Any, form: Any, more: dict[str, Any]) -> bool:
    try:
        action(subject, actor=actor_of(request), now=now_of(request), **form.cleaned_data, **more)
    except HoiAmError as error:
        refuse(form, error)
        return False
    return True


@desk
def rows(request: HttpRequest, agency: int, year: int, code: str) -> HttpResponse:
    """Every matter one figure counts, whether it is in the part, and why."""
    place, code = _place(request, agency), code.upper()
    if code not in TITLES:
        raise Http404("no such indicator")
    period = report_period_of(_year(year, request))
    found = counted_rows(code, scope_of(place), period)
    part, whole = sum(row.counts for row in found), len(found)
    only = request.GET.get("chi", "")
    listed = [row for row in found if only != "chua" or not row.counts]
    page = Paginator([(row, row_url(row)) for row in listed], PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "place": place, "year": year, "period": period, "code": code, "title": TITLES[code],
        "value": shown((part, whole if is_ratio(code) else None)), "page": page,
        "missing": whole - part if is_ratio(code) else 0, "only": only,
    }  # fmt: skip
    return render(request, "desk/scheme/indicator_rows.html", context)


@desk
def word(request: HttpRequest, agency: int, year: int) -> HttpResponse:
    """The report as a Word file: the bytes that were sent once it was, else a draft of what stands now."""
    place = _place(request, agency)
    found = report_of(place, _year(year, request), actor_of(request))
    data = blobs.read(found.blob) if found and found.blob else _draft(request, place, year, found)
    answer = HttpResponse(data, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="bao-cao-nam-{year}.docx"'
    return answer


def _draft(request: HttpRequest, place: Agency, year: int, found: IndicatorReport | None) -> bytes:
    """A draft: of the report as it is written, or of the record where nobody has begun one."""
    if found is None:
        figures, units = figures_now(place, year)
        found = IndicatorReport(agency=place, year=year, figures=figures, units=units)
    return report_word(found, now=now_of(request))
