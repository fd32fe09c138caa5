"""Người phát ngôn: the public list, for people and for machines."""

from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from hoiam.kit.vietnamese import VIETNAM
from hoiam.portal.cards import as_json, listing
from hoiam.portal.rim import kept, now_of, public, show

LONGEST_QUERY = 100


@public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Who may speak for which agency today, found by agency or name without marks."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    context = {"listing": listing(_today(request), query), "query": query, "day": _today(request)}
    return show(request, "portal/spokespersons.html", context)


@public
@require_safe
def as_data(request: HttpRequest) -> HttpResponse:
    """The same list as JSON; any site may show it."""
    day = _today(request)
    answer = JsonResponse(as_json(listing(day), day), json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return kept(request, answer)


def _today(request: HttpRequest) -> date:
    return now_of(request).astimezone(VIETNAM).date()
