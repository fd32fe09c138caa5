"""Gửi bài, trả lời kiểm chứng bằng đường dẫn: for people without an account, once each."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from hoiam.core import blobs
from hoiam.core.errors import HoiAmError, InvalidInput, WrongState
from hoiam.newsroom.actions import answer_by_link, describe_by_link, send_by_link
from hoiam.newsroom.actions.commissions import returned_piece
from hoiam.newsroom.actions.guest_links import opened
from hoiam.newsroom.models import GuestLink, Submission
from hoiam.newsroom.queries import link_of, piece_to_describe
from hoiam.portal.forms.submissions import (
    GuestAnswerForm,
    GuestForm,
    GuestPicturesForm,
    GuestPieceForm,
)
from hoiam.portal.limits import Rate, may_send
from hoiam.portal.rim import now_of, public, show_form, sized

MOST_BYTES = 160 * 1024 * 1024
# not-law: how often one address may press the button
PRESSED = (Rate(20, 300), Rate(80, 86_400))
TOO_OFTEN = "Từ địa chỉ mạng này vừa có quá nhiều lần gửi. Phần bạn gõ còn nguyên bên dưới: chờ vài phút rồi gửi lại."
TOO_LARGE = (
    "Các tệp cộng lại quá lớn nên chưa nhận. Hãy bấm Quay lại, bỏ bớt hoặc thu nhỏ ảnh rồi gửi."
)


def _too_large(request: HttpRequest) -> HttpResponse:
    return _closed(request, TOO_LARGE, 413)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@sized(MOST_BYTES, _too_large)
def send(request: HttpRequest, secret: str) -> HttpResponse:
    """The form of the piece asked for; sent, the link is used up."""
    link = _link(request, secret)
    if isinstance(link, HttpResponse):
        return link
    if link.commission is None:
        return _closed(request, "Đường dẫn này không dùng để gửi bài.", 404)
    untold = piece_to_describe(link)
    if untold is not None:
        return _describe(request, link, untold, secret)
    piece = returned_piece(link)
    form = GuestPieceForm(request.POST or None, request.FILES or None, piece=piece)
    context = {"form": form, "wish": link.commission, "piece": piece}
    if request.method == "POST" and form.is_valid() and _may(request, form):
        try:
            send_by_link(link, now=now_of(request), **form.typed())
        except HoiAmError as error:
            return _refused(request, "portal/submission_form.html", context, error)
        return _done(request, "Đã nhận bài. Có tin gì bạn được báo qua thư.")
    return _form(request, "portal/submission_form.html", context)


def _describe(
    request: HttpRequest, link: GuestLink, piece: Submission, secret: str
) -> HttpResponse:
    """The pictures of the Word file that was sent, each with its question; answered, the link is used up."""
    rows = piece.pictures.filter(alt="")
    form = GuestPicturesForm(request.POST or None, pictures=rows)
    context = {"form": form, "wish": link.commission, "piece": piece, "secret": secret}
    if request.method == "POST" and form.is_valid() and _may(request, form):
        try:
            describe_by_link(link, now=now_of(request), **form.typed())
        except HoiAmError as error:
            return _refused(request, "portal/pictures_form.html", context, error)
        return _done(request, "Đã nhận lời tả ảnh. Cảm ơn bạn.")
    return _form(request, "portal/pictures_form.html", context)


@public
@require_http_methods(["GET", "HEAD"])
def picture(request: HttpRequest, secret: str, pk: int) -> HttpResponse:
    """A picture the guest is asked about, for whoever came by the link and as long as it opens."""
    link = _link(request, secret)
    if isinstance(link, HttpResponse):
        return link
    piece = piece_to_describe(link)
    row = piece.pictures.filter(pk=pk).first() if piece is not None else None
    if row is None:
        return _closed(request, "Không có ảnh này.", 404)
    answer = HttpResponse(blobs.read(row.blob), content_type=row.kind)
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "private, no-store"
    return _hidden(answer)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@sized(MOST_BYTES, _too_large)
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The passage and the question; answered, the link is used up."""
    link = _link(request, secret)
    if isinstance(link, HttpResponse):
        return link
    if link.fact_check is None:
        return _closed(request, "Đường dẫn này không dùng để trả lời kiểm chứng.", 404)
    form = GuestAnswerForm(request.POST or None)
    context = {"form": form, "check": link.fact_check}
    if request.method == "POST" and form.is_valid() and _may(request, form):
        try:
            answer_by_link(link, now=now_of(request), **form.typed())
        except HoiAmError as error:
            return _refused(request, "portal/fact_check_form.html", context, error)
        return _done(request, "Đã gửi câu trả lời. Cảm ơn bạn.")
    return _form(request, "portal/fact_check_form.html", context)


def _link(request: HttpRequest, secret: str) -> GuestLink | HttpResponse:
    try:
        return opened(link_of(secret), now_of(request))
    except WrongState as error:
        return _closed(request, str(error), 404)


def _may(request: HttpRequest, form: GuestForm) -> bool:
    if may_send(request, "guest", PRESSED):
        return True
    form.add_error(None, TOO_OFTEN)
    return False


def _refused(
    request: HttpRequest, template: str, context: Mapping[str, Any], error: HoiAmError
) -> HttpResponse:
    form, names = context["form"], {"pictures": "picture_1", "file": None, "verdict": "kind"}
    field = error.field if isinstance(error, InvalidInput) else None
    field = names.get(field or "", field)
    form.add_error(field if field in form.fields else None, str(error))
    return _form(request, template, context)


def _form(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    return _hidden(show_form(request, template, context, status=422 if context["form"].errors else 200))  # fmt: skip


def _done(request: HttpRequest, words: str) -> HttpResponse:
    return _hidden(show_form(request, "portal/guest_end.html", {"words": words, "is_done": True}))


def _closed(request: HttpRequest, words: str, status: int) -> HttpResponse:
    return _hidden(show_form(request, "portal/guest_end.html", {"words": words}, status=status))


def _hidden(answer: HttpResponse) -> HttpResponse:
    """The answer that no search engine lists and whose address no other house learns.

    With "no-referrer" a browser sends the form from nowhere ("Origin: null"), and the guard of forms refuses it.
    """
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"
    return answer
