"""Quy chế, chương trình, hợp đồng với báo chí: the list, one agreement with its counts, one clause with what stands behind."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.core import authority, blobs
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms import agreements as forms
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.cooperation import (
    agreement_light,
    diary_of,
    tabs,
    term,
    value_words,
)
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.sheets import spreadsheet
from hoiam.desk.typed import number_in
from hoiam.desk.views.files import attached
from hoiam.desk.views.spokespersons import take
from hoiam.desk.views.verbs import is_done, own_place, sent_form
from hoiam.kit.vietnamese import show_date
from hoiam.scheme.actions import agreement_results as results
from hoiam.scheme.actions import agreements as verbs
from hoiam.scheme.models import Agreement, AgreementContact, Clause, ClauseResult
from hoiam.scheme.queries.agreements import (
    accepted_value,
    agreement_list,
    agreements_visible_to,
    clause_counts,
    enquiries_of_agreement,
    items_of_agreement,
    last_day_to_tell,
    owes_review,
    papers_of_agreement,
    period_of_agreement,
    years_of_agreement,
)
from hoiam.scheme.states.agreements import AgreementKind, AgreementState, ClauseKind

PER_PAGE = 50
AREA = "desk-agreements"
HEAD = ("Số, ký hiệu", "Tên", "Loại", "Đơn vị", "Các bên", "Ngày ký", "Từ ngày", "Đến ngày", "Tình trạng", "Báo chí nòng cốt")  # fmt: skip
TABS = (
    ("standing", "Đang hiệu lực"),
    ("ending", "Sắp hết hạn"),
    ("draft", "Đang soạn"),
    ("over", "Đã hết, đã thay"),
    ("all", "Tất cả"),
)
ACTIONS: dict[str, Callable[..., Any]] = {
    "sign_agreement": verbs.sign_agreement,
    "end_agreement": verbs.end_agreement,
    "add_clause": verbs.add_clause,
    "add_contact": verbs.add_contact,
    "record_review": results.record_review,
    "record_acceptance": results.record_acceptance,
}
KINDS: tuple[type[VerbForm], ...] = (
    forms.ClauseForm,
    forms.SignForm,
    forms.AcceptanceForm,
    forms.ReviewForm,
    forms.ContactForm,
    forms.EndForm,
)
DRAFT, IN_FORCE = AgreementState.DRAFT, AgreementState.IN_FORCE
# Which verbs a page offers in which state; the actions check again.
OFFERED = {
    "sign_agreement": {DRAFT},
    "edit_agreement": {DRAFT},
    "add_clause": {DRAFT},
    "add_contact": {DRAFT, IN_FORCE},
    "end_agreement": {IN_FORCE},
    "renew_agreement": {IN_FORCE, AgreementState.EXPIRED},
    "record_review": set(AgreementState) - {DRAFT},
    "record_acceptance": set(AgreementState) - {DRAFT},
    "mark_core": {DRAFT, IN_FORCE},
}


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Agreements in sight by tab; those of core papers when asked."""
    actor = actor_of(request)
    found, tab, core = _narrowed(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (row, agreement_light(row, actor.today), term(row),
         owes_review(row, row.last_review, actor.today))
        for row in page
    ]  # fmt: skip
    context = {
        "tabs": tabs(AREA), "tab": tab, "seg": TABS, "core": core, "page": page, "rows": rows,
        "may_draft": own_place(request, "draft_agreement") is not None,
        "tell_until": last_day_to_tell(actor.today),
    }  # fmt: skip
    return render(request, "desk/cooperation/agreements.html", context)


def _narrowed(request: HttpRequest) -> tuple[Any, str, bool]:
    actor = actor_of(request)
    tab, core = request.GET.get("tab", "standing"), request.GET.get("core") == "1"
    return agreement_list(actor, today=actor.today, tab=tab, core=core), tab, core


@desk
def excel(request: HttpRequest) -> HttpResponse:
    """The list as it is narrowed, as a spreadsheet."""
    today = actor_of(request).today
    rows = [
        (row.number, row.title, row.get_kind_display(), row.agency.name, "; ".join(map(str, row.parties.all())),
         _day(row.signed_on), _day(row.valid_from), _day(row.valid_to), agreement_light(row, today).words,
         "nòng cốt" if row.is_core else "")
        for row in _narrowed(request)[0]
    ]  # fmt: skip
    return spreadsheet(request, [HEAD, *rows], name="quy-che-hop-dong", title="Quy chế, hợp đồng")


