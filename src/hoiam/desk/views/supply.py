"""Kế hoạch cung cấp thông tin, vi phạm quy trình: plans of supply and the register of breaches."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_visible_to
from hoiam.core import authority, blobs
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.speaking import (
    BreachForm,
    HandleForm,
    PlanForm,
    PlanRows,
    ReasonForm,
    SuppliedForm,
)
from hoiam.desk.presenters.press_papers import NOT_SIGNED, plan_paper
from hoiam.desk.rim import actor_of, attempt, desk, now_of
from hoiam.desk.typed import number_in
from hoiam.desk.views.files import attached
from hoiam.desk.views.papers import WORD
from hoiam.desk.views.speaking import area_tabs
from hoiam.desk.views.spokespersons import take
from hoiam.handling.actions import breaches as breach_verbs
from hoiam.handling.actions import supply as verbs
from hoiam.handling.models import Breach, SupplyPlan, SupplyRow
from hoiam.handling.queries.speaking import breaches_visible_to, decides, plans_visible_to
from hoiam.handling.states import PlanState
from hoiam.kit.papers import PaperError, write

SHOWN = 200
STEPS = ("write_plan", "submit_plan", "return_plan", "approve_plan", "mark_supplied")


@desk
def plans(request: HttpRequest) -> HttpResponse:
    """Plans in sight with their progress; a new one for my agency."""
    actor = actor_of(request)
    own = agencies_visible_to(actor).filter(pk__in=[post.agency_id for post in actor.posts])
    place = next((each for each in own if authority.can(actor, "make_plan", each)), None)
    form = PlanForm(request.POST or None, initial={"year": actor.today.year})
    if request.method == "POST" and place is not None and form.is_valid():
        made = take(request, form, verbs.make_plan, place)
        if made is not None:
            return redirect("desk-supply-plan", pk=made.pk)
    rows = []
    for plan in plans_visible_to(actor).prefetch_related("rows")[:SHOWN]:
        all_rows = list(plan.rows.all())
        late = sum(r.done_on is None and r.by_on < actor.today for r in all_rows)
        rows.append((plan, sum(r.done_on is not None for r in all_rows), len(all_rows), late))
    context = {
        "rows": rows,
        "form": form,
        "place": place,
        "tabs": area_tabs(request, "desk-supply-plans"),
    }
    return render(request, "desk/supply_plans.html", context, status=422 if form.errors else 200)


@desk
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its rows typed while it is a draft, marked once it is approved."""
    found = get_object_or_404(plans_visible_to(actor_of(request)), pk=pk)
    if request.method != "POST":
        return _plan(request, found)
    typed = PlanRows(request.POST, prefix="row")
    if not typed.is_valid():
        return _plan(request, found, status=422, typed=typed)
    rows = [
        f.planned()
        for f in typed
        if f.cleaned_data.get("topic") and not f.cleaned_data.pop("DELETE", False)
    ]
    version = number_in(request.POST.get("version")) or 0
    try:
        verbs.write_plan(
            found, actor=actor_of(request), now=now_of(request), rows=rows, version=version
        )
    except HoiAmError as error:
        messages.error(request, str(error))
        return _plan(request, found, status=422, typed=typed)
    messages.success(request, "Đã lưu kế hoạch.")
    return redirect("desk-supply-plan", pk=pk)


def _plan(
    request: HttpRequest, found: SupplyPlan, status: int = 200, typed: Any = None, **failed: Any
) -> HttpResponse:
    actor = actor_of(request)
    rows = list(found.rows.all())
    may = authority.allowed(actor, STEPS, found)
    first = [
        {name: getattr(row, name) for name in ("topic", "form", "who", "by_on", "product")}
        for row in rows
    ]
    writes = found.state == PlanState.DRAFT and "write_plan" in may
    context = {
        "plan": found,
        "rows": rows,
        "may": may,
        "typed": (typed or PlanRows(initial=first, prefix="row")) if writes else None,
        "return_form": ReasonForm(auto_id="ret_%s"),
        "supplied": SuppliedForm(initial={"done_on": actor.today}, auto_id=False),
        "done": sum(row.done_on is not None for row in rows),
        "today": actor.today,
        "tabs": area_tabs(request, "desk-supply-plans"),
        **failed,
    }  # fmt: skip
    return render(request, "desk/supply_plan.html", context, status=status)


