"""Pictures and files for editors: only those of folders in scope, never run by a browser."""

from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from wagtail.documents.models import Document
from wagtail.images.models import Image, Rendition
from wagtail.permissions import policy_registry

from hoiam.core import blobs
from hoiam.core.blobs import NoSuchBlob
from hoiam.workbench.shown import made_of

KINDS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
private = cache_control(private=True, max_age=settings.SESSION_COOKIE_AGE, immutable=True)


def _mine(request: HttpRequest, model: Any) -> Any:
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(request.user, {"choose", "change"})


@private
def picture(request: HttpRequest, sealed: str, name: str) -> HttpResponse:
    """A picture made anew for a preview, of a picture in scope; the hash of anything else in the store opens nothing."""
    sha, _, ending = name.partition(".")
    blob = sha.partition("-")[0]
    if not _mine(request, Image).filter(pk=made_of(blob, sealed)).exists():
        raise Http404
    return _sent(blob, KINDS.get(ending))


@private
def original(request: HttpRequest, name: str) -> HttpResponse:
    """A picture or a file as it lies in a folder in scope."""
    if _mine(request, Image).filter(file=name).exists():
        return _sent(name.split(".")[0], KINDS.get(name.rpartition(".")[2]))
    return document(request, get_object_or_404(_mine(request, Document), file=name).pk, "")


def _sent(sha: str, kind: str | None) -> HttpResponse:
    if kind is None:
        raise Http404
    try:
        return FileResponse(blobs.open_lasting(sha), content_type=kind)
    except NoSuchBlob:
        raise Http404 from None


@private
def rendition(request: HttpRequest, name: str) -> HttpResponse:
    """A narrower copy of a picture in scope; made again when the copy is gone, as after a restore."""
    copy = get_object_or_404(
        Rendition.objects.select_related("image"), file=name, image__in=_mine(request, Image)
    )
    store = storages["renditions"]
    if not store.exists(name):
        image, spec = copy.image, copy.filter_spec
        copy.delete()
        return redirect(image.get_rendition(spec).url)
    kind = KINDS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise Http404
    return FileResponse(store.open(name), content_type=kind)


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """A file of a folder in scope, to be saved and not shown."""
    found = get_object_or_404(_mine(request, Document), pk=document_id)
    return FileResponse(
        blobs.open_lasting(found.file.name.split(".")[0]),
        as_attachment=True,
        filename=found.filename,
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """To the desk's own page for signing out."""
    return redirect("account_logout")


def own_account(request: HttpRequest) -> HttpResponse:
    """To what a person chooses for himself at the desk."""
    return redirect("account_change_password")
