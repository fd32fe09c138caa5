"""Họp báo, giao ban: the list, planning, the page of one with its verbs, its Word papers, its minutes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.conferences import (
    CONFERENCE_DESK,
    STEPS,
    BriefingForm,
    ConferenceForm,
    PromiseForm,
)
from hoiam.desk.forms.press_desk import PressSetting, own_agencies
from hoiam.desk.forms.steps import StepForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.conferences import (
    light_of,
    notice_shown,
    periodic_of,
    promise_light,
    promises_in,
    rows_of,
)
from hoiam.desk.presenters.press_desk import diary_of
from hoiam.desk.presenters.press_papers import NOT_SIGNED, conference_paper, offered_for
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.files import attached
from hoiam.desk.views.papers import WORD
from hoiam.handling.actions import draft_paper
from hoiam.handling.actions.briefing import record_briefing, withdraw_briefing
from hoiam.handling.actions.conference import edit_conference, plan_conference
from hoiam.handling.actions.conference_day import keep_promise
from hoiam.handling.models import PressConference, PressQuestion
from hoiam.handling.queries.conference import (
    briefings_visible_to,
    conference_list,
    conference_pages,
    conferences_visible_to,
)
from hoiam.kit.papers import PaperError, kind, write

PER_PAGE = 40
TABS = (("coming", "Sắp tới"), ("held", "Đã tổ chức"), ("all", "Tất cả"))
# Verbs that stand in the card of what they write, not among the next steps.
IN_CARDS = frozenset(STEPS) - {"hold_conference", "cancel_conference"}


@desk
def conference_list_page(request: HttpRequest) -> HttpResponse:
    """The conferences of one tab."""
    actor, now = actor_of(request), now_of(request)
    tab = request.GET.get("tab", "coming")
    page = Paginator(conference_list(actor, tab=tab), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "tab": tab,
        "tabs": TABS,
        "page": page,
        "rows": rows_of(page, now),
        "may_plan": bool(own_agencies(actor)),
    }
    return render(request, "desk/conference_list.html", shown)


@desk
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Planning a conference, or changing one; a changed hour or content asks for another notice."""
    actor = actor_of(request)
    found = get_object_or_404(conference_pages(actor), pk=pk) if pk else None
    if found is not None and turned_away(request, "edit_conference", found):
        return redirect("desk-conference", pk=found.pk)
    form = ConferenceForm(request.POST or None, actor=actor, conference=found)
    if request.method == "POST" and form.is_valid():
        saved = _saved(request, form, found)
        if saved is not None:
            return redirect("desk-conference", pk=saved.pk)
    shown = {"form": form, "conference": found}
    return render(request, "desk/conference_edit.html", shown, status=422 if form.errors else 200)


def _saved(
    request: HttpRequest, form: ConferenceForm, found: PressConference | None
) -> PressConference | None:
    who: dict[str, Any] = {"actor": actor_of(request), "now": now_of(request)}
    try:
        if found is None:
            saved = plan_conference(form.cleaned_data["agency"], **who, **form.typed())
        else:
            seen = form.cleaned_data["seen"] or 0
            saved = edit_conference(found, seen=seen, **who, **form.typed())
    except HoiAmError as error:
        refuse(form, error)
        if found is not None:
            form.data = form.data.copy()
            rows = conferences_visible_to(actor_of(request))
            form.data["seen"] = str(rows.values_list("version", flat=True).get(pk=found.pk))
        return None
    words = "Đã lập cuộc họp báo." if found is None else "Đã lưu."
    if found is not None and found.notice_sent_at and not saved.notice_sent_at:
        words = "Đã lưu. Giờ hoặc nội dung đã đổi: phải gửi thông báo mới."
    messages.success(request, words)
    return saved


@desk
def conference(request: HttpRequest, pk: int) -> HttpResponse:
    """One conference with all that is known and all that may be done."""
    return _page(request, get_object_or_404(conference_pages(actor_of(request)), pk=pk))