def _day(value: Any) -> str:
    return show_date(value) if value else ""


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A new draft at the reader's own agency."""
    place = own_place(request, "draft_agreement")
    if place is None:
        turned_away(request, "draft_agreement", Agency())
        return redirect(AREA)
    form = forms.AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.draft_agreement(
                place, actor=actor_of(request), now=now_of(request), typed=form.agreement_typed()
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu bản đang soạn. Kiểm tra từng nội dung rồi ghi đã ký.")
            return redirect("desk-agreement", pk=made.pk)
    context = {"form": form, "place": place, "tabs": tabs(AREA)}
    status = 422 if form.errors else 200
    return render(request, "desk/cooperation/agreement_edit.html", context, status=status)


@desk
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft typed again."""
    found = _agreement(request, pk)
    if turned_away(request, "edit_agreement", found):
        return redirect("desk-agreement", pk=pk)
    form = forms.AgreementForm(request.POST or None, agreement=found)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            verbs.edit_agreement(
                found, actor=actor_of(request), now=now_of(request), typed=form.agreement_typed(),
                version=version,
            )  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("desk-agreement", pk=pk)
    context = {"form": form, "agreement": found, "place": found.agency, "tabs": tabs(AREA)}
    status = 422 if form.errors else 200
    return render(request, "desk/cooperation/agreement_edit.html", context, status=status)


def _agreement(request: HttpRequest, pk: int) -> Agreement:
    rows = agreements_visible_to(actor_of(request)).prefetch_related("reviews")
    found: Agreement = get_object_or_404(rows, pk=pk)
    return found


@desk
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: parties, clauses with their counts, reviews, acceptances, contacts, diary."""
    return _page(request, _agreement(request, pk))


def _page(request: HttpRequest, found: Agreement, failed: VerbForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    may = {
        verb
        for verb in authority.allowed(actor, OFFERED, found)
        if found.state in OFFERED[verb]
        and (verb != "record_acceptance" or found.kind == AgreementKind.CONTRACT)
    }
    year = _year(request, found)
    is_contract = found.kind == AgreementKind.CONTRACT
    reviews, acceptances = (
        list(found.reviews.all()),
        list(found.acceptances.all() if is_contract else ()),
    )
    context = {
        "agreement": found,
        "parties": list(found.parties.all()),
        "term": term(found),
        "light": agreement_light(found, actor.today),
        "counts": clause_counts(found, period_of_agreement(found, year, actor.today)),
        "year": year,
        "years": years_of_agreement(found, actor.today),
        "reviews": reviews,
        "owes_review": owes_review(found, reviews[0].held_on if reviews else None, actor.today),
        "acceptances": acceptances,
        "value_words": value_words(found.value, accepted_value(acceptances)),
        "is_contract": is_contract,
        "contacts": list(found.contacts.all()),
        "may": may,
        "forms": offered(KINDS, may, lambda verb: reverse("desk-agreement-act", args=[found.pk, verb]), found, failed),
        "renewal": found.renewals.order_by("-pk").first(),
        "diary": diary_of(found),
        "tabs": tabs(AREA),
        "form": failed,
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/cooperation/agreement.html", context, status=status)


def _year(request: HttpRequest, found: Agreement) -> int | None:
    asked = number_in(request.GET.get("nam"))
    return asked if asked in years_of_agreement(found, actor_of(request).today) else None


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the agreement; a refusal stands at its field with what was typed."""
    found = _agreement(request, pk)
    if verb == "renew_agreement":
        made = attempt(request, verbs.renew_agreement, found, done="Đã soạn bản mới từ văn bản này.")  # fmt: skip
        return redirect("desk-agreement", pk=made.pk if made else pk)
    if verb == "mark_core":
        core = request.POST.get("is_core") == "1"
        attempt(request, verbs.mark_core, found, is_core=core, done="Đã ghi.")
        return redirect("desk-agreement", pk=pk)
    if verb in {"drop_clause", "drop_contact"}:
        _drop(request, found, verb)
        return redirect("desk-agreement", pk=pk)
    form = sent_form(request, KINDS, verb, found)
    if not is_done(request, form, ACTIONS, found):
        return _page(request, found, form)
    return redirect("desk-agreement", pk=pk)


def _drop(request: HttpRequest, found: Agreement, verb: str) -> None:
    pk = number_in(request.POST.get("row"))
    if verb == "drop_clause":
        clause = get_object_or_404(Clause.objects.filter(agreement=found), pk=pk)
        attempt(request, verbs.drop_clause, clause, done="Đã bỏ nội dung.")
    else:
        contact = get_object_or_404(AgreementContact.objects.filter(agreement=found), pk=pk)
        attempt(request, verbs.drop_contact, contact, done="Đã bỏ người liên hệ.")


@desk
def clause(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One clause: every record behind its figure, and what people entered."""
    found = _agreement(request, pk)
    return _clause_page(request, found, get_object_or_404(found.clauses, number=number))


def _clause_page(
    request: HttpRequest, found: Agreement, of: Clause, failed: VerbForm | None = None
) -> HttpResponse:
    actor = actor_of(request)
    year = _year(request, found)
    period = period_of_agreement(found, year, actor.today)
    may = authority.allowed(actor, ("record_result", "drop_result"), found)
    if found.state == DRAFT:
        may = set()
    url = lambda verb: reverse("desk-clause-act", args=[found.pk, of.number, verb])  # noqa: E731
    count = next(each for each in clause_counts(found, period) if each.clause.pk == of.pk)
    records = Paginator(_records(found, of, period), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "agreement": found, "clause": of, "count": count, "period": period, "year": year,
        "years": years_of_agreement(found, actor.today), "may": may, "records": records,
        "results": list(of.results.select_related("by")),
        "forms": offered((forms.ResultForm,), may, url, of, failed),
        "drop_url": url("drop_result"), "tabs": tabs(AREA), "form": failed,
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/cooperation/clause.html", context, status=status)


def _records(found: Agreement, of: Clause, period: Any) -> Any:
    """The rows behind the figure, whatever they are: each knows its address and day in the template by its kind."""
    if of.kind == ClauseKind.NEWS:
        rows = items_of_agreement(found, period).select_related("channel", "finding")
        return rows.order_by("-at", "-id")
    if of.kind == ClauseKind.FALSE_NEWS:
        return papers_of_agreement(found, period).order_by("-sent_at")
    if of.kind == ClauseKind.INFORMATION:
        return enquiries_of_agreement(found, period).order_by("-answered_at")
    return []


@desk
@require_POST
def clause_act(request: HttpRequest, pk: int, number: int, verb: str) -> HttpResponse:
    """A result entered, or taken back with its reason."""
    found = _agreement(request, pk)
    of = get_object_or_404(found.clauses, number=number)
    if verb == "record_result":
        form: VerbForm = forms.ResultForm(request.POST, request.FILES, subject=of)
        if not form.is_valid() or take(request, form, results.record_result, of) is None:
            return _clause_page(request, found, of, form)
        messages.success(request, form.done)
        return redirect("desk-clause", pk=pk, number=number)
    if verb != "drop_result":
        raise Http404("no such verb")
    drop = forms.DropForm(request.POST, subject=of)
    if not drop.is_valid():
        messages.error(request, "Ghi lý do bỏ kết quả này.")
        return redirect("desk-clause", pk=pk, number=number)
    row = get_object_or_404(ClauseResult.objects.filter(clause=of), pk=drop.cleaned_data["row"])
    attempt(request, results.drop_result, row, reason=drop.cleaned_data["reason"], done=drop.done)
    return redirect("desk-clause", pk=pk, number=number)


@desk
def file(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """A kept file: the signed text, the minutes of a review, a proof."""
    found = _agreement(request, pk)
    owners: dict[str, Callable[[], Any]] = {
        "signed": lambda: found if row == found.pk else None,
        "review": lambda: found.reviews.filter(pk=row).first(),
        "acceptance": lambda: found.acceptances.filter(pk=row).first(),
        "result": lambda: ClauseResult.objects.filter(clause__agreement=found, pk=row).first(),
    }
    owner = owners[kind]() if kind in owners else None
    if owner is None or not owner.blob:
        raise Http404("no such file")
    data = blobs.read(owner.blob)
    return attached(request, data, owner.file_name, "application/octet-stream", owner.blob)
