"""Đợt báo cáo: the list, one round with its board, and what its owner does with it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.rounds import (
    AddresseesForm,
    ChaseForm,
    ReasonForm,
    RoundForm,
    SectionForms,
    demand_initial,
    round_initial,
    slug,
    write_columns,
)
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.rounds import FILTERS, counts_of, kept_by, round_lamp, unit_line
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.typed import number_in
from hoiam.desk.views.overview import own_agency
from hoiam.kit.papers.report_form import REF
from hoiam.scheme import actions
from hoiam.scheme.models import ReportRound, UnitReport
from hoiam.scheme.queries import asked_in, schemes_visible_to, source_papers_visible_to
from hoiam.scheme.queries.addressed import units_named
from hoiam.scheme.queries.round_forms import due_words, preset
from hoiam.scheme.queries.round_words import chase_letter, order_words
from hoiam.scheme.queries.rounds import (
    BoardLine,
    board_of,
    day_off_warning,
    rounds_visible_to,
    today_of,
    units_below,
    units_of_class,
    with_progress,
)
from hoiam.scheme.states import ROUND_TRANSITIONS, RoundState, SchemeState

PER_PAGE, BOARD_PAGE = 20, 50
TABS = (("open", "Đang thu"), ("draft", "Đang soạn"), ("closed", "Đã đóng"))
DONE = {
    "open": (actions.open_round, "Đã mở đợt; thư yêu cầu đang gửi tới các đơn vị."),
    "close": (actions.close_round, "Đã đóng đợt báo cáo."),
    "reopen": (actions.reopen_round, "Đã mở lại đợt báo cáo."),
    "chase": (actions.chase_units, "Đã gửi thư đôn đốc các đơn vị chưa gửi."),
}


@desk
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds in sight: what is asked of the reader's unit and what it asks of others."""
    actor = actor_of(request)
    tab = request.GET.get("tab", "open")
    tab = tab if tab in dict(TABS) else "open"
    rows = with_progress(rounds_visible_to(actor)).filter(state=tab)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(row, round_lamp(row, actor.today), due_words(row)) for row in page]
    place = own_agency(actor)
    context = {
        "tabs": TABS, "tab": tab, "page": page, "lines": lines,
        "may_create": authority.can(actor, "create_round", place),
    }  # fmt: skip
    return render(request, "desk/rounds/list.html", context)


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A round begun from a preset."""
    actor, place = actor_of(request), own_agency(actor_of(request))
    if turned_away(request, "create_round", place):
        return redirect("desk-rounds")
    first = {"year": actor.today.year, "form": "yearly_2862"} | _asked_by_paper(request)
    form = RoundForm(actor, request.POST or None, initial=first, is_new=True)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        made = _try(request, form, actions.create_round, place, typed)
        if made is not None:
            _warn(request, made)
            return redirect("desk-round-units", pk=made.pk)
    context = {"form": form, "place": place}
    return render(request, "desk/rounds/edit.html", context, status=422 if form.errors else 200)


def _asked_by_paper(request: HttpRequest) -> dict[str, Any]:
    """The form's first values when the round is opened from a demand of a confirmed paper (`?paper=…&obligation=…`)."""
    pk, number = (number_in(request.GET.get(name)) for name in ("paper", "obligation"))
    if pk is None or number is None:
        return {}
    paper = source_papers_visible_to(actor_of(request)).filter(pk=pk).first()
    asked = asked_in(paper, number) if paper is not None else None
    if paper is None or asked is None:
        return {}
    given = schemes_visible_to(actor_of(request)).exclude(state=SchemeState.DRAFT)
    return demand_initial(paper, asked, given)


def _try(request: HttpRequest, form: Any, action: Any, subject: Any, typed: dict[str, Any]) -> Any:
    try:
        return action(subject, actor=actor_of(request), now=now_of(request), **typed)
    except HoiAmError as error:
        refuse(form, error)
        return None


