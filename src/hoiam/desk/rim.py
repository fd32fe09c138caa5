"""The rim of the desk: who asks, when, and how refusals are shown."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from hoiam.agencies.queries import actor_on
from hoiam.core.actor import Actor
from hoiam.core.errors import HoiAmError, InvalidInput
from hoiam.kit.vietnamese import VIETNAM

View = Callable[..., HttpResponse]


def now_of(request: HttpRequest) -> datetime:
    """The moment of this request; the same for all that happens in it."""
    if not hasattr(request, "hoiam_now"):
        request.hoiam_now = timezone.now()  # type: ignore[attr-defined]
    return request.hoiam_now  # type: ignore[attr-defined]


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, with today's posts; resolved once a request."""
    if not hasattr(request, "hoiam_actor"):
        today = now_of(request).astimezone(VIETNAM).date()
        request.hoiam_actor = actor_on(request.user, today)  # type: ignore[attr-defined, arg-type]
    return request.hoiam_actor  # type: ignore[attr-defined]


def desk(view: View) -> View:
    """A view for signed-in officials who hold a post today; others are told in one sentence what is missing."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not actor_of(request).posts:
            return render(request, "desk/no_post.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def back(request: HttpRequest, fallback: str) -> HttpResponseRedirect:
    """To the page the person came from when it is ours, else to the fallback."""
    target = request.POST.get("next") or request.META.get("HTTP_REFERER", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}):
        parts = urlsplit(target)
        return HttpResponseRedirect(parts.path + (f"?{parts.query}" if parts.query else ""))
    return HttpResponseRedirect(fallback)


def attempt(
    request: HttpRequest, action: Callable[..., Any], *args: Any, done: str = "", **kwargs: Any
) -> Any:
    """What the action gives back, or None when it refused; either way one sentence waits for the next page.

    The actor and the moment are added: views name only what was typed.
    """
    try:
        result = action(*args, actor=actor_of(request), now=now_of(request), **kwargs)
    except HoiAmError as error:
        messages.error(request, str(error))
        return None
    if done:
        messages.success(request, done)
    return result if result is not None else True


def refuse(form: Any, error: HoiAmError) -> None:
    """Put a refusal at the field it belongs to, so that what was typed stays and the place to mend is marked."""
    field = error.field if isinstance(error, InvalidInput) and error.field in form.fields else None
    form.add_error(field, str(error))
