"""Pieces sent in that wait for an editor, and the page made of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core.errors import HoiAmError
from hoiam.desk.rim import actor_of, now_of
from hoiam.newsroom.queries import accepted_submissions
from hoiam.workbench.actions.material import write_from_material

NEWEST = 100


def waiting(request: HttpRequest) -> HttpResponse:
    """Pieces that were taken in and are nobody's page yet."""
    rows = accepted_submissions(actor_of(request))[:NEWEST]
    return render(request, "workbench/material.html", {"pieces": rows})


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a page of one piece and open it."""
    piece = get_object_or_404(accepted_submissions(actor_of(request)), pk=pk)
    try:
        page = write_from_material(piece, actor=actor_of(request), now=now_of(request))
    except HoiAmError as error:
        messages.error(request, str(error))
        return redirect("workbench-material")
    messages.success(request, "Đã tạo bài từ bài gửi. Xem lại, chọn chuyên mục rồi gửi duyệt.")
    return redirect("wagtailadmin_pages:edit", page.pk)
