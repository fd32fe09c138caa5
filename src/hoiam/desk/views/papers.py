"""Văn bản: the register of outgoing papers, drafting, approval, sending, the watch on the outlet."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.papers import STEPS, DraftForm, PaperForm, form_for, offered
from hoiam.desk.forms.register import SignedFileForm
from hoiam.desk.presenters.cases import case_pages
from hoiam.desk.presenters.papers import (
    NOT_OF_A_CASE,
    basis_of,
    blocks_of,
    file_name,
    kind_groups,
    lacking,
    moments_of,
    paper_pages,
    signed_files_of,
    waiting_words,
)
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.files import attached
from hoiam.handling.actions import draft_paper, edit_paper, submit_paper
from hoiam.handling.actions.own_text import differences, seal_of
from hoiam.handling.actions.paper_grounds import OBLIGES
from hoiam.handling.actions.papers import preview
from hoiam.handling.actions.signed_files import SIGNABLE
from hoiam.handling.actions.wording import wording_of
from hoiam.handling.models import Case, Paper
from hoiam.handling.queries import papers_visible_to
from hoiam.handling.queries.work import papers_to_approve
from hoiam.handling.states import PaperState
from hoiam.kit.papers import kind, kinds
from hoiam.kit.papers.office import office

PER_PAGE = 50
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@desk
def paper_list(request: HttpRequest) -> HttpResponse:
    """Sổ văn bản đi: every paper in sight, or those that wait for this person's signature."""
    actor = actor_of(request)
    tab = request.GET.get("tab", "all")
    mine = papers_to_approve(actor)
    rows: Any = mine if tab == "mine" else _register(request, tab)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "tab": tab,
        "tabs": [("all", "Tất cả"), *PaperState.choices],
        "waiting": len(mine),
        "page": page,
        "rows": [(paper, kind(paper.kind).title) for paper in page],
        "kinds": [(each.code, each.title) for each in kinds()],
        "chosen": request.GET.get("kind", ""),
    }
    return render(request, "desk/paper_list.html", shown)


def _register(request: HttpRequest, tab: str) -> Any:
    rows = papers_visible_to(actor_of(request)).order_by("-drafted_at", "-pk").defer("body")
    if tab in PaperState.values:
        rows = rows.filter(state=tab)
    if request.GET.get("kind"):
        rows = rows.filter(kind=request.GET["kind"])
    return rows


@desk
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Soạn văn bản: first whether there is a conclusion, then the kind, then the draft."""
    case = get_object_or_404(case_pages(actor_of(request)), pk=pk)
    if request.method == "POST":
        paper = _drafted(request, case)
        if paper is not None:
            return redirect("desk-paper", pk=paper.pk)
    answer = request.GET.get("conclusion", "")
    shown = {
        "case": case,
        "answer": answer,
        "groups": kind_groups(case, answer == "yes", actor_of(request).today)
        if answer in ("yes", "no")
        else [],
        "items": [row.item for row in case.case_items.all()],
        "may_draft": authority.can(actor_of(request), "draft_paper", case),
    }
    return render(request, "desk/paper_new.html", shown)


def _drafted(request: HttpRequest, case: Case) -> Paper | None:
    items = {str(row.item_id): row.item for row in case.case_items.all()}
    if request.POST.get("kind") in NOT_OF_A_CASE:
        messages.error(
            request,
            "Loại này được lập ở trang riêng của nó, không soạn từ hồ sơ. Hãy chọn loại khác.",
        )
        return None
    return attempt(
        request,
        draft_paper,
        case,
        code=request.POST.get("kind", ""),
        item=items.get(request.POST.get("item", "")),
        done="Đã soạn bản đầu từ hồ sơ. Kiểm tra từng mục rồi trình duyệt.",
    )


@desk
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: its form while it is a draft, else as it reads."""
    return paper_page(request, get_object_or_404(paper_pages(actor_of(request)), pk=pk))


