"""Cơ quan, người: the register of today, an agency with its past and its people, importing a list."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from hoiam.agencies import actions
from hoiam.agencies.models import Agency, ImportRun, Post
from hoiam.agencies.queries import (
    agencies_ever_visible_to,
    agencies_named,
    agencies_visible_to,
    case_agency,
    people_of,
    predecessors_of,
    successors_of,
    superior,
)
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.agencies import AgencyFilter, ImportForm, OfficialForm, PostEndForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.agencies import by_role, eras, example_csv, import_columns, lasted
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse

PER_PAGE = 50
RUNS_SHOWN = 20
PEOPLE_VERBS = ("create_official", "give_post", "end_post")


@desk
def agency_list(request: HttpRequest) -> HttpResponse:
    """The agencies of today in the person's sight, found by name without marks."""
    actor = actor_of(request)
    seen = agencies_visible_to(actor)
    provinces = sorted(set(seen.order_by().values_list("province", flat=True)) - {""})
    form = AgencyFilter(request.GET or None, provinces=provinces)
    narrowed = form.cleaned_data if form.is_valid() else {}
    rows = agencies_named(seen, narrowed.get("ten", ""))
    for name, field in (("cap", "level"), ("tinh", "province")):
        rows = rows.filter(**{field: narrowed[name]}) if narrowed.get(name) else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_import = authority.can(actor, "import_agencies", Agency)
    return render(
        request, "desk/agency_list.html", {"page": page, "filters": form, "may_import": may_import}
    )


@desk
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency: its names through time, its people by role, its area, its letterhead."""
    actor = actor_of(request)
    found = get_object_or_404(agencies_ever_visible_to(actor), pk=pk)
    before, before_below = eras(predecessors_of(found), "predecessor")
    after, after_below = eras(successors_of(found), "successor")
    return render(
        request,
        "desk/agency.html",
        {
            "agency": found,
            "lasted": lasted(found),
            "superior": superior(found, actor.today),
            "before": before,
            "before_below": before_below,
            "after": after + after_below,
            "holders": by_role(list(people_of(found, actor.today))),
            "may": authority.allowed(actor, PEOPLE_VERBS, found),
            "telling_url": _telling_url(found, actor),
            "heads_paper": actor.sees(found.pk) and not found.valid_to,
        },
    )


def _telling_url(found: Agency, actor: Actor) -> str:
    """Where the unit's rules of telling stand; a regional office's are its province's, a past one has none."""
    if found.valid_to is not None and found.valid_to < actor.today:
        return ""
    unit = case_agency(found)
    return reverse("desk-routing", args=[unit.pk]) if actor.sees(unit.pk) else ""


@desk
def new_official(request: HttpRequest, pk: int) -> HttpResponse:
    """A new account with its post, or another post for a person already there."""
    actor = actor_of(request)
    found = get_object_or_404(agencies_visible_to(actor), pk=pk)
    if turned_away(request, "create_official", found):
        return redirect("desk-agency", pk=pk)
    form = OfficialForm(request.POST or None, actor=actor, agency=found)
    if request.method == "POST" and form.is_valid() and _give(request, found, form):
        return redirect("desk-agency", pk=pk)
    return render(request, "desk/official_new.html", {"form": form, "agency": found})


def _give(request: HttpRequest, agency: Agency, form: OfficialForm) -> bool:
    """Whether the person now holds the post; a refusal stands at its field."""
    typed = dict(form.cleaned_data)
    official = typed.pop("official")
    who: dict[str, Any] = {"actor": actor_of(request), "now": now_of(request)}
    try:
        if official is None:
            official = actions.create_official(agency, **who, **typed)
        else:
            post = {name: typed[name] for name in ("role", "title", "valid_to", "matter")}
            actions.give_post(agency, **who, official=official, **post)
    except HoiAmError as error:
        refuse(form, error)
        return False
    messages.success(request, f"{official.full_name} đã có chức vụ ở {agency}.")
    return True


@desk
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a post."""
    actor, now = actor_of(request), now_of(request)
    seen = Post.objects.filter(agency__in=agencies_ever_visible_to(actor))
    post = get_object_or_404(seen.select_related("agency", "official"), pk=pk)
    if turned_away(request, "end_post", post.agency):
        return redirect("desk-agency", pk=post.agency_id)
    form = PostEndForm(request.POST or None, initial={"last_day": actor.today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_post(post, actor=actor, now=now, last_day=form.cleaned_data["last_day"])
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã ghi ngày kết thúc chức vụ của {post.official}.")
            return redirect("desk-agency", pk=post.agency_id)
    return render(request, "desk/post_end.html", {"form": form, "post": post})


@desk
def import_list(request: HttpRequest) -> HttpResponse:
    """How a list is written, an example to download, and trying a file before anything is taken."""
    if turned_away(request, "import_agencies", Agency):
        return redirect("desk-agencies")
    if "mau" in request.GET:
        answer = HttpResponse(example_csv(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="danh-sach-co-quan-mau.csv"'
        return answer
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = _try_file(request, form)
        if run is not None:
            return redirect("desk-agency-import-report", pk=run.pk)
    runs = ImportRun.objects.filter(kind="agencies").select_related("by")[:RUNS_SHOWN]
    return render(
        request,
        "desk/agency_import.html",
        {"form": form, "columns": import_columns(), "runs": runs},
    )


def _try_file(request: HttpRequest, form: ImportForm) -> ImportRun | None:
    file = form.cleaned_data["file"]
    try:
        return actions.import_agencies(
            file.read(),
            actor=actor_of(request),
            now=now_of(request),
            file_name=file.name,
            dry_run=True,
        )
    except HoiAmError as error:
        refuse(form, error)
        return None


@desk
def import_report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was wrong row by row; a clean trial can be taken for good."""
    if turned_away(request, "import_agencies", Agency):
        return redirect("desk-agencies")
    run = get_object_or_404(ImportRun.objects.select_related("by"), pk=pk, kind="agencies")
    if request.method == "POST":
        done = "Đã nhập danh sách cơ quan."
        taken = attempt(request, actions.take_import, run, done=done)
        return redirect("desk-agency-import-report", pk=taken.pk if taken else pk)
    may_take = run.dry_run and not run.problems and run.rows > 0
    return render(request, "desk/agency_import_report.html", {"run": run, "may_take": may_take})
