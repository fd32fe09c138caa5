"""Files for a source that is filled by hand: tried first, then taken whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.sources import UploadForm
from hoiam.desk.guard import turned_away
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.monitoring.actions.uploads import take_upload, try_upload, wanted
from hoiam.monitoring.models import ItemImport, Source
from hoiam.monitoring.states import UPLOADED

SAMPLE = 5


@desk
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Trying a file: which columns it has, and what must be mended before anything is taken."""
    source = get_object_or_404(Source, pk=pk, kind__in=list(UPLOADED))
    if turned_away(request, "upload_items", source):
        return redirect("desk-source", pk=pk)
    form = UploadForm(request.POST or None, request.FILES or None, source=source)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = try_upload(
                source,
                file.read(),
                file_name=file.name,
                actor=actor_of(request),
                now=now_of(request),
                named=form.named(),
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            return redirect("desk-item-import", pk=run.pk)
    shown = {"form": form, "source": source, "columns": wanted(source.kind)}
    return render(request, "desk/source_upload.html", shown)


@desk
def import_report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was wrong row by row; a clean trial can be taken, once."""
    runs = ItemImport.objects.exclude(source=None).select_related("source", "by")
    run = get_object_or_404(runs, pk=pk)
    if turned_away(request, "upload_items", run.source):
        return redirect("desk-source", pk=run.source_id)
    if request.method == "POST":
        attempt(request, take_upload, run, done=f"Đã nhập tệp “{run.file_name}”.")
        return redirect("desk-item-import", pk=pk)
    may_take = run.dry_run and bool(run.ready)
    shown = {"run": run, "may_take": may_take, "sample": _sample(run), "source": run.source}
    return render(request, "desk/item_import.html", shown)


def _sample(run: ItemImport) -> list[dict[str, str]]:
    """The first rows, a vendor's report and a comment under the same names."""
    return [
        {
            "words": row.get("title") or row.get("text", ""),
            "address": row.get("url") or row.get("post", ""),
            "outlet": row.get("outlet", ""),
            "pseudonym": row.get("pseudonym", ""),
            "time": row["raw"],
        }
        for row in run.ready[:SAMPLE]
    ]
