"""Hồ sơ vụ việc: the list, the workspace and its steps, a fact, a clock, the printed case."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.cases import (
    ELSEWHERE,
    ON_CLOCKS,
    STEPS,
    FactForm,
    form_for,
    forms_for,
    offered,
    offered_on,
)
from hoiam.desk.forms.steps import Setting, StepForm
from hoiam.desk.presenters.case_list import CaseList
from hoiam.desk.presenters.cases import (
    article_of,
    case_pages,
    clock_rows,
    directive_rows,
    fact_rows,
    joined_of,
    light_of,
    most_urgent,
    steps_of,
    three_moments,
)
from hoiam.desk.presenters.clocks import clock_page, stand_on, undecided
from hoiam.desk.presenters.diary import entries_of, remarks_of
from hoiam.desk.presenters.dossier import dossier_of
from hoiam.desk.presenters.next_act import may_draft, next_act
from hoiam.desk.presenters.outlet_watch import watch_row
from hoiam.desk.presenters.whole_timeline import whole_timeline
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.handling.actions import delete_fact
from hoiam.handling.models import Case, Clock, FactRow
from hoiam.handling.policies import DESK
from hoiam.handling.queries import cases_visible_to, remedy_light
from hoiam.handling.queries.outcomes import title_of
from hoiam.handling.states import TRANSITIONS
from hoiam.kit.papers import kind
from hoiam.kit.rulebook import obligation_type


@desk
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases of one tab, narrowed by the filters in the address."""
    cases = CaseList(actor_of(request), now_of(request), request.GET)
    shown = {"cases": cases, "page": cases.page, "may_open": actor_of(request).has_role(*DESK)}
    return render(request, "desk/case_list.html", shown)


@desk
def workspace(request: HttpRequest, pk: int) -> HttpResponse:
    """One case with all that is known and all that may be done."""
    case = get_object_or_404(case_pages(actor_of(request)), pk=pk)
    return _page(request, case, wanted=request.GET.get("do", ""))


