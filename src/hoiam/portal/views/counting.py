"""What readers send without being known: that an article was read, and whether a page helped."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hoiam.newsroom.actions.counts import count_one
from hoiam.newsroom.models import CountKind
from hoiam.portal.limits import Rate, may_send
from hoiam.portal.places import is_machine, is_ours, place_of
from hoiam.portal.rim import now_of, public, show

# not-law: one reader's screen counts an article once in half an hour, and no screen counts endlessly
ONE_ARTICLE, ALL_ARTICLES = (Rate(1, 1800),), (Rate(120, 3600),)
RATED = (Rate(10, 600), Rate(60, 86_400))


@csrf_exempt  # nothing of a person hangs on it: no cookie is read, a page of another house is refused
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """204 in any case; one read more when a person's browser of ours sends it."""
    key = request.POST.get("bai", "")
    counts = key.isdecimal() and len(key) < 12 and is_ours(request) and not is_machine(request)
    # All before one: one address leaves only so many marks in the cache, where other limits are kept too.
    if counts and may_send(request, "reads", ALL_ARTICLES) and may_send(request, f"read:{key}", ONE_ARTICLE):  # fmt: skip
        place = place_of(f"article:{key}", now_of(request))
        if place:
            count_one(CountKind.READ, place, now=now_of(request))
    return HttpResponse(status=204)


@csrf_exempt  # as above
@public
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Thanks; one more that found the page helpful, or not."""
    path = request.POST.get("trang", "")[:300]
    path = path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""
    kind = {"co": CountKind.HELPFUL, "chua": CountKind.UNHELPFUL}.get(request.POST.get("y", ""))
    place = place_of(path, now_of(request)) if path.startswith("/") else None
    if kind is None or place is None or not is_ours(request):
        return HttpResponseRedirect("/")
    if may_send(request, "rate", RATED) and may_send(request, f"rate:{place}", (Rate(1, 600),)):
        count_one(kind, place, now=now_of(request))
    if "fetch" in request.headers.get("X-Asked-By", ""):
        return HttpResponse(status=204)
    context = {"back": path, "helped": kind == CountKind.HELPFUL, "path": ""}
    return show(request, "portal/thanks.html", context)
