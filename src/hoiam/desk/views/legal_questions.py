"""Hỏi đáp pháp luật: the list, entering by hand, the page of one with its verbs."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.legal_questions import QUESTION_DESK, QUESTION_STEPS, NewQuestionForm
from hoiam.desk.forms.letters import letter_agencies
from hoiam.desk.forms.press_desk import PressSetting
from hoiam.desk.forms.steps import StepForm
from hoiam.desk.presenters.letters import QUESTION_TITLES, diary_of, public_url, question_rows
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.desk.views.social_turns import asked_from, begun_with, message_behind, tie_message
from hoiam.kit.rulebook import default
from hoiam.letters.actions import receive_question, reveal_asker
from hoiam.letters.actions.legal_drafts import old_laws
from hoiam.letters.actions.questions import ANSWER_IN
from hoiam.letters.models import LegalQuestion
from hoiam.letters.queries import (
    QUESTION_TABS,
    question_light,
    question_list,
    question_pages,
    question_tabs,
    questions_visible_to,
)
from hoiam.newsroom.states.social import Turned

PER_PAGE = 40
IN_CARDS = ("draft_legal_answer",)


@desk
def question_list_page(request: HttpRequest) -> HttpResponse:
    """The questions of one tab; open ones by what is due first."""
    actor, now = actor_of(request), now_of(request)
    tab = request.GET.get("tab", "open")
    tab = tab if tab in QUESTION_TABS else "open"
    words = request.GET.get("q", "")
    page = Paginator(question_list(actor, tab=tab, words=words), PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = question_tabs(actor)
    shown = {
        "tab": tab,
        "tabs": [(key, QUESTION_TITLES[key], counts[key]) for key in QUESTION_TABS],
        "page": page,
        "rows": question_rows(page, now),
        "words": words,
        "may_enter": bool(letter_agencies(actor)),
    }
    return render(request, "desk/letters/questions.html", shown)


@desk
def new_question(request: HttpRequest) -> HttpResponse:
    """A question that came by another way than the form."""
    actor = actor_of(request)
    first = begun_with(request)
    form = NewQuestionForm(
        request.POST or None if first is None else None, actor=actor, initial=first
    )
    if form.is_bound and form.is_valid():
        agency, text, asker, typed = form.typed()
        try:
            with transaction.atomic():
                made = receive_question(
                    agency, text, asker, actor=actor, now=now_of(request), **typed
                )
                tie_message(request, made, Turned.QUESTION)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã ghi {made.number}.")
            return redirect("desk-legal-question", pk=made.pk)
    return render(
        request,
        "desk/letters/question_new.html",
        {"form": form, **asked_from(request)},
        status=422 if form.errors else 200,
    )


@desk
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with its draft, its law and all that may be done."""
    return _page(request, get_object_or_404(question_pages(actor_of(request)), pk=pk))


def _page(
    request: HttpRequest, found: LegalQuestion, *, failed: StepForm | None = None, status: int = 200
) -> HttpResponse:
    setting = PressSetting(found, actor_of(request), now_of(request))
    forms = QUESTION_DESK.forms(QUESTION_DESK.offered(setting), setting, failed)
    shown = {
        "question": found,
        "light": question_light(found, setting.now),
        "forms": forms,
        "form": failed,
        "next_forms": [form for verb, form in forms.items() if verb not in IN_CARDS],
        "old_laws": old_laws(found, setting.now),
        "badge": default(ANSWER_IN).badge,
        "may_know": authority.can(setting.actor, "reveal_asker", found) and not found.wiped_at,
        "diary": diary_of(found),
        "public_url": public_url(found),
        "message": message_behind(Turned.QUESTION, found.pk, setting.actor),
        "done": request.GET.get("done", ""),
    }
    return render(request, "desk/letters/question.html", shown, status=status)


@desk
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One verb of a question; a refusal stands at the field with all that was typed."""
    if step not in QUESTION_STEPS:
        raise Http404
    actor, now = actor_of(request), now_of(request)
    found = get_object_or_404(question_pages(actor), pk=pk)
    form = QUESTION_DESK.form(step, PressSetting(found, actor, now), request.POST)
    if form.is_valid():
        try:
            QUESTION_STEPS[step].action(found, actor=actor, now=now, **form.typed())
        except HoiAmError as error:
            refuse(form, error)
    if form.errors:
        return _page(request, _fresh(request, form, found), failed=form, status=422)
    messages.success(request, QUESTION_STEPS[step].done)
    where = QUESTION_STEPS[step].where or "main"
    return redirect(f"{reverse('desk-legal-question', args=[pk])}?done={step}#{where}")


def _fresh(request: HttpRequest, form: StepForm, found: LegalQuestion) -> LegalQuestion:
    """The question as it stands now: after a conflict the page shows the newer draft beside what was typed."""
    now_there: LegalQuestion = question_pages(actor_of(request)).get(pk=found.pk)
    if "seen" in form.fields:
        form.data = form.data.copy()
        form.data["seen"] = str(now_there.draft_version)
    return now_there


@desk
@require_POST
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who asked, on this answer alone; each time is written into the diary."""
    actor = actor_of(request)
    found = get_object_or_404(questions_visible_to(actor), pk=pk)
    reason = request.POST.get("reason", "")
    try:
        told = reveal_asker(found, reason=reason, actor=actor, now=now_of(request))
    except HoiAmError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('desk-legal-question', args=[pk])}#nguoi")
    answer = render(
        request,
        "desk/letters/revealed.html",
        {
            "question": found,
            "told": told,
            "reason": reason,
            "message": message_behind(Turned.QUESTION, pk, actor),
        },
    )
    add_never_cache_headers(answer)
    return answer
