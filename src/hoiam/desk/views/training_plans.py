"""Nhu cầu và kế hoạch tập huấn: needs of the units, the plan of a year under four eyes, its Word file."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.desk.forms import training as forms
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.presenters.cooperation import diary_of, tabs
from hoiam.desk.presenters.training import training_light, training_tabs
from hoiam.desk.rim import actor_of, attempt, desk, now_of
from hoiam.desk.typed import number_in
from hoiam.desk.views.spokespersons import take
from hoiam.desk.views.verbs import is_done, own_place, sent_form, word_file
from hoiam.scheme.actions import training_needs as needs_
from hoiam.scheme.actions import training_plans as verbs
from hoiam.scheme.actions.training_papers import days_words, plan_word, role_words
from hoiam.scheme.models import TrainingPlan
from hoiam.scheme.queries.training import (
    needs_visible_to,
    training_plans_visible_to,
    trainings_visible_to,
)
from hoiam.scheme.states.training import TRAINING_PLAN_TRANSITIONS, TrainingPlanState, TrainingState

PER_PAGE = 50
AREA = "desk-trainings"
KINDS: tuple[type[VerbForm], ...] = (forms.PurposeForm, forms.PlanReturnForm)
ACTIONS: dict[str, Callable[..., Any]] = {
    "write_training_plan": verbs.write_training_plan,
    "return_training_plan": verbs.return_training_plan,
}
PLAIN = {
    "submit_training_plan": (verbs.submit_training_plan, "Đã trình duyệt."),
    "approve_training_plan": (verbs.approve_training_plan, "Đã duyệt kế hoạch."),
}


@desk
def needs(request: HttpRequest) -> HttpResponse:
    """What units ask to be trained in, open needs first; one more for my unit."""
    actor = actor_of(request)
    place = own_place(request, "raise_training_need")
    form = forms.NeedForm(request.POST or None, url=reverse("desk-training-needs"))
    if request.method == "POST" and place is not None and form.is_valid():
        made = take(request, form, needs_.raise_training_need, place)
        if made is not None:
            messages.success(request, form.done)
            return redirect("desk-training-needs")
    page = Paginator(needs_visible_to(actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (need, authority.can(actor, "withdraw_need", need) and need.met_by_id is None)
        for need in page
    ]
    form.is_open = bool(form.errors)
    own = trainings_visible_to(actor).filter(state=TrainingState.PLANNED)
    context = {
        "page": page, "rows": rows, "forms": [form] if place else [], "place": place,
        "sessions": list(own.filter(agency__in=[post.agency_id for post in actor.posts])[:PER_PAGE]),
        "may_plan": own_place(request, "plan_training") is not None,
        "tabs": tabs(AREA), "seg": training_tabs("needs"), "form": form if form.errors else None,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "desk/cooperation/training_needs.html", context, status=status)


@desk
@require_POST
def need_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A need answered by a session, or withdrawn."""
    need = get_object_or_404(needs_visible_to(actor_of(request)), pk=pk)
    if verb == "meet_need":
        rows = trainings_visible_to(actor_of(request))
        session = get_object_or_404(rows, pk=number_in(request.POST.get("training")))
        attempt(request, needs_.meet_need, need, training=session, done="Đã đưa nhu cầu vào lớp.")
    elif verb == "withdraw_need":
        _withdraw(request, need)
    else:
        raise Http404("no such verb")
    return redirect("desk-training-needs")


def _withdraw(request: HttpRequest, need: Any) -> None:
    attempt(request, needs_.withdraw_need, need, done="Đã rút nhu cầu.")


@desk
def plans(request: HttpRequest) -> HttpResponse:
    """Plans in sight; a new one for my agency."""
    actor = actor_of(request)
    place = own_place(request, "make_training_plan")
    form = forms.PlanForm(request.POST or None, url=reverse("desk-training-plans"), initial={"year": actor.today.year})  # fmt: skip
    if request.method == "POST" and place is not None and form.is_valid():
        made = take(request, form, verbs.make_training_plan, place)
        if made is not None:
            return redirect("desk-training-plan", pk=made.pk)
    form.is_open = bool(form.errors)
    page = Paginator(training_plans_visible_to(actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "forms": [form] if place else [], "tabs": tabs(AREA),
        "seg": training_tabs("plans"), "form": form if form.errors else None,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "desk/cooperation/training_plans.html", context, status=status)


def _plan(request: HttpRequest, pk: int) -> TrainingPlan:
    found: TrainingPlan = get_object_or_404(training_plans_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its sessions and what may be done with it."""
    return _page(request, _plan(request, pk))


def _page(
    request: HttpRequest, found: TrainingPlan, failed: VerbForm | None = None
) -> HttpResponse:
    actor = actor_of(request)
    starts = {name: step.sources for name, step in TRAINING_PLAN_TRANSITIONS.items()}
    starts["write_training_plan"] = frozenset({TrainingPlanState.DRAFT})
    may = {v for v in authority.allowed(actor, starts, found) if found.state in starts[v]}
    url = lambda verb: reverse("desk-training-plan-act", args=[found.pk, verb])  # noqa: E731
    sessions = [
        (row, training_light(row, actor.today), days_words(row), role_words(row))
        for row in found.trainings.order_by("starts_on", "pk")
    ]
    context = {
        "plan": found, "rows": sessions, "may": may, "forms": offered(KINDS, may, url, found, failed),
        "plain": [(url(verb), str(TRAINING_PLAN_TRANSITIONS[verb].label)) for verb in PLAIN if verb in may],
        "diary": diary_of(found), "tabs": tabs(AREA), "form": failed,
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/cooperation/training_plan.html", context, status=status)


@desk
@require_POST
def plan_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the plan."""
    found = _plan(request, pk)
    if verb in PLAIN:
        action, done = PLAIN[verb]
        attempt(request, action, found, done=done)
        return redirect("desk-training-plan", pk=pk)
    form = sent_form(request, KINDS, verb, found)
    if not is_done(request, form, ACTIONS, found):
        return _page(request, found, form)
    return redirect("desk-training-plan", pk=pk)


@desk
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as a Word file."""
    found = _plan(request, pk)
    return word_file(
        request,
        lambda: plan_word(found, now=now_of(request)),
        f"ke-hoach-tap-huan-{found.year}.docx",
        redirect("desk-training-plan", pk=pk),
    )