@desk
def plan_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as a Word draft, to be numbered and signed; without a row there is nothing to write."""
    found = get_object_or_404(plans_visible_to(actor_of(request)), pk=pk)
    try:
        made = write("supply_plan", {**plan_paper(found, now_of(request)), **NOT_SIGNED})
    except PaperError as error:
        messages.error(request, f"Chưa tạo được tệp Word. {error}")
        return redirect("desk-supply-plan", pk=pk)
    return attached(request, made, f"Kế hoạch cung cấp thông tin {found} – dự thảo.docx", WORD)


@desk
@require_POST
def plan_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Submitting, returning, approving."""
    found = get_object_or_404(plans_visible_to(actor_of(request)), pk=pk)
    if verb == "return":
        form = ReasonForm(request.POST, auto_id="ret_%s")
        if not form.is_valid() or take(request, form, verbs.return_plan, found) is None:
            return _plan(request, found, status=422, return_form=form)
        messages.success(request, "Đã trả lại.")
    elif verb in {"submit", "approve"}:
        action, done = {
            "submit": (verbs.submit_plan, "Đã trình duyệt."),
            "approve": (verbs.approve_plan, "Đã duyệt kế hoạch."),
        }[verb]
        attempt(request, action, found, done=done)
    else:
        raise Http404
    return redirect("desk-supply-plan", pk=pk)


@desk
@require_POST
def supplied(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """What was given for one row."""
    found = get_object_or_404(plans_visible_to(actor_of(request)), pk=pk)
    line = get_object_or_404(SupplyRow.objects.filter(plan=found).select_related("plan"), pk=row)
    form = SuppliedForm(request.POST, auto_id=False)
    if not form.is_valid() or take(request, form, verbs.mark_supplied, line) is None:
        return _plan(request, found, status=422, supplied=form, failed_row=line.pk, form=form)
    messages.success(request, f"Đã ghi kết quả: {line.topic}.")
    return redirect("desk-supply-plan", pk=pk)


@desk
def breaches(request: HttpRequest) -> HttpResponse:
    """The register of breaches, for who decides; for others there is no such page."""
    actor = actor_of(request)
    if not decides(actor):
        raise Http404
    rows = list(breaches_visible_to(actor)[:SHOWN])
    context = {
        "rows": rows,
        "waiting": sum(not row.handling for row in rows),
        "tabs": area_tabs(request, "desk-breaches"),
    }
    return render(request, "desk/breaches.html", context)


@desk
def new_breach(request: HttpRequest) -> HttpResponse:
    """A breach recorded with what it rests on."""
    actor = actor_of(request)
    if not decides(actor):
        raise Http404
    form = BreachForm(
        request.POST or None,
        request.FILES or None,
        actor=actor,
        initial={"happened_on": actor.today},
    )
    if request.method == "POST" and form.is_valid():
        made = take(request, form, _record)
        if made is not None:
            messages.success(request, "Đã ghi vi phạm.")
            return redirect("desk-breach", pk=made.pk)
    context = {"form": form, "tabs": area_tabs(request, "desk-breaches")}
    return render(request, "desk/breach_new.html", context, status=422 if form.errors else 200)


def _record(*, agency: Agency, **typed: Any) -> Breach:
    return breach_verbs.record_breach(agency, **typed)


@desk
def breach(request: HttpRequest, pk: int) -> HttpResponse:
    """One breach, and how it was handled."""
    actor = actor_of(request)
    found = get_object_or_404(breaches_visible_to(actor), pk=pk)
    form = HandleForm(request.POST or None, initial={"handled_on": actor.today})
    ready = request.method == "POST" and form.is_valid()
    if ready and take(request, form, breach_verbs.handle_breach, found) is not None:
        messages.success(request, "Đã ghi kết quả xử lý.")
        return redirect("desk-breach", pk=pk)
    context = {
        "it": found,
        "form": form,
        "may": authority.can(actor, "handle_breach", found) and not found.handling,
        "tabs": area_tabs(request, "desk-breaches"),
    }
    return render(request, "desk/breach.html", context, status=422 if form.errors else 200)


@desk
def breach_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence of a breach."""
    found = get_object_or_404(breaches_visible_to(actor_of(request)), pk=pk)
    if not found.blob:
        raise Http404
    data = blobs.read(found.blob)
    return attached(request, data, found.file_name, "application/octet-stream", found.blob)
