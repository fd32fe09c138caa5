"""Đề án, kế hoạch: the published excerpt, task by task, without a person's name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hoiam.portal.rim import now_of, public, show
from hoiam.scheme.queries.shares import public_lines, public_schemes


@public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Schemes whose excerpt was published, the newest first."""
    return show(request, "portal/schemes.html", {"schemes": list(public_schemes())})


@public
@require_safe
def excerpt(request: HttpRequest, pk: int) -> HttpResponse:
    """One scheme: tasks, products, times, who leads, and how many units have done each."""
    scheme = public_schemes().filter(pk=pk).first()
    if scheme is None:
        raise Http404("not published")
    now = now_of(request)
    context = {"scheme": scheme, "lines": public_lines(scheme, now), "now": now}
    return show(request, "portal/scheme.html", context)
