"""The rim of the public pages: how they are drawn, kept by caches, limited, and told apart from the desk.

A public page is drawn without the request's frame, so it reads no session, sets no cookie and may be kept by every cache
on the way. A page with a form is drawn with `show_form`: it carries its token and is kept by nobody.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
    set_response_etag,
)
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from hoiam.newsroom.queries.stamps import next_expiry

View = Callable[..., HttpResponse]
# not-law: how long a cache may show a public page before asking again, in seconds
KEPT = 60
# the same for a page that also shows what turns no stamp
MIXED = 10


def now_of(request: HttpRequest) -> datetime:
    """The moment of this request; the same for all that happens in it."""
    if not hasattr(request, "hoiam_now"):
        request.hoiam_now = timezone.now()  # type: ignore[attr-defined]
    return request.hoiam_now  # type: ignore[attr-defined]


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    is_fresh: bool = False,
    shelf: int = 0,
) -> HttpResponse:
    """The page, the same for everybody; who has it already gets 304. For `is_fresh` and `shelf` see `kept`."""
    where = {} if status == 200 else {"path": ""}
    answer = HttpResponse(draw_page(request, template, {**where, **context}), status=status)
    return kept(request, answer, is_fresh=is_fresh, shelf=shelf) if status == 200 else answer


def draw_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> str:
    """The page's text, without session, cookie or token."""
    frame = {"path": request.path, "now": now_of(request)}
    return render_to_string(template, {**frame, **context})


def kept(
    request: HttpRequest, answer: HttpResponse, *, is_fresh: bool = False, shelf: int = 0
) -> HttpResponse:
    """The answer marked as one that caches may keep; 304 when the asker has it.

    Args:
        is_fresh: it shows articles, which may be withdrawn at any moment: caches outside ask each time, ours knows by the
            portal's stamp and by the hour at which the next article comes down.
        shelf: for how many seconds our own server may keep it whole. Only what articles, sections, partners and outages are
            made of turns the stamp, so a page that shows more is kept for a short while or not at all.
    """
    now = now_of(request)
    until = min(now + timedelta(seconds=KEPT), next_expiry(now) or datetime.max.replace(tzinfo=UTC))
    if is_fresh:
        patch_cache_control(answer, public=True, max_age=0, must_revalidate=True)
    else:
        patch_cache_control(answer, public=True, max_age=int((until - now).total_seconds()))
    set_response_etag(answer)
    if shelf:
        answer.hoiam_until = min(until, now + timedelta(seconds=shelf))  # type: ignore[attr-defined]
    found = get_conditional_response(request, etag=answer.headers.get("ETag"), response=answer)
    return found if found is not None else answer


def show_form(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page with its form's token; kept by no cache."""
    text = render_to_string(
        template, {"path": request.path, "csrf_token": get_token(request), **context}
    )
    answer = HttpResponse(text, status=status)
    add_never_cache_headers(answer)
    return answer


def public(view: View) -> View:
    """A view whose "not found" is told to the public, not to officials."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return missing(request)

    return told


def missing(request: HttpRequest) -> HttpResponse:
    """The public page of an address where nothing stands."""
    return show(request, "portal/missing.html", {}, status=404)


def sized(most: int, too_large: View) -> Callable[[View], View]:
    """A decorator that refuses what is longer than `most` bytes before anything of it is read.

    The token of a form stands in its body, so checking it reads, and lays on the disk, all that was sent: it is checked here
    after the length, and not by the middleware before.
    """

    def guard(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt  # for the middleware; `protected` checks it
        @wraps(view)
        def measured(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if int(request.META.get("CONTENT_LENGTH") or 0) > most:
                return too_large(request)
            return protected(request, *args, **kwargs)

        return measured

    return guard
