"""Bài của tôi: what I write, from the first line to the editors; how a Word file is read."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.actions import SentFile
from hoiam.agencies.models import Agency
from hoiam.core import authority, blobs
from hoiam.core.errors import Conflict, HoiAmError
from hoiam.core.filekinds import LARGEST, MIB
from hoiam.desk.context import WORKBENCH
from hoiam.desk.forms.verb_forms import offered
from hoiam.desk.forms.writing import PIECE_VERBS, THEMES, PictureForm, PieceForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.writing import diary_of, loose_pictures, shown_body, tabs, way_of
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.files import attached
from hoiam.desk.views.verbs import own_place
from hoiam.newsroom import actions as verbs
from hoiam.newsroom.actions.submission_texts import old_font_of
from hoiam.newsroom.models import Submission
from hoiam.newsroom.queries import (
    commissions_of,
    fact_checks_of,
    fact_checks_to_answer,
    submissions_visible_to,
)
from hoiam.newsroom.states.submissions import (
    SUBMISSION_STEPS,
    WRITABLE,
    ReadingState,
    SubmissionState,
)

AREA = "desk-writing"
MOST_SHOWN = 60
LARGEST_PICTURE = 25 * MIB
_BUSY = (ReadingState.WAITING, ReadingState.READING)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for me first: pieces asked of me, drafts, those given back; then what I sent."""
    actor = actor_of(request)
    own = list(submissions_visible_to(actor).filter(writer=actor.pk)[:MOST_SHOWN])
    context = {
        "asked": commissions_of(actor), "checks": fact_checks_to_answer(actor),
        "mine": [row for row in own if row.state in WRITABLE],
        "sent": [row for row in own if row.state not in WRITABLE],
        "tabs": tabs(AREA), "may_write": own_place(request, "begin_submission") is not None,
    }  # fmt: skip
    return render(request, "desk/writing/mine.html", context)


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A piece begun; saved, it has a page of its own."""
    place = own_place(request, "begin_submission")
    if place is None:
        turned_away(request, "begin_submission", Agency())
        return redirect(AREA)
    form = PieceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(request, verbs.begin_submission, place, form.text())
        if made is not None:
            return _go_on(request, made, form)
    return _form_page(request, form, None, [])


@desk
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The piece before its writer: saved as often as wished, sent when it is whole."""
    piece = _piece(request, pk)
    if turned_away(request, "write_submission", piece) or piece.state not in WRITABLE:
        return redirect("desk-writing-piece", pk=pk)
    reading = piece.files.filter(state__in=_BUSY).first()
    if reading is not None:
        share = round(100 * reading.done / reading.total) if reading.total else 0
        context = {"piece": piece, "file": reading, "share": share, "tabs": tabs(AREA)}
        return render(request, "desk/writing/reading.html", context)
    form = PieceForm(request.POST or None, request.FILES or None, piece=piece)
    words = [PictureForm(request.POST or None, picture=row) for row in piece.pictures.all()]
    if request.method == "POST" and form.is_valid() and all(each.is_valid() for each in words):
        saved = _saved(request, piece, form, words)
        if saved is not None:
            return _go_on(request, saved, form)
    return _form_page(request, form, piece, words)


def _saved(
    request: HttpRequest, piece: Submission, form: PieceForm, words: list[PictureForm]
) -> Submission | None:
    told = {"actor": actor_of(request), "now": now_of(request)}
    try:
        piece = verbs.write_submission(piece, form.text(), version=form.cleaned_data["version"], **told)  # fmt: skip
        if words:
            said = {each.picture.pk: each.words() for each in words}
            piece = verbs.describe_pictures(piece, said, **told)
    except HoiAmError as error:
        refuse(form, error)
        if isinstance(error, Conflict):
            # Told once; who saves again has seen the other text and means it.
            form.data = form.data.copy()
            form.data["version"] = str(piece.version)
        return None
    return piece


def _go_on(request: HttpRequest, piece: Submission, form: PieceForm) -> HttpResponse:
    """Files one by one: what is refused is said, what was typed is saved already; then sent when that was wished."""
    word, sound = form.cleaned_data["word"], True
    for file in form.cleaned_data["pictures"]:
        sound = _taken(request, verbs.add_picture, piece, file, LARGEST_PICTURE) and sound
    if word is not None:
        sound = _taken(request, verbs.send_word, piece, word, LARGEST) and sound
    if request.POST.get("do") == "send" and sound and word is None:
        if attempt(request, verbs.send_submission, piece, done="Đã gửi biên tập. Có tin gì anh/chị được báo qua thư.") is not None:  # fmt: skip
            return redirect(reverse("desk-writing-piece", args=[piece.pk]) + "?xong=1")
    elif sound:
        messages.success(request, "Đã lưu bài.")
    return redirect(reverse("desk-writing-edit", args=[piece.pk]) + "?xong=1")


def _taken(
    request: HttpRequest, verb: Any, piece: Submission, file: UploadedFile, most: int
) -> bool:
    """Whether the file was taken; one that is too large is not even read."""
    if (file.size or 0) > most:
        words = f"“{file.name}” lớn hơn {most // MIB} MB nên chưa nhận. Phần đã gõ vẫn được lưu; hãy thu nhỏ tệp rồi tải lại."
        messages.error(request, words)
        return False
    return attempt(request, verb, piece, SentFile(str(file.name), file.read())) is not None


