"""Khen thưởng: the lists, a new one counted from the records, one with its entries and Word files."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.desk.forms import rewards as forms
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.presenters.cooperation import diary_of, tabs
from hoiam.desk.rim import actor_of, attempt, desk, now_of
from hoiam.desk.typed import number_in
from hoiam.desk.views.verbs import begun, is_done, own_place, sent_form, word_file
from hoiam.scheme.actions import rewards as verbs
from hoiam.scheme.actions.reward_papers import decision_word, list_word, proposal_word
from hoiam.scheme.models import RewardList
from hoiam.scheme.queries.rewards import rewards_visible_to
from hoiam.scheme.states.rewards import REWARD_TRANSITIONS

PER_PAGE = 50
AREA = "desk-rewards"
KINDS: tuple[type[VerbForm], ...] = (forms.ReviewForm, forms.DecideForm, forms.ReturnForm, forms.RefuseForm)  # fmt: skip
ACTIONS: dict[str, Callable[..., Any]] = {
    "review_rewards": verbs.review_rewards,
    "return_rewards": verbs.return_rewards,
    "decide_rewards": verbs.decide_rewards,
    "refuse_rewards": verbs.refuse_rewards,
}
PAPERS = {
    "proposal": (proposal_word, "to-trinh"),
    "list": (list_word, "danh-sach"),
    "decision": (decision_word, "quyet-dinh"),
}


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Lists in sight, the newest period first."""
    page = Paginator(rewards_visible_to(actor_of(request)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page, "tabs": tabs(AREA),
        "may_start": own_place(request, "start_rewards") is not None,
    }  # fmt: skip
    return render(request, "desk/cooperation/rewards.html", context)


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A new list, counted at once."""
    return begun(
        request, AREA, "start_rewards", forms.RewardForm(request.POST or None), verbs.start_rewards,
        template="desk/cooperation/reward_new.html", page="desk-reward",
        done=lambda made: f"Đã đếm: {made.entries.count()} tập thể, cá nhân đủ tiêu chí.",
    )  # fmt: skip


def _rewards(request: HttpRequest, pk: int) -> RewardList:
    found: RewardList = get_object_or_404(rewards_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def reward(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: criteria, entries with their counts, what may be done."""
    return _page(request, _rewards(request, pk))


def _page(request: HttpRequest, found: RewardList, failed: VerbForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    starts = {name: step.sources for name, step in REWARD_TRANSITIONS.items()}
    may = {v for v in authority.allowed(actor, starts, found) if found.state in starts[v]}
    url = lambda verb: reverse("desk-reward-act", args=[found.pk, verb])  # noqa: E731
    entries = list(found.entries.all())
    context = {
        "rewards": found, "entries": entries, "left": sum(not row.struck_why for row in entries),
        "criteria": found.criteria.splitlines(), "may": may,
        "forms": offered(KINDS, may, url, found, failed), "propose_url": url("propose_rewards"),
        "strike_url": url("strike_entry"), "merit_url": url("word_merit"),
        "diary": diary_of(found), "tabs": tabs(AREA), "form": failed,
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/cooperation/reward.html", context, status=status)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the list or on an entry of it."""
    found = _rewards(request, pk)
    if verb == "propose_rewards":
        attempt(request, verbs.propose_rewards, found, done="Đã đề nghị; chờ người khác xét.")
        return redirect("desk-reward", pk=pk)
    if verb in {"strike_entry", "word_merit"}:
        _of_entry(request, found, verb)
        return redirect("desk-reward", pk=pk)
    form = sent_form(request, KINDS, verb, found)
    if not is_done(request, form, ACTIONS, found):
        return _page(request, found, form)
    return redirect("desk-reward", pk=pk)


def _of_entry(request: HttpRequest, found: RewardList, verb: str) -> None:
    entry = get_object_or_404(found.entries, pk=number_in(request.POST.get("row")))
    words = request.POST.get("words", "")
    if verb == "strike_entry":
        attempt(request, verbs.strike_entry, entry, reason=words, done="Đã sửa danh sách.")
    else:
        attempt(
            request,
            verbs.word_merit,
            entry,
            merit=words,
            was=request.POST.get("was", ""),
            done="Đã ghi thành tích.",
        )


@desk
def word(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """The proposal or the list as a Word file."""
    found = _rewards(request, pk)
    if paper not in PAPERS:
        raise Http404("no such paper")
    make, name = PAPERS[paper]
    return word_file(
        request,
        lambda: make(found, now=now_of(request)),
        f"{name}-khen-thuong-{pk}.docx",
        redirect("desk-reward", pk=pk),
    )
