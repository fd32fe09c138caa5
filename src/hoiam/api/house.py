"""The API itself: its routes, its refusals in plain Vietnamese, its document. Loaded by the first call (see `door`)."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from hoiam.api.door import DOCUMENT, problem
from hoiam.api.faults import sentence
from hoiam.api.routes import ROUTERS
from hoiam.api.words import ABOUT, HEADINGS, STATUSES

PREFIX = "/api/v1/"
NOWHERE = f"Không có địa chỉ này. Các địa chỉ của API ở {PREFIX}{DOCUMENT}."


class Plain(JSONRenderer):
    """JSON with Vietnamese letters as they are."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """The answer as text."""
        return json.dumps(data, cls=self.encoder_class, ensure_ascii=False)


# No `docs_url`: that page loads scripts from elsewhere; the portal has its own page.
API = NinjaAPI(
    title="Cổng thông tin thi hành án dân sự: API công khai",
    version="1.0.0",
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-v1",
    renderer=Plain(),
    servers=[{"url": settings.HOIAM_ADDRESS.rstrip("/"), "description": "Cổng này"}],
    openapi_extra={"tags": [{"name": name, "description": text} for name, text in HEADINGS.items()]},
)  # fmt: skip
for router in ROUTERS:
    API.add_router("", router)


@API.exception_handler(ValidationError)
def misasked(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What in the question cannot be used."""
    return problem(sentence(error.errors), 422)


@API.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What a route says is not there."""
    return problem(str(error), error.status_code)


@API.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Nothing stands at this address."""
    return problem(NOWHERE, 404)


RESOLVER = URLResolver(RegexPattern(r"^"), API.urls[0])


def answer(request: HttpRequest, rest: str) -> HttpResponse:
    """The answer at this address below the prefix."""
    if rest == DOCUMENT:
        return HttpResponse(document(), content_type="application/json; charset=utf-8")
    try:
        found = RESOLVER.resolve(rest)
    except Resolver404:
        return problem(NOWHERE, 404)
    return found.func(request, **found.kwargs)


@cache
def document() -> str:
    """The OpenAPI document as text; the same until the next start."""
    told: dict[str, Any] = dict(API.get_openapi_schema(path_prefix=PREFIX))
    for path in told["paths"].values():
        for status, said in path["get"]["responses"].items():
            said["description"] = STATUSES[int(status)]
    return json.dumps(told, ensure_ascii=False)
