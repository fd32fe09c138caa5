"""Official accounts: which are connected and how they are, one account with its keys and trial."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.models import OfficialAccount
from hoiam.agencies.queries import accounts_visible_to
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms import social as forms
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters import social as shown
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.actions import social_channels as verbs
from hoiam.newsroom.jobs.social.doors import tried
from hoiam.newsroom.models import SocialChannel
from hoiam.newsroom.queries.social import channels_visible_to
from hoiam.newsroom.social_limits import limits_of
from hoiam.newsroom.states.social import ConnectorKind

KEEPING = ("change_key", "pause_channel", "try_channel")


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Every announced account in sight, connected or not, and how it is."""
    actor, now = actor_of(request), now_of(request)
    channels = {row.account_id: row for row in channels_visible_to(actor)}
    rows = [
        (row, channels.get(row.pk), shown.channel_lamp(channels[row.pk], now) if row.pk in channels else None)
        for row in accounts_visible_to(actor).filter(until=None)
    ]  # fmt: skip
    context = {"rows": rows, "tabs": shown.tabs("desk-social-accounts")}
    return render(request, "desk/social/accounts.html", context)


def _account(request: HttpRequest, pk: int) -> OfficialAccount:
    found: OfficialAccount = get_object_or_404(accounts_visible_to(actor_of(request)), pk=pk)
    return found


def _channel(request: HttpRequest, account: OfficialAccount) -> SocialChannel | None:
    found: SocialChannel | None = channels_visible_to(actor_of(request)).filter(account=account).first()  # fmt: skip
    return found


@desk
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: how it is connected, its health, keys entered but never shown."""
    return _page(request, _account(request, pk))


def _page(request: HttpRequest, found: OfficialAccount, failed: VerbForm | None = None) -> HttpResponse:  # fmt: skip
    actor, now, channel = actor_of(request), now_of(request), _channel(request, found)
    kinds: tuple[type[VerbForm], ...] = (forms.ConnectForm,)
    if channel is None:
        may = authority.allowed(actor, ["connect_channel"], found)
    else:
        may, kinds = authority.allowed(actor, KEEPING, channel), (forms.KeyForm,)
        if channel.kind == ConnectorKind.HAND:
            may -= {"change_key", "try_channel"}
    url = lambda verb: reverse("desk-social-account-do", args=[found.pk, verb])  # noqa: E731
    context = {
        "account": found, "channel": channel, "may": may, "form": failed,
        "lamp": shown.channel_lamp(channel, now) if channel else None,
        "limits": limits_of(found.platform), "room": forms.room_of(limits_of(found.platform)),
        "forms": offered(kinds, may, url, found, failed),
        "diary": shown.diary_of(channel) if channel else [],
        "tabs": shown.tabs("desk-social-accounts"),
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/social/account.html", context, status=status)


@desk
@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Connecting, a new key, pausing, a trial."""
    found = _account(request, pk)
    channel = _channel(request, found)
    if verb == "connect_channel":
        return _keyed(request, found, forms.ConnectForm(request.POST, subject=found), found)
    if channel is None:
        raise Http404("not connected")
    if verb == "change_key":
        return _keyed(request, found, forms.KeyForm(request.POST, subject=found), channel)
    if verb == "pause_channel":
        attempt(request, verbs.pause_channel, channel, paused=not channel.is_paused, done="Đã ghi.")
    elif verb == "try_channel" and channel.kind != ConnectorKind.HAND:
        _try(request, channel)
    else:
        raise Http404("no such verb")
    return redirect("desk-social-account", pk=pk)


def _keyed(request: HttpRequest, account: OfficialAccount, form: VerbForm, subject: Any) -> HttpResponse:  # fmt: skip
    if form.is_valid():
        told = form.typed()
        day = told.pop("expires_on")
        told["expires_at"] = datetime.combine(day, time.max, VIETNAM) if day else None
        action = verbs.connect_channel if form.verb == "connect_channel" else verbs.change_key
        try:
            action(subject, actor=actor_of(request), now=now_of(request), **told)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, form.done)
            return redirect("desk-social-account", pk=account.pk)
    return _page(request, account, form)


def _try(request: HttpRequest, channel: SocialChannel) -> None:
    if turned_away(request, "try_channel", channel):
        return
    name, fault = tried(channel, now=now_of(request))
    attempt(request, verbs.note_trial, channel, name=name, fault=fault)
    if fault:
        messages.error(request, f"Khóa chưa dùng được: {fault}")
    else:
        messages.success(request, f"Khóa dùng được; nền tảng trả lời: {name}.")
