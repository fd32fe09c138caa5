"""Đề án, kế hoạch: the list, one scheme with its tasks, what a new version changes, and the steps of its life."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.schemes import ReasonForm
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.scheme import actions
from hoiam.scheme.actions.reading import TO_ROUND
from hoiam.scheme.actions.ready_schemes import ready_schemes
from hoiam.scheme.models import Quota, Scheme
from hoiam.scheme.policies import giving_agency
from hoiam.scheme.queries import schemes_visible_to
from hoiam.scheme.queries.parts import names_in, titles_of
from hoiam.scheme.queries.versions import changes_between, grouped
from hoiam.scheme.states import SCHEME_TRANSITIONS, SchemeState

PER_PAGE = 30
TABS = tuple((state.value, str(state.label)) for state in (SchemeState.ACTIVE, SchemeState.DRAFT, SchemeState.CLOSED))  # fmt: skip
PLAIN = ("activate_scheme", "remove_scheme", "replace_scheme")
REASONED = ("close_scheme", "reopen_scheme")
DONE = {
    "activate_scheme": "Đã giao thực hiện; thư báo đang được gửi cho từng đơn vị.",
    "close_scheme": "Đã kết thúc.",
    "reopen_scheme": "Đã mở lại.",
    "remove_scheme": "Đã xóa bản soạn.",
    "publish_scheme": "Đã công khai bản rút gọn trên trang công khai.",
    "withhold_scheme": "Đã thôi công khai bản rút gọn.",
    "replace_scheme": "Đã lập bản thay thế, giữ nguyên mọi nhiệm vụ. Sửa rồi giao; bản cũ khi đó tự kết thúc.",
}


def scheme_of(request: HttpRequest, pk: int) -> Scheme:
    """The scheme in the person's sight, or 404."""
    rows = schemes_visible_to(actor_of(request)).select_related("owner", "parent", "replaces")
    return get_object_or_404(rows, pk=pk)


@desk
def scheme_list(request: HttpRequest) -> HttpResponse:
    """Schemes and plans in sight by state."""
    actor = actor_of(request)
    rows = schemes_visible_to(actor)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    tab = request.GET.get("tab", "")
    tab = tab if tab in SchemeState.values else _first_tab(counts)
    # Counting drops the order of the model.
    ordered = rows.filter(state=tab).annotate(count=Count("tasks")).order_by("-starts_on", "-id")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    own = giving_agency(actor)
    context = {
        "page": page,
        "tab": tab,
        "tabs": [(key, label, counts.get(key, 0)) for key, label in TABS],
        "may": own is not None,
        "ready": _ready(request) if actor.sees_everything and own else [],
    }
    return render(request, "desk/schemes/list.html", context)


def _first_tab(counts: dict[str, int]) -> str:
    return next((key for key, _ in TABS if counts.get(key)), SchemeState.ACTIVE.value)


def _ready(request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
    """Schemes that ship with the product and are not in the list yet."""
    numbers = {row["scheme"]["number"] for row in ready_schemes().values()}
    there = schemes_visible_to(actor_of(request)).filter(number__in=numbers)
    have = set(there.values_list("number", flat=True))
    return [(key, row) for key, row in ready_schemes().items() if row["scheme"]["number"] not in have]  # fmt: skip


@desk
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """One scheme: its tasks under their groups, themes, plans, versions."""
    return scheme_page(request, scheme_of(request, pk))


def scheme_page(
    request: HttpRequest, found: Scheme, failed: Any = None, verb: str = ""
) -> HttpResponse:
    """The page of a scheme, with a form that was refused when there is one."""
    actor = actor_of(request)
    tasks = list(
        found.tasks.select_related("theme").prefetch_related(
            Prefetch("quotas", Quota.objects.select_related("agency"))
        )
    )
    names = names_in(tasks)
    seen = schemes_visible_to(actor)
    may = _open_verbs(request, found)
    context = {
        "scheme": found,
        "groups": [
            (group, [(task, titles_of(task.units, names)) for task in rows])
            for group, rows in grouped(tasks)
        ],
        "count": len(tasks),
        "idle": [task for task in tasks if not task.units],
        "themes": list(found.themes.all()),
        "plans": list(seen.filter(parent=found)),
        "later": list(seen.filter(replaces=found)),
        "seen": _seen_keys(seen, found),
        "demands": _demands(request, found),
        "may": may,
        "may_plan": found.state == SchemeState.ACTIVE and giving_agency(actor) is not None,
        "reasoned": [
            (name, str(SCHEME_TRANSITIONS[name].label), failed if name == verb else ReasonForm(auto_id=f"{name}-%s"))
            for name in REASONED if name in may
        ],
        "form": failed,
    }  # fmt: skip
    return render(request, "desk/schemes/scheme.html", context, status=422 if failed else 200)


def _demands(request: HttpRequest, found: Scheme) -> list[tuple[int, str]]:
    """The reports the scheme's paper asks for while no round of it was begun, for those who may begin one."""
    if found.paper is None or not authority.can(actor_of(request), "create_round", found.owner):
        return []
    rows = enumerate(found.paper.confirmed.get("obligations", []))
    asked = [(at, row["what"]) for at, row in rows if row.get("becomes") == TO_ROUND]
    return asked if asked and not found.paper.rounds.exists() else []


def _seen_keys(seen: Any, found: Scheme) -> set[int]:
    """Which of the schemes named on the page the person may open."""
    keys = [pk for pk in (found.parent_id, found.replaces_id) if pk]
    return set(seen.filter(pk__in=keys).order_by().values_list("pk", flat=True)) if keys else set()


def _open_verbs(request: HttpRequest, found: Scheme) -> set[str]:
    open_to = {name for name, step in SCHEME_TRANSITIONS.items() if found.state in step.sources}
    if found.state == SchemeState.DRAFT:
        open_to.add("remove_scheme")
    else:
        open_to.add("withhold_scheme" if found.published else "publish_scheme")
    if found.state == SchemeState.ACTIVE:
        open_to.add("replace_scheme")
    return authority.allowed(actor_of(request), open_to, found)


@desk
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What this version changes in the one it replaces."""
    found = scheme_of(request, pk)
    old = schemes_visible_to(actor_of(request)).filter(pk=found.replaces_id or 0).first()
    if old is None:
        raise Http404("it replaces nothing in sight")
    context = {"scheme": found, "old": old, "changes": changes_between(old, found)}
    return render(request, "desk/schemes/changes.html", context)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step of a scheme's life; a refusal keeps what was typed."""
    if verb not in DONE:
        raise Http404("no such verb")
    found = scheme_of(request, pk)
    form = ReasonForm(request.POST, auto_id=f"{verb}-%s") if verb in REASONED else None
    if form is not None and not form.is_valid():
        return scheme_page(request, found, form, verb)
    typed = form.cleaned_data if form is not None else {}
    try:
        made = getattr(actions, verb)(found, actor=actor_of(request), now=now_of(request), **typed)
    except HoiAmError as error:
        if form is not None:
            refuse(form, error)
            return scheme_page(request, found, form, verb)
        messages.error(request, str(error))
        return redirect("desk-scheme", pk=pk)
    messages.success(request, DONE[verb])
    return redirect("desk-scheme", pk=made.pk) if made else redirect("desk-schemes")
