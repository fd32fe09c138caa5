"""What other portals take: sections and articles as JSON, and a fragment to frame. Public data, read only."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from hoiam.agencies.models import Agency
from hoiam.newsroom.models import Article
from hoiam.newsroom.queries import standing
from hoiam.newsroom.queries.sections import shown_sections
from hoiam.newsroom.states.themes import BY_NUMBER
from hoiam.portal.addresses import absolute
from hoiam.portal.channels import of_agency, of_section, of_theme, whole
from hoiam.portal.lists import cards, paged
from hoiam.portal.reading import reading
from hoiam.portal.rim import KEPT, draw_page, kept, now_of

A_CALL, FRAMED = 50, 6
# Framed by anybody; inside runs no script and no form, and nothing is loaded but our sheet and pictures.
FRAME_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)


def _json(request: HttpRequest, told: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return kept(request, answer, is_fresh=True, shelf=KEPT) if status == 200 else answer


@require_safe
def sections(request: HttpRequest) -> HttpResponse:
    """The sections with their addresses and feeds."""
    rows = [
        {"slug": section.slug, "name": section.name, "url": absolute(channel.path)}
        | {"feeds": {name: absolute(path) for name, _, path in channel.feeds}}
        for section in shown_sections()
        for channel in [of_section(section)]
    ]
    return _json(request, {"sections": rows})


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """Articles, the newest first: `chuyen-muc`, `don-vi`, `chu-de` narrow them, `trang` gives the next fifty."""
    channel = _asked(request)
    if channel is None:
        return _json(request, {"error": "Không có chuyên mục, đơn vị hoặc chủ đề này."}, 404)
    page = paged(channel.rows(now_of(request)), request.GET.get("trang", ""), size=A_CALL)
    rows = [_row(row, card) for row, card in zip(page.object_list, cards(page.object_list), strict=True)]  # fmt: skip
    return _json(request, {"page": page.number, "pages": page.paginator.num_pages, "articles": rows})  # fmt: skip


def _asked(request: HttpRequest) -> Any:
    slug, code = request.GET.get("chuyen-muc"), request.GET.get("don-vi")
    number = request.GET.get("chu-de")
    if slug is not None:
        found = shown_sections().filter(slug=slug).first()
        return of_section(found) if found else None
    if code is not None:
        place = Agency.objects.filter(code=code).first()
        return of_agency(place) if place else None
    if number is not None:
        theme = BY_NUMBER.get(int(number)) if number.isdecimal() and len(number) == 1 else None
        return of_theme(theme) if theme else None
    return whole()


def _row(row: Article, card: Any) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "url": absolute(card.url),
        "kind": row.kind,
        "title": row.title,
        "lead": row.lead,
        "section": row.section.slug,
        "agency": {"code": row.agency.code, "name": row.agency.full_name},
        "theme": row.theme,
        "published": row.published_at.isoformat(),
        "changed": row.changed_at.isoformat() if row.changed_at else None,
        "expires": row.expires_at.isoformat() if row.expires_at else None,
        "picture": {"url": absolute(card.shot.src), "alt": card.shot.alt} if card.shot else None,
    }


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article with its text as clean HTML; 404 as soon as it does not stand."""
    rows = standing(now_of(request)).select_related("agency", "section")
    found = rows.prefetch_related("pictures").filter(slug=slug).first()
    if found is None:
        return _json(request, {"error": "Bài này không còn đăng."}, 404)
    told = _row(found, cards([found])[0])
    told |= {"html": str(reading(found).body), "byline": found.byline, "correction": found.correction or None}  # fmt: skip
    return _json(request, told)


@require_safe
def fragment(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest headlines of a section to stand in a frame on another site: no script, no cookie, links open outside."""
    found = shown_sections().filter(slug=slug).first()
    if found is None:
        raise Http404("no such section")
    channel = of_section(found)
    context = {"channel": channel, "cards": cards(channel.rows(now_of(request))[:FRAMED])}
    answer = HttpResponse(draw_page(request, "portal/fragment.html", context))
    answer.headers["Content-Security-Policy"] = FRAME_POLICY
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.xframe_options_exempt = True  # type: ignore[attr-defined]
    return kept(request, answer, is_fresh=True, shelf=KEPT)
