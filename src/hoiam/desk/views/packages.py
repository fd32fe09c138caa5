"""Gói tin: the list, composing, one package with what was sent to whom and who opened it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms import distribution as forms
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.cooperation import diary_of
from hoiam.desk.presenters.distribution import BOOK, package_light, sending_light, tabs
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.typed import number_in
from hoiam.desk.views.files import attached
from hoiam.desk.views.spokespersons import take
from hoiam.desk.views.verbs import is_done, own_place, sent_form
from hoiam.kit.rulebook.defaults import default_number
from hoiam.newsroom.actions import package_sending
from hoiam.newsroom.actions import packages as verbs
from hoiam.newsroom.actions.package_letters import WORD, state_words, word_of
from hoiam.newsroom.models import Package, PackageDelivery
from hoiam.newsroom.queries.packages import (
    articles_found,
    deliveries_of,
    is_call_due,
    packages_visible_to,
    with_sendings,
)
from hoiam.newsroom.states.distribution import PackageState, SendingState

PER_PAGE, SENDINGS = 50, 100
AREA = "desk-packages"
TABS = {
    "viec": ("Đang làm", (PackageState.DRAFT, PackageState.SUBMITTED, PackageState.APPROVED)),
    "gui": ("Đã gửi", (PackageState.SENT,)),
    "huy": ("Đã hủy", (PackageState.CANCELLED,)),
}
KINDS: tuple[type[VerbForm], ...] = (forms.SubmitForm, forms.ApproveForm, forms.ReturnForm, forms.CancelForm)  # fmt: skip
ACTIONS: dict[str, Callable[..., Any]] = {
    "submit_package": verbs.submit_package,
    "approve_package": verbs.approve_package,
    "return_package": verbs.return_package,
    "cancel_package": verbs.cancel_package,
}
DRAFT, SUBMITTED, APPROVED = PackageState.DRAFT, PackageState.SUBMITTED, PackageState.APPROVED
OFFERED = {
    "edit_package": {DRAFT},
    "submit_package": {DRAFT},
    "approve_package": {SUBMITTED},
    "return_package": {SUBMITTED},
    "cancel_package": {DRAFT, SUBMITTED, APPROVED},
    "send_again": {PackageState.SENT},
}


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Packages in sight by tab."""
    tab = request.GET.get("tab", "viec")
    tab = tab if tab in TABS else "viec"
    rows = packages_visible_to(actor_of(request)).filter(state__in=TABS[tab][1])
    found = with_sendings(rows).order_by("-changed_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    now = now_of(request)
    context = {
        "tabs": tabs(AREA), "tab": tab, "seg": [(key, label) for key, (label, _) in TABS.items()],
        "page": page, "rows": [(row, package_light(row, now)) for row in page],
        "may_compose": own_place(request, "compose_package") is not None,
    }  # fmt: skip
    return render(request, "desk/distribution/packages.html", context)


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A new draft of the reader's own agency; `bai` chooses an article beforehand."""
    place = own_place(request, "compose_package")
    if place is None:
        turned_away(request, "compose_package", Agency())
        return redirect(AREA)
    asked = number_in(request.GET.get("bai"))
    first = {"articles": [asked]} if asked else {}
    form, find = _asked(request, place.pk, first)
    if form.is_bound and form.is_valid():
        made = take(request, form, verbs.compose_package, place)
        if made is not None:
            messages.success(request, "Đã lưu gói tin. Xem lại rồi trình duyệt.")
            return redirect("desk-package", pk=made.pk)
    return _form(request, form, find, place, None)


def _asked(
    request: HttpRequest, agency_id: int, first: dict[str, Any]
) -> tuple[forms.PackageForm, forms.ArticleFindForm]:
    """The form of the package and what articles are looked for; looking again judges nothing and loses nothing."""
    actor, now, typed = actor_of(request), now_of(request), request.POST
    find = forms.ArticleFindForm(typed if typed else None, prefix="tim")
    found = articles_found(actor, now, find.looked(), forms.OFFERED_ARTICLES)
    chosen = [number_in(key) for key in typed.getlist("articles")] if typed else first.get("articles", [])  # fmt: skip
    kept = {"actor": actor, "now": now, "agency_id": agency_id, "found": found}
    kept["chosen"] = [key for key in chosen if key is not None]
    if typed and "find" not in typed:
        return forms.PackageForm(typed, initial=first, **kept), find
    return forms.PackageForm(initial=forms.as_typed(typed) if typed else first, **kept), find


def _form(
    request: HttpRequest, form: forms.PackageForm, find: forms.ArticleFindForm, place: Agency,
    package: Package | None,
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form, "find": find, "found": len(form.fields["articles"].queryset),  # type: ignore[attr-defined]
        "is_looking": "find" in request.POST, "place": place, "package": package, "tabs": tabs(AREA),
        "most": default_number("MD-154"),
    }  # fmt: skip
    status = 422 if form.errors or find.errors else 200
    return render(request, "desk/distribution/package_edit.html", context, status=status)


def _package(request: HttpRequest, pk: int) -> Package:
    found: Package = get_object_or_404(packages_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft typed again; who saves second is told and keeps what was typed."""
    found = _package(request, pk)
    if turned_away(request, "edit_package", found):
        return redirect("desk-package", pk=pk)
    first = forms.package_values(found)
    form, find = _asked(request, found.agency_id, first)
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            verbs.edit_package(
                found, actor=actor_of(request), now=now_of(request), version=version,
                **form.typed(),
            )  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("desk-package", pk=pk)
    return _form(request, form, find, found.agency, found)


@desk
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """One package: its articles, to whom, how it went, what was told afterwards."""
    return _page(request, _package(request, pk))


def _page(request: HttpRequest, found: Package, failed: VerbForm | None = None) -> HttpResponse:
    now, may = now_of(request), _may(request, found)
    url = lambda verb: reverse("desk-package-act", args=[found.pk, verb])  # noqa: E731
    sendings = list(deliveries_of(found))
    firsts = [row for row in sendings if row.notice_id is None]
    page = Paginator(firsts, SENDINGS).get_page(request.GET.get("page"))
    places = list(found.contents.select_related("article__agency"))
    context = {
        "package": found, "light": package_light(found, now), "may": may,
        "forms": offered(KINDS, may, url, found, failed), "form": failed,
        "places": [(place, state_words(place.article, now)) for place in places],
        "lists": list(found.lists.system("of a package the reader sees")),
        "waits_for": len(verbs.who_receives(found)) if found.sent_at is None else 0,
        "rows": [(row, sending_light(row, now), is_call_due(row, now)) for row in page],
        "page": page, "counts": _counts(firsts), "notices": _told(sendings),
        "call_after": default_number("MD-152"),
        "diary": diary_of(found, BOOK), "tabs": tabs(AREA),
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/distribution/package.html", context, status=status)


def _may(request: HttpRequest, found: Package) -> set[str]:
    allowed = authority.allowed(actor_of(request), OFFERED, found)
    return {verb for verb in allowed if found.state in OFFERED[verb]}


def _counts(rows: list[PackageDelivery]) -> dict[str, int]:
    states = [row.state for row in rows]
    return {
        "all": len(states),
        "opened": states.count(SendingState.OPENED),
        "sent": states.count(SendingState.SENT),
        "queued": states.count(SendingState.QUEUED),
        "failed": states.count(SendingState.FAILED),
    }


def _told(rows: list[PackageDelivery]) -> list[dict[str, Any]]:
    """What was told afterwards, and to how many it went out."""
    told: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row.notice is None:
            continue
        line = told.setdefault(row.notice.pk, {"notice": row.notice, "all": 0, "sent": 0, "failed": []})  # fmt: skip
        line["all"] += 1
        line["sent"] += row.state in {SendingState.SENT, SendingState.OPENED}
        if row.state == SendingState.FAILED:
            line["failed"].append(row)
    return list(told.values())


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the package; a refusal keeps what was typed."""
    found = _package(request, pk)
    if verb == "send_again":
        row = get_object_or_404(deliveries_of(found), pk=number_in(request.POST.get("row")))
        attempt(request, package_sending.send_again, row, done=f"Đang gửi lại cho {row.receiver}.")
        return redirect("desk-package", pk=pk)
    form = sent_form(request, KINDS, verb, found)
    if not is_done(request, form, ACTIONS, found):
        return _page(request, found, form)
    return redirect("desk-package", pk=pk)


@desk
def word(request: HttpRequest, pk: int, article: int) -> HttpResponse:
    """The Word file of one article as the press will get it."""
    place = get_object_or_404(
        _package(request, pk).contents.select_related("article__agency", "article__section"),
        article=article,
    )
    data = word_of(place.article, now_of(request))
    return attached(request, data, f"{place.article.slug[:60]}.docx", WORD)
