"""Người phát ngôn: the public list."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hoiam.portal.rim import now_of, public, show


@public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Who may speak for which agency today."""
    return show(request, "portal/spokespersons.html", {"now": now_of(request)})
