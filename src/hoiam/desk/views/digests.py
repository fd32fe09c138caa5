"""Điểm tin: the digests by day, one digest on screen and in Word, sending it."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_ever_visible_to
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.digests import DigestForm
from hoiam.desk.presenters.digests import sections_shown, short_text, stories_in
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.handling.queries import cases_visible_to
from hoiam.monitoring.actions.digest import make_digest, send_digest
from hoiam.monitoring.actions.digest_papers import WORD, digest_word
from hoiam.monitoring.models import Digest
from hoiam.monitoring.queries import digest_recipients, digests_visible_to

PER_PAGE = 31


@desk
def digest_list(request: HttpRequest) -> HttpResponse:
    """Digests by day, and making one for a day and an agency of mine."""
    actor = actor_of(request)
    form = DigestForm(request.POST or None, actor=actor, initial={"day": actor.today})
    if request.method == "POST" and form.is_valid():
        made = _made(request, form)
        if made is not None:
            return redirect("desk-digest", agency=made.agency_id, day=made.day.isoformat())
    page = Paginator(digests_visible_to(actor), PER_PAGE).get_page(request.GET.get("page"))
    may_make = any(
        authority.can(actor, "make_digest", Digest(agency_id=post.agency_id))
        for post in actor.posts
    )
    return render(
        request, "desk/digest_list.html", {"page": page, "form": form, "may_make": may_make}
    )


def _made(request: HttpRequest, form: DigestForm) -> Digest | None:
    data = form.cleaned_data
    try:
        made = make_digest(
            data["agency"], data["day"], actor=actor_of(request), now=now_of(request)
        )
    except HoiAmError as error:
        refuse(form, error)
        return None
    messages.success(request, "Đã lập điểm tin.")
    return made


@desk
def digest(request: HttpRequest, agency: int, day: str) -> HttpResponse:
    """One digest in the ministry's layout; posting makes it anew from the stories as they stand."""
    actor = actor_of(request)
    place = get_object_or_404(agencies_ever_visible_to(actor), pk=agency)
    if request.method == "POST":
        attempt(request, make_digest, place, _day(day), done="Đã lập lại điểm tin.")
        return redirect("desk-digest", agency=agency, day=day)
    found = digests_visible_to(actor).filter(agency=place, day=_day(day)).first()
    if found is None:
        return _not_made(request, place, _day(day))
    cases = cases_visible_to(actor).filter(story__in=stories_in(found)).order_by("pk")
    return render(
        request,
        "desk/digest.html",
        {
            "digest": found,
            "place": place,
            "sections": sections_shown(found, cases),
            "recipients": digest_recipients(place, actor.today),
            "short_text": short_text(found, request.build_absolute_uri()),
            "may": authority.allowed(actor, ["make_digest", "send_digest"], found),
        },
    )


def _not_made(request: HttpRequest, place: Agency, day: date) -> HttpResponse:
    may = authority.can(actor_of(request), "make_digest", Digest(agency=place, day=day))
    shown = {"digest": None, "place": place, "day": day, "may": {"make_digest"} if may else set()}
    return render(request, "desk/digest.html", shown, status=404)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Http404("no such day") from None


def _found(request: HttpRequest, agency: int, day: str) -> Digest:
    seen = digests_visible_to(actor_of(request))
    return get_object_or_404(seen, agency=agency, day=_day(day))


@desk
def word(request: HttpRequest, agency: int, day: str) -> HttpResponse:
    """The digest as a Word file."""
    found = _found(request, agency, day)
    answer = HttpResponse(digest_word(found, now=found.made_at), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="diem-tin-{found.day:%Y-%m-%d}.docx"'
    return answer


@desk
@require_POST
def send(request: HttpRequest, agency: int, day: str) -> HttpResponse:
    """Sending the digest to those the page has named."""
    found = _found(request, agency, day)
    sent = attempt(request, send_digest, found)
    if sent is not None:
        messages.success(request, f"Đã gửi điểm tin cho {len(found.recipients)} người.")
    return redirect("desk-digest", agency=agency, day=day)
