"""Khó khăn, đề xuất: the board of those above with its answers, and the same for the unit that raised them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core.errors import HoiAmError
from hoiam.core.scope import ScopedQuerySet
from hoiam.desk.forms.doing import DIFFICULTY_FORMS
from hoiam.desk.presenters.doing import matter_rows, matter_sheet
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.desk.sheets import spreadsheet
from hoiam.scheme import actions
from hoiam.scheme.queries import difficulties_visible_to
from hoiam.scheme.states import DifficultyKind, DifficultyState

PER_PAGE = 30
TABS = ((DifficultyState.RAISED, "Chờ trả lời"), (DifficultyState.ANSWERED, "Đã trả lời"), (DifficultyState.CLOSED, "Đã khép"))  # fmt: skip
DONE = {
    "answer_difficulty": "Đã trả lời và báo đơn vị.",
    "ask_again": "Đã nêu lại.",
    "close_difficulty": "Đã khép lại.",
}


def _listed(request: HttpRequest) -> tuple[ScopedQuerySet, str]:
    tab = request.GET.get("tab", DifficultyState.RAISED)
    tab = tab if tab in DifficultyState.values else DifficultyState.RAISED
    rows = difficulties_visible_to(actor_of(request)).filter(state=tab)
    kind = request.GET.get("loai", "")
    if kind in DifficultyKind.values:
        rows = rows.filter(kind=kind)
    return rows.order_by("answer_due_on", "pk") if tab == DifficultyState.RAISED else rows, tab


@desk
def board(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the oldest first."""
    return _board(request)


def _board(
    request: HttpRequest, failed: tuple[int, str, Any] | None = None, **more: Any
) -> HttpResponse:
    rows, tab = _listed(request)
    if failed is not None:
        rows = difficulties_visible_to(actor_of(request)).filter(pk=failed[0])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "matters": matter_rows(page.object_list, actor_of(request), failed),
        "tab": tab,
        "tabs": TABS,
        "kind": request.GET.get("loai", ""),
        "kinds": DifficultyKind.choices,
        "failed": failed[2] if failed else None,
    }
    return render(request, "desk/doing/difficulties.html", context, **more)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of a matter; a refusal keeps what was typed."""
    if verb not in DIFFICULTY_FORMS:
        raise Http404("no such verb")
    matter = get_object_or_404(difficulties_visible_to(actor_of(request)), pk=pk)
    form = DIFFICULTY_FORMS[verb](request.POST, auto_id=f"k{pk}-{verb}-%s")
    if form.is_valid():
        try:
            getattr(actions, verb)(
                matter, actor=actor_of(request), now=now_of(request), **form.typed()
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, DONE[verb])
            return redirect("desk-task-part", pk=matter.assignment_id)
    return _board(request, (pk, verb, form), status=422)


@desk
def excel(request: HttpRequest) -> HttpResponse:
    """The list as it is narrowed, as a spreadsheet."""
    rows, _ = _listed(request)
    return spreadsheet(request, matter_sheet(rows), name="kho-khan-de-xuat", title="Khó khăn, đề xuất")  # fmt: skip
