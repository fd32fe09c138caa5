"""Người phát ngôn: the register, appointing and ending, publication, official accounts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.views.decorators.http import require_POST

from hoiam.agencies import actions
from hoiam.agencies.models import Agency, OfficialAccount, Publication, Spokesperson
from hoiam.agencies.queries import (
    accounts_visible_to,
    agencies_owing_a_spokesperson,
    agencies_visible_to,
    publications_visible_to,
    spokespersons_visible_to,
)
from hoiam.agencies.states import PublicationState
from hoiam.core import authority, blobs
from hoiam.core.actor import Actor
from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import Fetcher
from hoiam.desk.forms.spokespersons import (
    AccountForm,
    AppointForm,
    ByHandForm,
    CardFields,
    CheckForm,
    EndForm,
    LastDayForm,
    TypedForm,
)
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.spokespersons import missing_words, publication_light, row, tabs, term
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.files import attached
from hoiam.handling.queries.speaking import decides

PUBLIC_LIST = "portal-spokespersons"
# Tests put their own door here.
make_fetcher: Callable[[], Fetcher] = Fetcher


def hidden_tabs(actor: Actor) -> frozenset[str]:
    """The register of breaches is there only for who decides."""
    return frozenset() if decides(actor) else frozenset({"desk-breaches"})


def take(request: HttpRequest, form: TypedForm, action: Callable[..., Any], *subject: Any) -> Any:
    """What the action gives back, or None with the refusal at its field: what was typed stays on the page."""
    try:
        return action(*subject, actor=actor_of(request), now=now_of(request), **form.typed())
    except HoiAmError as error:
        refuse(form, error)
        return None


@desk
def register(request: HttpRequest) -> HttpResponse:
    """Who speaks for my agency and those below, whose name still has to be published, and the official accounts."""
    actor, now = actor_of(request), now_of(request)
    rows = [
        row(person, actor.today, now)
        for person in spokespersons_visible_to(actor).order_by(
            "agency__level", "agency__sort_key", "kind", "-valid_from"
        )
    ]
    accounts = accounts_visible_to(actor).filter(until=None)
    owing = list(agencies_owing_a_spokesperson(actor))
    mine = {post.agency_id for post in actor.posts}
    may_appoint = [
        place
        for place in agencies_visible_to(actor).filter(pk__in=mine)
        if authority.can(actor, "appoint_spokesperson", place)
    ]
    return render(
        request,
        "desk/spokespersons.html",
        {
            "tabs": tabs("desk-spokespersons", hidden_tabs(actor)),
            "current": [each for each in rows if not each.is_over],
            "past": [each for each in rows if each.is_over],
            "accounts": accounts,
            "owing": owing,
            "may_appoint": may_appoint,
            "open_count": sum(r.person.publication.state == PublicationState.OPEN for r in rows),
            "late_count": sum(
                r.light.time == "late" and r.person.publication.state == PublicationState.OPEN
                for r in rows
            ),
            "public_url": reverse(PUBLIC_LIST),
        },
    )


@desk
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Recording a decision: the post, the card and the clock of publishing come with it."""
    actor = actor_of(request)
    agency = get_object_or_404(agencies_visible_to(actor), pk=pk)
    if turned_away(request, "appoint_spokesperson", agency):
        return redirect("desk-spokespersons")
    form = AppointForm(
        request.POST or None,
        request.FILES or None,
        actor=actor,
        agency=agency,
        initial={"valid_from": actor.today},
    )
    if request.method == "POST" and form.is_valid():
        made = take(request, form, actions.appoint_spokesperson, agency)
        if made is not None:
            messages.success(
                request, f"Đã ghi việc giao {made.official}. Hãy kiểm tra trang công khai."
            )
            return redirect("desk-spokesperson", pk=made.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "agency": agency, "tabs": tabs("desk-spokespersons")}
    return render(request, "desk/spokesperson_new.html", context, status=status)


@desk
def spokesperson(request: HttpRequest, pk: int) -> HttpResponse:
    """One appointment: the card, the decision, the publication with its checks."""
    return _page(request, _person(request, pk))


def _person(request: HttpRequest, pk: int) -> Spokesperson:
    return get_object_or_404(spokespersons_visible_to(actor_of(request)), pk=pk)


