"""Stored bytes to save: always as attachment, never run in the page, never when they were altered."""

import hashlib
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hoiam.desk.presenters.papers import ascii_name

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


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
