"""Hỏi đáp báo chí: the list, entering by hand, the page of one with its verbs, what a unit supplies."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.enquiries import ENQUIRY_DESK, STEPS, EnquiryForm, SupplyForm
from hoiam.desk.forms.press_desk import PressSetting, own_agencies
from hoiam.desk.forms.steps import StepForm
from hoiam.desk.presenters.enquiries import (
    TITLES,
    ground_of,
    interview_of,
    public_url,
    rows_of,
    times_of,
    words_for_reporter,
)
from hoiam.desk.presenters.press_desk import diary_of, new_case_url
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.handling.actions.enquiry_content import supply_content
from hoiam.handling.actions.enquiry_intake import receive_enquiry
from hoiam.handling.models import ContentRequest, Enquiry
from hoiam.handling.queries.enquiry import (
    TABS,
    enquiries_visible_to,
    enquiry_light,
    enquiry_list,
    enquiry_pages,
    enquiry_tabs,
)

PER_PAGE = 40
# Verbs that stand in their own card, not among the next steps.
IN_CARDS = ("ask_unit", "draft_answer", "link_enquiry", "demand_review", "keep_text")


@desk
def enquiry_list_page(request: HttpRequest) -> HttpResponse:
    """The enquiries of one tab; open ones by what is due first."""
    actor, now = actor_of(request), now_of(request)
    tab = request.GET.get("tab", "open")
    tab = tab if tab in TABS else "open"
    words = request.GET.get("q", "")
    page = Paginator(enquiry_list(actor, tab=tab, words=words), PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = enquiry_tabs(actor)
    shown = {
        "tab": tab,
        "tabs": [(key, TITLES[key], counts[key]) for key in TABS],
        "page": page,
        "rows": rows_of(page, now),
        "words": words,
        "may_enter": bool(own_agencies(actor)),
    }
    return render(request, "desk/enquiry_list.html", shown)


@desk
def new_enquiry(request: HttpRequest) -> HttpResponse:
    """An enquiry that came by e-mail, letter, telephone or in person."""
    actor = actor_of(request)
    form = EnquiryForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        agency, typed = form.typed()
        try:
            made = receive_enquiry(agency, actor=actor, now=now_of(request), **typed)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã ghi {made.number}.")
            return redirect("desk-enquiry", pk=made.pk)
    return render(
        request, "desk/enquiry_new.html", {"form": form}, status=422 if form.errors else 200
    )


@desk
def enquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """One enquiry with all that is known and all that may be done."""
    return _page(request, get_object_or_404(enquiry_pages(actor_of(request)), pk=pk))


def _page(
    request: HttpRequest, found: Enquiry, *, failed: StepForm | None = None, status: int = 200
) -> HttpResponse:
    setting = PressSetting(found, actor_of(request), now_of(request))
    forms = ENQUIRY_DESK.forms(ENQUIRY_DESK.offered(setting), setting, failed)
    interview = interview_of(found)
    compared = interview["compared"]
    if compared is None or compared.is_exact or found.case_id is None:
        forms.pop("report_misrendering", None)
    shown = {
        "enquiry": found,
        "light": enquiry_light(found, setting.now),
        "forms": forms,
        "form": failed,
        "next_forms": [f for verb, f in forms.items() if verb not in IN_CARDS],
        "times": times_of(found),
        "ground": ground_of(found),
        "interview": interview,
        "supplies": [
            (asked, authority.can(setting.actor, "supply_content", asked))
            for asked in found.content_requests.all()
        ],
        "diary": diary_of(found),
        "public_url": public_url(found),
        "told": words_for_reporter(found),
        "new_case_url": new_case_url(),
        "done": request.GET.get("done", ""),
    }
    return render(request, "desk/enquiry.html", shown, status=status)


@desk
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One verb of an enquiry; a refusal stands at the field with all that was typed."""
    if step not in STEPS:
        raise Http404
    found = get_object_or_404(enquiry_pages(actor_of(request)), pk=pk)
    setting = PressSetting(found, actor_of(request), now_of(request))
    form = ENQUIRY_DESK.form(step, setting, request.POST)
    if not (form.is_valid() and _done(request, form)):
        return _page(request, _fresh(request, form, found), failed=form, status=422)
    messages.success(request, STEPS[step].done)
    where = STEPS[step].where or "main"
    return redirect(f"{reverse('desk-enquiry', args=[pk])}?done={step}#{where}")


def _done(request: HttpRequest, form: StepForm) -> bool:
    try:
        STEPS[form.verb].action(
            form.subject(), actor=actor_of(request), now=now_of(request), **form.typed()
        )
    except HoiAmError as error:
        refuse(form, error)
        return False
    return True


def _fresh(request: HttpRequest, form: StepForm, found: Enquiry) -> Enquiry:
    """The enquiry as it stands now: after a conflict the page shows the newer draft beside what was typed."""
    if "seen" not in form.fields:
        return found
    now_there: Enquiry = enquiry_pages(actor_of(request)).get(pk=found.pk)
    form.data = form.data.copy()
    form.data["seen"] = str(now_there.draft_version)
    return now_there


@desk
def content(request: HttpRequest, pk: int) -> HttpResponse:
    """What one unit is asked to supply, and the form where it does."""
    actor = actor_of(request)
    rows = ContentRequest.objects.select_related("unit", "enquiry__agency", "asked_by")
    seen = enquiries_visible_to(actor).values("pk")
    asked = get_object_or_404(rows, pk=pk, enquiry__in=seen)
    form = SupplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            supply_content(asked, actor=actor, now=now_of(request), **form.cleaned_data)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã cung cấp nội dung.")
            return redirect(f"{reverse('desk-enquiry', args=[asked.enquiry_id])}#noi-dung")
    shown: dict[str, Any] = {
        "asked": asked,
        "form": form,
        "may": authority.can(actor, "supply_content", asked),
    }
    return render(request, "desk/content_request.html", shown, status=422 if form.errors else 200)
