"""The files of a paper: its PDF to read, the signed PDF that comes back, parts of the machine's text taken over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.register import SignedFileForm
from hoiam.desk.presenters.papers import file_name, paper_pages
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.files import attached
from hoiam.desk.views.papers import paper_page
from hoiam.handling.actions import keep_signed_file, take_wording
from hoiam.handling.actions.printing import pdf_of


@desk
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as it will be printed, to read in the browser."""
    paper = get_object_or_404(paper_pages(actor_of(request)), pk=pk)
    try:
        data = pdf_of(paper)
    except HoiAmError as error:
        messages.error(request, f"Chưa xem được PDF. {error}")
        return redirect("desk-paper", pk=pk)
    response = attached(
        request, data, file_name(paper).removesuffix(".docx") + ".pdf", "application/pdf"
    )
    # Our own print, not a file from outside: it may open in the browser's reader.
    response["Content-Disposition"] = response["Content-Disposition"].replace(
        "attachment", "inline", 1
    )
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response


@desk
@require_POST
def signed(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed PDF, checked and sealed; a refusal stands at its field."""
    paper = get_object_or_404(paper_pages(actor_of(request)), pk=pk)
    form = SignedFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        who = {"actor": actor_of(request), "now": now_of(request)}
        try:
            kept = keep_signed_file(paper, file_name=file.name, data=file.read(), **who)
        except HoiAmError as error:
            refuse(form, error)
        else:
            if kept.is_flagged:
                messages.warning(
                    request, "Đã nhận bản ký số nhưng có điểm cần xem lại, ghi ở mục Bản ký số."
                )
            else:
                messages.success(request, "Đã nhận và niêm phong bản ký số.")
            return redirect("desk-paper", pk=pk)
    return paper_page(request, paper, signed_form=form, status=422)


@desk
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the chosen parts of what the machine would write now."""
    paper = get_object_or_404(paper_pages(actor_of(request)), pk=pk)
    parts = {
        int(each) for each in request.POST.getlist("part") if each.isdecimal() and len(each) < 6
    }
    attempt(
        request,
        take_wording,
        paper,
        parts=parts,
        seen=request.POST.get("seen", ""),
        done="Đã lấy các phần đã chọn; bản trước được giữ ở mục Phiên bản.",
    )
    return redirect("desk-paper", pk=pk)
