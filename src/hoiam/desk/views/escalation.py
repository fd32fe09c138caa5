"""Leo thang: the four rungs above an outlet on one case."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.outlet_watch import BeginForm, RecordForm
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.handling.actions.ladder import begin_rung, record_rung
from hoiam.handling.models import Case
from hoiam.handling.queries import cases_visible_to
from hoiam.handling.queries.ladder import RungView, days_since, ladder_of
from hoiam.handling.queries.outlet_watch import watches_visible_to
from hoiam.handling.states import CaseState, RungLevel

FORMS = {"begin": BeginForm, "record": RecordForm}
ACTIONS = {"begin": begin_rung, "record": record_rung}


@desk
def ladder(request: HttpRequest, pk: int) -> HttpResponse:
    """The ladder of one case: what each rung needs, whom it addresses, what was sent and answered."""
    return _page(request, _found(request, pk))


def _found(request: HttpRequest, pk: int) -> Case:
    rows = cases_visible_to(actor_of(request)).select_related("agency")
    return get_object_or_404(rows.prefetch_related("evidence_files", "parties"), pk=pk)


def _page(
    request: HttpRequest, case: Case, *, failed: Any = None, status: int = 200
) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    is_open = case.state != CaseState.CLOSED
    may_begin = is_open and authority.can(actor, "begin_rung", case)
    may_record = is_open and authority.can(actor, "record_rung", case)
    watches = [w for w in watches_visible_to(actor).filter(case=case) if w.is_original]
    rows = [(view, _form(view, case, failed, may_begin, may_record)) for view in ladder_of(case)]
    shown = {
        "case": case,
        "rows": rows,
        "watches": [(w, days_since(w.started_at, now)) for w in watches],
        "may_export": is_open and authority.can(actor, "export_dossier", case),
        "form": failed,
    }
    return render(request, "desk/escalation.html", shown, status=status)


def _form(view: RungView, case: Case, failed: Any, may_begin: bool, may_record: bool) -> Any:
    """The form of a rung: of its beginning, or of what came of it; the refused one keeps what was typed."""
    if view.level == RungLevel.OUTLET:
        return None
    if failed is not None and failed.data.get("level") == view.level:
        return failed
    if view.rung is None and may_begin:
        first = {"level": view.level, "addressee": view.addressee}
        return _named(BeginForm(initial=first, auto_id=f"{view.level}-%s"), "begin")
    if view.rung is not None and may_record:
        first = {"level": view.level}
        return _named(RecordForm(case=case, initial=first, auto_id=f"{view.level}-%s"), "record")
    return None


def _named(form: Any, verb: str) -> Any:
    form.verb = verb
    return form


@desk
@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A rung begun, or what came of it; a refusal stands at the field with all that was typed."""
    if verb not in FORMS:
        raise Http404
    case = _found(request, pk)
    more = {"case": case} if verb == "record" else {}
    level = request.POST.get("level", "")
    form = _named(FORMS[verb](request.POST, auto_id=f"{level}-%s", **more), verb)
    if not (form.is_valid() and _done(request, case, form)):
        return _page(request, case, failed=form, status=422)
    messages.success(request, "Đã ghi vào hồ sơ leo thang.")
    return redirect(f"{reverse('desk-escalation', args=[pk])}#bac-{level}")


def _done(request: HttpRequest, case: Case, form: Any) -> bool:
    try:
        ACTIONS[form.verb](case, actor=actor_of(request), now=now_of(request), **form.cleaned_data)
    except HoiAmError as error:
        refuse(form, error)
        return False
    return True
