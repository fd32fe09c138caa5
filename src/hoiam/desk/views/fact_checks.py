"""Kiểm chứng: questions to the unit concerned, asked from a piece or a page of the workbench, and answered."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.verb_forms import offered
from hoiam.desk.forms.writing import CHECK_VERBS, QuestionForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.writing import diary_of, tabs
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.desk.typed import number_in
from hoiam.desk.views.verbs import own_place
from hoiam.desk.views.writing import get_kind
from hoiam.kit.vietnamese import show_datetime
from hoiam.newsroom import actions as verbs
from hoiam.newsroom.actions import Question
from hoiam.newsroom.models import FactCheck, Submission
from hoiam.newsroom.queries import (
    fact_checks_to_answer,
    fact_checks_visible_to,
    submissions_visible_to,
)
from hoiam.newsroom.states.submissions import FACT_CHECK_STEPS, FactCheckState

AREA = "desk-fact-checks"
PER_PAGE = 40


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Questions in sight: those my unit owes an answer to, those that wait, those answered."""
    actor = actor_of(request)
    tab = request.GET.get("tab", "open")
    rows = fact_checks_visible_to(actor)
    if tab == "mine":
        rows = fact_checks_to_answer(actor)
    elif tab == "done":
        rows = rows.exclude(state=FactCheckState.ASKED)
    else:
        rows = rows.filter(state=FactCheckState.ASKED).order_by("due_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "tab": tab, "tabs": tabs(AREA)}
    return render(request, "desk/writing/fact_checks.html", context)


def _piece(request: HttpRequest) -> Submission | None:
    pk = number_in(request.GET.get("piece"))
    if pk is None:
        return None
    found: Submission = get_object_or_404(submissions_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A question on a piece in sight."""
    piece, place = _piece(request), own_place(request, "ask_fact_check")
    if place is None or piece is None:
        if place is None:
            turned_away(request, "ask_fact_check", Agency())
        return redirect(AREA if place is None else "desk-pieces")
    now = now_of(request)
    first = {"asked": piece.agency_id}
    form = QuestionForm(request.POST or None, initial=first, today=actor_of(request).today, usual=show_datetime(verbs.usual_due(now)))  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = _asked(request, form, place, piece)
        if made is not None:
            messages.success(request, f"Đã hỏi {made.asked_agency}; đơn vị được báo qua thư.")
            return redirect("desk-fact-check", pk=made.pk)
    context = {"form": form, "piece": piece, "place": place, "tabs": tabs(AREA)}
    return render(request, "desk/writing/fact_check_new.html", context, status=422 if form.errors else 200)  # fmt: skip


def _asked(
    request: HttpRequest, form: QuestionForm, place: Agency, piece: Submission
) -> FactCheck | None:
    typed = dict(form.cleaned_data)
    asked = typed.pop("asked")
    question = Question(f"submission:{piece.pk}", str(piece), **typed)
    try:
        return verbs.ask_fact_check(place, asked, question, actor=actor_of(request), now=now_of(request))  # fmt: skip
    except HoiAmError as error:
        refuse(form, error)
        return None


def _check(request: HttpRequest, pk: int) -> FactCheck:
    found: FactCheck = get_object_or_404(fact_checks_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: the words as they stood, the answer beside them."""
    return _page(request, _check(request, pk))


def _page(request: HttpRequest, found: FactCheck, failed: Any = None) -> HttpResponse:
    actor = actor_of(request)
    steps = {n for n, step in FACT_CHECK_STEPS.items() if found.state in step.sources}
    may = {kind.verb for kind in CHECK_VERBS if kind.verb in steps and authority.can(actor, kind.verb, found)}  # fmt: skip
    context = {
        "check": found, "diary": diary_of(found), "tabs": tabs(AREA), "form": failed,
        "forms": offered(CHECK_VERBS, may, lambda verb: reverse("desk-fact-check-act", args=[found.pk, verb]), found, failed),
    }  # fmt: skip
    return render(request, "desk/writing/fact_check.html", context, status=422 if failed else 200)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the question; a refusal stands at its field."""
    found = _check(request, pk)
    kind = get_kind(CHECK_VERBS, verb)
    form = kind(request.POST, subject=found)
    if form.is_valid():
        try:
            getattr(verbs, verb)(
                found, actor=actor_of(request), now=now_of(request), **form.typed()
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, kind.done)
            return redirect("desk-fact-check", pk=pk)
    return _page(request, found, form)
