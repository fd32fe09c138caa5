"""Ai đang chậm: the board of units, one unit's late work, reminders, requests to explain."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.scheme import FORMS, AskForm, ReminderForm
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.handling.models import Clock
from hoiam.handling.queries import cases_visible_to, clock_light
from hoiam.scheme import actions
from hoiam.scheme.models import ExplanationRequest
from hoiam.scheme.queries import (
    UnitLateness,
    explanations_visible_to,
    lateness_board,
    reminders_visible_to,
)
from hoiam.scheme.states import EXPLANATION_TRANSITIONS, ExplanationState

PERIOD = 30
PER_PAGE = 30
DONE = {
    "answer_explanation": "Đã gửi giải trình.",
    "accept_explanation": "Đã chấp nhận giải trình.",
    "return_explanation": "Đã đề nghị giải trình lại.",
    "withdraw_explanation": "Đã rút yêu cầu.",
}
TABS = (("open", "Chưa xong"), ("done", "Đã xong"))
OPEN = (ExplanationState.ASKED, ExplanationState.ANSWERED)


def _board(request: HttpRequest) -> list[UnitLateness]:
    now = now_of(request)
    return lateness_board(actor_of(request), now=now, since=now - timedelta(days=PERIOD))


@desk
def board(request: HttpRequest) -> HttpResponse:
    """Every unit in sight with open work, those that run late by law first."""
    units = _board(request)
    context = {
        "units": units,
        "period": PERIOD,
        "late": sum(len(unit.late) for unit in units),
        "by_law": sum(unit.late_by_law for unit in units),
        "due_today": sum(unit.due_today for unit in units),
        "asked": sum(unit.asked for unit in units),
    }
    return render(request, "desk/scheme/lateness.html", context)


@desk
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """What one unit has late, with what the superior may do about it."""
    return _unit_page(request, pk, ReminderForm())


def _unit_page(
    request: HttpRequest, pk: int, form: ReminderForm, *, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    found = next((row for row in _board(request) if row.agency.pk == pk), None)
    if found is None:
        raise Http404("no open work there")
    clocks = [row.clock for row in found.late]
    context = {
        "unit": found,
        "form": form,
        "may_remind": authority.can(actor, "remind_of_lateness", found.agency),
        "may_ask": {
            clock.pk for clock in clocks if authority.can(actor, "ask_for_explanation", clock)
        },
        "reminders": list(reminders_visible_to(actor).filter(agency=pk)[:5]),
        "period": PERIOD,
    }
    return render(request, "desk/scheme/lateness_of.html", context, status=status)


@desk
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """The reminder sent."""
    found = next((row for row in _board(request) if row.agency.pk == pk), None)
    if found is None:
        raise Http404("no open work there")
    form = ReminderForm(request.POST)
    if not form.is_valid():
        return _unit_page(request, pk, form, status=422)
    attempt(
        request, actions.remind_of_lateness, found.agency, text=form.cleaned_data["text"],
        done="Đã gửi lời nhắc cho bàn trực và người giữ việc.",
    )  # fmt: skip
    return redirect("desk-lateness-of", pk=pk)


@desk
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A request to explain one late clock."""
    actor = actor_of(request)
    seen = cases_visible_to(actor).values("pk")
    clocks = Clock.objects.narrowed(case__in=seen).select_related("case__agency__parent", "holder")
    clock = get_object_or_404(clocks.prefetch_related("case__parties__agency", "pauses"), pk=pk)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_for_explanation(
                clock, actor=actor, now=now_of(request), **form.cleaned_data
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            return redirect("desk-explanation", pk=made.pk)
    context = {
        "clock": clock,
        "form": form,
        "light": clock_light(clock, now_of(request)),
        "may": authority.can(actor, "ask_for_explanation", clock),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/scheme/explanation_ask.html", context, status=status)


@desk
def explanation_list(request: HttpRequest) -> HttpResponse:
    """Requests to explain that I asked or have to answer."""
    tab = request.GET.get("tab", "open")
    rows = explanations_visible_to(actor_of(request))
    rows = rows.exclude(state__in=OPEN) if tab == "done" else rows.filter(state__in=OPEN)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "tab": tab, "tabs": TABS, "today": actor_of(request).today}
    return render(request, "desk/scheme/explanations.html", context)


@desk
def explanation(request: HttpRequest, pk: int) -> HttpResponse:
    """One request, its answer, and what may be done."""
    return _explanation_page(request, _request(request, pk))


def _request(request: HttpRequest, pk: int) -> ExplanationRequest:
    return get_object_or_404(explanations_visible_to(actor_of(request)), pk=pk)


def _explanation_page(
    request: HttpRequest, found: ExplanationRequest, failed: Any = None, verb: str = ""
) -> HttpResponse:
    open_to = [n for n, step in EXPLANATION_TRANSITIONS.items() if found.state in step.sources]
    may = authority.allowed(actor_of(request), open_to, found)
    forms = [
        (name, str(EXPLANATION_TRANSITIONS[name].label),
         failed if name == verb else FORMS[name](auto_id=f"{name}-%s"))
        for name in open_to if name in may
    ]  # fmt: skip
    context = {
        "request_": found,
        "forms": forms,
        "failed": failed,
        "verb": verb,
        "today": actor_of(request).today,
    }
    status = 422 if failed is not None else 200
    return render(request, "desk/scheme/explanation.html", context, status=status)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of the request; a refusal keeps what was typed."""
    if verb not in FORMS:
        raise Http404("no such verb")
    found = _request(request, pk)
    form = FORMS[verb](request.POST, auto_id=f"{verb}-%s")
    if form.is_valid():
        try:
            getattr(actions, verb)(
                found, actor=actor_of(request), now=now_of(request), **form.cleaned_data
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, DONE[verb])
            return redirect(reverse("desk-explanation", args=[pk]))
    return _explanation_page(request, found, form, verb)
