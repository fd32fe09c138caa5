"""Gói tin cho báo chí: who holds the link sees the newest state, takes Word and pictures, reads the feed, stops receiving.

These pages are kept by no cache and no search engine, and say that opening them is counted.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hoiam.core import blobs
from hoiam.newsroom.actions.lists import leave_list
from hoiam.newsroom.actions.package_letters import WORD, word_of
from hoiam.newsroom.actions.package_sending import note_fetch, note_opened
from hoiam.newsroom.models import PackageDelivery
from hoiam.newsroom.queries.packages import (
    delivery_by_token,
    feed_of,
    receiver_by_leaving_key,
    receiver_by_token,
)
from hoiam.newsroom.states.distribution import ReceiverState
from hoiam.portal.packages import Piece, atom_of, feed_for_page, pieces_of, told_since
from hoiam.portal.rim import now_of, public, show_form


def _found(token: str) -> PackageDelivery:
    delivery = delivery_by_token(token)
    if delivery is None:
        raise Http404
    return delivery


def _private(answer: HttpResponse) -> HttpResponse:
    add_never_cache_headers(answer)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@public
@require_safe
def package(request: HttpRequest, token: str) -> HttpResponse:
    """The package as it stands now; looking at it is counted, asking for its head only is not."""
    delivery = _found(token)
    if request.method == "GET":
        note_opened(delivery, now=now_of(request))
    pieces = pieces_of(delivery, now_of(request))
    context = {
        "path": request.path,
        "delivery": delivery,
        "package": delivery.package,
        "pieces": pieces,
        "told": told_since(delivery, pieces),
        "feed": feed_for_page(request, delivery),
        "may_read_feed": delivery.receiver.state == ReceiverState.ACTIVE,
    }
    return _private(HttpResponse(render_to_string("portal/package.html", context)))


def _standing_pieces(request: HttpRequest, delivery: PackageDelivery) -> list[Piece]:
    return [piece for piece in pieces_of(delivery, now_of(request)) if piece.is_standing]


@public
@require_safe
def word(request: HttpRequest, token: str, article: int) -> HttpResponse:
    """The Word file of one article as it stands now; nothing of one that came down."""
    delivery = _found(token)
    for piece in _standing_pieces(request, delivery):
        if piece.article.pk == article:
            data = word_of(piece.article, now_of(request))
            return _file(request, delivery, data, f"{piece.article.slug[:60]}.docx", WORD)
    raise Http404


@public
@require_safe
def picture(request: HttpRequest, token: str, picture: int) -> HttpResponse:
    """One picture of an article that stands."""
    delivery = _found(token)
    for piece in _standing_pieces(request, delivery):
        for row, name, _ in piece.pictures:
            if row.pk == picture:
                return _file(request, delivery, blobs.read(row.blob), name, "image/*")
    raise Http404


def _file(
    request: HttpRequest, delivery: PackageDelivery, data: bytes, name: str, kind: str
) -> HttpResponse:
    if request.method == "GET":
        note_opened(delivery, now=now_of(request))
    sure = "application/octet-stream" if kind == "image/*" else kind
    answer = HttpResponse(data, content_type=sure)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return _private(answer)


@public
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The receiver's feed; each reading is counted."""
    receiver = receiver_by_token(token)
    if receiver is None:
        raise Http404
    data = atom_of(receiver, feed_of(receiver), now_of(request))
    if request.method == "GET":
        note_fetch(receiver, now=now_of(request))
    answer = HttpResponse(data, content_type="application/atom+xml; charset=utf-8")
    return _private(answer)


@csrf_exempt  # who holds the link has the right, and a mail program's one press (RFC 8058) brings no cookie
@public
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Stop receiving: asked first, because mail programs open links by themselves; a press of theirs is a POST."""
    receiver = receiver_by_leaving_key(key)
    if receiver is None:
        raise Http404
    if request.method == "POST":
        receiver = leave_list(receiver, now=now_of(request))
    gone = receiver.state in {ReceiverState.LEFT, ReceiverState.REMOVED}
    context = {"receiver": receiver, "gone": gone}
    return _private(show_form(request, "portal/package_leave.html", context))