def _page(
    request: HttpRequest,
    found: PressConference,
    *,
    failed: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    setting = PressSetting(found, actor_of(request), now_of(request))
    forms = CONFERENCE_DESK.forms(CONFERENCE_DESK.offered(setting), setting, failed)
    guests = list(found.invitations.all())
    shown = {
        "conference": found,
        "light": light_of(found, setting.now),
        "shown": notice_shown(found, setting.now),
        "periodic": periodic_of(found),
        "notices": list(found.notices.all())[::-1],
        "guests": [guest for guest in guests if not guest.is_walk_in],
        "walk_ins": [guest for guest in guests if guest.is_walk_in],
        "questions": [(q, promise_light(q, setting.now) if q.promised_at else None)
                      for q in found.questions.all()],
        "promises": promises_in(found),
        "forms": forms,
        "form": failed,
        "next_forms": [f for verb, f in forms.items() if verb not in IN_CARDS],
        "may_edit": "edit_conference" in authority.allowed(
            setting.actor, ["edit_conference"], found
        ) and found.state in ("planned", "notified", "forbidden"),
        "papers": [(code, kind(code).title) for code in offered_for(found)],
        "diary": diary_of(found),
        "done": request.GET.get("done", ""),
    }  # fmt: skip
    return render(request, "desk/conference.html", shown, status=status)


@desk
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One verb of a conference; a refusal stands at the field with all that was typed."""
    if step not in STEPS:
        raise Http404
    found = get_object_or_404(conference_pages(actor_of(request)), pk=pk)
    setting = PressSetting(found, actor_of(request), now_of(request))
    form = CONFERENCE_DESK.form(step, setting, request.POST)
    if not (form.is_valid() and _done(request, form)):
        return _page(request, _fresh(request, form, found), failed=form, status=422)
    messages.success(request, STEPS[step].done)
    where = STEPS[step].where or "main"
    return redirect(f"{reverse('desk-conference', args=[pk])}?done={step}#{where}")


def _done(request: HttpRequest, form: StepForm) -> bool:
    try:
        STEPS[form.verb].action(
            form.subject(), actor=actor_of(request), now=now_of(request), **form.typed()
        )
    except HoiAmError as error:
        refuse(form, error)
        return False
    return True


def _fresh(request: HttpRequest, form: StepForm, found: PressConference) -> PressConference:
    """The conference as it stands now: after a conflict the newer minutes stand beside what was typed."""
    if "seen" not in form.fields:
        return found
    now_there: PressConference = conference_pages(actor_of(request)).get(pk=found.pk)
    form.data = form.data.copy()
    form.data["seen"] = str(now_there.version)
    return now_there


@desk
def word(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Notice, invitation or minutes as a Word draft; posting drafts it as a paper of the conference's case."""
    found = get_object_or_404(conference_pages(actor_of(request)), pk=pk)
    if code not in offered_for(found):
        raise Http404
    data = conference_paper(found, code, now_of(request))
    if request.method == "POST":
        return _drafted(request, found, code, data)
    try:
        made = write(code, {**data, **NOT_SIGNED})
    except PaperError as error:
        messages.error(request, f"Chưa tạo được tệp Word. {error}")
        return redirect("desk-conference", pk=pk)
    return attached(request, made, f"{kind(code).title} – dự thảo.docx", WORD)


def _drafted(
    request: HttpRequest, found: PressConference, code: str, data: dict[str, Any]
) -> HttpResponse:
    if found.case is None:
        messages.error(request, "Cuộc họp báo chưa thuộc hồ sơ nào. Tải bản Word về dùng.")
        return redirect("desk-conference", pk=found.pk)
    words = "Đã soạn từ cuộc họp báo. Kiểm tra rồi trình duyệt."
    made = attempt(request, draft_paper, found.case, code=code, fields=data, done=words)
    if made is None:
        return redirect("desk-conference", pk=found.pk)
    return redirect("desk-paper", pk=made.pk)


@desk
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes on paper: who came, what was said, asked, promised and handed out."""
    found = get_object_or_404(conference_pages(actor_of(request)), pk=pk)
    guests = [guest for guest in found.invitations.all() if guest.is_present]
    return render(request, "desk/conference_minutes.html", {"conference": found, "present": guests})


@desk
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """One promised answer, and the form that says it was given."""
    actor = actor_of(request)
    seen = conferences_visible_to(actor).values("pk")
    rows = PressQuestion.objects.select_related("conference__agency", "holder")
    question = get_object_or_404(rows, pk=pk, conference__in=seen, promised_at__isnull=False)
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_promise(question, actor=actor, now=now_of(request), **form.cleaned_data)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã ghi câu trả lời.")
            return redirect(f"{reverse('desk-conference', args=[question.conference_id])}#hoi-dap")
    shown = {
        "question": question,
        "form": form,
        "light": promise_light(question, now_of(request)),
        "may": question.kept_at is None and authority.can(actor, "keep_promise", question),
    }
    return render(request, "desk/promise.html", shown, status=422 if form.errors else 200)


@desk
def briefing_list(request: HttpRequest) -> HttpResponse:
    """Briefings the agencies in sight came to, newest first."""
    actor = actor_of(request)
    page = Paginator(briefings_visible_to(actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(found, authority.can(actor, "withdraw_briefing", found)) for found in page]
    shown = {"page": page, "rows": rows, "may_record": bool(own_agencies(actor))}
    return render(request, "desk/briefing_list.html", shown)


@desk
def new_briefing(request: HttpRequest) -> HttpResponse:
    """One briefing at which the agency informed the press."""
    form = BriefingForm(request.POST or None, actor=actor_of(request))
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        agency = typed.pop("agency")
        try:
            record_briefing(agency, actor=actor_of(request), now=now_of(request), **typed)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã ghi lần giao ban.")
            return redirect("desk-briefings")
    return render(
        request, "desk/briefing_new.html", {"form": form}, status=422 if form.errors else 200
    )


@desk
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A briefing taken out of the count, with a reason."""
    found = get_object_or_404(briefings_visible_to(actor_of(request)), pk=pk)
    reason = request.POST.get("reason", "")
    attempt(request, withdraw_briefing, found, reason=reason, done="Đã rút khỏi danh sách.")
    return redirect("desk-briefings")
