"""Nguồn tin: where items are read from, how each source does, adding, changing, looking ahead and pausing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import Fetcher
from hoiam.desk.forms.sources import (
    FORMS,
    READ_AS,
    NamedSourceForm,
    PauseForm,
    SourceFilter,
    form_of,
)
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.sources import NO_RHYTHM, chart, health
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.monitoring.actions.preview import NO_GUESS, preview, propose_rule
from hoiam.monitoring.actions.site_rules import switch_on_rule
from hoiam.monitoring.actions.sources import pause_source, save_source
from hoiam.monitoring.models import SiteRuleHealth, Source
from hoiam.monitoring.queries import (
    comments_by_post,
    health_counts,
    health_of,
    latest_imports,
    rhythms,
    rules_off,
    source_days,
    sources_listed,
)
from hoiam.monitoring.states import UPLOADED, Health, SourceKind

PER_PAGE = 50
LEDGER_ROWS = 50
CHART_DAYS = 30  # not-law: how far back the drawing goes
SHOWN = 20
make_fetcher = Fetcher


@desk
def source_list(request: HttpRequest) -> HttpResponse:
    """Every source with its health in words, those in trouble first."""
    now, actor = now_of(request), actor_of(request)
    form = SourceFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = sources_listed(asked.get("tinh_trang", ""), asked.get("loai", ""), asked.get("ten", ""))
    counts = health_counts()
    paginator = Paginator(rows, PER_PAGE)
    if not any(asked.values()):
        paginator.count = sum(counts.values())  # known already: one question less
    page = paginator.get_page(request.GET.get("page"))
    usual = rhythms(page, actor.today)
    figures = [(state.label, state.value, counts[state]) for state in Health if counts.get(state)]
    shown = {
        "page": page,
        "rows": [health(source, now, usual.get(source.pk, NO_RHYTHM)) for source in page],
        "filters": form,
        "figures": figures,
        "total": sum(counts.values()),
        "imports": latest_imports(),
        "rules_off": rules_off(),
        "may_add": authority.can(actor, "save_source", Source),
    }
    return render(request, "desk/source_list.html", shown)


@desk
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: how it does, what it gave each day, each of its readings and what was wrong in it."""
    actor = actor_of(request)
    found = get_object_or_404(Source.objects.select_related("channel__press_agency"), pk=pk)
    rhythm = rhythms([found], actor.today).get(found.pk, NO_RHYTHM)
    is_uploaded = found.kind in UPLOADED
    return render(
        request,
        "desk/source.html",
        {
            "source": found,
            "health": health(found, now_of(request), rhythm),
            "chart": chart(source_days(found, actor.today, CHART_DAYS), _unit(found)),
            "collections": found.collections.all()[:LEDGER_ROWS],
            "rules": found.rules.select_related("by")[:5] if found.rule_version else [],
            "is_uploaded": is_uploaded,
            "imports": found.imports.select_related("by").defer("ready")[:SHOWN]
            if is_uploaded
            else [],
            "comments": found.comments.all()[:SHOWN] if found.kind == SourceKind.COMMENTS else [],
            "posts": comments_by_post(found, SHOWN) if found.kind == SourceKind.COMMENTS else [],
            "may": authority.allowed(actor, ["save_source", "pause_source", "upload_items"], found),
            "may_move": health_of(found) in {Health.FAILING, Health.SILENT}
            and found.kind in READ_AS,
            "pause_form": PauseForm(),
        },
    )


def _unit(source: Source) -> str:
    return "bình luận" if source.kind == SourceKind.COMMENTS else "tin mới"


@desk
def edit_source(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Adding a source of one kind, or changing it; either may be looked at before it is saved."""
    found = get_object_or_404(Source, pk=pk) if pk else Source(kind=_kind(request))
    if turned_away(request, "save_source", found):
        return redirect("desk-sources")
    form = form_of(found)(request.POST or None, instance=found)
    shown: dict[str, Any] = {
        "source": found if pk else None,
        "kind": SourceKind(found.kind),
        "kinds": _kinds(),
    }
    if request.method == "POST" and "guess" in request.POST:
        form = _proposed(request, form, found)
    elif request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            shown["preview"] = _looked_at(request, form)
        elif saved := _saved(request, form):
            return redirect("desk-source", pk=saved.pk)
    return render(request, "desk/source_edit.html", shown | {"form": form})


def _kind(request: HttpRequest) -> str:
    asked = request.POST.get("kind") or request.GET.get("loai", "")
    return asked if asked in FORMS else SourceKind.FEED


def _kinds() -> list[tuple[str, str]]:
    return [(kind, SourceKind(kind).label) for kind in FORMS if kind != SourceKind.SITEMAP]


def _saved(request: HttpRequest, form: NamedSourceForm) -> Source | None:
    typed = form.save(commit=False)
    try:
        saved = save_source(typed, actor=actor_of(request), now=now_of(request), rule=form.rule())
    except HoiAmError as error:
        refuse(form, error)
        return None
    messages.success(request, f"Đã lưu nguồn “{saved.name}”.")
    return saved


def _looked_at(request: HttpRequest, form: NamedSourceForm) -> Any:
    typed = form.save(commit=False)
    rule = form.rule()
    typed.rule = rule if rule is not None else typed.rule
    return preview(typed, actor=actor_of(request), now=now_of(request), make_fetcher=make_fetcher)


def _proposed(request: HttpRequest, form: NamedSourceForm, found: Source) -> NamedSourceForm:
    """The form with the selectors the page suggests, all else as typed."""
    typed = request.POST.copy()
    try:
        guess = propose_rule(
            typed.get("url", ""),
            actor=actor_of(request),
            now=now_of(request),
            make_fetcher=make_fetcher,
        )
    except HoiAmError as error:
        form.is_valid()
        form.add_error("url", str(error))
        return form
    if guess is None:
        form.is_valid()
        form.add_error("item", NO_GUESS)
        return form
    typed.update(guess.rule.as_json())
    messages.success(
        request, f"Tìm thấy {guess.count} khối tin. Bấm Xem trước để kiểm tra rồi lưu."
    )
    return form_of(found)(_once(typed), instance=found)


def _once(typed: QueryDict) -> QueryDict:
    for name in list(typed):
        typed[name] = typed.getlist(name)[-1]
    return typed


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
