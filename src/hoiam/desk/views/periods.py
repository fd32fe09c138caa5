"""Điểm tin, tabs Tuần, Tháng, Dự báo: one synthesis or outlook on screen and in Word, remarks, sending."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_ever_visible_to
from hoiam.core import authority
from hoiam.desk.forms.digests import RemarksForm
from hoiam.desk.presenters.periods import (
    SIGNS,
    day_drawing,
    divisions,
    events_shown,
    marks_shown,
    period_before,
    short_text,
    week_drawing,
)
from hoiam.desk.rim import actor_of, attempt, desk
from hoiam.handling.actions import make_sheet
from hoiam.handling.actions.syntheses import period_for
from hoiam.monitoring.actions.digest import send_digest, write_remarks
from hoiam.monitoring.actions.digest_papers import WORD, digest_word
from hoiam.monitoring.actions.sheets import file_of, title_of
from hoiam.monitoring.models import Digest
from hoiam.monitoring.queries import digest_recipients, digests_visible_to
from hoiam.monitoring.states import DigestKind

KINDS = frozenset({DigestKind.WEEK, DigestKind.MONTH, DigestKind.OUTLOOK})
MAY = ["make_digest", "write_remarks", "send_digest"]


@desk
def sheet(request: HttpRequest, kind: str, agency: int, day: str) -> HttpResponse:
    """One synthesis or outlook; posting makes it anew from what is known now."""
    actor = actor_of(request)
    last, place = _last(kind, day), get_object_or_404(agencies_ever_visible_to(actor), pk=agency)
    if request.method == "POST":
        attempt(request, make_sheet, place, kind, last, done="Đã lập lại từ số liệu hiện có.")
        return _to(kind, agency, last)
    digest = digests_visible_to(actor, kind).filter(agency=place, day=last).first()
    if digest is None:
        return _not_made(request, place, kind, last)
    shown = {
        "digest": digest,
        "place": place,
        "kind": kind,
        "title": title_of(digest),
        "recipients": digest_recipients(place, actor.today),
        "form": RemarksForm(initial={"remarks": digest.remarks}),
        "short_text": short_text(digest, request.build_absolute_uri()),
        "may": authority.allowed(actor, MAY, digest),
    }
    return render(request, f"desk/{TEMPLATES[kind]}.html", shown | _drawn(digest))


TEMPLATES = {
    DigestKind.WEEK: "synthesis",
    DigestKind.MONTH: "synthesis",
    DigestKind.OUTLOOK: "outlook",
}


def _drawn(digest: Digest) -> dict[str, Any]:
    content = digest.content
    if digest.kind == DigestKind.OUTLOOK:
        return {
            "sign": SIGNS[content["level"]["code"]],
            "events": events_shown(content),
            "marks": marks_shown(content),
            "weeks": week_drawing(content["rhythm"]),
        }
    return {
        "days": day_drawing(content),
        "divisions": divisions(content),
        "before": period_before(digest),
    }


def _not_made(request: HttpRequest, place: Agency, kind: str, last: date) -> HttpResponse:
    wanted = Digest(agency=place, kind=kind, first=period_for(kind, last).first, day=last)
    may = authority.allowed(actor_of(request), ["make_digest"], wanted)
    shown = {"place": place, "kind": kind, "title": title_of(wanted), "may": may}
    return render(request, "desk/sheet_missing.html", shown, status=404)


def _last(kind: str, day: str) -> date:
    """The last day of the period; any of its days names it."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404("no such day") from None
    if kind not in KINDS:
        raise Http404("no such kind")
    return period_for(kind, wanted).last


def _to(kind: str, agency: int, last: date) -> HttpResponse:
    return redirect("desk-sheet", kind=kind, agency=agency, day=last.isoformat())


def _found(request: HttpRequest, kind: str, agency: int, day: str) -> Digest:
    seen = digests_visible_to(actor_of(request), kind)
    return get_object_or_404(seen, agency=agency, day=_last(kind, day))


@desk
def word(request: HttpRequest, kind: str, agency: int, day: str) -> HttpResponse:
    """It as a Word file."""
    found = _found(request, kind, agency, day)
    answer = HttpResponse(digest_word(found, now=found.made_at), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{file_of(found)}"'
    return answer


@desk
@require_POST
def send(request: HttpRequest, kind: str, agency: int, day: str) -> HttpResponse:
    """Sending it to those the page has named."""
    found = _found(request, kind, agency, day)
    if attempt(request, send_digest, found) is not None:
        messages.success(request, f"Đã gửi cho {len(found.recipients)} người.")
    return _to(kind, agency, found.day)


@desk
@require_POST
def remarks(request: HttpRequest, kind: str, agency: int, day: str) -> HttpResponse:
    """Keeping what the desk thinks of it."""
    found = _found(request, kind, agency, day)
    form = RemarksForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["remarks"]
        attempt(request, write_remarks, found, text, done="Đã lưu nhận xét, đề xuất.")
    else:
        messages.error(request, " ".join(form.errors["remarks"]))
    return _to(kind, agency, found.day)