def paper_page(
    request: HttpRequest,
    paper: Paper,
    *,
    draft: DraftForm | None = None,
    failed: PaperForm | None = None,
    signed_form: SignedFileForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a paper, with what was typed into the form that was refused."""
    actor = actor_of(request)
    forms = {verb: form_for(verb, paper, actor) for verb in offered(paper, actor)}
    if failed is not None:
        failed.is_open = True
        forms[failed.verb] = failed
    is_draft = paper.state == PaperState.DRAFT
    may_edit = is_draft and authority.can(actor, "edit_paper", paper)
    may_keep = paper.state in SIGNABLE and authority.can(actor, "keep_signed_file", paper)
    own = wording_of(paper.agency_id, paper.kind) if may_edit else None
    shown = {
        "paper": paper,
        "case": paper.case,
        "kind": kind(paper.kind),
        "form": draft or failed,
        "draft": draft or (DraftForm(paper=paper) if may_edit else None),
        "saved": "saved" in request.GET,
        "lacking": lacking(paper, actor.today) if is_draft else [],
        "obliges": OBLIGES.get(paper.kind, ""),
        "sentences": own.sentences if own else [],
        "parts": differences(paper) if may_edit else (),
        "seen": seal_of(paper),
        "has_office": office() is not None,
        "basis": basis_of(paper),
        "signed_files": signed_files_of(paper),
        "signed_form": signed_form or (SignedFileForm() if may_keep else None),
        "blocks": list(blocks_of(paper)),
        "happened": moments_of(paper),
        "versions": list(paper.versions.all()),
        "forms": forms,
        "waiting": waiting_words(paper, actor) if "approve_paper" not in forms else "",
    }
    return render(request, "desk/paper.html", shown, status=status)


@desk
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One verb of a paper; a refusal stands at the field with all that was typed."""
    paper = get_object_or_404(paper_pages(actor_of(request)), pk=pk)
    if step == "edit_paper":
        return _saved(request, paper)
    if step not in STEPS:
        raise Http404
    form = form_for(step, paper, actor_of(request), request.POST)
    if not (form.is_valid() and _done(request, form, STEPS[step].action, **form.typed())):
        return paper_page(request, paper, failed=form, status=422)
    messages.success(request, STEPS[step].done)
    return redirect("desk-paper", pk=pk)


def _saved(request: HttpRequest, paper: Paper) -> HttpResponse:
    form = DraftForm(request.POST, paper=paper)
    if not (form.is_valid() and _done(request, form, edit_paper, paper=paper, **form.typed())):
        return paper_page(request, paper, draft=form, status=422)
    if request.POST.get("then") != "submit":
        messages.success(request, "Đã lưu dự thảo.")
        return _home(paper)
    kept = get_object_or_404(paper_pages(actor_of(request)), pk=paper.pk)
    if not _done(request, form, submit_paper, paper=kept):
        return paper_page(request, kept, draft=form, status=422)
    messages.success(request, "Đã lưu và trình duyệt.")
    return _home(paper)


def _home(paper: Paper) -> HttpResponse:
    # `saved` lets the page forget what the browser kept of this form.
    return redirect(f"{reverse('desk-paper', args=[paper.pk])}?saved=1")


def _done(
    request: HttpRequest, form: Any, action: Any, paper: Paper | None = None, **typed: Any
) -> bool:
    try:
        action(paper or form.paper, actor=actor_of(request), now=now_of(request), **typed)
    except HoiAmError as error:
        refuse(form, error)
        return False
    return True


@desk
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word file: the approved bytes, or a draft as it stands now."""
    paper = get_object_or_404(paper_pages(actor_of(request)), pk=pk)
    try:
        data = preview(paper)
    except HoiAmError as error:
        messages.error(request, f"Chưa tạo được tệp Word. {error}")
        return redirect("desk-paper", pk=pk)
    return attached(request, data, file_name(paper), WORD, paper.blob)