def _page(
    request: HttpRequest, person: Spokesperson, status: int = 200, **failed: Any
) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    verbs = ("end_spokesperson", "list_spokesperson", "change_card")
    duty = person.publication
    card = {"title": person.title, "phone": person.phone, "email": person.email}
    context = {
        "person": person,
        "term": term(person),
        "is_over": person.valid_to is not None and person.valid_to < actor.today,
        "duty": duty,
        "light": publication_light(duty, now),
        "is_open": duty.state == PublicationState.OPEN,
        "checks": [(c, missing_words(c.missing)) for c in duty.checks.select_related("by")],
        "may": authority.allowed(actor, verbs, person)
        | authority.allowed(actor, ("check_publication", "record_publication"), duty),
        "check_form": CheckForm(auto_id="check_%s"),
        "by_hand_form": ByHandForm(auto_id="hand_%s"),
        "end_form": EndForm(auto_id="end_%s", initial={"last_day": actor.today}),
        "card_form": CardFields(auto_id="card_%s", initial=card),
        "public_url": reverse(PUBLIC_LIST),
        "tabs": tabs("desk-spokespersons"),
        **failed,
    }
    return render(request, "desk/spokesperson.html", context, status=status)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on an appointment or its publication; a refusal stands at its field with what was typed."""
    person = _person(request, pk)
    duty = get_object_or_404(publications_visible_to(actor_of(request)), spokesperson=person)
    if verb == "own_list":
        _look_at_own_list(request, duty)
        return redirect("desk-spokesperson", pk=pk)
    if verb == "list":
        shown = request.POST.get("is_listed") == "1"
        done = "Thẻ đã ở trên danh sách công khai." if shown else "Đã đưa thẻ khỏi danh sách."
        attempt(request, actions.list_spokesperson, person, done=done, is_listed=shown)
        return redirect("desk-spokesperson", pk=pk)
    forms: dict[str, tuple[str, TypedForm, Callable[..., Any], Any, str]] = {
        "end": ("end_form", EndForm(request.POST, auto_id="end_%s"), actions.end_spokesperson, person, "Đã ghi ngày kết thúc."),
        "card": ("card_form", CardFields(request.POST, auto_id="card_%s"), actions.change_card, person, "Đã sửa thẻ; danh sách công khai đổi theo."),
        "by_hand": ("by_hand_form", ByHandForm(request.POST, auto_id="hand_%s"), actions.record_publication, duty, "Đã ghi việc công khai."),
        "check": ("check_form", CheckForm(request.POST, auto_id="check_%s"), _look, duty, ""),
    }  # fmt: skip
    if verb not in forms:
        raise Http404
    name, form, action, subject, done = forms[verb]
    made = take(request, form, action, subject) if form.is_valid() else None
    if made is None:
        return _page(request, person, status=422, form=form, **{name: form})
    if done:
        messages.success(request, done)
    else:
        _tell(request, made)
    return redirect("desk-spokesperson", pk=pk)


def _look(duty: Publication, **typed: Any) -> Any:
    return actions.check_publication(duty, make_fetcher=make_fetcher, **typed)


def _look_at_own_list(request: HttpRequest, duty: Publication) -> None:
    """The public list as anybody gets it now, looked at for this card."""
    asked = HttpRequest()
    asked.method, asked.META = "GET", {"SERVER_NAME": request.get_host(), "SERVER_PORT": "80"}
    found = resolve(reverse(PUBLIC_LIST))
    page = found.func(asked).content
    url = request.build_absolute_uri(reverse(PUBLIC_LIST))
    check = attempt(request, actions.check_own_list, duty, page=page, url=url)
    if check:
        _tell(request, check)


def _tell(request: HttpRequest, check: Any) -> None:
    if check.fault:
        messages.warning(request, f"Chưa đọc được trang: {check.fault} Đồng hồ vẫn chạy.")
    elif check.missing:
        said = missing_words(check.missing)
        messages.warning(
            request, f"Trang chưa có: {said}. Đồng hồ vẫn chạy; bổ sung rồi kiểm tra lại."
        )
    else:
        messages.success(request, "Trang có đủ họ tên, chức vụ, điện thoại, thư; bản chụp đã giữ.")


@desk
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision's file."""
    person = _person(request, pk)
    if not person.decision_blob:
        raise Http404
    data = blobs.read(person.decision_blob)
    kind = "application/octet-stream"
    return attached(request, data, person.decision_name, kind, person.decision_blob)


@desk
def new_account(request: HttpRequest) -> HttpResponse:
    """An official page or account for the public list."""
    actor = actor_of(request)
    places = agencies_visible_to(actor).filter(pk__in=[post.agency_id for post in actor.posts])
    if turned_away(request, "save_account", places.first() or Agency()):
        return redirect("desk-spokespersons")
    form = AccountForm(request.POST or None, actor=actor, initial={"since": actor.today})
    if request.method == "POST" and form.is_valid():
        made = take(request, form, _save_account)
        if made is not None:
            messages.success(request, f"“{made.name}” đã ở trên danh sách công khai.")
            return redirect("desk-spokespersons")
    status = 422 if form.errors else 200
    context = {"form": form, "tabs": tabs("desk-spokespersons")}
    return render(request, "desk/account_new.html", context, status=status)


def _save_account(*, agency: Agency, **typed: Any) -> OfficialAccount:
    return actions.save_account(agency, **typed)


@desk
def end_account(request: HttpRequest, pk: int) -> HttpResponse:
    """From when an account is not used any more."""
    actor = actor_of(request)
    account = get_object_or_404(accounts_visible_to(actor), pk=pk)
    if turned_away(request, "end_account", account.agency):
        return redirect("desk-spokespersons")
    form = LastDayForm(request.POST or None, initial={"last_day": actor.today})
    ready = request.method == "POST" and form.is_valid()
    if ready and take(request, form, actions.end_account, account) is not None:
        messages.success(request, f"Đã ghi ngừng dùng “{account.name}”.")
        return redirect("desk-spokespersons")
    status = 422 if form.errors else 200
    context = {"form": form, "account": account, "tabs": tabs("desk-spokespersons")}
    return render(request, "desk/account_end.html", context, status=status)
