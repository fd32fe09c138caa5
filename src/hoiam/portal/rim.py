"""The rim of the public pages: how they are drawn, kept by caches, limited, and told apart from the desk.

A public page is drawn without the request's frame, so it reads no session, sets no cookie and may be kept by every cache
on the way. A page with a form is drawn with `show_form`: it carries its token and is kept by nobody.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
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

from hoiam.portal.limits import Rate, may_send

View = Callable[..., HttpResponse]
# not-law: how long a cache may show a public page before asking again, in seconds
KEPT = 60


def now_of(request: HttpRequest) -> datetime:
    """The moment of this request; the same for all that happens in it."""
    if not hasattr(request, "hoiam_now"):
        request.hoiam_now = timezone.now()  # type: ignore[attr-defined]
    return request.hoiam_now  # type: ignore[attr-defined]


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page, the same for everybody; who has it already gets 304."""
    text = render_to_string(template, {"path": request.path, **context})
    answer = HttpResponse(text, status=status)
    return kept(request, answer) if status == 200 else answer


def kept(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer marked as one that caches may keep; 304 when the asker has it."""
    patch_cache_control(answer, public=True, max_age=KEPT)
    set_response_etag(answer)
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


def limited(action: str, *rates: Rate) -> Callable[[View], View]:
    """A decorator that lets one address send a form only so often; reading is never limited.

    What goes beyond is answered 429 with a sentence; the form's text stays in the asker's browser.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not may_send(request, action, rates):
                return show(request, "portal/too_often.html", {}, status=429)
            return view(request, *args, **kwargs)

        return counted

    return guard
