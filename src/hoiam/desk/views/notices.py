"""Thông báo: what I was told, saying that I know, and how I want to be told."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core.errors import HoiAmError
from hoiam.core.push import key_from, public_key
from hoiam.desk.forms.notices import ChoiceForm
from hoiam.desk.presenters.notices import notice_row
from hoiam.desk.rim import actor_of, attempt, back, desk, now_of, refuse
from hoiam.monitoring.actions import acknowledge as knowing
from hoiam.monitoring.actions import choices
from hoiam.monitoring.actions.notices import choice_of
from hoiam.monitoring.addresses import notice_of
from hoiam.monitoring.defaults import number
from hoiam.monitoring.models import Notice, Subscription
from hoiam.monitoring.queries.notices import notices_listed, notices_of, unread_of

PER_PAGE = 30


@desk
def notice_list(request: HttpRequest) -> HttpResponse:
    """My notices, newest first, each with how it was sent to me."""
    actor, now = actor_of(request), now_of(request)
    page = Paginator(notices_listed(actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [notice_row(notice, now) for notice in page]
    return render(request, "desk/notices.html", {"page": page, "rows": rows})


@desk
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Everything on the list as seen."""
    unread = unread_of(actor_of(request), now_of(request)).only("pk")
    attempt(request, knowing.mark_seen, unread, done="Đã đánh dấu đã xem.")
    return redirect("desk-notices")


@desk
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Đã nhận, on the web."""
    notice = get_object_or_404(notices_of(actor_of(request)), pk=pk)
    attempt(
        request, knowing.acknowledge, notice, done="Đã ghi là bạn đã nhận. Tin không leo thang nữa."
    )
    return back(request, reverse("desk-notices"))


def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Đã nhận, from a letter and without signing in: reading shows a button, only pressing it counts."""
    pk = notice_of(token, number("sending", "link_days"))
    rows = Notice.objects.system("the signed link names the notice")
    notice = rows.select_related("official", "warning__agency").filter(pk=pk).first()
    if notice is None or notice.official is None or notice.warning is None:
        return render(request, "desk/notice_link.html", {"notice": None}, status=404)
    fault = ""
    if request.method == "POST" and notice.acknowledged_at is None:
        try:
            notice = knowing.acknowledge_by_link(notice, now=now_of(request))
        except HoiAmError as error:
            fault = str(error)
    shown = {"notice": notice, "fault": fault, "place": notice.warning.agency}
    answer = render(request, "desk/notice_link.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer


@desk
def choice(request: HttpRequest) -> HttpResponse:
    """Cách nhận tin: carriers, quiet hours, browsers."""
    actor = actor_of(request)
    kept = choice_of(actor.official)
    names = ("by_email", "by_push", "quiet_from", "quiet_to", "may_break_quiet")
    form = ChoiceForm(request.POST or None, initial={name: getattr(kept, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            choices.save_choice(actor=actor, now=now_of(request), **form.cleaned_data)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu cách nhận tin của bạn.")
            return redirect("desk-notice-choice")
    return render(
        request,
        "desk/notice_choice.html",
        {
            "form": form,
            "browsers": Subscription.objects.filter(official=actor.official),
            "push_key": public_key(key_from(settings.SECRET_KEY)),
        },
    )


@desk
@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """A trial by every carrier I chose."""
    done = "Đang gửi thử. Kết quả từng kênh hiện ở trang Thông báo sau ít giây."
    attempt(request, choices.try_notice, done=done)
    return redirect("desk-notice-choice")


@desk
@require_POST
def add_browser(request: HttpRequest) -> HttpResponse:
    """This browser takes push messages from now on."""
    names = ("endpoint", "p256dh", "auth", "label")
    typed = {name: request.POST.get(name, "")[:1001] for name in names}
    attempt(request, choices.subscribe, done="Trình duyệt này đã nhận thông báo.", **typed)
    return redirect("desk-notice-choice")


@desk
@require_POST
def remove_browser(request: HttpRequest, pk: int) -> HttpResponse:
    """A browser takes none any more."""
    row = get_object_or_404(Subscription, pk=pk, official=actor_of(request).official)
    attempt(request, choices.unsubscribe, row, done=f"Đã tắt thông báo ở “{row.label}”.")
    return redirect("desk-notice-choice")


@cache
def _worker() -> str:
    return (Path(__file__).parent.parent / "data" / "push_worker.js").read_text(encoding="utf-8")


def push_worker(request: HttpRequest) -> HttpResponse:
    """The script a browser runs to show a push message; from our own address, so that it may serve the desk."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
