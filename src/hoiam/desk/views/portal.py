"""Cổng thông tin: what its keepers look after beside the articles — feeds of partners, planned outages, figures."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.portal import OutageForm, PartnerFeedForm, PortalFootForm
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.kit.rulebook import rule
from hoiam.newsroom.actions.outages import RULE, announce_outage, call_off_outage
from hoiam.newsroom.actions.partner_feeds import add_partner_feed, switch_partner_feed
from hoiam.newsroom.actions.portal_foot import save_portal_foot
from hoiam.newsroom.models import Outage, PartnerFeed, PortalFoot
from hoiam.newsroom.queries.counts import months
from hoiam.newsroom.queries.partner_feeds import partner_feeds

MOST = 20


@desk
def page(request: HttpRequest) -> HttpResponse:
    """The page; a feed typed here is added."""
    form = PartnerFeedForm(request.POST or None, auto_id="feed-%s")
    if request.method == "POST" and form.is_valid():
        try:
            add_partner_feed(_agency(request), actor=actor_of(request), now=now_of(request), **form.cleaned_data)  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
        else:
            return redirect("desk-portal")
    return _shown(request, form=form, outage_form=OutageForm(auto_id="outage-%s"))


@desk
@require_POST
def announce(request: HttpRequest) -> HttpResponse:
    """A planned outage told to readers."""
    form = OutageForm(request.POST, auto_id="outage-%s")
    if form.is_valid():
        try:
            announce_outage(_agency(request), actor=actor_of(request), now=now_of(request), **form.cleaned_data)  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
        else:
            return redirect("desk-portal")
    return _shown(request, form=PartnerFeedForm(auto_id="feed-%s"), outage_form=form)


@desk
@require_POST
def foot(request: HttpRequest) -> HttpResponse:
    """The foot of the public pages, filled in or corrected."""
    form = PortalFootForm(request.POST, auto_id="foot-%s")
    if form.is_valid():
        try:
            save_portal_foot(_agency(request), actor=actor_of(request), now=now_of(request), **form.cleaned_data)  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
            form.data = form.data.copy()
            form.data["seen"] = str(_foot_fields().get("seen", 0))
        else:
            messages.success(request, "Đã lưu chân trang. Trang công khai hiện ngay lượt xem sau.")
            return redirect("desk-portal")
    return _shown(request, form=PartnerFeedForm(auto_id="feed-%s"), outage_form=OutageForm(auto_id="outage-%s"), foot_form=form)  # fmt: skip


def _foot_fields() -> dict[str, Any]:
    row = PortalFoot.objects.filter(pk=1).values().first()
    return {**row, "seen": row["version"]} if row else {"seen": 0}


@desk
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """A feed paused, or opened again."""
    feed = get_object_or_404(PartnerFeed, pk=pk)
    is_on, version = request.POST.get("on") == "1", request.POST.get("version", "")
    done = "Đã mở lại nguồn tin." if is_on else "Đã dừng: tin của nguồn này không còn trên cổng."
    attempt(request, switch_partner_feed, feed, is_on=is_on, version=int(version) if version.isdecimal() else 0, done=done)  # fmt: skip
    return redirect("desk-portal")


@desk
@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """An outage that will not be."""
    attempt(request, call_off_outage, get_object_or_404(Outage, pk=pk), done="Đã bỏ thông báo tạm ngừng.")  # fmt: skip
    return redirect("desk-portal")


def _agency(request: HttpRequest) -> Agency:
    return Agency.objects.get(pk=actor_of(request).posts[0].agency_id)


def _shown(request: HttpRequest, **forms: Any) -> HttpResponse:
    actor, now, agency = actor_of(request), now_of(request), _agency(request)
    forms.setdefault("foot_form", PortalFootForm(initial=_foot_fields(), auto_id="foot-%s"))
    context = {
        "feeds": partner_feeds(),
        "outages": Outage.objects.select_related("announced_by")[:MOST],
        "may_feed": authority.can(actor, "add_partner_feed", agency),
        "may_foot": authority.can(actor, "save_portal_foot", agency),
        "may_outage": authority.can(actor, "announce_outage", agency),
        "law": rule(RULE).at(actor.today),
        "now": now,
        "months": months()[:3],
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "desk/portal.html", context, status=422 if wrong else 200)
