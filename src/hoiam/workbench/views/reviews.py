"""Sending a text for review and deciding about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.rim import actor_of, now_of
from hoiam.newsroom.queries import fact_checks_of
from hoiam.workbench.actions import approve_text, drop_review, return_text, send_for_review
from hoiam.workbench.actions.old_fonts import convert_text, old_font_in
from hoiam.workbench.forms.decisions import DecideForm, SendForm
from hoiam.workbench.queries import (
    last_review,
    open_review,
    others_who_decide,
    reviews_visible_to,
    writers_of,
)
from hoiam.workbench.snapshots import agency_of
from hoiam.workbench.states import ReviewState
from hoiam.workbench.views.pages import done, text_of

NEWEST = 50
GROUPS = (
    (ReviewState.WAITING, "Chờ duyệt"),
    (ReviewState.SCHEDULED, "Chờ đến giờ đăng"),
    (ReviewState.FAILED, "Đến giờ mà không đăng được"),
    (ReviewState.RETURNED, "Đã trả lại để sửa"),
)


def queue(request: HttpRequest) -> HttpResponse:
    """What waits for somebody: for a decision, for its hour, for its writer."""
    rows = list(reviews_visible_to(actor_of(request)).exclude(
        state__in=[ReviewState.PUBLISHED, ReviewState.DROPPED]
    )[:NEWEST])  # fmt: skip
    groups = [(label, [row for row in rows if row.state == state]) for state, label in GROUPS]
    shown = {"groups": groups, "total": len(rows)}
    return render(request, "workbench/reviews.html", shown)


def send(request: HttpRequest, page_id: int) -> HttpResponse:
    """Put the text, as last saved, before a second person."""
    text, form = text_of(page_id), SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = "Đã gửi duyệt. Người duyệt của đơn vị được báo tin."
        if done(request, form, send_for_review, text, said=said, **form.cleaned_data):
            return redirect("wagtailadmin_pages:edit", page_id)
    shown = {
        "text": text,
        "form": form,
        "checks": _checks(text),
        "last": last_review(text),
        "old_font": old_font_in(text),
    }
    return render(request, "workbench/send.html", shown, status=422 if form.errors else 200)


def decide(request: HttpRequest, page_id: int) -> HttpResponse:
    """Approve the text, at once or for an hour, or give it back."""
    text = text_of(page_id)
    review = open_review(text)
    if review is None:
        raise Http404
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decided(request, form, review):
        return redirect("workbench-reviews")
    actor = actor_of(request)
    shown = {
        "text": text,
        "review": review,
        "form": form,
        "checks": _checks(text),
        "may": authority.can(actor, "approve_text", review),
        "is_own": actor.pk in writers_of(review),
        "others": list(others_who_decide(review, actor)[:3]),
        "agency": agency_of(text),
        "old_font": old_font_in(text),
    }
    return render(request, "workbench/decide.html", shown, status=422 if form.errors else 200)


def _decided(request: HttpRequest, form: Any, review: Any) -> bool:
    data = form.cleaned_data
    if "return" in request.POST:
        return done(
            request, form, return_text, review, said="Đã trả lại để sửa.", reason=data["answer"]
        )
    at = data["publish_at"]
    said = "Đã duyệt, bài lên cổng đúng giờ đã đặt." if at and at > now_of(request) else "Đã đăng."
    return done(request, form, approve_text, review, said=said, **data)


def _checks(text: Any) -> list[Any]:
    return list(fact_checks_of(text.page_key))


@require_POST
def convert(request: HttpRequest, page_id: int) -> HttpResponse:
    """Put letters of old fonts into Unicode."""
    try:
        convert_text(text_of(page_id), actor=actor_of(request), now=now_of(request))
    except HoiAmError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Đã đổi sang Unicode thành bản mới. Xem lại bài rồi gửi duyệt.")
    return redirect("wagtailadmin_pages:edit", page_id)


@require_POST
def drop(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take the sending back."""
    review = open_review(text_of(page_id))
    if review is None:
        raise Http404
    try:
        drop_review(review, actor=actor_of(request), now=now_of(request))
    except HoiAmError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Đã thôi lần gửi duyệt này. Bài trở lại bản nháp.")
    return redirect("wagtailadmin_pages:edit", page_id)
