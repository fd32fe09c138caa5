"""Search over the whole portal."""

from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from hoiam.newsroom.actions.counts import count_one
from hoiam.newsroom.models import CountKind
from hoiam.portal.finding import found_articles
from hoiam.portal.limits import Rate, count_asked, may_ask
from hoiam.portal.lists import cards, paged
from hoiam.portal.rim import draw_page, now_of, public

LONGEST_QUERY = 200
# not-law: how often one address may search: an office behind one address still can, a program that empties the index cannot
ASKED = (Rate(40, 60), Rate(600, 3600))
WAIT = 60  # not-law: after how many seconds a program may ask again


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found; what was typed is kept nowhere, only how often nothing was found."""
    now, query = now_of(request), request.GET.get("q", "")[:LONGEST_QUERY].strip()
    if query and not may_ask(request, "search", ASKED):
        return _too_often(request, query)
    rows = found_articles(query, now=now) if query else []
    page = paged(rows, request.GET.get("trang", ""))
    if query:
        _count(request, page, now)
    context = {"page": page, "cards": cards(page), "sought": query}
    return _answer(request, context)


@transaction.atomic
def _count(request: HttpRequest, page: Page, now: datetime) -> None:
    """Nothing; all that a search counts, in one write: each waits for the disk."""
    count_asked(request, "search", ASKED)
    if page.number == 1:
        found = page.paginator.count
        count_one(CountKind.SEARCH if found else CountKind.MISSED, "search", now=now)


def _too_often(request: HttpRequest, query: str) -> HttpResponse:
    """The page with what was typed still in its field, and no search made."""
    answer = _answer(request, {"sought": query, "is_too_often": True}, status=429)
    answer.headers["Retry-After"] = str(WAIT)
    return answer


def _answer(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = HttpResponse(draw_page(request, "portal/search.html", context), status=status)
    answer.headers["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(answer)
    return answer
