"""Tập huấn: the list of sessions, who was never trained, units of a year; one session with its list."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.queries import agencies_visible_to
from hoiam.core import authority, blobs
from hoiam.desk.forms import training as forms
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.cooperation import diary_of, tabs
from hoiam.desk.presenters.training import training_light, training_tabs
from hoiam.desk.rim import actor_of, attempt, desk, now_of
from hoiam.desk.sheets import table_answer
from hoiam.desk.typed import number_in
from hoiam.desk.views.files import attached
from hoiam.desk.views.spokespersons import take
from hoiam.desk.views.verbs import begun, is_done, own_place, sent_form, word_file
from hoiam.scheme.actions import trainees as people
from hoiam.scheme.actions import training as verbs
from hoiam.scheme.actions.training_papers import days_words, list_word, role_words
from hoiam.scheme.models import Trainee, Training
from hoiam.scheme.queries.training import (
    PRESS_POSTS,
    needs_visible_to,
    never_trained,
    never_trained_counts,
    trainees_seen,
    training_by_unit,
    training_years,
    trainings_visible_to,
)
from hoiam.scheme.states.training import TraineeRole, TrainingState

PER_PAGE = 50
AREA = "desk-trainings"
STATES = {"planned": TrainingState.PLANNED, "held": TrainingState.HELD, "cancelled": TrainingState.CANCELLED}  # fmt: skip
KINDS: tuple[type[VerbForm], ...] = (forms.TraineeForm, forms.DocumentForm, forms.HoldForm, forms.CancelForm)  # fmt: skip
ACTIONS: dict[str, Callable[..., Any]] = {
    "add_trainee": people.add_trainee,
    "add_document": verbs.add_document,
    "hold_training": verbs.hold_training,
    "cancel_training": verbs.cancel_training,
}
PLANNED, HELD = TrainingState.PLANNED, TrainingState.HELD
OFFERED = {
    "edit_training": {PLANNED},
    "hold_training": {PLANNED},
    "cancel_training": {PLANNED},
    "drop_trainee": {PLANNED},
    "add_document": {PLANNED, HELD},
    "add_trainee": {PLANNED, HELD},
    "mark_trainees": {PLANNED, HELD},
}


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Sessions by state; under other tabs who was never trained, and the units of a year."""
    tab = request.GET.get("tab", "planned")
    context: dict[str, Any] = {
        "tabs": tabs(AREA),
        "seg": training_tabs(tab),
        "tab": tab,
        "may_plan": own_place(request, "plan_training") is not None,
    }
    if tab == "never":
        return render(request, "desk/cooperation/never_trained.html", context | _never(request))
    if tab == "units":
        return render(request, "desk/cooperation/training_units.html", context | _units(request))
    state = STATES.get(tab, PLANNED)
    rows = trainings_visible_to(actor_of(request)).filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    today = actor_of(request).today
    shown = [(row, training_light(row, today), days_words(row), role_words(row)) for row in page]
    return render(request, "desk/cooperation/trainings.html", context | {"page": page, "rows": shown})  # fmt: skip


def _role(request: HttpRequest) -> str:
    asked = request.GET.get("role", "")
    return asked if asked in PRESS_POSTS else "press_officer"


def _never(request: HttpRequest) -> dict[str, Any]:
    actor, role = actor_of(request), _role(request)
    counts = never_trained_counts(actor, actor.today)
    rows = never_trained(actor, actor.today, role)
    labels = dict(TraineeRole.choices)
    return {
        "role": role,
        "roles": [(key, labels[key], counts[key]) for key in PRESS_POSTS],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }


