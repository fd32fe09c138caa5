"""Nơi nhận tin: lists by beat and province, their receivers, who opens what is sent and who never does."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.core import authority
from hoiam.desk.forms import distribution as forms
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.cooperation import diary_of
from hoiam.desk.presenters.distribution import BOOK, receiver_light, tabs
from hoiam.desk.rim import actor_of, attempt, desk
from hoiam.desk.views.spokespersons import take
from hoiam.desk.views.verbs import own_place
from hoiam.kit.rulebook.defaults import default_number
from hoiam.newsroom.actions import lists as verbs
from hoiam.newsroom.actions.package_letters import feed_address
from hoiam.newsroom.models import DistributionList, Receiver
from hoiam.newsroom.queries.packages import (
    attention,
    lists_visible_to,
    receiver_rows,
    with_counts,
)

PER_PAGE = 100
AREA = "desk-press-lists"
LIST_VERBS = ("edit_list", "open_list", "add_receiver", "edit_receiver")
RECEIVER_ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "remove_receiver": (verbs.remove_receiver, "Đã đưa {} ra khỏi danh sách."),
    "renew_keys": (verbs.renew_keys, "Đã đổi đường dẫn và khóa. Báo cho {} trước khi gửi tiếp."),
}


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Lists in sight with how many receive."""
    rows = with_counts(lists_visible_to(actor_of(request))).order_by("-is_open", "name", "pk")
    context = {
        "tabs": tabs(AREA), "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_make": own_place(request, "make_list") is not None,
    }  # fmt: skip
    return render(request, "desk/distribution/lists.html", context)


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A new list of the reader's own agency."""
    place = own_place(request, "make_list")
    if place is None:
        turned_away(request, "make_list", Agency())
        return redirect(AREA)
    form = forms.ListForm(request.POST or None, initial={"province": place.province})
    if request.method == "POST" and form.is_valid():
        made = take(request, form, verbs.make_list, place)
        if made is not None:
            messages.success(request, "Đã lập danh sách. Thêm từng nơi nhận.")
            return redirect("desk-press-list", pk=made.pk)
    return _form(request, form, "Lập danh sách nơi nhận", place, None)


def _form(
    request: HttpRequest, form: Any, heading: str, place: Any, press_list: DistributionList | None
) -> HttpResponse:
    context = {
        "form": form, "heading": heading, "place": place, "press_list": press_list,
        "tabs": tabs(AREA),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "desk/distribution/list_edit.html", context, status=status)


def _list(request: HttpRequest, pk: int) -> DistributionList:
    found: DistributionList = get_object_or_404(lists_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def press_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list with its receivers."""
    found, actor = _list(request, pk), actor_of(request)
    rows = receiver_rows(actor).filter(press_list=found)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "press_list": found, "page": page, "rows": [(row, receiver_light(row)) for row in page],
        "may": authority.allowed(actor, LIST_VERBS, found), "tabs": tabs(AREA),
        "diary": diary_of(found, BOOK),
    }  # fmt: skip
    return render(request, "desk/distribution/list.html", context)


@desk
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The list's name, beat, province."""
    found = _list(request, pk)
    if turned_away(request, "edit_list", found):
        return redirect("desk-press-list", pk=pk)
    names = ("name", "beat", "province", "about")
    first = {name: getattr(found, name) for name in names}
    form = forms.ListForm(request.POST or None, initial=first)
    ready = request.method == "POST" and form.is_valid()
    if ready and take(request, form, verbs.edit_list, found) is not None:
        messages.success(request, "Đã lưu.")
        return redirect("desk-press-list", pk=pk)
    return _form(request, form, "Sửa danh sách", found.agency, found)


@desk
@require_POST
def open_or_close(request: HttpRequest, pk: int) -> HttpResponse:
    """In use again, or no longer offered."""
    is_open = request.POST.get("is_open") == "1"
    done = "Danh sách được dùng lại." if is_open else "Danh sách không còn hiện khi soạn gói tin."
    attempt(request, verbs.open_list, _list(request, pk), is_open=is_open, done=done)
    return redirect("desk-press-list", pk=pk)


@desk
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A receiver more."""
    found = _list(request, pk)
    if turned_away(request, "add_receiver", found):
        return redirect("desk-press-list", pk=pk)
    form = forms.ReceiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = take(request, form, verbs.add_receiver, found)
        if made is not None:
            messages.success(request, f"Đã thêm {made}.")
            return redirect("desk-press-list", pk=pk)
    return _form(request, form, "Thêm nơi nhận", found, found)


@desk
def receiver(request: HttpRequest, pk: int) -> HttpResponse:
    """One receiver: mended here; the feed and the secret are shown to who keeps the list."""
    found: Receiver = get_object_or_404(receiver_rows(actor_of(request)), pk=pk)
    if turned_away(request, "edit_receiver", found.press_list):
        return redirect("desk-press-list", pk=found.press_list_id)
    form = forms.ReceiverForm(request.POST or None, initial=forms.receiver_values(found))
    ready = request.method == "POST" and form.is_valid()
    if ready and take(request, form, verbs.edit_receiver, found) is not None:
        messages.success(request, "Đã lưu.")
        return redirect("desk-press-list", pk=found.press_list_id)
    context = {
        "receiver": found, "form": form, "light": receiver_light(found), "tabs": tabs(AREA),
        "feed": feed_address(found),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "desk/distribution/receiver.html", context, status=status)


@desk
@require_POST
def receiver_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Taken off the list, or given new keys."""
    found: Receiver = get_object_or_404(receiver_rows(actor_of(request)), pk=pk)
    if verb not in RECEIVER_ACTS:
        raise Http404("no such verb")
    action, done = RECEIVER_ACTS[verb]
    attempt(request, action, found, done=done.format(found))
    if verb == "renew_keys":
        return redirect("desk-receiver", pk=pk)
    return redirect("desk-press-list", pk=found.press_list_id)


@desk
def attentive(request: HttpRequest) -> HttpResponse:
    """Who opens what is sent; who never does, first, with a telephone number."""
    rows = attention(actor_of(request))
    context = {
        "tabs": tabs("desk-attention"),
        "least": default_number("MD-153"),
        "never": sum(row.never_opens for row in rows),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/distribution/attention.html", context)
