"""Quy tắc, hạn: every rule in force with its source and grade, and the stricter number that binds my unit."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import case_agency
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.rules import TighteningForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.rules import groups_of, rule_row
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.handling.actions import end_tightening, set_tightening
from hoiam.handling.models import Tightening
from hoiam.handling.queries.tightenings import rules_in_force, tightenings_of
from hoiam.kit.rulebook import Rule, RulebookError, defaults, rule, rules


def _unit(request: HttpRequest) -> Agency:
    """The agency in whose name the person's cases stand."""
    first = actor_of(request).posts[0]
    return case_agency(Agency.objects.select_related("parent").get(pk=first.agency_id))


def _all_rules() -> list[Rule]:
    return [*rules(), *(rule(one.id) for one in defaults() if one.clock is not None)]


@desk
def rule_list(request: HttpRequest) -> HttpResponse:
    """The rules of today for my unit, by field."""
    unit, today = _unit(request), actor_of(request).today
    found = rules_in_force(unit, today, _all_rules())
    shown = {"unit": unit, "today": today, "groups": groups_of(found)}
    return render(request, "desk/rules.html", shown)


@desk
def rule_page(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule through time, the numbers units set over it, and the form to set ours."""
    try:
        known = rule(rule_id)
    except RulebookError as error:
        raise Http404(str(error)) from error
    actor, unit = actor_of(request), _unit(request)
    form = TighteningForm(request.POST or None, initial={"valid_from": actor.today})
    if request.method == "POST":
        if turned_away(request, "set_tightening", unit):
            return redirect("desk-rule", rule_id=known.id)
        if form.is_valid() and _set(request, unit, known, form):
            return redirect("desk-rule", rule_id=known.id)
    now_in_force = rules_in_force(unit, actor.today, [known])
    shown = {
        "unit": unit,
        "rule": known,
        "versions": [
            # As it stands today: whether it has to be compared with a newer law is known by the day alone.
            rule_row(known, known.at(actor.today) if version.binds_on(actor.today) else version)
            for version in reversed(known.versions)
        ],
        "current": rule_row(known, now_in_force[0].version, now_in_force[0].tightening)
        if now_in_force
        else None,
        "numbers": tightenings_of(unit, known.id),
        "form": form,
        "may": authority.can(actor, "set_tightening", unit),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/rule.html", shown, status=status)


def _set(request: HttpRequest, unit: Agency, known: Rule, form: TighteningForm) -> bool:
    try:
        set_tightening(
            unit,
            rule=known.id,
            actor=actor_of(request),
            now=now_of(request),
            **form.cleaned_data,
        )
    except HoiAmError as error:
        refuse(form, error)
        return False
    messages.success(request, "Đã đặt. Hạn mở từ ngày đó tính theo con số này.")
    return True


@desk
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Thôi siết: the law's own number again."""
    unit = _unit(request)
    row = get_object_or_404(Tightening.objects.narrowed(agency=unit), pk=pk)
    reason = request.POST.get("reason", "")
    done = "Đã thôi siết. Hạn mở sau hôm nay theo luật."
    attempt(request, end_tightening, row, reason=reason, done=done)
    return redirect("desk-rule", rule_id=row.rule)
