"""What the views of the workbench share: a text within scope, and acts whose refusal is one sentence."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from hoiam.core.errors import HoiAmError
from hoiam.desk.rim import actor_of, now_of, refuse
from hoiam.workbench.models import Text


def text_of(page_id: int) -> Any:
    """The text as last saved. That it lies within scope the gate has seen to.

    Raises:
        Http404: there is none, or it is a branch.
    """
    page = Page.objects.filter(pk=page_id).first()
    text = page.get_latest_revision_as_object() if page is not None else None
    if not isinstance(text, Text):
        raise Http404
    return text


def done(
    request: HttpRequest, form: Any, verb: Callable[..., Any], *args: Any, said: str, **kwargs: Any
) -> bool:
    """Whether the act was done; a refusal stands in the form, what was typed stays."""
    try:
        verb(*args, actor=actor_of(request), now=now_of(request), **kwargs)
    except HoiAmError as error:
        refuse(form, error)
        return False
    messages.success(request, said)
    return True


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing stands at this address, or nothing the person may see."""
    return render(request, "workbench/missing.html", status=404)
