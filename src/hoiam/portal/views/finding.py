"""Search over the whole portal."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from hoiam.newsroom.actions.counts import count_one
from hoiam.newsroom.models import CountKind
from hoiam.portal.finding import found_articles
from hoiam.portal.lists import cards, paged
from hoiam.portal.rim import draw_page, now_of, public

LONGEST_QUERY = 200


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found; what was typed is kept nowhere, only how often nothing was found."""
    now, query = now_of(request), request.GET.get("q", "")[:LONGEST_QUERY].strip()
    rows = found_articles(query, now=now) if query else []
    page = paged(rows, request.GET.get("trang", ""))
    if query and page.number == 1:
        count_one(CountKind.SEARCH if rows else CountKind.MISSED, "search", now=now)
    context = {"page": page, "cards": cards(page), "sought": query}
    answer = HttpResponse(draw_page(request, "portal/search.html", context))
    answer.headers["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(answer)
    return answer
