"""Lists of news: by section, agency, theme; campaigns; headlines of partners."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_on
from hoiam.agencies.states import Level
from hoiam.newsroom.queries.partner_feeds import partner_items
from hoiam.newsroom.queries.sections import shown_sections
from hoiam.newsroom.states import ArticleKind
from hoiam.newsroom.states.themes import BY_NUMBER, THEMES
from hoiam.portal.channels import Channel, of_agency, of_section, of_theme, whole
from hoiam.portal.lists import cards, light, paged
from hoiam.portal.rim import KEPT, now_of, public, show


@public
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """All news of the portal, the newest first."""
    return _listed(request, whole(), {"about": "Mọi tin, bài của cổng, mới nhất ở trên."})


@public
@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """One section."""
    found = shown_sections().filter(slug=slug).first()
    if found is None:
        raise Http404("no such section")
    return _listed(request, of_section(found), {"about": found.about})


@public
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies that have published something, by province, the province's own before its offices."""
    now = now_of(request)
    keys = light(now).order_by().values_list("agency", flat=True).distinct()
    rows = Agency.objects.filter(pk__in=list(keys)).select_related("parent")
    groups: dict[str, list[Agency]] = {}
    ranks = {Level.CENTRE: 0, Level.PROVINCE: 1}
    for agency in sorted(rows, key=lambda row: (ranks.get(row.level, 2), row.sort_key)):
        groups.setdefault(agency.province or "Trung ương", []).append(agency)
    context = {"groups": groups.items()}
    return show(request, "portal/agencies.html", context, is_fresh=True, shelf=KEPT)


@public
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency and the offices under it: its news, its spokespersons."""
    found = Agency.objects.filter(code=code).exclude(level=Level.MILITARY).first()
    if found is None:
        raise Http404("no such agency")
    is_old = not agencies_on(timezone.localdate()).filter(pk=found.pk).exists()
    context = {"agency": found, "is_old": is_old, "about": found.full_name}
    return _listed(request, of_agency(found), context)


@public
@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """The five core themes."""
    return show(request, "portal/themes.html", {"themes": THEMES})


@public
@require_safe
def theme(request: HttpRequest, number: int) -> HttpResponse:
    """One theme."""
    if number not in BY_NUMBER:
        raise Http404("five themes")
    found = BY_NUMBER[number]
    return _listed(request, of_theme(found), {"about": f"{found.whole}."})


@public
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Campaigns, the newest first."""
    page = paged(
        light(now_of(request)).filter(kind=ArticleKind.CAMPAIGN), request.GET.get("trang", "")
    )
    context = {"page": page, "cards": cards(page), "title": "Đợt truyền thông"}
    return show(request, "portal/listed.html", context, is_fresh=True, shelf=KEPT)


@public
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Headlines of partners, each leading to its own page."""
    page = paged(partner_items(), request.GET.get("trang", ""))
    return show(request, "portal/partners.html", {"page": page}, is_fresh=True, shelf=KEPT)


def _listed(request: HttpRequest, channel: Channel, more: dict[str, Any]) -> HttpResponse:
    page = paged(channel.rows(now_of(request)), request.GET.get("trang", ""))
    context = {"page": page, "cards": cards(page), "title": channel.title, "channel": channel}
    return show(request, "portal/listed.html", {**context, **more}, is_fresh=True, shelf=KEPT)
