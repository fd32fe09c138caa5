"""Đơn thư bạn đọc: the list, entering by hand, the page of one with its verbs, and who wrote, for a reason."""

from typing import Any

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
from hoiam.desk.forms.letter_steps import LETTER_DESK, STEPS, LetterSetting
from hoiam.desk.forms.letters import NewLetterForm, letter_agencies
from hoiam.desk.forms.steps import StepForm
from hoiam.desk.presenters.letters import (
    TITLES,
    bar_of,
    clocks_of,
    diary_of,
    public_url,
    rows_of,
)
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.desk.views.social_turns import asked_from, begun_with, message_behind, tie_message
from hoiam.letters.actions import receive_letter, reveal_people
from hoiam.letters.actions.papers import NAMED_PAPERS, WORDS, words_for
from hoiam.letters.models import ReaderLetter
from hoiam.letters.policies import is_denounced
from hoiam.letters.queries import (
    TABS,
    clock_light,
    letter_list,
    letter_pages,
    letter_tabs,
    letters_visible_to,
    repeats_of,
)
from hoiam.letters.states import LetterChannel, LetterKind, LetterState
from hoiam.newsroom.states.social import Turned

PER_PAGE = 40
IN_CARDS = (
    "mark_repeat", "add_person", "draft_answer", "extend_clock", "tell_citizen", "tell_press", "tell_taken_up",
)  # fmt: skip
SORTING = frozenset({LetterState.RECEIVED, LetterState.CLASSIFIED})


@desk
def letter_list_page(request: HttpRequest) -> HttpResponse:
    """The letters of one tab; those in work by what is due first."""
    actor, now = actor_of(request), now_of(request)
    tab = request.GET.get("tab", "open")
    tab = tab if tab in TABS else "open"
    kind, channel = request.GET.get("kind", ""), request.GET.get("channel", "")
    words = request.GET.get("q", "")
    found = letter_list(actor, tab=tab, kind=kind, channel=channel, words=words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    counts = letter_tabs(actor)
    shown = {
        "tab": tab,
        "tabs": [(key, TITLES[key], counts[key]) for key in TABS],
        "page": page,
        "rows": rows_of(page, now),
        "words": words,
        "kind": kind,
        "channel": channel,
        "kinds": LetterKind.choices,
        "channels": LetterChannel.choices,
        "may_enter": bool(letter_agencies(actor)),
    }
    return render(request, "desk/letters/list.html", shown)


@desk
def new_letter(request: HttpRequest) -> HttpResponse:
    """A letter that came by post, by hand, from a paper, another body or an official account."""
    actor = actor_of(request)
    first = begun_with(request)
    sent = (request.POST or None, request.FILES or None) if first is None else ()
    form = NewLetterForm(*sent, actor=actor, initial=first)
    if form.is_bound and form.is_valid():
        agency, written, typed = form.typed()
        try:
            with transaction.atomic():
                made = receive_letter(agency, written, actor=actor, now=now_of(request), **typed)
                tie_message(request, made, Turned.LETTER)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã ghi {made.number} vào sổ.")
            return redirect("desk-letter", pk=made.pk)
    return render(
        request,
        "desk/letters/new.html",
        {"form": form, **asked_from(request)},
        status=422 if form.errors else 200,
    )


@desk
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter with its clocks and all that may be done; no name stands on it."""
    return _page(request, get_object_or_404(letter_pages(actor_of(request)), pk=pk))


def _page(
    request: HttpRequest, found: ReaderLetter, *, failed: StepForm | None = None, status: int = 200
) -> HttpResponse:
    setting = LetterSetting(found, actor_of(request), now_of(request))
    setting.repeats = repeats_of(found, setting.actor) if found.state in SORTING else []
    verbs = LETTER_DESK.offered(setting)
    if not setting.repeats and found.repeat_of_id is None:
        verbs = [verb for verb in verbs if verb != "mark_repeat"]
    forms = LETTER_DESK.forms(verbs, setting, failed)
    clocks = clocks_of(found, setting.now)
    running = [row for row in clocks if row.clock.ended_at is None]
    may_know = authority.can(setting.actor, "reveal_people", found) and not found.wiped_at
    shown: dict[str, Any] = {
        "letter": found,
        "bar": bar_of(found),
        "clocks": clocks,
        "urgent": running[0] if running else None,
        "light": clock_light(running[0].clock, setting.now) if running else None,
        "forms": forms,
        "form": failed,
        "next_forms": [form for verb, form in forms.items() if verb not in IN_CARDS],
        "repeats": setting.repeats,
        "may_know": may_know,
        "is_about_me": not may_know and is_denounced(setting.actor.official, found),
        "files": list(found.files.all()),
        "papers": [(code, WORDS[code][1]) for code in words_for(found)],
        "named_papers": [(c, WORDS[c][1]) for c in words_for(found) if c in NAMED_PAPERS],
        "parts": list(_parts(request, found)),
        "diary": diary_of(found),
        "public_url": public_url(found),
        "message": message_behind(Turned.LETTER, found.pk, setting.actor),
        "done": request.GET.get("done", ""),
    }
    return render(request, "desk/letters/letter.html", shown, status=status)


def _parts(request: HttpRequest, found: ReaderLetter) -> Any:
    if found.state != LetterState.SPLIT:
        return []
    return letters_visible_to(actor_of(request)).filter(parent=found).order_by("pk")


@desk
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One verb of a letter; a refusal stands at the field with all that was typed."""
    if step not in STEPS:
        raise Http404
    found = get_object_or_404(letter_pages(actor_of(request)), pk=pk)
    setting = LetterSetting(found, actor_of(request), now_of(request))
    setting.repeats = repeats_of(found, setting.actor) if step == "mark_repeat" else []
    form = LETTER_DESK.form(step, setting, request.POST)
    if not (form.is_valid() and _done(request, form)):
        return _page(request, _fresh(request, form, found), failed=form, status=422)
    messages.success(request, STEPS[step].done)
    where = STEPS[step].where or "main"
    return redirect(f"{reverse('desk-letter', args=[pk])}?done={step}#{where}")


def _done(request: HttpRequest, form: StepForm) -> bool:
    try:
        STEPS[form.verb].action(
            form.subject(), actor=actor_of(request), now=now_of(request), **form.typed()
        )
    except HoiAmError as error:
        refuse(form, error)
        return False
    return True


def _fresh(request: HttpRequest, form: StepForm, found: ReaderLetter) -> ReaderLetter:
    """The letter as it stands now: after a conflict the page shows what is newer beside what was typed."""
    now_there: ReaderLetter = letter_pages(actor_of(request)).get(pk=found.pk)
    is_draft = form.verb == "draft_answer"
    form.data = form.data.copy()
    form.data["seen"] = str(now_there.draft_version if is_draft else now_there.version)
    return now_there


@desk
@require_POST
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who wrote and the letter as it came, on this answer alone; each time is written into the diary."""
    actor = actor_of(request)
    found = get_object_or_404(letters_visible_to(actor).select_related("agency"), pk=pk)
    reason = request.POST.get("reason", "")
    try:
        told = reveal_people(found, reason=reason, actor=actor, now=now_of(request))
    except HoiAmError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('desk-letter', args=[pk])}#nguoi")
    behind = message_behind(Turned.LETTER, pk, actor)
    shown = {"letter": found, "told": told, "reason": reason, "message": behind}
    answer = render(request, "desk/letters/revealed.html", shown)
    add_never_cache_headers(answer)
    return answer