def _page(
    request: HttpRequest,
    case: Case,
    *,
    wanted: str = "",
    failed: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    setting = Setting(case, actor_of(request), now_of(request))
    found = setting.beside  # first of all: it gives the clocks their pauses
    step_forms = forms_for(offered(setting), setting, wanted=wanted, failed=failed)
    following = next_act(case, setting.actor, found.replies)
    # An act that posts from the bar needs no form of its own below.
    posted = following.verb if following.action and following.action.method == "post" else ""
    steps = [f for verb, f in step_forms.items() if verb in TRANSITIONS and verb != posted]
    shown = {
        "forms": step_forms,
        "form": failed,
        "done": request.GET.get("done", ""),
        "next_act": following,
        # The act of the step itself first, then what else may be done.
        "step_forms": sorted(steps, key=lambda f: f.verb != following.verb),
        **_shown(case, setting),
    }
    return render(request, "desk/case.html", shown, status=status)


def _shown(case: Case, setting: Setting) -> dict[str, Any]:
    found = setting.beside
    clocks, diary = clock_rows(case, setting.now), list(ledger.of(case))
    tasks = dossier_of(case, diary, clocks, found, setting.now)
    return {
        "tasks": tasks,
        "tasks_done": sum(task.state in {"done", "skipped", "none"} for task in tasks),
        "directives": directive_rows(found.directives, setting.now),
        "open_directives": found.open_directives,
        "case": case,
        "steps": steps_of(case),
        "clocks": clocks,
        "urgent": most_urgent(clocks),
        "obligations": [
            (o, obligation_type(o.letter).title, title_of(o.result)) for o in case.obligations.all()
        ],
        "has_open_duty": any(o.ended_at is None for o in case.obligations.all()),
        "remedies": [(each, remedy_light(each, setting.now)) for each in found.remedies],
        "open_remedies": found.open_remedies,
        "facts": fact_rows(case, found),
        "joined": joined_of(case, found),
        "undecided": undecided(case, setting.now),
        "three_moments": three_moments(case),
        "article": article_of(case, found),
        "facts_done": sum(fact.is_complete for fact in case.facts.all()),
        "papers": [(paper, kind(paper.kind).title) for paper in case.papers.all()],
        "may_draft": may_draft(case, setting.actor),
        "press": {"enquiries": found.enquiries, "promises": found.promises},
        "watch_rows": [watch_row(watch, setting.now) for watch in found.watches],
        "result": title_of(case.result),
        "diary": entries_of(case, diary),
        "remarks": remarks_of(diary),
    }


@desk
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One verb of a case or of one of its clocks; a refusal stands at the field with all that was typed."""
    if step not in STEPS:
        raise Http404
    case = get_object_or_404(case_pages(actor_of(request)), pk=pk)
    setting = Setting(case, actor_of(request), now_of(request))
    form = form_for(step, setting, request.POST, request.FILES)
    if not (form.is_valid() and _done(request, form)):
        return _refused(request, form)
    messages.success(request, STEPS[step].done)
    if step in ELSEWHERE:
        return _to_the_case(request, case, form.made)
    if step in ON_CLOCKS:
        return redirect("desk-clock", pk=form.subject().pk)
    return redirect(f"{reverse('desk-case', args=[pk])}?done={step}#{STEPS[step].where or 'main'}")


def _done(request: HttpRequest, form: StepForm) -> bool:
    try:
        form.made = STEPS[form.verb].action(
            form.subject(), actor=actor_of(request), now=now_of(request), **form.typed()
        )
    except HoiAmError as error:
        refuse(form, error)
        return False
    return True


def _to_the_case(request: HttpRequest, case: Case, made: Case) -> HttpResponse:
    """Where the matter is now, when this person may see it; else the case that was left."""
    seen = cases_visible_to(actor_of(request)).filter(pk=made.pk).exists()
    return redirect("desk-case", pk=made.pk if seen else case.pk)


def _refused(request: HttpRequest, form: StepForm) -> HttpResponse:
    case = form.setting.case
    clock = form.cleaned_data.get("clock") if form.verb in ON_CLOCKS else None
    if clock is not None:
        return _clock_page(request, clock.pk, failed=form, status=422)
    return _page(request, case, failed=form, status=422)


@desk
def fact(request: HttpRequest, pk: int) -> HttpResponse:
    """One row of the facts table: changed or taken out."""
    seen = cases_visible_to(actor_of(request)).values("pk")
    rows = FactRow.objects.select_related("case__agency").prefetch_related("proofs")
    row = get_object_or_404(rows, pk=pk, case__in=seen)
    home = f"{reverse('desk-case', args=[row.case_id])}?done=write_fact#doi-chieu"
    if request.method == "POST" and "delete" in request.POST:
        attempt(request, delete_fact, row, done="Đã xóa dòng; nội dung cũ còn trong diễn biến.")
        return redirect(home)
    form = _fact_form(request, row)
    if request.method == "POST" and form.is_valid() and _done(request, form):
        messages.success(request, "Đã sửa bảng đối chiếu.")
        return redirect(home)
    status = 422 if form.errors else 200
    return render(
        request, "desk/fact.html", {"form": form, "row": row, "case": row.case}, status=status
    )


def _fact_form(request: HttpRequest, row: FactRow) -> StepForm:
    setting = Setting(row.case, actor_of(request), now_of(request))
    first = {
        "claim": row.claim,
        "truth": row.truth,
        "evidence": row.evidence,
        "is_claim_right": {True: "yes", False: "no", None: ""}[row.is_claim_right],
        "files": [str(proof.evidence_id) for proof in row.proofs.all() if proof.evidence_id],
        "items": [str(proof.item_id) for proof in row.proofs.all() if proof.item_id],
    }
    data = request.POST if request.method == "POST" else None
    form = form_for("write_fact", setting, data, initial=first)
    if isinstance(form, FactForm):
        form.row = row
    return form


@desk
def clock(request: HttpRequest, pk: int) -> HttpResponse:
    """Hạn này tính thế nào: the rule, the start, each step of the count."""
    return _clock_page(request, pk)


def _clock_page(
    request: HttpRequest, pk: int, *, failed: StepForm | None = None, status: int = 200
) -> HttpResponse:
    clock = get_object_or_404(_clocks(actor_of(request)), pk=pk)
    setting = Setting(clock.case, actor_of(request), now_of(request))
    forms = forms_for(offered_on(clock, setting), setting, failed=failed)
    for form in forms.values():
        stand_on(form, clock)
    shown = {
        "clock": clock,
        "case": clock.case,
        "light": light_of(clock, setting.now),
        "how": clock_page(clock, setting.now),
        "forms": forms,
        "form": failed,
    }
    return render(request, "desk/clock.html", shown, status=status)


def _clocks(actor: Actor) -> QuerySet[Clock]:
    rows = Clock.objects.narrowed(case__in=cases_visible_to(actor).values("pk"))
    return rows.select_related(
        "case__agency",
        "holder",
        "obligation",
        "moment__recorded_by",
        "moment__evidence",
        "tightening__agency",
        "tightening__set_by",
    ).prefetch_related(
        "extensions__signer", "pauses", "recounts__day", "case__parties", "case__clocks"
    )


@desk
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole case on paper."""
    case = get_object_or_404(case_pages(actor_of(request)), pk=pk)
    setting = Setting(case, actor_of(request), now_of(request))
    shown = _shown(case, setting)
    marks = whole_timeline(case, ledger.of(case), shown["clocks"], setting.beside)
    return render(request, "desk/case_print.html", {"is_print": True, "marks": marks, **shown})
