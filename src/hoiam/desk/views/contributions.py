"""Sổ tin, bài và mạng lưới cộng tác viên: pieces in sight, one more, one of them; people of the units."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import assignable_to
from hoiam.core import authority, blobs
from hoiam.desk.forms import network as forms
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.cooperation import diary_of, tabs
from hoiam.desk.rim import actor_of, attempt, desk
from hoiam.desk.sheets import spreadsheet
from hoiam.desk.views.files import attached
from hoiam.desk.views.spokespersons import take
from hoiam.desk.views.verbs import own_place
from hoiam.kit.vietnamese import show_date
from hoiam.scheme.actions import contributions as verbs
from hoiam.scheme.models import Contribution, Theme
from hoiam.scheme.queries.network import contributions_visible_to, contributors_visible_to
from hoiam.scheme.queries.schemes import schemes_visible_to
from hoiam.scheme.states import SchemeState

PER_PAGE = 50
AREA = "desk-contributions"
HEAD = ("Ngày", "Tin, bài", "Người viết", "Đơn vị", "Nơi đăng", "Đường dẫn", "Chủ đề", "Minh chứng")  # fmt: skip


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Pieces in sight, newest first; only those the system found when asked."""
    rows, found = _narrowed(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "found": found, "tabs": tabs(AREA),
        "may_enter": own_place(request, "enter_contribution") is not None,
    }  # fmt: skip
    return render(request, "desk/cooperation/contributions.html", context)


def _narrowed(request: HttpRequest) -> tuple[Any, str]:
    found = request.GET.get("found", "")
    rows = contributions_visible_to(actor_of(request))
    return (rows.filter(item__isnull=found == "0") if found in {"1", "0"} else rows), found


@desk
def excel(request: HttpRequest) -> HttpResponse:
    """The book as it is narrowed, as a spreadsheet."""
    rows, _ = _narrowed(request)
    lines = [
        (show_date(row.happened_on), row.title, str(row.contributor or "Viết chung"), row.agency.name, row.printed_in,
         row.url, row.theme.number if row.theme else "", "hệ thống tìm thấy" if row.item_id else "minh chứng của đơn vị")
        for row in rows
    ]  # fmt: skip
    return spreadsheet(request, [HEAD, *lines], name="so-tin-bai", title="Sổ tin, bài")


def _themes(request: HttpRequest) -> Any:
    schemes = schemes_visible_to(actor_of(request)).filter(state=SchemeState.ACTIVE)
    return Theme.objects.filter(scheme__in=schemes.order_by().values("pk"))


@desk
def new(request: HttpRequest) -> HttpResponse:
    """One more piece of the reader's own unit."""
    place = own_place(request, "enter_contribution")
    if place is None:
        turned_away(request, "enter_contribution", Agency())
        return redirect(AREA)
    people = contributors_visible_to(actor_of(request)).filter(agency=place, left_on=None)
    form = forms.ContributionForm(
        request.POST or None, request.FILES or None, contributors=people, themes=_themes(request)
    )
    if request.method == "POST" and form.is_valid():
        made = take(request, form, verbs.enter_contribution, place)
        if made is not None:
            said = "Đã ghi; bài này hệ thống cũng tìm thấy." if made.is_found else "Đã ghi vào sổ."
            messages.success(request, said)
            return redirect("desk-contribution", pk=made.pk)
    context = {"form": form, "place": place, "tabs": tabs(AREA)}
    status = 422 if form.errors else 200
    return render(request, "desk/cooperation/contribution_new.html", context, status=status)


def _piece(request: HttpRequest, pk: int) -> Contribution:
    found: Contribution = get_object_or_404(contributions_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece: where printed, its proof, taking it out of the book."""
    found = _piece(request, pk)
    form = forms.WithdrawForm(request.POST or None, subject=found, url=request.path)
    may = authority.can(actor_of(request), "withdraw_contribution", found)
    if request.method == "POST" and form.is_valid():
        title = found.title
        if attempt(request, verbs.withdraw_contribution, found, done=f"Đã rút “{title}” khỏi sổ.", **form.typed()):  # fmt: skip
            return redirect(AREA)
    form.is_open = bool(form.errors)
    context = {
        "piece": found, "forms": [form] if may else [], "diary": diary_of(found),
        "tabs": tabs(AREA), "form": form if form.errors else None,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "desk/cooperation/contribution.html", context, status=status)


@desk
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture or scan that proves a piece."""
    found = _piece(request, pk)
    if not found.blob:
        raise Http404("no file")
    data = blobs.read(found.blob)
    return attached(request, data, found.file_name, "application/octet-stream", found.blob)


@desk
def contributors(request: HttpRequest) -> HttpResponse:
    """The network: who writes for which unit; one more for my unit."""
    actor = actor_of(request)
    place = own_place(request, "add_contributor")
    form = forms.ContributorForm(request.POST or None, url=request.path)
    if place is not None:
        form.fields["official"].queryset = assignable_to(actor, place)
    ready = request.method == "POST" and place is not None and form.is_valid()
    if ready and take(request, form, verbs.add_contributor, place) is not None:
        messages.success(request, form.done)
        return redirect("desk-contributors")
    form.is_open = bool(form.errors)
    rows = contributors_visible_to(actor).order_by("left_on", "agency__sort_key", "sort_key")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [
        (row, row.left_on is None and authority.can(actor, "end_contributor", row)) for row in page
    ]
    context = {
        "page": page, "rows": shown, "forms": [form] if place else [], "place": place,
        "today": actor.today, "tabs": tabs(AREA), "form": form if form.errors else None,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "desk/cooperation/contributors.html", context, status=status)


@desk
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who no longer writes for the unit, from a day on."""
    found = get_object_or_404(contributors_visible_to(actor_of(request)), pk=pk)
    form = forms.LeaveForm(request.POST, subject=found)
    if form.is_valid():
        attempt(request, verbs.end_contributor, found, done=form.done, **form.typed())
    else:
        messages.error(request, "Ghi ngày thôi tham gia, viết như 05/04/2026.")
    return redirect(reverse("desk-contributors"))
