"""Stored bytes: evidence of a case, captures of reports; always as attachment, never run in the page."""

import hashlib
from urllib.parse import quote

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hoiam.core import blobs
from hoiam.desk.presenters.papers import ascii_name
from hoiam.desk.rim import actor_of, desk
from hoiam.handling.models import CaseItem, Evidence
from hoiam.handling.queries import cases_visible_to
from hoiam.monitoring.models import Capture, Item
from hoiam.monitoring.queries import stories_visible_to

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
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
    seen = cases_visible_to(actor_of(request)).values("pk")
    file = get_object_or_404(Evidence.objects.narrowed(case__in=seen), pk=pk)
    return _kept(request, file.blob, file.file_name, file.content_type)


@desk
def capture(request: HttpRequest, pk: int) -> HttpResponse:
    """One capture, when a report that uses it stands in a story or a case in sight."""
    found = get_object_or_404(Capture, pk=pk)
    actor = actor_of(request)
    in_case = CaseItem.objects.filter(case__in=cases_visible_to(actor).values("pk"))
    in_sight = Q(story__in=stories_visible_to(actor).values("pk")) | Q(
        pk__in=in_case.values("item")
    )
    proves = Q(capture=found) | Q(versions__capture=found)
    if not Item.objects.filter(in_sight, proves).exists():
        raise Http404
    # A clipped file is its own payload; a page lies inside its WARC file.
    is_file = found.blob == found.payload_sha256
    kind = found.content_type if is_file else WARC
    ending = ENDINGS.get(found.content_type, "bin") if is_file else "warc.gz"
    return _kept(request, found.blob, f"ban-chup-{found.pk}.{ending}", kind)


def _kept(request: HttpRequest, blob: str, name: str, kind: str) -> HttpResponse:
    try:
        data = blobs.read(blob)
    except blobs.NoSuchBlob as error:
        return _fault(request, str(error), blob, 404)
    return attached(request, data, name, kind, blob)


def attached(
    request: HttpRequest, data: bytes, name: str, kind: str, blob: str = ""
) -> HttpResponse:
    """The bytes to save, never to open in the page; bytes that no longer match their hash are not given out."""
    if blob and hashlib.sha256(data).hexdigest() != blob:
        words = (
            "Tệp trong kho không còn khớp mã SHA-256 đã niêm phong, nên không được dùng làm chứng cứ. "
            "Hãy báo người quản trị khôi phục kho từ bản sao lưu."
        )
        return _fault(request, words, blob, 409)
    response = HttpResponse(data, content_type=kind)
    plain, full = ascii_name(name), quote(name, safe="")
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response


def _fault(request: HttpRequest, words: str, blob: str, status: int) -> HttpResponse:
    return render(request, "desk/file_fault.html", {"words": words, "blob": blob}, status=status)
