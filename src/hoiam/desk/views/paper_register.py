"""Sổ văn bản đi: the numbers of one agency in one year, entering numbers used elsewhere, cancelling them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_ever_visible_to, case_agency
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.register import CancelForm, OutsideNumberForm
from hoiam.desk.guard import turned_away
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.handling.actions import cancel_outside_number, enter_outside_number
from hoiam.handling.queries.register import (
    book_of,
    numbers_of,
    outside_numbers_visible_to,
    register_rows,
)
from hoiam.kit.vietnamese import VIETNAM

PER_PAGE = 100


@desk
def register(request: HttpRequest) -> HttpResponse:
    """The series of one agency in one year; whoever keeps it enters numbers used elsewhere."""
    actor, agency = actor_of(request), _agency(request)
    this_year = now_of(request).astimezone(VIETNAM).year
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else this_year
    book = book_of(agency, year)
    may_keep = authority.can(actor, "enter_outside_number", agency)
    form = OutsideNumberForm(request.POST or None, initial={"number": book.last + 1})
    if request.method == "POST":
        if turned_away(request, "enter_outside_number", agency):
            return redirect("desk-register")
        if form.is_valid() and _enter(request, agency, form):
            return redirect(f"{reverse('desk-register')}?don-vi={agency.pk}")
    page = Paginator(numbers_of(book), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "agency": agency,
        "agencies": _agencies(actor),
        "year": year,
        "years": range(this_year, this_year - 6, -1),
        "book": book,
        "page": page,
        "rows": register_rows(actor, agency, year, page.object_list),
        "form": form if may_keep else None,
    }
    return render(request, "desk/register.html", shown, status=422 if form.errors else 200)


def _agencies(actor: Actor) -> list[Agency]:
    """Agencies that number papers: a regional office's are its province's."""
    seen = agencies_ever_visible_to(actor)
    return list(seen.filter(number_books__isnull=False).distinct())


def _agency(request: HttpRequest) -> Agency:
    actor = actor_of(request)
    asked = request.GET.get("don-vi", "")
    seen = agencies_ever_visible_to(actor)
    if asked.isdecimal() and len(asked) < 10:
        return get_object_or_404(seen, pk=int(asked))
    own = get_object_or_404(Agency.objects.select_related("parent"), pk=actor.posts[0].agency_id)
    numbering = case_agency(own)
    return numbering if actor.sees(numbering.pk) else own


def _enter(request: HttpRequest, agency: Agency, form: OutsideNumberForm) -> bool:
    try:
        row = enter_outside_number(
            agency, actor=actor_of(request), now=now_of(request), **form.cleaned_data
        )
    except HoiAmError as error:
        refuse(form, error)
        return False
    messages.success(request, f"Đã ghi số {row.symbol} vào sổ.")
    return True


@desk
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Hủy số: the number stays in the register with its reason."""
    row = get_object_or_404(
        outside_numbers_visible_to(actor_of(request)).select_related("agency"), pk=pk
    )
    home = f"{reverse('desk-register')}?don-vi={row.agency_id}&nam={row.year}"
    if turned_away(request, "cancel_outside_number", row):
        return redirect(home)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_outside_number(
                row, actor=actor_of(request), now=now_of(request), **form.cleaned_data
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã hủy số {row.symbol}; số được giữ trong sổ kèm lý do.")
            return redirect(home)
    shown = {"row": row, "form": form, "home": home}
    return render(request, "desk/number_cancel.html", shown, status=422 if form.errors else 200)