def _warn(request: HttpRequest, round_: ReportRound) -> None:
    warning = day_off_warning(round_.due_on, round_.due_kind)
    if warning:
        messages.warning(request, warning)


def _round(request: HttpRequest, pk: int) -> ReportRound:
    return get_object_or_404(rounds_visible_to(actor_of(request)).select_related("paper"), pk=pk)


def _own(request: HttpRequest, pk: int) -> ReportRound:
    """A round the reader's agency runs; another's is not there at all."""
    found = _round(request, pk)
    if not authority.can(actor_of(request), "edit_round", found):
        raise Http404("not this agency's round")
    return found


@desk
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The order of a round in draft."""
    round_ = _own(request, pk)
    form = RoundForm(
        actor_of(request), request.POST or None, initial=round_initial(round_), is_new=False
    )
    if request.method == "POST" and form.is_valid():
        saved = _try(request, form, actions.edit_round, round_, dict(form.cleaned_data))
        if saved is not None:
            messages.success(request, "Đã lưu đợt báo cáo.")
            _warn(request, saved)
            return redirect("desk-round", pk=pk)
    context = {"form": form, "round": round_, "place": round_.owner}
    return render(request, "desk/rounds/edit.html", context, status=422 if form.errors else 200)


@desk
def units(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has to report."""
    round_, today = _own(request, pk), actor_of(request).today
    below = units_below(round_.owner, today)
    asked = set(round_.reports.values_list("agency_id", flat=True))
    named = [] if asked else [unit.pk for unit in units_named(round_, below, today)]
    first = {"agencies": [*asked, *named]}
    query = request.GET.get("q", "").strip()[:100]
    form = AddresseesForm(below, request.POST or None, initial=first, query=query)
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(round_, form, today)
        if _try(request, form, actions.set_addressees, round_, {"agencies": chosen}) is not None:
            messages.success(request, f"Đã chọn {len(chosen)} đơn vị phải báo cáo.")
            return redirect("desk-round", pk=pk)
    context = {
        "form": form,
        "round": round_,
        "asked": len(asked),
        "named": len(named),
        "query": query,
    }
    return render(request, "desk/rounds/units.html", context, status=422 if form.errors else 200)


def _chosen(round_: ReportRound, form: AddresseesForm, today: Any) -> list[Agency]:
    found = {agency.pk: agency for agency in form.units_chosen()}
    for name in form.cleaned_data["classes"]:
        found |= {agency.pk: agency for agency in units_of_class(round_.owner, name, today)}
    return list(found.values())


@desk
def sections(request: HttpRequest, pk: int) -> HttpResponse:
    """What the form asks, section by section."""
    round_ = _own(request, pk)
    first = [
        {
            "key": s.key, "place": n, "title": s.title, "kind": s.kind, "chapter": s.chapter,
            "required": s.required, "per_task": s.per_task, "unit": s.unit,
            "parts": ", ".join(s.parts), "columns": write_columns(s.columns), "help": s.help,
            "kept": s.columns,
        }
        for n, s in enumerate(round_.sections.all(), start=1)
    ]  # fmt: skip
    forms = SectionForms(request.POST or None, initial=first, prefix="muc")
    fault = ""
    if request.method == "POST" and forms.is_valid():
        try:
            actions.set_sections(
                round_, actor=actor_of(request), now=now_of(request), rows=_section_rows(forms)
            )
        except HoiAmError as error:
            fault = str(error)
        else:
            messages.success(request, "Đã lưu mẫu báo cáo.")
            return redirect("desk-round", pk=pk)
    wrong = bool(fault) or (request.method == "POST")
    context = {"forms": forms, "round": round_, "fault": fault}
    return render(request, "desk/rounds/sections.html", context, status=422 if wrong else 200)


