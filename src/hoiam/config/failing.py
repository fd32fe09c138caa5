"""What is told when a page failed: that the house is away for a while (503), or that something in it is wrong (500)."""

import errno
import re
import sys
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.defaults import server_error

import hoiam.portal

AWAY = Path(hoiam.portal.__file__).parent / "static" / "portal" / "503.html"
# not-law: after how many seconds a program, and a search engine, may ask again
WAIT = 120
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
# SQLite says with one number that a statement is wrong: that is our fault and no pause.
WRONG_STATEMENT = 1
MACHINES = "/api/"
OURS = "Hệ thống gặp lỗi và đã ghi lại để sửa. Hãy gọi lại sau."
SORRY = "Hệ thống tạm dừng ít phút. Hãy gọi lại sau."


def failed(request: HttpRequest) -> HttpResponse:
    """The answer for the error being handled: a pause with the time to come back, or a fault that was written down."""
    if not is_away(sys.exc_info()[1]):
        return _fault(request)
    if request.path.startswith(MACHINES):
        answer: HttpResponse = JsonResponse({"error": SORRY}, status=503)
    else:
        page, policy = _away()
        answer = HttpResponse(page, status=503)
        answer.headers["Content-Security-Policy"] = policy
    answer.headers["Retry-After"] = str(WAIT)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _fault(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(MACHINES):
        return JsonResponse({"error": OURS}, status=500)
    return server_error(request)


def is_away(error: BaseException | None) -> bool:
    """Whether the database does not answer, is held by another too long, or nothing can be written any more."""
    if isinstance(error, InterfaceError):
        return True
    if isinstance(error, OperationalError):
        code = getattr(error.__cause__, "sqlite_errorcode", None)
        return code is None or code & 0xFF != WRONG_STATEMENT
    return isinstance(error, OSError) and error.errno in FULL


@cache
def _away() -> tuple[bytes, str]:
    """The page, which needs neither database nor files beside it, and the policy that lets its one sheet in."""
    page = AWAY.read_bytes()
    [sheet] = re.findall(rb"<style>(.*?)</style>", page, re.DOTALL)
    seal = b64encode(sha256(sheet).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{seal}'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    return page, policy
