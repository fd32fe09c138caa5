"""One sealed thing: is it unaltered, who had it in hand; taken out by a form, so that the custody log knows."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import blobs
from hoiam.core.errors import HoiAmError
from hoiam.core.stamps.kinds import Kind
from hoiam.desk.forms.evidence import TakeForm
from hoiam.desk.presenters.evidence import custody_lines, seal_of
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.desk.views.files import attached
from hoiam.handling.actions import take_capture, take_evidence
from hoiam.handling.actions.evidence import Tampered
from hoiam.handling.models import Evidence
from hoiam.handling.queries import (
    EVIDENCE,
    captures_visible_to,
    custody_of,
    evidence_visible_to,
)
from hoiam.monitoring.models import Capture, Item, Snapshot
from hoiam.monitoring.queries import CAPTURE

# A page is kept as a WARC file whatever the page itself was; a clipped file is kept as it came.
WARC = "application/warc"
ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "video/mp4": "mp4",
}


@desk
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """One evidence file of a case in sight."""
    return _evidence_page(request, _evidence(request, pk))


@desk
@require_POST
def evidence_take(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence file to save, with a line in the custody log."""
    file = _evidence(request, pk)
    return _taken(request, file, take_evidence, _evidence_page, (file.file_name, file.content_type))


@desk
def capture(request: HttpRequest, pk: int) -> HttpResponse:
    """One capture of a report or case in sight."""
    return _capture_page(request, _capture(request, pk))


@desk
@require_POST
def capture_take(request: HttpRequest, pk: int) -> HttpResponse:
    """The capture to save, with a line in the custody log."""
    found = _capture(request, pk)
    return _taken(request, found, take_capture, _capture_page, file_of(found))


@desk
def capture_image(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a captured public page, to be shown in our own page; altered ones are not."""
    found = _capture(request, pk)
    is_shown = found.page_of.exists() or found.image_of.exists()
    if not (is_shown and found.content_type in {"image/png", "image/jpeg", "image/webp"}):
        raise Http404
    try:
        data = blobs.read(found.blob)
    except blobs.NoSuchBlob as error:
        raise Http404 from error
    return attached(request, data, *file_of(found), found.blob)


def file_of(capture: Capture) -> tuple[str, str]:
    """Name and MIME type under which a capture is saved."""
    # A clipped file is its own payload; a page lies inside its WARC file.
    is_file = capture.blob == capture.payload_sha256
    ending = ENDINGS.get(capture.content_type, "bin") if is_file else "warc.gz"
    return f"ban-chup-{capture.pk}.{ending}", capture.content_type if is_file else WARC


def _evidence(request: HttpRequest, pk: int) -> Evidence:
    return get_object_or_404(evidence_visible_to(actor_of(request)), pk=pk)


def _capture(request: HttpRequest, pk: int) -> Capture:
    seen = captures_visible_to(actor_of(request)).select_related("by")
    return get_object_or_404(seen, pk=pk)


def _taken(
    request: HttpRequest,
    thing: Any,
    action: Callable[..., bytes],
    page: Callable[..., HttpResponse],
    saved: tuple[str, str],
) -> HttpResponse:
    form = TakeForm(request.POST)
    if not form.is_valid():
        return page(request, thing, form=form, status=422)
    try:
        data = action(thing, actor=actor_of(request), now=now_of(request), why=form.reason())
    except (Tampered, blobs.NoSuchBlob) as fault:
        refuse(form, fault)
        return page(request, thing, form=form, status=409)
    except HoiAmError as error:
        form.add_error("other" if form.cleaned_data["why"] == "other" else None, str(error))
        return page(request, thing, form=form, status=422)
    return attached(request, data, *saved)


def _evidence_page(
    request: HttpRequest, file: Evidence, *, form: TakeForm | None = None, status: int = 200
) -> HttpResponse:
    shown = {"file": file, "case": file.case, "take": reverse("desk-evidence-take", args=[file.pk])}
    return _page(request, "desk/evidence.html", EVIDENCE, file, {**shown, "form": form}, status)


def _capture_page(
    request: HttpRequest, found: Capture, *, form: TakeForm | None = None, status: int = 200
) -> HttpResponse:
    shown = {
        "capture": found,
        "items": _items(found),
        "versions": found.versions.select_related("item")[:3],
        "is_page": found.blob != found.payload_sha256,
        "is_picture": found.image_of.exists(),
        "take": reverse("desk-capture-take", args=[found.pk]),
    }
    return _page(request, "desk/capture.html", CAPTURE, found, {**shown, "form": form}, status)


def _items(found: Capture) -> list[Item]:
    """The reports a capture shows: it is their page, or was taken of them at a wish."""
    shots = Snapshot.objects.filter(Q(page=found) | Q(image=found) | Q(print=found))
    rows = Item.objects.filter(Q(capture=found) | Q(pk__in=shots.values("item")))
    return list(rows.only("title").order_by("pk")[:3])


def _page(
    request: HttpRequest,
    template: str,
    kind: Kind,
    row: Model,
    shown: dict[str, Any],
    status: int,
) -> HttpResponse:
    diary = list(custody_of(row))
    more = {
        "seal": seal_of(kind, row, diary),
        "custody": custody_lines(diary),
        "take_form": shown["form"] or TakeForm(),
    }
    return render(request, template, {**shown, **more}, status=status)
