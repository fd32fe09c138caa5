"""Cần xem thêm: items the second net puts before the centre, and the net's own state."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.second_looks import figures_said, labels_said, look_shown
from hoiam.desk.rim import actor_of, attempt, back, desk, now_of
from hoiam.kit.recognition.second_net_training import FEWEST_POSITIVES, can_learn
from hoiam.monitoring.actions import second_net as verbs
from hoiam.monitoring.models import LexiconVersion, SecondLook
from hoiam.monitoring.queries.second_net import (
    labelled,
    looks_listed,
    second_looks_visible_to,
    teachings_shown,
)
from hoiam.monitoring.states import LookState, TrialState

PER_PAGE = 30
DONE = {
    "accept": "Đã nhận. Tin đã được báo trên trang Theo dõi.",
    "reject": "Đã ghi là không liên quan; lưới thứ hai sẽ học từ đó.",
    "reopen": "Đã đưa tin trở lại danh sách.",
}


@desk
def look_list(request: HttpRequest) -> HttpResponse:
    """The rows of one tab, and beside them what the net is and how well it does."""
    if turned_away(request, "read_second_looks", SecondLook):
        return redirect("desk-home")
    actor, now = actor_of(request), now_of(request)
    tab = request.GET.get("tab", "")
    tab = tab if tab in LookState.values else LookState.OPEN
    page = Paginator(looks_listed(actor, tab), PER_PAGE).get_page(request.GET.get("page"))
    (net, last), labels = teachings_shown(), labelled(now)
    return render(
        request,
        "desk/second_looks.html",
        {
            "tabs": [(state.value, state.label) for state in LookState],
            "tab": tab,
            "page": page,
            "rows": [look_shown(look, actor, now) for look in page],
            "net": net,
            "figures": figures_said(net) if net and net.figures else "",
            "last": last,
            "teaching": last is not None and last.state in verbs.PENDING,
            "failed": last.note if last is not None and last.state == TrialState.FAILED else "",
            "labels": labels_said(labels),
            "fewest": FEWEST_POSITIVES,
            "has_enough": labels.accepted >= FEWEST_POSITIVES,
            "can_learn": can_learn(),
            "may_teach": authority.can(actor, "ask_training", LexiconVersion),
        },
    )


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One decision on one item."""
    if verb not in DONE:
        raise Http404
    look = get_object_or_404(second_looks_visible_to(actor_of(request)), pk=pk)
    attempt(request, getattr(verbs, f"{verb}_look"), look, done=DONE[verb])
    return back(request, reverse("desk-second-looks"))


@desk
@require_POST
def teach(request: HttpRequest) -> HttpResponse:
    """Teach the net anew now."""
    if turned_away(request, "ask_training", LexiconVersion):
        return redirect("desk-home")
    attempt(request, verbs.ask_training, done="Đã xếp việc huấn luyện. Thường xong trong vài phút.")
    return redirect("desk-second-looks")
