"""Nguồn tin: where items are read from, how each source does, adding, changing and pausing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.sources import PauseForm, SourceForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.sources import health
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.monitoring.actions.site_rules import switch_on_rule
from hoiam.monitoring.actions.sources import pause_source, save_source
from hoiam.monitoring.models import SiteRuleHealth, Source
from hoiam.monitoring.queries import latest_imports, rules_off, sources_listed

PER_PAGE = 50
LEDGER_ROWS = 50


@desk
def source_list(request: HttpRequest) -> HttpResponse:
    """Every source with its health in words, those in trouble first."""
    now = now_of(request)
    page = Paginator(sources_listed(), PER_PAGE).get_page(request.GET.get("page"))
    figures = Source.objects.aggregate(
        paused=Count("pk", Q(is_paused=True)),
        failing=Count("pk", Q(is_paused=False, failures__gt=0)),
        silent=Count("pk", Q(is_paused=False, silent_since__isnull=False)),
    )
    may_add = authority.can(actor_of(request), "save_source", Source)
    shown = {
        "page": page,
        "rows": [health(source, now) for source in page],
        "figures": figures,
        "imports": latest_imports(),
        "rules_off": rules_off(),
    }
    return render(request, "desk/source_list.html", shown | {"may_add": may_add})


@desk
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source with the ledger of its collections and what was wrong in each."""
    found = get_object_or_404(Source.objects.select_related("channel__press_agency"), pk=pk)
    may = authority.allowed(actor_of(request), ["save_source", "pause_source"], found)
    return render(
        request,
        "desk/source.html",
        {
            "source": found,
            "health": health(found, now_of(request)),
            "collections": found.collections.all()[:LEDGER_ROWS],
            "may": may,
            "pause_form": PauseForm(),
        },
    )


@desk
def edit_source(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Adding a source, or changing its address, paper and province."""
    found = get_object_or_404(Source, pk=pk) if pk else Source()
    actor, now = actor_of(request), now_of(request)
    if turned_away(request, "save_source", found):
        return redirect("desk-sources")
    form = SourceForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_source(form.save(commit=False), actor=actor, now=now)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã lưu nguồn “{saved.name}”.")
            return redirect("desk-source", pk=saved.pk)
    return render(request, "desk/source_edit.html", {"form": form, "source": found if pk else None})


@desk
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Pausing a source with a reason, or letting it run again."""
    found = get_object_or_404(Source, pk=pk)
    form = PauseForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    paused = request.POST.get("paused") == "1"
    done = f"Đã tạm dừng “{found.name}”." if paused else f"“{found.name}” được đọc lại."
    attempt(request, pause_source, found, done=done, paused=paused, reason=reason)
    return redirect("desk-source", pk=pk)


@desk
@require_POST
def switch_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Giving a site rule that switched itself off another chance."""
    found = get_object_or_404(SiteRuleHealth, pk=pk)
    done = f"Đã bật lại quy tắc trang “{found.rule}” trên {found.host}."
    attempt(request, switch_on_rule, found, done=done)
    return redirect("desk-sources")
