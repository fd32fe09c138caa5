"""The way into the API: reading only, any origin, no cookie; the house behind it is not loaded before the first call.

Ninja and pydantic cost a quarter of a second and some memory, which commands and workers that only look up addresses
would pay for nothing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from hoiam.newsroom.keeping import KEPT, kept

DOCUMENT = "openapi.json"
READS = ("GET", "HEAD")
ALLOWED = ", ".join([*READS, "OPTIONS"])
# not-law: for how many seconds a browser may remember that any page may ask, in seconds
ASKED_BEFORE = 86_400
# How an answer is kept, by the first part of its address (see `kept`); what is not named shows no article.
KEEPING: dict[str, dict[str, Any]] = {
    "articles": {"is_fresh": True, "shelf": KEPT},
    "documents": {"is_fresh": True, "shelf": KEPT},
    "sections": {"is_fresh": True, "shelf": KEPT},
    "legal-answers": {"is_fresh": True},
}


@csrf_exempt  # nothing can be sent here: it is refused below, in words
def enter(request: HttpRequest, rest: str) -> HttpResponse:
    """The answer of the API at `rest`, marked for caches and for pages of any origin."""
    if request.method == "OPTIONS":
        return _open_to_all(HttpResponse(status=204))
    if request.method not in READS:
        return _open_to_all(problem("API này chỉ để đọc: hãy gọi bằng GET hoặc HEAD.", 405))
    answer = _asked(request, rest)
    if answer.status_code == 200:
        answer = kept(request, answer, **KEEPING.get(rest.partition("/")[0], {}))
    return _open_to_all(answer)


def problem(sentence: str, status: int) -> HttpResponse:
    """What is wrong, in the one shape all refusals have."""
    words = {"ensure_ascii": False}
    return JsonResponse({"error": sentence}, status=status, json_dumps_params=words)


def _asked(request: HttpRequest, rest: str) -> HttpResponse:
    """HEAD is asked as GET: the server leaves the body out."""
    method, request.method = request.method, "GET"
    try:
        return import_string("hoiam.api.house.answer")(request, rest)
    finally:
        request.method = method


def _open_to_all(answer: HttpResponse) -> HttpResponse:
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if answer.status_code in {204, 405}:
        answer.headers["Allow"] = answer.headers["Access-Control-Allow-Methods"] = ALLOWED
        answer.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        answer.headers["Access-Control-Max-Age"] = str(ASKED_BEFORE)
    return answer
