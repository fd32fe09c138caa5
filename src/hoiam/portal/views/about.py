"""Pages about the portal itself: sitemap, official accounts, legal words, accessibility, its figures."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hoiam.agencies.queries import public_accounts
from hoiam.kit.vietnamese import fold
from hoiam.newsroom.legal_words import legal_words
from hoiam.newsroom.queries.counts import months
from hoiam.newsroom.queries.sections import shown_sections
from hoiam.newsroom.states.themes import THEMES
from hoiam.portal.rim import kept, public, show


@public
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every place of the portal on one page."""
    context = {"sections": list(shown_sections()), "themes": THEMES}
    return show(request, "portal/map.html", context)


@public
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """The official pages and accounts in use today, by platform."""
    groups: dict[str, list[object]] = {}
    for account in public_accounts(timezone.localdate()):
        groups.setdefault(str(account.get_platform_display()), []).append(account)
    return show(request, "portal/accounts.html", {"groups": groups.items()})


@public
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Legal words in plain language; found without marks."""
    query = request.GET.get("q", "")[:100].strip()
    found = [each for each in legal_words() if all(w in each.folded for w in fold(query).split())]
    all_words = legal_words()
    context = {
        "words": found, "query": query, "all": len(all_words),
        "bare": sum(not each.source for each in all_words),
    }  # fmt: skip
    return show(request, "portal/words.html", context)


@public
@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """What was done so that everybody can read the portal, and whom to tell when it fails."""
    return show(request, "portal/access.html", {})


@public
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Published, read, rated, looked for, by month (NĐ 224/2026 Đ12)."""
    return show(request, "portal/figures.html", {"months": months()})


@require_safe
def figures_data(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    rows = [{**asdict(row), "month": f"{row.month:%Y-%m}"} for row in months()]
    answer = JsonResponse({"months": rows})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return kept(request, answer)
