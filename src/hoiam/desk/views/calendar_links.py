"""Lịch của tôi: private .ics addresses of a person and of a unit; and the calendar itself, without signing in."""

import hashlib

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import case_agency
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.rules import LinkForm
from hoiam.desk.presenters.timetable import written
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.handling.actions import make_calendar_link, revoke_calendar_link
from hoiam.handling.actions.calendar_links import digest_of
from hoiam.handling.models import CalendarLink
from hoiam.handling.queries.timetables import events_of, owner_of
from hoiam.kit.vietnamese import VIETNAM

SHOWN_ONCE = "calendar_address"
LONGEST_TOKEN = 100
KEPT_SECONDS = 900  # how long a calendar program may keep what it read


@desk
def mine(request: HttpRequest) -> HttpResponse:
    """My addresses and those of my unit; a new one is shown once."""
    actor = actor_of(request)
    first = Agency.objects.select_related("parent").get(pk=actor.posts[0].agency_id)
    unit = case_agency(first)
    may_unit = authority.can(actor, "make_unit_calendar", unit)
    form = LinkForm(request.POST or None, initial={"whose": "me"})
    choices = [("me", "Của tôi: việc trong “Việc của tôi”")]
    choices += [("unit", f"Của đơn vị: mọi hạn đang mở của {unit}")] if may_unit else []
    form.fields["whose"].choices = choices  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and _made(request, form, unit):
        return redirect("desk-my-calendar")
    of_unit = Q(agency=unit) if may_unit else Q(pk=None)
    links = CalendarLink.objects.filter(Q(official=actor.official) | of_unit, revoked_at=None)
    shown = {
        "form": form,
        "links": links.select_related("agency", "made_by"),
        "fresh": request.session.pop(SHOWN_ONCE, ""),
    }
    status = 422 if form.errors else 200
    answer = render(request, "desk/my_calendar.html", shown, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _made(request: HttpRequest, form: LinkForm, unit: Agency) -> bool:
    agency = unit if form.cleaned_data["whose"] == "unit" else None
    try:
        _, token = make_calendar_link(
            actor=actor_of(request),
            now=now_of(request),
            agency=agency,
            label=form.cleaned_data["label"],
        )
    except HoiAmError as error:
        refuse(form, error)
        return False
    request.session[SHOWN_ONCE] = request.build_absolute_uri(reverse("calendar", args=[token]))
    messages.success(request, "Đã tạo địa chỉ. Chép ngay: địa chỉ chỉ hiện một lần.")
    return True


@desk
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Thu hồi: the address answers nobody any more."""
    link = get_object_or_404(CalendarLink, pk=pk)
    if not authority.can(actor_of(request), "revoke_calendar_link", link):
        return redirect("desk-my-calendar")
    attempt(request, revoke_calendar_link, link, done="Đã thu hồi địa chỉ.")
    return redirect("desk-my-calendar")


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of this address; 404 for one unknown or revoked, without saying which."""
    now = now_of(request)
    digest = digest_of(token[:LONGEST_TOKEN])
    owner = owner_of(digest, now.astimezone(VIETNAM).date())
    if owner is None:
        return HttpResponse("Không có lịch ở địa chỉ này.\n", status=404, content_type=PLAIN)
    body = written(events_of(owner, now), request.build_absolute_uri("/"))
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if tag in request.headers.get("If-None-Match", ""):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="hoi-am.ics"'
    answer["ETag"] = tag
    answer["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


PLAIN = "text/plain; charset=utf-8"