def _form_page(
    request: HttpRequest, form: PieceForm, piece: Submission | None, words: list[PictureForm]
) -> HttpResponse:
    old_font = old_font_of(piece.title, piece.lead, piece.body) if piece is not None else ""
    context = {
        "form": form, "piece": piece, "words": words, "old_font": old_font, "tabs": tabs(AREA),
        "said": piece.files.exclude(said="").first() if piece is not None else None,
        "is_saved": "xong" in request.GET and not form.errors,
        "checks": fact_checks_of(f"submission:{piece.pk}") if piece is not None else [],
    }  # fmt: skip
    status = 422 if form.errors or any(each.errors for each in words) else 200
    return render(request, "desk/writing/edit.html", context, status=status)


def _piece(request: HttpRequest, pk: int) -> Submission:
    found: Submission = get_object_or_404(submissions_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """The piece to read, how far it has come, and what the reader may do with it."""
    return piece_page(request, _piece(request, pk))


def piece_page(request: HttpRequest, found: Submission, failed: Any = None) -> HttpResponse:
    """The page of one piece, a form that failed opened on it as it was typed."""
    actor = actor_of(request)
    steps = {n for n, step in SUBMISSION_STEPS.items() if found.state in step.sources}
    may = {kind.verb for kind in PIECE_VERBS if kind.verb in steps and authority.can(actor, kind.verb, found)}  # fmt: skip
    untold = 0 if found.state in WRITABLE else found.pictures.filter(alt="").count()
    if not untold or found.writer_id is not None:
        may -= {"ask_for_words"}
    context = {
        "untold": untold,
        "piece": found, "body": shown_body(found), "loose": loose_pictures(found),
        "forms": offered(PIECE_VERBS, may, _address(found.pk), found, failed), "form": failed,
        "diary": diary_of(found), "way": way_of(found), "tabs": tabs(AREA if found.writer_id == actor.pk else "desk-pieces"),
        "checks": fact_checks_of(f"submission:{found.pk}"), "files": found.files.all(),
        "is_mine": found.writer_id == actor.pk, "is_open": found.state in WRITABLE,
        "theme": dict(THEMES).get(str(found.theme), found.theme),
        "is_done": "xong" in request.GET, "desk_of_page": _desk_of_page(found, actor),
        "may_ask": found.state != SubmissionState.DRAFT and authority.can(actor, "ask_fact_check", found),
    }  # fmt: skip
    return render(request, "desk/writing/piece.html", context, status=422 if failed else 200)


def _desk_of_page(found: Submission, actor: Any) -> str:
    """Where an editor goes on with a piece that was taken in: its page, or the list it waits in; "" for others."""
    if found.state != SubmissionState.ACCEPTED or not authority.can(
        actor, "accept_submission", found
    ):
        return ""
    page = found.page_key.removeprefix("workbench:")
    return f"{WORKBENCH.url}pages/{page}/edit/" if page else f"{WORKBENCH.url}bai-gui/"


def _address(pk: int) -> Any:
    return lambda verb: reverse("desk-writing-act", args=[pk, verb])


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the piece; a refusal stands at its field."""
    found = _piece(request, pk)
    kind = get_kind(PIECE_VERBS, verb)
    form = kind(request.POST, subject=found)
    if form.is_valid():
        try:
            getattr(verbs, verb)(
                found, actor=actor_of(request), now=now_of(request), **form.typed()
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, kind.done)
            is_gone = verb == "withdraw_submission"
            return redirect(AREA) if is_gone else redirect("desk-writing-piece", pk=pk)
    return piece_page(request, found, form)


def get_kind(kinds: Any, verb: str) -> Any:
    """The form of this verb; 404 when there is none."""
    found = next((kind for kind in kinds if kind.verb == verb), None)
    if found is None:
        raise Http404(verb)
    return found


@desk
@require_POST
def convert(request: HttpRequest, pk: int) -> HttpResponse:
    """Letters of an old font put into Unicode."""
    attempt(request, verbs.convert_font, _piece(request, pk), done="Đã đổi sang Unicode. Xem lại bài rồi gửi.")  # fmt: skip
    return redirect(reverse("desk-writing-edit", args=[pk]) + "?xong=1")


@desk
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """The writer no longer waits for the Word file."""
    file = _piece(request, pk).files.filter(state__in=_BUSY).first()
    if file is not None:
        attempt(request, verbs.stop_reading, file, done="Đã thôi đọc tệp. Bài giữ nguyên.")
    return redirect("desk-writing-edit", pk=pk)


@desk
def picture(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """A picture of the piece, to look at."""
    found = get_object_or_404(_piece(request, pk).pictures, pk=row)
    answer = HttpResponse(blobs.read(found.blob), content_type=found.kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@desk
def word(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """The Word file as it was sent."""
    found = get_object_or_404(_piece(request, pk).files, pk=row)
    return attached(request, blobs.read(found.blob), found.name, _WORD, found.blob)
