"""How an answer that everybody may read is marked for caches: the portal's pages, and the API."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag

from hoiam.newsroom.queries.stamps import next_expiry

# not-law: how long a cache may show a public page before asking again, in seconds
KEPT = 60
# the same for a page that also shows what turns no stamp
MIXED = 10


def now_of(request: HttpRequest) -> datetime:
    """The moment of this request; the same for all that happens in it."""
    if not hasattr(request, "hoiam_now"):
        request.hoiam_now = timezone.now()  # type: ignore[attr-defined]
    return request.hoiam_now  # type: ignore[attr-defined]


def kept(
    request: HttpRequest, answer: HttpResponse, *, is_fresh: bool = False, shelf: int = 0
) -> HttpResponse:
    """The answer marked as one that caches may keep; 304 when the asker has it.

    Args:
        is_fresh: it shows articles, which may be withdrawn at any moment: caches outside ask each time, ours knows by the
            portal's stamp and by the hour at which the next article comes down.
        shelf: for how many seconds our own server may keep it whole. Only what articles, sections, partners and outages are
            made of turns the stamp, so a page that shows more is kept for a short while or not at all.
    """
    now = now_of(request)
    until = min(now + timedelta(seconds=KEPT), next_expiry(now) or datetime.max.replace(tzinfo=UTC))
    if is_fresh:
        patch_cache_control(answer, public=True, max_age=0, must_revalidate=True)
    else:
        patch_cache_control(answer, public=True, max_age=int((until - now).total_seconds()))
    set_response_etag(answer)
    if shelf:
        answer.hoiam_until = min(until, now + timedelta(seconds=shelf))  # type: ignore[attr-defined]
    found = get_conditional_response(request, etag=answer.headers.get("ETag"), response=answer)
    return found if found is not None else answer
