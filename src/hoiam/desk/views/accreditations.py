"""Phóng viên đã đăng ký: the register, a new row, confirming again, ending."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.accreditations import AccreditationForm, ConfirmForm, EndForm
from hoiam.desk.forms.press_desk import own_agencies
from hoiam.desk.presenters.press_desk import diary_of
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.handling.actions.accreditation import (
    accredit_reporter,
    confirm_accreditation,
    end_accreditation,
)
from hoiam.handling.queries.accreditation import (
    accreditation_list,
    accreditations_visible_to,
    is_stale,
    stale_before,
)

PER_PAGE = 50
TABS = (
    ("standing", "Đang theo dõi"),
    ("stale", "Cần hỏi lại tòa soạn"),
    ("ended", "Đã thôi"),
    ("all", "Tất cả"),
)


@desk
def accreditation_page(request: HttpRequest) -> HttpResponse:
    """The register of the agencies in sight; who was confirmed long ago is marked."""
    actor = actor_of(request)
    tab, words = request.GET.get("tab", "standing"), request.GET.get("q", "")
    found = accreditation_list(actor, today=actor.today, tab=tab, words=words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "tab": tab,
        "tabs": TABS,
        "page": page,
        "rows": [(row, is_stale(row, actor.today)) for row in page],
        "words": words,
        "stale_before": stale_before(actor.today),
        "may_enter": bool(own_agencies(actor)),
    }
    return render(request, "desk/accreditation_list.html", shown)


@desk
def new_accreditation(request: HttpRequest) -> HttpResponse:
    """A reporter whose office named them to the agency."""
    form = AccreditationForm(request.POST or None, actor=actor_of(request))
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        agency = typed.pop("agency")
        try:
            made = accredit_reporter(agency, actor=actor_of(request), now=now_of(request), **typed)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã ghi {made.reporter}.")
            return redirect("desk-accreditations")
    return render(
        request, "desk/accreditation_new.html", {"form": form}, status=422 if form.errors else 200
    )


@desk
def accreditation(request: HttpRequest, pk: int) -> HttpResponse:
    """One accredited reporter: confirmed again, or ended."""
    actor = actor_of(request)
    found = get_object_or_404(accreditations_visible_to(actor), pk=pk)
    wanted = request.POST.get("verb", "")
    forms: dict[str, Any] = {
        "confirm": ConfirmForm(request.POST if wanted == "confirm" else None, auto_id="confirm-%s"),
        "end": EndForm(request.POST if wanted == "end" else None, auto_id="end-%s"),
    }
    verbs = {"confirm": confirm_accreditation, "end": end_accreditation}
    form = forms.get(wanted)
    if form is not None and form.is_valid():
        try:
            verbs[wanted](found, actor=actor, now=now_of(request), **form.cleaned_data)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã ghi.")
            return redirect("desk-accreditation", pk=pk)
    may = found.valid_to is None and authority.can(actor, "confirm_accreditation", found)
    shown = {
        "row": found,
        "is_stale": is_stale(found, actor.today),
        "forms": forms,
        "form": form,
        "wanted": wanted,
        "may": may,
        "diary": diary_of(found),
    }
    wrong = form is not None and form.errors
    return render(request, "desk/accreditation.html", shown, status=422 if wrong else 200)
