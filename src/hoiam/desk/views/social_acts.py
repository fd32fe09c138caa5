"""What is done on accounts: the queue with its failures, what was posted with its proof, one act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority, blobs
from hoiam.desk.forms import social as forms
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.presenters import social as shown
from hoiam.desk.rim import actor_of, desk
from hoiam.desk.views.files import attached
from hoiam.desk.views.spokespersons import take
from hoiam.newsroom.actions import social_acts as verbs
from hoiam.newsroom.models import SocialAct, SocialProof
from hoiam.newsroom.queries import social as queries
from hoiam.newsroom.states.social import ACT_STEPS, ActKind, ActState, Standing

PER_PAGE = 50
KINDS: tuple[type[VerbForm], ...] = (
    forms.ConfirmForm,
    forms.HandForm,
    forms.RetryForm,
    forms.ProposeEditForm,
    forms.ProposeRemovalForm,
    forms.CancelActForm,
)
ACTIONS: dict[str, Callable[..., Any]] = {
    "confirm_act": verbs.confirm_act,
    "record_by_hand": verbs.record_by_hand,
    "retry_act": verbs.retry_act,
    "propose_edit": verbs.propose_edit,
    "propose_removal": verbs.propose_removal,
    "cancel_act": verbs.cancel_act,
}


@desk
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, is being sent, or failed."""
    page = Paginator(queries.queue_of(actor_of(request)), PER_PAGE).get_page(request.GET.get("page"))  # fmt: skip
    rows = [(row, shown.act_lamp(row)) for row in page]
    context = {"page": page, "rows": rows, "tabs": shown.tabs("desk-social-queue")}
    return render(request, "desk/social/queue.html", context)


@desk
def archive(request: HttpRequest) -> HttpResponse:
    """What was posted, with whether it still stands."""
    page = Paginator(queries.archive_of(actor_of(request)), PER_PAGE).get_page(request.GET.get("page"))  # fmt: skip
    rows = [(row, shown.act_lamp(row)) for row in page]
    context = {"page": page, "rows": rows, "tabs": shown.tabs("desk-social-archive")}
    return render(request, "desk/social/archive.html", context)


def _act(request: HttpRequest, pk: int) -> SocialAct:
    found: SocialAct = get_object_or_404(queries.acts_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: what goes out, how it went, its proofs."""
    return _page(request, _act(request, pk))


def _may(request: HttpRequest, found: SocialAct) -> set[str]:
    actor = actor_of(request)
    may = {verb for verb in authority.allowed(actor, ACTIONS, found) if verb not in ACT_STEPS or found.state in ACT_STEPS[verb].sources}  # fmt: skip
    is_standing = found.kind == ActKind.POST and found.state == ActState.DONE
    if not is_standing or found.standing == Standing.GONE:
        may -= {"propose_edit", "propose_removal"}
    if found.proposed_by_id == actor.pk:
        may -= {"confirm_act"}
    return may


def _page(request: HttpRequest, found: SocialAct, failed: VerbForm | None = None) -> HttpResponse:
    may = _may(request, found)
    url = lambda verb: reverse("desk-social-act-do", args=[found.pk, verb])  # noqa: E731
    context = {
        "act": found, "lamp": shown.act_lamp(found), "may": may, "form": failed,
        "proofs": list(found.proofs.all()), "later": list(found.later.all()),
        "forms": offered(KINDS, may, url, found, failed), "diary": shown.diary_of(found),
        "tabs": shown.tabs("desk-social-queue"),
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/social/act.html", context, status=status)


@desk
@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the act; a refusal keeps what was typed."""
    found = _act(request, pk)
    kind = next((each for each in KINDS if each.verb == verb), None)
    if kind is None:
        raise Http404("no such verb")
    form = kind(request.POST, subject=found)
    made = take(request, form, ACTIONS[verb], found) if form.is_valid() else None
    if made is None:
        return _page(request, found, form)
    messages.success(request, form.done)
    return redirect("desk-social-act", pk=made.pk)


@desk
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The sealed answer of the platform, to save."""
    found: SocialProof = get_object_or_404(
        queries.proofs_of_acts_visible_to(actor_of(request)), pk=pk
    )
    name = f"bang-chung-{found.act_id}-{found.pk}.json"
    return attached(request, blobs.read(found.blob), name, "application/json", found.blob)
