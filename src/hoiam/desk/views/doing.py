"""Nhiệm vụ: a unit's own list, one part with its acts, one task, one unit."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.queries import agencies_ever_visible_to, agencies_visible_to
from hoiam.core import blobs
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.doing import FORMS, RemoveForm, choose_proofs
from hoiam.desk.presenters.doing import (
    diary,
    label_of,
    matter_rows,
    part_rows,
    verbs_open,
)
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.files import attached
from hoiam.desk.views.quotas import counts_of_part, counts_of_unit
from hoiam.monitoring.queries.periods import Period
from hoiam.scheme import actions
from hoiam.scheme.models import Assignment, Product, Task
from hoiam.scheme.policies.doing import is_over, is_own
from hoiam.scheme.queries import (
    assignments_visible_to,
    difficulties_visible_to,
    products_visible_to,
    progress_visible_to,
    schemes_visible_to,
)
from hoiam.scheme.queries.doing import (
    Part,
    before,
    own_parts,
    parts,
    with_open_matters,
)
from hoiam.scheme.queries.matrix import Totals
from hoiam.scheme.queries.proofs import Proof, proof_sources, proofs
from hoiam.scheme.states import AssignmentRole, SchemeState

PER_PAGE = 30
MOST = 12
LIGHTS = (("late", "Quá hạn"), ("due", "Đến hạn, lâu chưa báo"), ("ok", "Trong hạn"), ("done", "Đã xong"))  # fmt: skip
DONE = {
    "report_progress": "Đã ghi tiến độ.",
    "finish_assignment": "Đã ghi là xong.",
    "reopen_assignment": "Đã mở lại để làm tiếp.",
    "exempt_assignment": "Đã miễn cho đơn vị và báo đơn vị biết.",
    "hand_over": "Đã bàn giao; lịch sử vẫn nằm ở phần việc cũ.",
    "add_file": "Đã nộp sản phẩm.",
    "add_link": "Đã nộp sản phẩm.",
    "add_proof": "Đã nộp sản phẩm.",
    "raise_difficulty": "Đã gửi ngay cho cấp trên và Cục Quản lý THADS.",
    "remind_of_task": "Đã gửi lời nhắc cho đơn vị.",
    "ask_about_task": "Đã gửi yêu cầu giải trình.",
}


@desk
def mine(request: HttpRequest) -> HttpResponse:
    """The tasks of my own unit, most pressing first."""
    rows = with_open_matters(own_parts(actor_of(request)))
    found = parts(rows, now_of(request))
    get = request.GET
    asked = {"scheme": get.get("de-an", ""), "den": get.get("den", ""), "vai": get.get("vai", "")}
    schemes = {part.row.task.scheme_id: part.row.task.scheme for part in found}
    # What ended is no longer pressed: it is read when its scheme is chosen.
    runs = [part for part in found if part.row.task.scheme.state == SchemeState.ACTIVE]
    shown = [part for part in (found if asked["scheme"] else runs) if _fits(part, asked)]
    page = Paginator(shown, PER_PAGE).get_page(get.get("page"))
    context = {
        "page": page,
        "rows": part_rows(page.object_list),
        "schemes": schemes.values(),
        "asked": asked,
        "lights": LIGHTS,
        "roles": AssignmentRole.choices,
        "late": sum(_light(part) == "late" for part in runs),
        "due": sum(_light(part) == "due" for part in runs),
    }
    return render(request, "desk/doing/mine.html", context)


def _light(part: Part) -> str:
    return "done" if part.light.work in ("done", "pause") else part.light.time


def _fits(part: Part, asked: dict[str, str]) -> bool:
    row = part.row
    return (
        asked["scheme"] in ("", str(row.task.scheme_id))
        and asked["den"] in ("", _light(part))
        and asked["vai"] in ("", row.role)
    )


def _part(request: HttpRequest, pk: int) -> Part:
    rows = assignments_visible_to(actor_of(request)).select_related(
        "task__scheme__owner", "agency__parent"
    )
    return parts([get_object_or_404(rows, pk=pk)], now_of(request))[0]


@desk
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit's part in one task: what was done, what was shown, what is in the way, and what may be done."""
    return _part_page(request, _part(request, pk))


def _part_page(
    request: HttpRequest, found: Part, failed: Any = None, verb: str = ""
) -> HttpResponse:
    actor, row = actor_of(request), found.row
    lines = progress_visible_to(actor).filter(assignment=row)
    matters = difficulties_visible_to(actor).filter(assignment=row)
    context = {
        "part": found,
        "row": row,
        "acts": _acts(request, found, failed, verb),
        "failed": failed,
        "products": list(products_visible_to(actor).filter(assignment=row)),
        "may_remove": is_own(actor, row) or is_over(actor, row),
        "matters": matter_rows(matters, actor),
        "diary": diary(lines[:50]),
        "quotas": counts_of_part(row, actor.today),
        "before": before(row),
        "explanations": list(row.explanations.order_by("-asked_at")[:3]),
    }
    status = 422 if failed is not None else 200
    return render(request, "desk/doing/part.html", context, status=status)


