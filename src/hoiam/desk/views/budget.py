"""Kinh phí: the estimates, one with its table by line and unit, what was given and spent, a file for a spreadsheet."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.queries import agencies_visible_to
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms import budget as forms
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.presenters.cooperation import diary_of, tabs
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.sheets import table_answer
from hoiam.desk.typed import number_in
from hoiam.desk.views.verbs import is_done, sent_form
from hoiam.scheme.actions import budgets as verbs
from hoiam.scheme.actions import spending
from hoiam.scheme.models import BudgetLine, BudgetPlan
from hoiam.scheme.queries.budgets import (
    BudgetTable,
    allotments_of,
    budget_table,
    budgets_visible_to,
    sight_of,
    spendings_of,
)
from hoiam.scheme.queries.schemes import schemes_visible_to
from hoiam.scheme.states.budget import BUDGET_TRANSITIONS, BudgetState

PER_PAGE, SHOWN = 50, 20
AREA = "desk-budgets"
KINDS: tuple[type[VerbForm], ...] = (
    forms.SpendForm, forms.AllotForm, forms.LineForm, forms.AmountForm, forms.DropLineForm,
    forms.ApproveForm, forms.ReopenForm,
)  # fmt: skip
DRAFT, APPROVED = BudgetState.DRAFT, BudgetState.APPROVED
# The verb of the page, the right it asks for, the states it is offered in.
OFFERED = {
    "add_line": ("edit_budget", DRAFT),
    "change_line": ("edit_budget", DRAFT),
    "drop_line": ("edit_budget", DRAFT),
    "approve_budget": ("approve_budget", DRAFT),
    "reopen_budget": ("reopen_budget", APPROVED),
    "close_budget": ("close_budget", APPROVED),
    "allot_money": ("allot_money", APPROVED),
    "record_spending": ("record_spending", APPROVED),
}


def _of_line(action: Callable[..., Any]) -> Callable[..., Any]:
    """The action that takes a line, called with what a form of the estimate gives."""

    def act(plan: BudgetPlan, *, line: BudgetLine, **typed: Any) -> Any:
        return action(line, **typed)

    return act


ACTIONS: dict[str, Callable[..., Any]] = {
    "add_line": verbs.add_budget_line,
    "change_line": _of_line(verbs.change_budget_line),
    "drop_line": _of_line(verbs.drop_budget_line),
    "approve_budget": verbs.approve_budget,
    "reopen_budget": verbs.reopen_budget,
    "allot_money": _of_line(spending.allot_money),
    "record_spending": _of_line(spending.record_spending),
}


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Estimates in sight; a new one for a scheme that my agency runs."""
    actor = actor_of(request)
    mine = [post.agency_id for post in actor.posts]
    schemes = schemes_visible_to(actor).filter(owner__in=mine)
    may = [each for each in schemes[:PER_PAGE] if authority.can(actor, "make_budget", each)]
    form = forms.BudgetForm(request.POST or None, schemes=schemes, initial={"year": actor.today.year})  # fmt: skip
    if request.method == "POST" and may and form.is_valid():
        scheme, year = form.cleaned_data["scheme"], form.cleaned_data["year"]
        try:
            made = verbs.make_budget(scheme, actor=actor, now=now_of(request), year=year)
        except HoiAmError as error:
            refuse(form, error)
        else:
            return redirect("desk-budget", pk=made.pk)
    page = Paginator(budgets_visible_to(actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "may": bool(may), "tabs": tabs(AREA)}
    status = 422 if form.errors else 200
    return render(request, "desk/cooperation/budgets.html", context, status=status)


def _plan(request: HttpRequest, pk: int) -> BudgetPlan:
    found: BudgetPlan = get_object_or_404(budgets_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """One estimate: planned, given and spent by line and by unit, warnings in words, what was entered last."""
    return _page(request, _plan(request, pk))


def _page(request: HttpRequest, found: BudgetPlan, failed: VerbForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    sight = sight_of(found, actor)
    may = {
        verb
        for verb, (right, state) in OFFERED.items()
        if found.state == state and authority.can(actor, right, found)
    }
    url = lambda verb: reverse("desk-budget-act", args=[found.pk, verb])  # noqa: E731
    shown = offered(KINDS, may, url, found, failed)
    lists = forms.Lists(found, agencies_visible_to(actor))
    for form in shown:
        if isinstance(form, forms.OfPlan):
            form.offer(lists)
    table = budget_table(found, sight)
    context = {
        "plan": found, "table": table, "left": table.whole.left, "is_whole": sight is None,
        "allotments": allotments_of(found, sight)[:SHOWN],
        "spendings": spendings_of(found, sight)[:SHOWN], "shown": SHOWN,
        "may": may, "may_drop": found.state == APPROVED and authority.can(actor, "drop_spending", found),
        "forms": shown, "close_url": url("close_budget"),
        "drop_allotment_url": url("drop_allotment"), "drop_spending_url": url("drop_spending"),
        "diary": diary_of(found)[:SHOWN], "tabs": tabs(AREA), "form": failed,
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/cooperation/budget.html", context, status=status)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the estimate; a refusal keeps what was typed."""
    found = _plan(request, pk)
    if verb == "close_budget":
        attempt(request, verbs.close_budget, found, done=f"Đã {BUDGET_TRANSITIONS[verb].label.lower()}.")  # fmt: skip
        return redirect("desk-budget", pk=pk)
    if verb in {"drop_allotment", "drop_spending"}:
        _drop(request, found, verb)
        return redirect("desk-budget", pk=pk)
    form = sent_form(request, KINDS, verb, found)
    if isinstance(form, forms.OfPlan):
        form.offer(forms.Lists(found, agencies_visible_to(actor_of(request))))
    if not is_done(request, form, ACTIONS, found):
        return _page(request, found, form)
    return redirect("desk-budget", pk=pk)


def _drop(request: HttpRequest, found: BudgetPlan, verb: str) -> None:
    sight = sight_of(found, actor_of(request))
    pk, reason = number_in(request.POST.get("row")), request.POST.get("reason", "")
    if verb == "drop_allotment":
        given = get_object_or_404(allotments_of(found, sight), pk=pk)
        attempt(request, spending.drop_allotment, given, reason=reason, done="Đã bỏ phân bổ.")
    else:
        spent = get_object_or_404(spendings_of(found, sight), pk=pk)
        attempt(request, spending.drop_spending, spent, reason=reason, done="Đã bỏ khoản chi.")


@desk
def csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The table by task, line and unit as a file for a spreadsheet; amounts as bare numbers."""
    found = _plan(request, pk)
    table = budget_table(found, sight_of(found, actor_of(request)))
    head = ("Nhiệm vụ", "Nội dung chi", "Nguồn", "Đơn vị", "Dự toán", "Phân bổ", "Đã chi", "Còn lại")  # fmt: skip
    return table_answer(request, f"kinh-phi-{found.year}", head, _csv_rows(table), title="Kinh phí")


def _csv_rows(table: BudgetTable) -> Iterable[tuple[str | int | None, ...]]:
    names = {place.pk: place.name for place, _ in table.units}
    for each in table.lines:
        line, money = each.line, each.money
        begin = (line.task.ref if line.task else "", line.title, line.source_name or line.get_source_display())  # fmt: skip
        yield (*begin, "Cộng", money.planned, money.given, money.spent, money.left)
        for pk, part in each.units.items():
            yield (*begin, names.get(pk, ""), "", part.given, part.spent, part.left)
