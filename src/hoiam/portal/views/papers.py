"""Documents, press releases, legal questions and answers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hoiam.core.markup import clean
from hoiam.letters.queries import published_answers
from hoiam.letters.states import Topic
from hoiam.newsroom.states import ArticleKind
from hoiam.portal.finding import DOCUMENTS, found_articles
from hoiam.portal.lists import A_PAGE, cards, light, paged
from hoiam.portal.questions import asked_in_articles
from hoiam.portal.rim import KEPT, now_of, public, show

LONGEST_QUERY = 200


@public
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Documents with number, date and signer; found by any of these or by words of the full text."""
    now, query = now_of(request), request.GET.get("q", "")[:LONGEST_QUERY].strip()
    if query:
        rows: Any = found_articles(query, now=now, kinds=DOCUMENTS)
    else:
        rows = light(now).filter(kind=ArticleKind.DOCUMENT)
    context = {"page": paged(rows, request.GET.get("trang", "")), "query": query}
    return show(request, "portal/documents.html", context, is_fresh=True, shelf=KEPT)


@public
@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """Press releases, the newest first."""
    rows = light(now_of(request)).filter(kind=ArticleKind.RELEASE)
    page = paged(rows, request.GET.get("trang", ""))
    context = {"page": page, "cards": cards(page), "title": "Thông cáo báo chí"}
    return show(request, "portal/listed.html", context, is_fresh=True, shelf=KEPT)


@public
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Legal questions, found without marks, by topic."""
    now, query = now_of(request), request.GET.get("q", "")[:LONGEST_QUERY].strip()
    topic = request.GET.get("nhom", "")
    topic = topic if topic in Topic.values else ""
    context = {
        "page": paged(published_answers(now, query, topic), request.GET.get("trang", "")),
        "query": query,
        "topic": topic,
        "topics": Topic.choices,
        "others": [] if query or topic else asked_in_articles(now, A_PAGE),
    }
    return show(request, "portal/questions.html", context, is_fresh=True)


@public
@require_safe
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question with its answer, the law it rests on, and whether that law has changed since."""
    found = published_answers(now_of(request)).filter(slug=slug).first()
    if found is None:
        raise Http404("no such answer")
    context = {"asked": found, "answer": clean(found.answer_html)}
    return show(request, "portal/question.html", context, is_fresh=True)
