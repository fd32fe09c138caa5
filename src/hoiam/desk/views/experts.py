"""Chuyên gia: the list, somebody new, one expert with works, consent and invitations."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.desk.forms import network as forms
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.cooperation import diary_of, tabs
from hoiam.desk.rim import actor_of, desk
from hoiam.desk.views.spokespersons import take
from hoiam.desk.views.verbs import begun, is_done, own_place, sent_form
from hoiam.scheme.actions import experts as verbs
from hoiam.scheme.models import Expert, ExpertInvitation
from hoiam.scheme.queries.network import experts_to_ask, experts_visible_to, invitations_of
from hoiam.scheme.states.people import Consent

PER_PAGE = 50
AREA = "desk-experts"
KINDS: tuple[type[VerbForm], ...] = (forms.ConsentForm, forms.WorkForm, forms.InviteForm, forms.AnswerForm)  # fmt: skip


def _answer(expert: Expert, *, invitation: ExpertInvitation, **typed: Any) -> ExpertInvitation:
    return verbs.record_expert_answer(invitation, **typed)


ACTIONS: dict[str, Callable[..., Any]] = {
    "record_consent": verbs.record_consent,
    "add_work": verbs.add_work,
    "invite_expert": verbs.invite_expert,
    "record_expert_answer": _answer,
}


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Experts in sight, by given name."""
    page = Paginator(experts_visible_to(actor_of(request)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page, "tabs": tabs(AREA), "may_add": own_place(request, "add_expert") is not None,
    }  # fmt: skip
    return render(request, "desk/cooperation/experts.html", context)


@desk
def new(request: HttpRequest) -> HttpResponse:
    """Somebody for the list of the reader's own agency."""
    return begun(
        request, AREA, "add_expert", forms.ExpertForm(request.POST or None), verbs.add_expert,
        template="desk/cooperation/expert_edit.html", page="desk-expert",
        done=lambda made: "Đã thêm. Hãy hỏi ý kiến người đó trước khi ghi cách liên hệ.",
    )  # fmt: skip


def _expert(request: HttpRequest, pk: int) -> Expert:
    found: Expert = get_object_or_404(experts_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The line typed again."""
    found = _expert(request, pk)
    if turned_away(request, "change_expert", found):
        return redirect("desk-expert", pk=pk)
    form = forms.ExpertForm(request.POST or None, expert=found)
    ready = request.method == "POST" and form.is_valid()
    if ready and take(request, form, verbs.change_expert, found) is not None:
        messages.success(request, "Đã lưu.")
        return redirect("desk-expert", pk=pk)
    context = {"form": form, "expert": found, "place": found.agency, "tabs": tabs(AREA)}
    status = 422 if form.errors else 200
    return render(request, "desk/cooperation/expert_edit.html", context, status=status)


@desk
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    """One expert: consent, works, invitations."""
    return _page(request, _expert(request, pk))


def _page(request: HttpRequest, found: Expert, failed: VerbForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    may = authority.allowed(actor, (*ACTIONS, "change_expert"), found)
    invitations = list(invitations_of(found, actor))
    if found.consent != Consent.GIVEN:
        may -= {"invite_expert"}
    if not any(row.answer == "waiting" for row in invitations):
        may -= {"record_expert_answer"}
    url = lambda verb: reverse("desk-expert-act", args=[found.pk, verb])  # noqa: E731
    context = {
        "expert": found, "works": list(found.works.all()), "invitations": invitations, "may": may,
        "forms": offered(KINDS, may, url, found, failed), "tabs": tabs(AREA),
        "may_ask": own_place(request, "ask_for_piece") is not None and experts_to_ask(actor).filter(pk=found.pk).exists(),
        "diary": diary_of(found) if actor.sees(found.agency_id) else [], "form": failed,
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/cooperation/expert.html", context, status=status)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the expert; a refusal keeps what was typed."""
    found = _expert(request, pk)
    form = sent_form(request, KINDS, verb, found)
    if not is_done(request, form, ACTIONS, found):
        return _page(request, found, form)
    return redirect("desk-expert", pk=pk)
