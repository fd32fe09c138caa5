"""The signed PDF or scan of a report's version: taken in, checked, given out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hoiam.core import blobs
from hoiam.core.errors import HoiAmError
from hoiam.core.filekinds import admitted
from hoiam.desk.forms.rounds import FileForm
from hoiam.desk.rim import actor_of, desk, now_of
from hoiam.desk.views.files import attached
from hoiam.scheme.actions import keep_report_scan
from hoiam.scheme.models import ReportScan
from hoiam.scheme.queries.rounds import unit_reports_visible_to


@desk
@require_POST
def keep(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One more signed or scanned file of a version; what is not right with it is said at once."""
    found = get_object_or_404(unit_reports_visible_to(actor_of(request)), pk=pk)
    form = FileForm(request.POST, request.FILES)
    back = redirect("desk-round-version", pk=pk, number=number)
    if not form.is_valid():
        messages.error(request, "Chọn bản đã ký hoặc bản quét rồi bấm Kèm tệp.")
        return back
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        kept = keep_report_scan(
            found, actor=actor_of(request), now=now_of(request), number=number, data=data,
            name=file.name, kind=admitted(data, file.name),
        )  # fmt: skip
    except HoiAmError as error:
        messages.error(request, str(error))
        return back
    if kept.is_flagged:
        messages.warning(request, "Đã kèm bản ký số nhưng có điểm cần xem lại, ghi bên cạnh tệp.")
    else:
        said = (
            "bản ký số, chữ ký còn nguyên vẹn" if kept.is_signed else "bản quét, không có chữ ký số"
        )
        messages.success(request, f"Đã kèm “{kept.name}”: {said}.")
    return back


@desk
def scan(request: HttpRequest, pk: int, scan: int) -> HttpResponse:
    """One signed or scanned file, for all who see the version."""
    found = get_object_or_404(unit_reports_visible_to(actor_of(request)), pk=pk)
    kept = get_object_or_404(ReportScan.objects.filter(version__report=found), pk=scan)
    return attached(request, blobs.read(kept.blob), kept.name, kept.kind, kept.blob)
