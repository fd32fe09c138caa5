"""Báo chí: press agencies, their channels and reporters."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hoiam.agencies.actions import save_press_agency, save_reporter
from hoiam.agencies.models import PressAgency, Reporter
from hoiam.agencies.queries import press_agencies, press_agencies_named
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.press import PressForm, ReporterForm, channel_forms
from hoiam.desk.guard import turned_away
from hoiam.desk.rim import actor_of, desk, now_of, refuse

PER_PAGE = 40


@desk
def press_list(request: HttpRequest) -> HttpResponse:
    """Press agencies with channels and reporters, found by name without marks."""
    query = request.GET.get("ten", "")
    page = Paginator(press_agencies_named(query), PER_PAGE).get_page(request.GET.get("page"))
    may_edit = authority.can(actor_of(request), "save_press_agency", PressAgency)
    return render(
        request, "desk/press_list.html", {"page": page, "query": query, "may_edit": may_edit}
    )


@desk
def edit_press(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Adding a press agency, or changing it and its channels."""
    found = get_object_or_404(press_agencies(), pk=pk) if pk else PressAgency()
    name = found.name
    if turned_away(request, "save_press_agency", found):
        return redirect("desk-press")
    form = PressForm(request.POST or None, instance=found)
    channels = channel_forms(request.POST or None, found)
    if request.method == "POST" and form.is_valid() and channels.is_valid():
        saved = _save(request, form, channels)
        if saved is not None:
            messages.success(request, f"Đã lưu “{saved.name}”.")
            return redirect("desk-press-edit", pk=saved.pk)
    shown = {"form": form, "channels": channels, "press": found if pk else None, "name": name}
    return render(request, "desk/press_edit.html", shown)


def _save(request: HttpRequest, form: PressForm, channels: forms.BaseFormSet) -> Any:
    given = [row.cleaned_data for row in channels if row.cleaned_data.get("name")]
    try:
        return save_press_agency(
            form.save(commit=False), actor=actor_of(request), now=now_of(request), channels=given
        )
    except HoiAmError as error:
        refuse(form, error)
        return None


@desk
def new_reporter(request: HttpRequest, pk: int) -> HttpResponse:
    """A reporter of one press agency."""
    press = get_object_or_404(PressAgency, pk=pk)
    reporter = Reporter(press_agency=press)
    if turned_away(request, "save_reporter", PressAgency):
        return redirect("desk-press")
    form = ReporterForm(request.POST or None, instance=reporter)
    if request.method == "POST" and form.is_valid():
        try:
            save_reporter(form.save(commit=False), actor=actor_of(request), now=now_of(request))
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã thêm phóng viên {reporter.full_name}.")
            return redirect("desk-press-edit", pk=pk)
    return render(request, "desk/reporter_new.html", {"form": form, "press": press})
