"""The rim of the public pages: how they are drawn, kept by caches, limited, and told apart from the desk.

A public page is drawn without the request's frame, so it reads no session, sets no cookie and may be kept by every cache
on the way. A page with a form is drawn with `show_form`: it carries its token and is kept by nobody.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from hoiam.newsroom.keeping import KEPT, MIXED, kept, now_of

View = Callable[..., HttpResponse]
__all__ = [
    "KEPT",
    "MIXED",
    "draw_page",
    "kept",
    "missing",
    "now_of",
    "public",
    "show",
    "show_form",
    "sized",
]


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
