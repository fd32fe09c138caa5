"""Theo dõi báo: the watches in sight, one watch with its looks, what a person records of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.outlet_watch import DismissForm, ReplyForm, SectionForm
from hoiam.desk.presenters.outlet_watch import (
    TABS,
    before_after,
    expected_words,
    failing_words,
    looks_shown,
    proposal_words,
    watch_row,
)
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.handling.actions import record_check
from hoiam.handling.actions.rounds import draft_next_round, rounds_of
from hoiam.handling.actions.watch_looks import dismiss_proposal, look_now
from hoiam.handling.actions.watch_places import guess_section, keep_section
from hoiam.handling.models import OutletLook, OutletWatch, WatchCheck
from hoiam.handling.queries import outlet_watch as queries

PER_PAGE = 40
MOST_LOOKS = 40
VERBS = {"reply": ReplyForm, "dismiss": DismissForm, "section": SectionForm}


@desk
def watch_list(request: HttpRequest) -> HttpResponse:
    """Every watch of one tab: outlet, what is expected, by when, last look, next look."""
    tab = request.GET.get("tab", "open")
    now = now_of(request)
    rows = queries.watch_list(actor_of(request), now=now, tab=tab)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "tab": tab,
        "tabs": TABS,
        "page": page,
        "rows": [watch_row(watch, now) for watch in page],
    }
    return render(request, "desk/outlet_watches.html", shown)


def _found(request: HttpRequest, pk: int) -> OutletWatch:
    rows = queries.watches_visible_to(actor_of(request)).select_related(
        "case__agency", "paper__agency", "paper__item", "paper__press_agency", "paper__channel",
        "item", "channel__press_agency", "proposal_look",
    )  # fmt: skip
    looks = OutletLook.objects.select_related("capture", "version", "item", "by")
    checks = WatchCheck.objects.select_related("by", "evidence")
    return get_object_or_404(
        rows.prefetch_related(Prefetch("looks", looks), Prefetch("checks", checks)), pk=pk
    )


@desk
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """One watch: what is expected, what waits for confirmation, before and after, the looks."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest, watch: OutletWatch, *, failed: Any = None, status: int = 200
) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    may_record = authority.can(actor, "record_check", watch.paper)
    may_follow = authority.can(actor, "dismiss_proposal", watch)
    kept = watch.channel.correction_url if watch.channel else ""
    looks = list(watch.looks.all())
    goes_on = queries.may_go_on(watch)
    shown = {
        "watch": watch,
        "case": watch.case,
        "light": queries.watch_light(watch, now),
        "expected": expected_words(watch, now),
        "proposal": proposal_words(watch),
        "failing": failing_words(watch),
        "both": before_after(watch),
        "looks": looks_shown(looks[:MOST_LOOKS]),
        "look_count": len(looks),
        "addresses": queries.addresses_of(watch),
        "rounds": rounds_of(watch.paper, now) if goes_on else None,
        "may_draft": goes_on and authority.can(actor, "draft_next_round", watch),
        "form": failed,
        "reply_form": ReplyForm(watch=watch) if may_record else None,
        "dismiss_form": DismissForm(auto_id="dismiss-%s") if may_follow and watch.proposal else None,
        "section_form": SectionForm(initial={"url": kept}, auto_id="section-%s") if may_follow else None,
        "guesses": request.session.pop(f"guesses-{watch.pk}", None),
    }  # fmt: skip
    if failed is not None:
        shown[f"{failed.verb}_form"] = failed
    return render(request, "desk/outlet_watch.html", shown, status=status)


@desk
@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """What a person records, denies or keeps; a refusal stands at the field with all that was typed."""
    watch = _found(request, pk)
    if verb not in VERBS:
        raise Http404
    more = {"watch": watch} if verb == "reply" else {"auto_id": f"{verb}-%s"}
    form: Any = VERBS[verb](request.POST, **more)
    form.verb = verb
    if not (form.is_valid() and _done(request, watch, form)):
        return _page(request, watch, failed=form, status=422)
    messages.success(
        request,
        {
            "reply": "Đã ghi kết quả của báo.",
            "dismiss": "Đã bỏ đề xuất; hệ thống sẽ không đề xuất lại điều này.",
            "section": "Đã ghi nơi báo đăng cải chính.",
        }[verb],
    )
    return redirect("desk-outlet-watch", pk=pk)


def _done(request: HttpRequest, watch: OutletWatch, form: Any) -> bool:
    who = {"actor": actor_of(request), "now": now_of(request)}
    try:
        if form.verb == "reply":
            record_check(watch.paper, watch=watch, **who, **form.cleaned_data)
        elif form.verb == "dismiss":
            dismiss_proposal(watch, **who, **form.cleaned_data)
        else:
            keep_section(watch, **who, **form.cleaned_data)
    except HoiAmError as error:
        refuse(form, error)
        return False
    return True


@desk
@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Xem ngay: one round of looks at this person's wish."""
    watch = _found(request, pk)
    looks = attempt(request, look_now, watch)
    if looks:
        best = looks[0] if isinstance(looks, list) else None
        words = best.words if best else "Không có trang nào để xem."
        messages.success(request, f"Đã xem {len(looks)} nơi. {words}")
    return redirect("desk-outlet-watch", pk=pk)


@desk
@require_POST
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """Tìm chuyên mục cải chính: guesses from the home page, shown before anything is kept."""
    watch = _found(request, pk)
    found = attempt(request, guess_section, watch)
    if found is not None:
        request.session[f"guesses-{pk}"] = list(found)
    return redirect("desk-outlet-watch", pk=pk)


@desk
@require_POST
def next_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Soạn lượt 2: the next paper to the same outlet, filled from the last one."""
    watch = _found(request, pk)
    paper = attempt(
        request, draft_next_round, watch, done="Đã soạn lượt tiếp theo từ văn bản trước. Kiểm tra rồi trình duyệt."
    )  # fmt: skip
    if paper is None:
        return redirect("desk-outlet-watch", pk=pk)
    return redirect("desk-paper", pk=paper.pk)