def _units(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    asked = number_in(request.GET.get("nam"))
    years = training_years(actor.today)
    year = asked if asked is not None and asked in years else actor.today.year
    rows = training_by_unit(actor, year)
    whole = [sum(getattr(row, name) for row in rows) for name in ("sessions", "people", "passed")]
    return {"year": year, "years": years, "rows": rows, "whole": whole}


@desk
def never_csv(request: HttpRequest) -> HttpResponse:
    """Who was never trained, of one kind of post, as a file."""
    actor = actor_of(request)
    rows = never_trained(actor, actor.today, _role(request))
    return table_answer(
        request,
        "chua-tung-tap-huan",
        ("Họ và tên", "Chức vụ", "Đơn vị"),
        ((post.official.full_name, str(post), post.agency.name) for post in rows),
        title="Chưa từng tập huấn",
    )


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A new session of the reader's own agency, begun from a need when one is named (`need`)."""
    need = needs_visible_to(actor_of(request)).filter(pk=number_in(request.GET.get("need"))).first()
    first = {"title": need.topic, "content": need.why, "for_roles": [need.role]} if need else {}
    more = " Xong thì ghi nhu cầu đã đáp ứng ở trang Nhu cầu, mục “Đưa vào lớp”." if need else ""
    return begun(
        request, AREA, "plan_training", forms.TrainingForm(request.POST or None, initial=first),
        verbs.plan_training, template="desk/cooperation/training_edit.html", page="desk-training",
        done=lambda made: f"Đã lập lớp. Thêm người dự ở trang này.{more}",
    )  # fmt: skip


def _training(request: HttpRequest, pk: int) -> Training:
    found: Training = get_object_or_404(trainings_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The planned session typed again."""
    found = _training(request, pk)
    if turned_away(request, "edit_training", found):
        return redirect("desk-training", pk=pk)
    form = forms.TrainingForm(request.POST or None, initial=forms.first_values(found))
    ready = request.method == "POST" and form.is_valid()
    if ready and take(request, form, verbs.edit_training, found) is not None:
        messages.success(request, "Đã lưu.")
        return redirect("desk-training", pk=pk)
    context = {"form": form, "course": found, "place": found.agency, "tabs": tabs(AREA)}
    status = 422 if form.errors else 200
    return render(request, "desk/cooperation/training_edit.html", context, status=status)


@desk
def training(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: when, where, who teaches, documents, the list with results."""
    return _page(request, _training(request, pk))


def _page(request: HttpRequest, found: Training, failed: VerbForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    may = {v for v in authority.allowed(actor, OFFERED, found) if found.state in OFFERED[v]}
    url = lambda verb: reverse("desk-training-act", args=[found.pk, verb])  # noqa: E731
    shown = offered(KINDS, may, url, found, failed)
    for form in shown:
        if isinstance(form, forms.TraineeForm):
            form.offer(forms.people_offered(actor), agencies_visible_to(actor))
    listed_people = list(trainees_seen(found, actor))
    for row in listed_people:
        row.line = people.line_of(row)
    context = {
        "course": found, "days": days_words(found), "roles": role_words(found),
        "light": training_light(found, actor.today), "people": listed_people,
        "present": sum(row.is_present is True for row in listed_people),
        "is_whole": actor.sees(found.agency_id), "may": may, "forms": shown,
        "documents": list(found.documents.all()), "needs": _needs(found, actor),
        "results": forms.RESULTS, "diary": diary_of(found), "tabs": tabs(AREA), "form": failed,
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/cooperation/training.html", context, status=status)


def _needs(found: Training, actor: Any) -> list[Any]:
    rows = found.needs.select_related("agency")
    return [need for need in rows if actor.sees(need.agency_id)]


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the session; a refusal keeps what was typed."""
    found = _training(request, pk)
    if verb == "drop_trainee":
        rows = Trainee.objects.filter(training=found)
        trainee = get_object_or_404(rows, pk=number_in(request.POST.get("row")))
        attempt(request, people.drop_trainee, trainee, done=f"Đã đưa {trainee} ra khỏi danh sách.")
        return redirect("desk-training", pk=pk)
    if verb == "mark_trainees":
        marks = forms.marks_of(request.POST, list(found.trainees.all()))
        attempt(request, people.mark_trainees, found, marks=marks, done="Đã ghi có mặt, kết quả.")
        return redirect("desk-training", pk=pk)
    form = sent_form(request, KINDS, verb, found)
    if isinstance(form, forms.TraineeForm):
        actor = actor_of(request)
        form.offer(forms.people_offered(actor), agencies_visible_to(actor))
    if not is_done(request, form, ACTIONS, found):
        return _page(request, found, form)
    return redirect("desk-training", pk=pk)


@desk
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of who takes part as a Word file."""
    found = _training(request, pk)
    seen = trainees_seen(found, actor_of(request))
    return word_file(
        request,
        lambda: list_word(found, seen, now=now_of(request)),
        f"danh-sach-tap-huan-{pk}.docx",
        redirect("desk-training", pk=pk),
    )


@desk
def csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of who takes part as a file for a spreadsheet."""
    found = _training(request, pk)
    words = {True: "có mặt", False: "vắng", None: ""}
    return table_answer(
        request,
        f"danh-sach-tap-huan-{pk}",
        ("Họ và tên", "Chức vụ", "Đơn vị", "Tư cách", "Có mặt", "Kết quả", "Số chứng nhận"),
        (
            (row.full_name, row.title, row.agency.name, row.get_role_display(),
             words[row.is_present], row.get_result_display() if row.result else "", row.certificate)
            for row in trainees_seen(found, actor_of(request))
        ),
        title="Danh sách tập huấn",
    )  # fmt: skip


@desk
def document(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """One document of the session."""
    kept = get_object_or_404(_training(request, pk).documents, pk=row)
    data = blobs.read(kept.blob)
    return attached(request, data, kept.file_name, "application/octet-stream", kept.blob)
