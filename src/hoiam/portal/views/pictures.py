"""Pictures of standing articles, and narrower ones made once and kept."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from hoiam.portal.rim import now_of, public
from hoiam.portal.store import WIDTHS, is_shown, picture

# not-law: how long a cache may show a picture after its article came down, in seconds
HELD = 600
_NAME = re.compile(r"([0-9a-f]{64})(?:-(\d{2,4}))?\.(?:jpg|png)")


@public
@require_safe
def shown(request: HttpRequest, name: str) -> HttpResponse:
    """The picture, when an article that stands now shows it; nothing else of the store is reached here."""
    found = _NAME.fullmatch(name)
    width = int(found[2]) if found and found[2] else None
    if found is None or (width is not None and width not in WIDTHS):
        raise Http404("no such picture")
    if not is_shown(found[1], now_of(request)):
        raise Http404("no standing article shows it")
    etag = f'"{found[1][:32]}{f"-{width}" if width else ""}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    data, kind = picture(found[1], width)
    answer = HttpResponse(data, content_type=kind)
    answer.headers["ETag"] = etag
    # The bytes never change, but what shows them may come down: caches outside ask again, and are told 304 or that it is gone.
    answer.headers["Cache-Control"] = f"public, max-age={HELD}"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
