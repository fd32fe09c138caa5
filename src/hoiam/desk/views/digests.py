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
from hoiam.desk.presenters.digests import address_of, sections_shown, short_text, stories_in
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.handling.actions import make_sheet
from hoiam.handling.queries import cases_visible_to
from hoiam.monitoring.actions.digest import make_digest, send_digest
from hoiam.monitoring.actions.digest_papers import WORD, digest_word
from hoiam.monitoring.actions.sheets import EMPTY, EMPTY_PERIOD, file_of, period_of
from hoiam.monitoring.models import Digest
from hoiam.monitoring.queries import digest_recipients, digests_visible_to
from hoiam.monitoring.states import DigestKind

PER_PAGE = 31


# The tabs of the page, each with what its list calls the period and the figure.
TABS = (
    (DigestKind.DAY, "Ngày", "Ngày", "Vụ việc"),
    (DigestKind.WEEK, "Tuần", "Tuần", "Bài"),
    (DigestKind.MONTH, "Tháng", "Tháng", "Bài"),
    (DigestKind.OUTLOOK, "Dự báo", "Tuần", "Mức độ"),
)


@desk
def digest_list(request: HttpRequest) -> HttpResponse:
    """Digests of one kind by day, and making one for a day and an agency of mine."""
    actor, kind = actor_of(request), _kind(request)
    form = DigestForm(request.POST or None, actor=actor, kind=kind, initial={"day": actor.today})
    if request.method == "POST" and form.is_valid():
        made = _made(request, form, kind)
        if made is not None:
            return redirect(address_of(made))
    page = Paginator(digests_visible_to(actor, kind), PER_PAGE).get_page(request.GET.get("page"))
    may_make = any(
        authority.can(actor, "make_digest", Digest(agency_id=post.agency_id))
        for post in actor.posts
    )
    shown = {"page": page, "form": form, "may_make": may_make, "kind": kind, "tabs": TABS}
    _, _, period, figure = next(tab for tab in TABS if tab[0] == kind)
    return render(
        request, "desk/digest_list.html", shown | {"period_head": period, "figure_head": figure}
    )


def _kind(request: HttpRequest) -> DigestKind:
    asked = request.GET.get("loai", "")
    return DigestKind(asked) if asked in DigestKind.values else DigestKind.DAY


def _made(request: HttpRequest, form: DigestForm, kind: DigestKind) -> Digest | None:
    data = form.cleaned_data
    try:
        made = make_sheet(
            data["agency"], kind, data["day"], actor=actor_of(request), now=now_of(request)
        )
    except HoiAmError as error:
        refuse(form, error)
        return None
    messages.success(request, f"Đã lập {kind.label.lower()}.")
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
            "period": period_of(found),
            "empty": EMPTY if found.first_day == found.day else EMPTY_PERIOD,
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
    answer["Content-Disposition"] = f'attachment; filename="{file_of(found)}"'
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
