"""Bản tổng hợp của một đợt: made in the background, edited part by part, saved as one Word file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import authority, blobs
from hoiam.core.errors import Conflict, HoiAmError
from hoiam.desk.forms.rounds import PartForm
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.typed import number_in
from hoiam.desk.views.files import attached
from hoiam.desk.views.rounds import _round
from hoiam.monitoring.actions.digest_papers import WORD
from hoiam.scheme import actions
from hoiam.scheme.actions.syntheses import BUSY
from hoiam.scheme.models import ReportRound, Synthesis, SynthesisPart
from hoiam.scheme.states import RoundState

SHOWN = 200  # paragraphs on a page; the rest is said to be there


def _own(request: HttpRequest, pk: int) -> ReportRound:
    """A round whose synthesis the reader may see: its owner's people."""
    found = _round(request, pk)
    if not authority.can(actor_of(request), "ask_synthesis", found):
        raise Http404("not this agency's round")
    return found


def _synthesis(round_: ReportRound) -> Synthesis | None:
    rows = Synthesis.objects.narrowed(round=round_).select_related("asked_by", "round__owner")
    return rows.first()


@desk
def synthesis(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the synthesis stands: being made with progress, or its parts with what the reports say anew."""
    round_ = _own(request, pk)
    found = _synthesis(round_)
    parts = list(found.parts.select_related("edited_by")) if found else []
    busy = found is not None and found.state in BUSY
    context = {
        "round": round_,
        "synthesis": found,
        "parts": parts,
        "is_busy": busy,
        "share": round(100 * found.done / found.total) if found and found.total else 0,
        "is_stale": _is_stale(found, parts),
        "may_make": round_.state != RoundState.DRAFT,
        "sums": found.figures.get("sums", []) if found else [],
        "figures": found.figures if found else {},
    }
    return render(request, "desk/rounds/synthesis.html", context)


def _is_stale(found: Synthesis | None, parts: list[SynthesisPart]) -> bool:
    """Whether a part was edited after the Word file was written."""
    if found is None or found.written_at is None:
        return False
    return any(part.edited_at and part.edited_at > found.written_at for part in parts)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Make the synthesis (again), or write its Word file from the parts as they stand."""
    round_ = _own(request, pk)
    if verb == "make":
        attempt(request, actions.ask_synthesis, round_, done="Máy bắt đầu ghép báo cáo.")
    elif verb == "write":
        found = _synthesis(round_)
        if found is None:
            raise Http404("no synthesis yet")
        attempt(request, actions.write_synthesis, found, done="Máy bắt đầu lập tệp Word.")
    else:
        raise Http404("no such verb")
    return redirect("desk-round-synthesis", pk=pk)


@desk
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word file as it was written last."""
    found = _synthesis(_own(request, pk))
    if found is None or not found.blob:
        raise Http404("no file yet")
    return attached(request, blobs.read(found.blob), f"tong-hop-{pk}.docx", WORD, found.blob)


@desk
def part(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """One part: its text, the paragraphs of the units to choose from, what the reports say anew."""
    found = _synthesis(_own(request, pk))
    if found is None:
        raise Http404("no synthesis yet")
    row = get_object_or_404(found.parts.select_related("edited_by"), pk=part)
    row.synthesis = found
    first = {"title": row.title, "text": row.text, "order": row.order, "included": row.included}
    do = request.POST.get("do", "edit") if request.method == "POST" else ""
    form = PartForm(request.POST if do == "edit" else None, initial=first)
    if do and _done(request, row, form, do):
        return redirect("desk-round-part", pk=pk, part=part)
    shown = row.paragraphs[:SHOWN]
    context = {
        "round": found.round, "part": row, "form": form, "paragraphs": shown,
        "more": len(row.paragraphs) - len(shown), "seen": _seen(request, row, form),
        "theirs": _theirs(form, row),
    }  # fmt: skip
    return render(request, "desk/rounds/part.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, row: SynthesisPart, form: PartForm, do: str) -> bool:
    """Whether one of the page's forms was done; a refusal stays on the page with what was typed."""
    # A page that does not say what it showed is taken for an old one: nothing is written over.
    seen = number_in(request.POST.get("seen")) or 0
    if do == "edit":
        return form.is_valid() and _took(
            request, form, actions.edit_part, row, seen=seen, **form.cleaned_data
        )
    if do == "choose":
        chosen = _in_order(request)
        return bool(
            attempt(
                request, actions.choose_paragraphs, row, chosen=chosen, seen=seen,
                done="Đã ghép các đoạn đã chọn.",
            )
        )  # fmt: skip
    if do in ("take", "keep"):
        done = "Đã giữ bản sửa tay." if do == "keep" else "Đã thay bằng bản máy ghép mới."
        return bool(
            attempt(request, actions.take_offered, row, seen=seen, keep=do == "keep", done=done)
        )
    raise Http404("no such form")


def _in_order(request: HttpRequest) -> list[str]:
    """The chosen paragraphs, by the numbers typed beside them; those without one keep the page's order behind."""
    chosen = request.POST.getlist("chosen")

    def number(id_: str) -> int:
        place = number_in(request.POST.get(f"order-{id_}"))
        return 10_000 if place is None else place

    return sorted(chosen, key=number)


def _took(request: HttpRequest, form: PartForm, action: Any, row: Any, **typed: Any) -> bool:
    try:
        action(row, actor=actor_of(request), now=now_of(request), **typed)
    except HoiAmError as error:
        refuse(form, error)
        form.clashed = isinstance(error, Conflict)
        return False
    messages.success(request, "Đã lưu mục này.")
    return True


def _seen(request: HttpRequest, row: SynthesisPart, form: PartForm) -> int:
    """The version the next save is made against: what stands now, which a clash has just shown."""
    return row.version


def _theirs(form: PartForm, row: SynthesisPart) -> str:
    """What somebody else saved meanwhile, shown beside one's own text; "" when nobody did."""
    return row.text if getattr(form, "clashed", False) else ""
