"""Public pages kept whole by the server, and answered before anything else of Django runs.

A page is kept under the portal's stamp: any action that changes what stands turns the stamp in its own transaction, so the
very next asker gets the page drawn anew. It is kept no longer than a minute, and never beyond the hour at which the next
article comes down.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from hoiam.newsroom.queries.stamps import stamp

View = Callable[[HttpRequest], HttpResponse]
# not-law: how much memory one process gives to kept pages, in bytes
ROOM = 48 * 1024 * 1024
PRIVATE = ("/desk/", "/cms/", "/static/", "/anh/", "/tim/", "/healthz", "/readyz")
# A page of a list, as the portal's pages name it and as the API does.
_PAGE = re.compile(r"(?:trang|page)=[0-9]{1,5}")
_NO_HEADERS = frozenset({"Set-Cookie", "Cache-Control", "Content-Length"})


@dataclass(frozen=True)
class Kept:
    """One answer as it left the house."""

    stamp: int
    until: datetime
    body: bytes
    headers: tuple[tuple[str, str], ...]
    is_fresh: bool
    """Caches outside must ask each time."""

    def answer(self, now: datetime) -> HttpResponse:
        """The answer again; what others may keep is what is left of its time."""
        made = HttpResponse(self.body)
        for name, value in self.headers:
            made.headers[name] = value
        made.headers["Content-Length"] = str(len(self.body))
        left = 0 if self.is_fresh else max(0, int((self.until - now).total_seconds()))
        again = ", must-revalidate" if self.is_fresh else ""
        made.headers["Cache-Control"] = f"public, max-age={left}{again}"
        return made


class Shelf:
    """Kept pages of one process, the longest unread thrown out when there is no room."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._used = room, 0
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Kept | None:
        """The page under this key."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: str, page: Kept) -> None:
        """Nothing; the page is kept, and others make room for it."""
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._used += len(page.body)
            while self._used > self._room:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Nothing; the shelf is empty."""
        with self._lock:
            self._pages.clear()
            self._used = 0

    def _drop(self, key: str) -> None:
        gone = self._pages.pop(key, None)
        self._used -= len(gone.body) if gone is not None else 0


SHELF = Shelf()


class KeptPages:
    """The first of the middlewares: what is on the shelf and still true is given at once."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The kept page, or the house's own answer, kept when its view said so."""
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        now, version = timezone.now(), stamp()
        found = SHELF.get(key)
        if found is None or found.stamp != version or found.until <= now:
            answer = self.get_response(request)
            _keep(key, version, answer)
            return answer
        answer = found.answer(now)
        known = get_conditional_response(request, etag=answer.headers.get("ETag"), response=answer)
        return known if known is not None else answer


def key_of(request: HttpRequest) -> str | None:
    """Under what the page is kept; None for what is never kept: writing, the desk, whatever was typed."""
    if request.method != "GET" or request.path.startswith(PRIVATE):
        return None
    query = request.META.get("QUERY_STRING", "")
    if query and not _PAGE.fullmatch(query):
        return None
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    return (
        f"{request.scheme}://{request.get_host()}{request.path}?{query}{'|gzip' if packed else ''}"
    )


def _keep(key: str, version: int, answer: HttpResponse) -> None:
    until = getattr(answer, "hoiam_until", None)
    if until is None or answer.status_code != 200 or answer.streaming or answer.cookies:
        return
    headers = tuple((n, v) for n, v in answer.items() if n not in _NO_HEADERS)
    is_fresh = "must-revalidate" in answer.headers.get("Cache-Control", "")
    SHELF.put(key, Kept(version, until, answer.content, headers, is_fresh))
