"""Ủy quyền, so lời, việc định kỳ: who may speak on a case, authorisations, duties that raise themselves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.desk.forms.speaking import (
    CompareForm,
    DraftAuthorisationForm,
    ReasonForm,
    SettleForm,
    SignForm,
)
from hoiam.desk.forms.spokespersons import TypedForm
from hoiam.desk.presenters.spokespersons import tabs
from hoiam.desk.rim import actor_of, desk, now_of
from hoiam.desk.views.spokespersons import hidden_tabs, take
from hoiam.handling.actions import authorisations as verbs
from hoiam.handling.actions import duties as duty_verbs
from hoiam.handling.models import Authorisation, Duty, Statement
from hoiam.handling.queries import cases_visible_to
from hoiam.handling.queries.speaking import (
    authorisations_visible_to,
    disagreements,
    duties_visible_to,
    ending_soon,
    law_of,
    speakers_of,
)
from hoiam.handling.states import AuthorisationState, DutyState
from hoiam.kit.rulebook import Light, light

SHOWN = 200


def area_tabs(request: HttpRequest, current: str) -> list[Any]:
    """The tabs of the area; the register of breaches only for who decides."""
    return tabs(current, hidden_tabs(actor_of(request)))


@desk
def case_speaking(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may speak on the case, what was said set side by side, words about to be said compared."""
    actor, now = actor_of(request), now_of(request)
    case = get_object_or_404(cases_visible_to(actor).select_related("agency"), pk=pk)
    may = authority.can(actor, "draft_authorisation", case)
    said = list(case.statements.select_related("official", "recorded_by", "authorisation"))
    compare, draft = CompareForm(auto_id="cmp_%s"), None
    found = disagreements(said)
    if request.method == "POST" and "text" in request.POST:
        compare = CompareForm(request.POST, auto_id="cmp_%s")
        if compare.is_valid():
            words = Statement(
                case=case, at=now, spokesperson="Lời sắp nói", text=compare.cleaned_data["text"]
            )
            found = [each for each in disagreements([*said, words]) if each.later is words]
    if may:
        initial = {"from_on": actor.today}
        draft = DraftAuthorisationForm(
            request.POST if "matter" in request.POST else None,
            actor=actor,
            case=case,
            initial=initial,
        )
        if draft.is_bound and draft.is_valid():
            made = take(request, draft, verbs.draft_authorisation, case)
            if made is not None:
                messages.success(request, "Đã soạn giấy ủy quyền, chờ thủ trưởng ký.")
                return redirect("desk-authorisation", pk=made.pk)
    failed = (compare.is_bound and compare.errors) or (draft is not None and draft.errors)
    context = {
        "case": case,
        "law": law_of(case.agency, actor.today),
        "speakers": speakers_of(case, now),
        "statements": said,
        "found": found,
        "compared": compare.is_bound and not compare.errors,
        "compare": compare,
        "draft": draft,
        "authorisations": [
            _row(each, request) for each in case.authorisations.select_related("official")
        ],
    }
    return render(request, "desk/case_speaking.html", context, status=422 if failed else 200)


def _row(each: Authorisation, request: HttpRequest) -> tuple[Authorisation, Light]:
    """The authorisation with its light: its end comes by the day, whatever its state says."""
    today = actor_of(request).today
    if each.state == AuthorisationState.DRAFT:
        return each, Light("due", "wait", "chờ thủ trưởng ký")
    if each.state != AuthorisationState.SIGNED:
        return each, Light("ok", "done", each.get_state_display().lower())
    if each.to_on < today:
        return each, Light("ok", "done", "đã hết hạn")
    if each.from_on > today:
        return each, Light("ok", "wait", "chưa đến ngày")
    days = (each.to_on - today).days
    return each, Light("ok", "run", f"còn {days} ngày" if days else "hết hạn cuối hôm nay")


@desk
def authorisations(request: HttpRequest) -> HttpResponse:
    """Every authorisation in sight; those that wait for a signature or end soon first."""
    actor = actor_of(request)
    rows = authorisations_visible_to(actor)
    soon = set(ending_soon(rows, actor.today).values_list("pk", flat=True))
    listed = [_row(each, request) for each in rows[:SHOWN]]
    groups = (
        ("Chờ ký", [r for r in listed if r[0].state == AuthorisationState.DRAFT]),
        ("Sắp hết hạn", [r for r in listed if r[0].pk in soon]),
        ("Đang có hiệu lực", [r for r in listed if r[1].work == "run" and r[0].pk not in soon]),
        ("Khác", [r for r in listed if r[1].work not in {"run"} and r[0].state != "draft" and r[0].pk not in soon]),
    )  # fmt: skip
    context = {
        "groups": [g for g in groups if g[1]],
        "tabs": area_tabs(request, "desk-authorisations"),
    }
    return render(request, "desk/authorisations.html", context)


