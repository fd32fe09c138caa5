"""Bài đặt viết: pieces asked for, one more, one of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import agencies_visible_to
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.verb_forms import offered
from hoiam.desk.forms.writing import COMMISSION_VERBS, CommissionForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.writing import diary_of, tabs
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.spokespersons import take
from hoiam.desk.views.verbs import own_place
from hoiam.desk.views.writing import get_kind
from hoiam.newsroom import actions as verbs
from hoiam.newsroom.models import Commission
from hoiam.newsroom.policies.submissions import WRITERS
from hoiam.newsroom.queries import commissions_visible_to, submissions_visible_to
from hoiam.newsroom.states.submissions import COMMISSION_STEPS, OPEN_COMMISSION
from hoiam.scheme.actions.expert_pieces import ask_expert_for_piece
from hoiam.scheme.models import Expert
from hoiam.scheme.queries.network import experts_to_ask, invitation_to

AREA = "desk-commissions"
PER_PAGE = 40


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Pieces asked for: open ones by what is due first, or those that are settled."""
    actor = actor_of(request)
    tab = "done" if request.GET.get("tab") == "done" else "open"
    rows = commissions_visible_to(actor)
    is_open = {"state__in": OPEN_COMMISSION}
    rows = rows.filter(**is_open) if tab == "open" else rows.exclude(**is_open).order_by("-due_on")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "tab": tab, "tabs": tabs(AREA), "today": actor.today,
        "may_ask": own_place(request, "ask_for_piece") is not None,
    }  # fmt: skip
    return render(request, "desk/writing/commissions.html", context)


@desk
def new(request: HttpRequest) -> HttpResponse:
    """Somebody asked to write, in the name of the reader's own unit."""
    place = own_place(request, "ask_for_piece")
    if place is None:
        turned_away(request, "ask_for_piece", Agency())
        return redirect(AREA)
    form = CommissionForm(request.POST or None, initial={"expert": request.GET.get("expert")})
    form.fields["expert"].queryset = experts_to_ask(actor_of(request))  # type: ignore[attr-defined]
    units = agencies_visible_to(actor_of(request))
    people = Official.objects.filter(is_active=True, posts__agency__in=units, posts__role__in=WRITERS)  # fmt: skip
    form.fields["official"].queryset = people.distinct().order_by("full_name")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        made = take(request, form, _ask, place)
        if made is not None:
            messages.success(request, f"Đã đặt viết; {made.name} được báo qua thư.")
            return redirect("desk-commission", pk=made.pk)
    context = {"form": form, "place": place, "tabs": tabs(AREA)}
    return render(request, "desk/writing/commission_new.html", context, status=422 if form.errors else 200)  # fmt: skip


def _ask(place: Agency, *, expert: Expert | None, **typed: Any) -> Commission:
    """The piece asked of an expert of the list, or of whom the form names."""
    if expert is None:
        return verbs.ask_for_piece(place, **typed)
    kept = {name: typed[name] for name in ("wish", "actor", "now")}
    return ask_expert_for_piece(expert, place, **kept)


def _commission(request: HttpRequest, pk: int) -> Commission:
    found: Commission = get_object_or_404(commissions_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def commission(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece asked for: the wish, its answer, its link, the piece that came of it."""
    return _page(request, _commission(request, pk))


def _page(request: HttpRequest, found: Commission, failed: Any = None) -> HttpResponse:
    actor = actor_of(request)
    may = {kind.verb for kind in COMMISSION_VERBS if _may(request, kind.verb, found)}
    links = found.links.all()
    context = {
        "wish": found, "diary": diary_of(found), "tabs": tabs(AREA), "links": links, "form": failed,
        "forms": offered(COMMISSION_VERBS, may, lambda verb: reverse("desk-commission-act", args=[found.pk, verb]), found, failed),
        "pieces": submissions_visible_to(actor).filter(commission=found).select_related("article"),
        "invitation": invitation_to(found),
        "may_begin": found.state in OPEN_COMMISSION and authority.can(actor, "begin_commissioned", found),
    }  # fmt: skip
    return render(request, "desk/writing/commission.html", context, status=422 if failed else 200)


def _may(request: HttpRequest, verb: str, found: Commission) -> bool:
    steps = {"send_link": "move_commission", "revoke_links": "move_commission"}
    if found.state not in COMMISSION_STEPS[steps.get(verb, verb)].sources:
        return False
    if verb in steps and found.official_id is not None:
        return False
    return authority.can(actor_of(request), verb, found)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the wish; a refusal stands at its field."""
    found = _commission(request, pk)
    kind = get_kind(COMMISSION_VERBS, verb)
    form = kind(request.POST, subject=found)
    if form.is_valid():
        try:
            getattr(verbs, verb)(
                found, actor=actor_of(request), now=now_of(request), **form.typed()
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, kind.done)
            return redirect("desk-commission", pk=pk)
    return _page(request, found, form)


@desk
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of a piece asked of the reader."""
    found, place = _commission(request, pk), own_place(request, "begin_submission")
    if place is None:
        turned_away(request, "begin_submission", Agency())
        return redirect("desk-commission", pk=pk)
    draft = attempt(request, verbs.begin_commissioned, found, place)
    return redirect("desk-writing-edit", pk=draft.pk) if draft else redirect("desk-commission", pk=pk)  # fmt: skip
