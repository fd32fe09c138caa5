"""Câu chữ mẫu và thể thức của một cơ quan: its own sentences by kind of paper, with a preview; its letterhead."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.actions import save_letterhead
from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_visible_to, superior
from hoiam.core import authority, ledger
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.register import LetterheadForm, WordingForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.wording import (
    NOT_WORDED,
    first_values,
    sample_text,
    usable_names,
    versions_of,
    worded_kinds,
)
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.handling.actions import reset_wording, save_wording
from hoiam.kit.papers import PaperError, PaperKind, kind

LAST_CHANGES = 10


def _unit(request: HttpRequest, pk: int) -> Agency:
    return get_object_or_404(agencies_visible_to(actor_of(request)), pk=pk)


def _kind(code: str) -> PaperKind:
    try:
        found = kind(code)
    except PaperError as error:
        raise Http404 from error
    if found.code in NOT_WORDED:
        raise Http404
    return found


@desk
def kind_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every kind of paper, with whether the agency words it by itself."""
    unit = _unit(request, pk)
    return render(request, "desk/wordings.html", {"unit": unit, "rows": worded_kinds(unit)})


@desk
def edit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One kind's wording: read by the unit, changed by its chief of office or administrator, seen before it is saved."""
    unit, paper = _unit(request, pk), _kind(code)
    may = authority.can(actor_of(request), "save_wording", unit)
    versions = versions_of(unit, code)
    newest = versions[0] if versions else None
    form = WordingForm(request.POST or None, kind=paper, initial=first_values(newest))
    if request.method == "POST" and form.is_valid() and request.POST.get("then") != "preview":
        if turned_away(request, "save_wording", unit):
            return redirect("desk-wording", pk=pk, code=code)
        if _save(request, unit, code, form):
            return redirect("desk-wording", pk=pk, code=code)
    words = {name: form[name].value() or "" for name in ("opening", "closing")}
    shown = {
        "unit": unit,
        "kind": paper,
        "form": form,
        "may": may,
        "newest": newest,
        "versions": versions,
        "sample": sample_text(unit, code, words),
        "names": usable_names(paper),
    }
    return render(request, "desk/wording.html", shown, status=422 if form.errors else 200)


def _save(request: HttpRequest, unit: Agency, code: str, form: WordingForm) -> bool:
    try:
        save_wording(unit, code, actor=actor_of(request), now=now_of(request), **form.typed())
    except HoiAmError as error:
        refuse(form, error)
        return False
    messages.success(request, "Đã lưu câu chữ mẫu. Văn bản soạn từ nay dùng bản này.")
    return True


@desk
@require_POST
def reset(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Back to the house's wording, with the reason."""
    unit, paper = _unit(request, pk), _kind(code)
    reason = request.POST.get("reason", "")
    done = "Đã về câu chữ chung. Các bản riêng trước đây vẫn xem lại được."
    attempt(request, reset_wording, unit, paper.code, reason=reason, done=done)
    return redirect("desk-wording", pk=pk, code=code)


@desk
def letterhead(request: HttpRequest, pk: int) -> HttpResponse:
    """The letterhead: read by the unit, changed by its chief of office or administrator."""
    actor, unit = actor_of(request), _unit(request, pk)
    may = authority.can(actor, "save_letterhead", unit)
    first: dict[str, Any] = {
        name: getattr(unit, name)
        for name in ("symbol", "seat", "governing", "contact", "marks_drafter")
    }
    form = LetterheadForm(request.POST or None, initial=first)
    if request.method == "POST":
        if turned_away(request, "save_letterhead", unit):
            return redirect("desk-letterhead", pk=pk)
        if form.is_valid() and _head(request, unit, form):
            return redirect("desk-letterhead", pk=pk)
    above = superior(unit, actor.today)
    shown = {
        "unit": unit,
        "form": form,
        "may": may,
        "parent": form["governing"].value() or (above.full_name if above else "Bộ Tư pháp"),
        "symbol": form["symbol"].value() or "…",
        "seat": form["seat"].value() or "…",
        "changes": list(
            ledger.of(unit).filter(step="save_letterhead").order_by("-pk")[:LAST_CHANGES]
        ),
    }
    return render(request, "desk/letterhead.html", shown, status=422 if form.errors else 200)


def _head(request: HttpRequest, unit: Agency, form: LetterheadForm) -> bool:
    try:
        save_letterhead(unit, actor=actor_of(request), now=now_of(request), **form.cleaned_data)
    except HoiAmError as error:
        refuse(form, error)
        return False
    messages.success(request, "Đã lưu thể thức. Văn bản soạn từ nay dùng thể thức này.")
    return True