def _section_rows(forms: Any) -> list[dict[str, Any]]:
    """The sections that were typed, in the order of their numbers; a new one gets a code from its name."""
    rows: list[tuple[int, dict[str, Any]]] = []
    used = {form.cleaned_data.get("key") for form in forms}
    for number, form in enumerate(forms, start=1):
        typed = dict(form.cleaned_data)
        if not typed.get("title") or typed.pop("DELETE", False):
            continue
        if not typed["key"]:
            base = slug(typed["title"]) or f"muc-{number}"
            typed["key"] = next(k for k in (base, *(f"{base}-{n}" for n in range(2, 99))) if k not in used)  # fmt: skip
            used.add(typed["key"])
        typed["per_task"] = typed["per_task"] and typed["kind"] == "table"
        if typed["per_task"] and all(column["name"] != REF for column in typed["columns"]):
            typed["columns"] = [
                {"name": REF, "label": "Mục", "kind": "text"},
                {"name": "task", "label": "Nhiệm vụ", "kind": "text"},
                *typed["columns"],
            ]
        rows.append((typed.pop("place") or 1000 + number, typed))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


@desk
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A round: for its owner the board of who has sent, for a unit its own report."""
    return _page(request, _round(request, pk))


def _page(
    request: HttpRequest,
    round_: ReportRound,
    *,
    failed: Any = None,
    verb: str = "",
) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    lines = board_of(round_, actor, now)
    only = request.GET.get("loc", "")
    shown = [line for line in lines if kept_by(only, line)]
    page = Paginator(shown, BOARD_PAGE).get_page(request.GET.get("page"))
    may = authority.allowed(actor, [*ROUND_TRANSITIONS, "chase_units", "ask_synthesis"], round_)
    silent = next((line for line in lines if not line.sent), None)
    chosen = preset(round_.preset)
    context = {
        "round": round_,
        "lamp": round_lamp(round_, actor.today),
        "due": due_words(round_),
        "order": order_words(round_),
        "day_off": day_off_warning(round_.due_on, round_.due_kind),
        "sections": list(round_.sections.all()),
        "lines": [unit_line(line, round_, now) for line in page],
        "page": page,
        "counts": counts_of(lines),
        "filters": FILTERS,
        "only": only,
        "may": {name for name in may if _starts(name, round_)},
        "source": chosen.source if chosen else "",
        "chase_form": failed if verb == "chase" else ChaseForm(),
        "reason_form": failed if verb == "reopen" else ReasonForm(),
        "letter": chase_letter(round_, silent.standing, "…") if silent else "",
        "is_owner": "chase_units" in may,
        "own": _own_report(actor, round_, lines),
        "failed": failed,
        "before_due": actor.today <= round_.last_day,
        "today": today_of(now),
    }
    return render(request, "desk/rounds/round.html", context, status=422 if failed else 200)


def _own_report(actor: Actor, round_: ReportRound, lines: list[BoardLine]) -> UnitReport | None:
    """The report the reader has to write in this round; what was sent already is told apart by `versions_sent`."""
    if round_.state != RoundState.OPEN:
        return None
    for line in lines:
        if authority.can(actor, "fill_unit_report", line.report):
            line.report.versions_sent = line.standing.received_at is not None
            return line.report
    return None


def _starts(name: str, round_: ReportRound) -> bool:
    step = ROUND_TRANSITIONS.get(name)
    if step is not None:
        return round_.state in step.sources
    wanted = {"chase_units": (RoundState.OPEN,), "ask_synthesis": (RoundState.OPEN, RoundState.CLOSED)}  # fmt: skip
    return round_.state in wanted[name]


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Open, close, reopen a round, or chase all who have not sent."""
    if verb not in DONE:
        raise Http404("no such verb")
    round_ = _own(request, pk)
    action, done = DONE[verb]
    if verb in ("open", "close"):
        attempt(request, action, round_, done=done)
        return redirect("desk-round", pk=pk)
    form = (ChaseForm if verb == "chase" else ReasonForm)(request.POST)
    if form.is_valid() and _try(request, form, action, round_, form.cleaned_data) is not None:
        messages.success(request, done)
        return redirect("desk-round", pk=pk)
    return _page(request, round_, failed=form, verb=verb)
