"""The gate of /cms/: who comes in, which of Wagtail's views exist at all, and whether what they name is in scope.

Wagtail's generic views asked a model-level question where a row was meant (docs/adr/0003-wagtail-for-portal-and-editors.md).
So nothing is left to them: a view that is not on the list does not exist here, and every key in an address is looked up in
scope before the view runs.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.permissions import policy_registry

from hoiam.desk.rim import actor_of
from hoiam.workbench.models import Editor
from hoiam.workbench.open_views import BULK, OPEN, PAGE_KEYS
from hoiam.workbench.rights import branches_of, may_enter

CMS = "/cms/"
ADDRESSES = "hoiam.workbench.urls.whole"
# Wagtail's editor sets styles from its scripts and draws uploads before they are sent; nothing else is let in, and no page
# outside /cms/ gets any of this.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-src 'self'; frame-ancestors 'self'; base-uri 'none'"
)


class WorkbenchMiddleware:
    """For addresses under /cms/ alone: another table of addresses, the gate, another content policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; pages outside the workbench pass untouched and never load Wagtail's views."""
        if not request.path_info.startswith(CMS) or getattr(request, "is_dummy", False):
            return self.get_response(request)
        request.urlconf = ADDRESSES  # type: ignore[attr-defined]
        request.is_workbench = True  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """An answer of the gate's own, or None to let the view run."""
        if not getattr(request, "is_workbench", False):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        actor = actor_of(request)
        if not may_enter(actor):
            return render(request, "workbench/closed.html", status=403)
        request.user = Editor.of(actor)  # type: ignore[assignment]
        _check_open(request.resolver_match, kwargs)
        _check_keys(request, kwargs)
        return None


def _check_open(match: ResolverMatch, kwargs: dict[str, Any]) -> None:
    """Raise Http404 for a view that this workbench does not offer."""
    name = match.view_name or ""
    if name == "wagtail_bulk_action":
        if (kwargs["model_name"], kwargs["action"]) not in BULK:
            raise Http404
    elif name not in OPEN:
        raise Http404


def _check_keys(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Raise Http404 when a key in the address, or in a bulk action's list, is out of scope."""
    name = request.resolver_match.view_name
    for key in PAGE_KEYS & kwargs.keys():
        _page(request.user, kwargs[key])
    if name == "wagtailadmin_pages:revisions_compare":
        _page(request.user, kwargs["pk"])
    if name == "wagtailadmin_editing_sessions:ping":
        _page(request.user, kwargs["object_id"])
    if name.startswith("wagtailimages:") and (key := kwargs.get("image_id")):
        _file(request.user, Image, key)
    if name.startswith("wagtaildocs:") and (
        key := kwargs.get("document_id") or kwargs.get("doc_id")
    ):
        _file(request.user, Document, key)
    if name == "wagtailimages_chooser:chosen" or name.startswith("wagtailimages_chooser:select"):
        _file(request.user, Image, kwargs.get("pk") or kwargs.get("image_id"))
    if name == "wagtaildocs_chooser:chosen":
        _file(request.user, Document, kwargs["pk"])
    _check_named(request, name)


def _check_named(request: HttpRequest, name: str) -> None:
    """The same for keys that come as parameters: several at once, or the place a thing is put."""
    several = request.GET.getlist("id")
    if name == "wagtail_bulk_action":
        for key in request.GET.getlist("childOf"):
            _number(key)
        several = [key for key in several if key != "all"]
        model = {"page": Page, "image": Image, "document": Document}[
            request.resolver_match.kwargs["model_name"]
        ]
        for key in several:
            _any(request.user, model, key)
    elif name == "wagtailimages_chooser:chosen_multiple":
        for key in several:
            _file(request.user, Image, key)
    elif name == "wagtaildocs_chooser:chosen_multiple":
        for key in several:
            _file(request.user, Document, key)
    elif name == "wagtailadmin_choose_page_chosen_multiple":
        for key in several:
            _page(request.user, key)


def _any(user: Any, model: Any, key: Any) -> None:
    _page(user, key) if model is Page else _file(user, model, key)


def _page(user: Any, key: Any) -> None:
    page = Page.objects.filter(pk=_number(key)).only("path").first()
    branches = branches_of(user)
    if page is None or not any(
        page.path.startswith(branch.path) or branch.path.startswith(page.path)
        for branch in branches
    ):
        raise Http404


def _file(user: Any, model: Any, key: Any) -> None:
    rows = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, {"choose", "change"}
    )
    if not rows.filter(pk=_number(key)).exists():
        raise Http404


def _number(key: Any) -> int:
    try:
        return int(key)
    except (TypeError, ValueError):
        raise Http404 from None
