"""Versions of a report: what the paper changed, and reading its page again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hoiam.desk.presenters.evidence import seal_of
from hoiam.desk.presenters.versions import differences, text_before, versions_shown
from hoiam.desk.rim import attempt, desk
from hoiam.desk.views.stories import item_in_sight
from hoiam.monitoring.actions.versions import Looked, read_now
from hoiam.monitoring.queries import CAPTURE, versions_of
from hoiam.monitoring.states import VersionKind


@desk
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version beside the one before it."""
    item = item_in_sight(request, pk)
    versions = list(versions_of(item))
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        raise Http404
    before = text_before(found, versions)
    has_text = found.kind in (VersionKind.CHANGED, VersionKind.FILLED)
    shown = differences(before, found) if before and has_text else []
    return render(
        request,
        "desk/version.html",
        {
            "kept": ", ".join(each.label.lower() for each in shown if not each.is_changed),
            "item": item,
            "version": found,
            "label": VersionKind(found.kind).label,
            "before": before,
            "differences": shown,
            "versions": versions_shown(versions),
            "seal": seal_of(CAPTURE, found.capture) if found.capture else None,
        },
    )


@desk
@require_POST
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Đọc lại trang: fetch the page now and keep what it shows."""
    item = item_in_sight(request, pk)
    looked: Looked | None = attempt(request, read_now, item)
    if looked is None:
        return redirect("desk-item", pk=pk)
    if looked.version is None:
        messages.success(request, looked.words)
        return redirect("desk-item", pk=pk)
    messages.success(request, looked.words)
    return redirect("desk-item-version", pk=pk, number=looked.version.number)
