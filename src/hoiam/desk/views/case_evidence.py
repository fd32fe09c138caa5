"""Chứng cứ của một hồ sơ: captures now and by plan, clips of print and air, the dossier handed over."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import blobs
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.evidence import TakeForm
from hoiam.desk.presenters.case_evidence import FORMS, case_evidence, verbs_open
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.files import POLICY
from hoiam.handling import actions
from hoiam.handling.actions.dossier_parts import dossier_name
from hoiam.handling.models import Case, Dossier
from hoiam.handling.queries import cases_visible_to, dossiers_visible_to
from hoiam.monitoring.actions.snapshots import ask_snapshot
from hoiam.monitoring.models import CapturePlan, Item
from hoiam.monitoring.queries import stories_visible_to

DONE: dict[str, tuple[Callable[..., Any], str, str]] = {
    "snapshot": (actions.capture_page, "Đã xếp hàng chụp trang; tải lại sau ít phút.", "chup"),
    "plan": (actions.plan_captures, "Đã đặt lịch chụp.", "chup"),
    "clip": (actions.add_clip, "Đã niêm phong tệp vào kho chứng cứ.", "tep"),
    "dossier": (actions.export_dossier, "Đã xuất hồ sơ. Bấm Tải về ở bộ mới nhất.", "ho-so"),
}


@desk
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is sealed for the case, and what may be done."""
    return _page(request, _case(request, pk))


def _case(request: HttpRequest, pk: int) -> Case:
    seen = cases_visible_to(actor_of(request)).select_related("agency__parent")
    return get_object_or_404(seen.prefetch_related("parties"), pk=pk)


def _page(
    request: HttpRequest,
    case: Case,
    *,
    failed: tuple[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    made = {verb: _form(verb, case) for verb in verbs_open(case, actor)}
    if "dossier" in made:  # whom a rung of the ladder addresses stands there already
        made["dossier"].initial = {
            name: request.GET.get(name, "") for name in ("recipient", "reason")
        }
    if failed is not None:
        made[failed[0]] = failed[1]
    shown = {
        "case": case,
        "shown": case_evidence(case, actor),
        "forms": made,
        "open": failed[0] if failed else request.GET.get("do", ""),
        "form": failed[1] if failed else None,
        "take_form": TakeForm(),
    }
    return render(request, "desk/case_evidence.html", shown, status=status)


def _form(verb: str, case: Case, *args: Any) -> forms.Form:
    made = FORMS[verb][0]
    return made(*args) if verb == "dossier" else made(*args, case=case)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of the page; a refusal stands at its field with all that was typed."""
    if verb not in DONE:
        raise Http404
    case = _case(request, pk)
    form, (action, done, where) = _form(verb, case, request.POST, request.FILES), DONE[verb]
    if form.is_valid():
        try:
            action(case, actor=actor_of(request), now=now_of(request), **form.typed())
            messages.success(request, done)
            return redirect(f"{request.path.partition('do/')[0]}#{where}")
        except HoiAmError as error:
            refuse(form, error)
    return _page(request, case, failed=(verb, form), status=422)


@desk
@require_POST
def stop_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """End a plan of a report of a case in sight."""
    cases = cases_visible_to(actor_of(request))
    plan = get_object_or_404(CapturePlan.objects.select_related("item"), pk=pk)
    case = get_object_or_404(
        cases.filter(case_items__item=plan.item).prefetch_related("parties").order_by("-pk")[:1]
    )
    attempt(request, actions.stop_captures, case, plan=plan, done="Đã dừng lịch chụp.")
    return redirect("desk-case-evidence", pk=case.pk)


@desk
@require_POST
def dossier_take(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A dossier handed over, to be saved again, streamed from the store."""
    found = get_object_or_404(dossiers_visible_to(actor_of(request)), pk=pk)
    form = TakeForm(request.POST)
    why = form.reason() if form.is_valid() else ""
    taken = attempt(request, actions.take_dossier, found, why=why)
    if taken is None:
        return redirect("desk-case-evidence", pk=found.case_id)
    return _streamed(found)


def _streamed(dossier: Dossier) -> FileResponse:
    file = blobs.open_lasting(dossier.blob)
    response = FileResponse(
        file, as_attachment=True, filename=dossier_name(dossier), content_type="application/zip"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response


@desk
@require_POST
def item_snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the page of a report captured now."""
    stories = stories_visible_to(actor_of(request)).values("pk")
    item = get_object_or_404(Item.objects.select_related("story"), pk=pk, story__in=stories)
    attempt(
        request,
        ask_snapshot,
        item,
        done="Đã xếp hàng chụp trang; xem ở mục Theo dõi trang báo sau ít phút.",
    )
    return redirect("desk-item", pk=pk)