@desk
def authorisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One authorisation with what may be done."""
    return _authorisation(request, pk)


def _authorisation(request: HttpRequest, pk: int, status: int = 200, **failed: Any) -> HttpResponse:
    found = get_object_or_404(authorisations_visible_to(actor_of(request)), pk=pk)
    steps = ("sign_authorisation", "withdraw_authorisation", "revoke_authorisation")
    context = {
        "it": found,
        "light": _row(found, request)[1],
        "may": authority.allowed(actor_of(request), steps, found),
        "sign_form": SignForm(auto_id="sign_%s"),
        "revoke_form": ReasonForm(auto_id="revoke_%s"),
        "tabs": area_tabs(request, "desk-authorisations"),
        **failed,
    }
    return render(request, "desk/authorisation.html", context, status=status)


@desk
@require_POST
def authorisation_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Signing, giving up, ending; a refusal stands at its field."""
    found = get_object_or_404(authorisations_visible_to(actor_of(request)), pk=pk)
    table: dict[str, tuple[str, TypedForm, Callable[..., Any], str]] = {
        "sign": ("sign_form", SignForm(request.POST, auto_id="sign_%s"), verbs.sign_authorisation, "Đã ghi giấy ủy quyền đã ký."),
        "revoke": ("revoke_form", ReasonForm(request.POST, auto_id="revoke_%s"), verbs.revoke_authorisation, "Đã chấm dứt ủy quyền."),
        "withdraw": ("form", TypedForm(request.POST), verbs.withdraw_authorisation, "Đã bỏ dự thảo."),
    }  # fmt: skip
    if verb not in table:
        raise Http404
    name, form, action, done = table[verb]
    if form.is_valid() and take(request, form, action, found) is not None:
        messages.success(request, done)
        return redirect("desk-authorisation", pk=pk)
    return _authorisation(request, pk, status=422, form=form, **{name: form})


def duty_light(duty: Duty, request: HttpRequest) -> Light:
    """Open by its due time; done in time or late; excused apart."""
    if duty.state == DutyState.EXCUSED:
        return Light("ok", "done", "không phải làm kỳ này")
    work = "done" if duty.state == DutyState.DONE else "wait"
    return light(duty.due_at, now_of(request), work, done_at=duty.done_at)


@desk
def duties(request: HttpRequest) -> HttpResponse:
    """Periodic duties of my agency and those below: open ones first, what was done and how late."""
    actor, now = actor_of(request), now_of(request)
    since = now - timedelta(days=400)  # not-law: how far back the page looks
    rows = [
        (duty, duty_light(duty, request))
        for duty in duties_visible_to(actor).filter(due_at__gte=since)[:SHOWN]
    ]
    own = {post.agency_id for post in actor.posts}
    opened = [r for r in rows if r[0].state == DutyState.OPEN]
    context = {
        "mine": [r for r in opened if r[0].agency_id in own],
        "others": [r for r in opened if r[0].agency_id not in own],
        "settled": sorted((r for r in rows if r[0].state != DutyState.OPEN), key=lambda r: r[0].due_at, reverse=True),
        "late": sum(r[1].time == "late" for r in opened),
        "done_late": sum(r[0].is_late for r in rows),
        "tabs": area_tabs(request, "desk-duties"),
    }  # fmt: skip
    return render(request, "desk/duties.html", context)


@desk
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty: done with what was given, or excused with a reason."""
    actor = actor_of(request)
    found = get_object_or_404(duties_visible_to(actor), pk=pk)
    asked = request.POST.get("verb") if request.method == "POST" else None
    settle = SettleForm(
        request.POST if asked == "settle" else None,
        auto_id="set_%s",
        initial={"done_at": now_of(request)},
    )
    excuse = ReasonForm(request.POST if asked == "excuse" else None, auto_id="exc_%s")
    for form, action in ((settle, duty_verbs.settle_duty), (excuse, duty_verbs.excuse_duty)):
        if form.is_bound and form.is_valid() and take(request, form, action, found) is not None:
            messages.success(request, "Đã ghi.")
            return redirect("desk-duties")
    bound = next((form for form in (settle, excuse) if form.is_bound), None)
    context = {
        "duty": found,
        "light": duty_light(found, request),
        "may": authority.allowed(actor, ("settle_duty", "excuse_duty"), found),
        "settle": settle,
        "excuse": excuse,
        "form": bound,
        "tabs": area_tabs(request, "desk-duties"),
    }
    return render(request, "desk/duty.html", context, status=422 if bound and bound.errors else 200)