def _acts(request: HttpRequest, found: Part, failed: Any, verb: str) -> list[tuple[str, str, Any]]:
    """The verbs with their forms; the long list of proofs is read only when it is asked for."""
    asked = request.GET.get("do", "")
    acts = []
    open_verbs = verbs_open(actor_of(request), found)
    if verb and verb not in open_verbs:
        # Somebody else was first: what was typed is not lost.
        acts.append((verb, label_of(verb), failed))
    for name in open_verbs:
        form = failed if name == verb and failed is not None else None
        if form is None and (name != "add_proof" or asked == name):
            form = _form(request, found.row, name)
        acts.append((name, label_of(name), form))
    return acts


def _form(request: HttpRequest, row: Assignment, verb: str, *data: Any) -> Any:
    initial = {"percent": row.percent, "seen": row.percent} if verb == "report_progress" else {}
    form = FORMS[verb](*data, auto_id=f"{verb}-%s", initial=initial)
    if verb == "add_proof":
        labels = {source.kind: source.label for source in proof_sources()}
        choose_proofs(form, _proofs(request, row), labels)
    if verb == "hand_over":
        form.fields["to"].queryset = agencies_visible_to(actor_of(request)).exclude(
            pk=row.agency_id
        )
    return form


def _proofs(request: HttpRequest, row: Assignment) -> list[Proof]:
    """What the house knows the unit did since the scheme began, up to today."""
    today = actor_of(request).today
    first = row.task.scheme.starts_on or today.replace(month=1, day=1)
    return proofs([row.agency_id], Period(min(first, today), today))


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of a part; a refusal keeps what was typed."""
    if verb not in FORMS:
        raise Http404("no such verb")
    found = _part(request, pk)
    form = _form(request, found.row, verb, request.POST, request.FILES)
    if form.is_valid():
        try:
            getattr(actions, verb)(
                found.row, actor=actor_of(request), now=now_of(request),
                **_typed(request, found.row, verb, form),
            )  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, DONE[verb])
            return redirect("desk-task-part", pk=pk)
    return _part_page(request, found, form, verb)


def _typed(request: HttpRequest, row: Assignment, verb: str, form: Any) -> dict[str, Any]:
    typed: dict[str, Any] = form.typed()
    if verb == "add_proof":
        key = typed["proof"]
        typed["proof"] = next(
            each for each in _proofs(request, row) if f"{each.kind}:{each.pk}" == key
        )
    return typed


def _product(request: HttpRequest, pk: int) -> Product:
    return get_object_or_404(products_visible_to(actor_of(request)), pk=pk)


@desk
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A product taken back, with the reason."""
    product = _product(request, pk)
    form = RemoveForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    attempt(request, actions.remove_product, product, reason=reason, done="Đã rút sản phẩm.")
    return redirect("desk-task-part", pk=product.assignment_id)


@desk
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a product, to save."""
    product = _product(request, pk)
    if not product.blob:
        raise Http404("no file")
    data = blobs.read(product.blob)
    return attached(request, data, product.file_name, product.content_type, product.blob)


@desk
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: its words in the paper, who is where, what was shown, what is in the way."""
    actor, now = actor_of(request), now_of(request)
    found = _task(request, pk)
    rows = list(with_open_matters(assignments_visible_to(actor).filter(task=found)))
    listed = parts(rows, now)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "task": found,
        "period": listed[0].period if listed else None,
        "page": page,
        "rows": part_rows(page.object_list),
        "totals": _totals(listed),
        "products": list(
            products_visible_to(actor).filter(assignment__task=found, removed_at=None)[:MOST]
        ),
        "matters": matter_rows(
            difficulties_visible_to(actor).filter(assignment__task=found)[:MOST], actor
        ),
        "diary": diary(
            progress_visible_to(actor).filter(assignment__task=found)[:MOST], with_unit=True
        ),
        "has_quotas": found.quotas.exists(),
    }
    return render(request, "desk/doing/task.html", context)


def _task(request: HttpRequest, pk: int) -> Task:
    seen = schemes_visible_to(actor_of(request)).order_by().values("pk")
    return get_object_or_404(
        Task.objects.filter(scheme__in=seen).select_related("scheme__owner", "theme"), pk=pk
    )


def _totals(listed: list[Part]) -> Totals:
    asked = [p for p in listed if p.light.work != "pause" and p.row.role != "informed"]
    return Totals(
        len(asked),
        sum(p.light.work == "done" for p in asked),
        sum(_light(p) == "due" for p in asked),
        sum(_light(p) == "late" for p in asked),
    )


@desk
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: every part it has, its quotas, difficulties, products."""
    actor, now = actor_of(request), now_of(request)
    place = get_object_or_404(agencies_ever_visible_to(actor), pk=pk)
    rows = assignments_visible_to(actor).filter(agency=place)
    rows = rows.exclude(task__scheme__state=SchemeState.DRAFT)
    listed = parts(with_open_matters(rows), now)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": place,
        "page": page,
        "rows": part_rows(page.object_list),
        "totals": _totals(listed),
        "quotas": counts_of_unit(place, [each.row for each in listed], actor.today),
        "matters": matter_rows(
            difficulties_visible_to(actor).filter(assignment__agency=place)[:MOST], actor
        ),
        "products": list(
            products_visible_to(actor).filter(assignment__agency=place, removed_at=None)[:MOST]
        ),
    }
    return render(request, "desk/doing/unit.html", context)
