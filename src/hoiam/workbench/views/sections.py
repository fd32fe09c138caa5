"""Sections of the portal: the centre's list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.guard import turned_away
from hoiam.desk.rim import actor_of, now_of, refuse
from hoiam.newsroom.models import Section
from hoiam.workbench.actions.sections import save_section
from hoiam.workbench.forms.decisions import SectionForm


def every(request: HttpRequest) -> HttpResponse:
    """All of them, in their order."""
    shown = {
        "sections": Section.objects.all(),
        "may": authority.can(actor_of(request), "save_section", Section),
    }
    return render(request, "workbench/sections.html", shown)


def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new section, or one to change."""
    section = get_object_or_404(Section, pk=pk) if pk else None
    if turned_away(request, "save_section", Section):
        return redirect("workbench-sections")
    form = SectionForm(request.POST or None, instance=section)
    if request.method == "POST" and form.is_valid():
        try:
            save_section(section, **form.cleaned_data, actor=actor_of(request), now=now_of(request))
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu chuyên mục.")
            return redirect("workbench-sections")
    shown = {"section": section, "form": form}
    return render(request, "workbench/section.html", shown, status=422 if form.errors else 200)
