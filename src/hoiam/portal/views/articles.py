"""One article, and the texts that stood before the present one."""

from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from hoiam.core import blobs
from hoiam.newsroom.models import Article
from hoiam.newsroom.queries.articles import WHY
from hoiam.newsroom.queries.prints import public_prints
from hoiam.newsroom.states import ArticleKind, ArticleState
from hoiam.portal.lists import cards, light
from hoiam.portal.reading import Frame, Reprint, draw
from hoiam.portal.rim import KEPT, kept, now_of, public, show

RELATED, MEMBERS, MOST_PRINTS = 5, 12, 20


@public
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article as it stands; 410 when it was taken down or its hour has passed."""
    now = now_of(request)
    found = _known(slug, now)
    if found.state != ArticleState.STANDING:
        answer = draw(found)
        return (
            answer
            if answer.status_code != 200
            else kept(request, answer, is_fresh=True, shelf=KEPT)
        )
    return kept(request, draw(found, frame=_frame(found, now)), is_fresh=True, shelf=KEPT)


def _known(slug: str, now: datetime) -> Article:
    rows = Article.objects.system(WHY).select_related("agency", "section", "campaign")
    found = rows.prefetch_related("pictures", "authors").filter(slug=slug).first()
    if found is None or found.published_at > now:
        raise Http404("no such article")
    # Its hour has come though no job has been by yet.
    if found.expires_at and found.expires_at <= now and found.state == ArticleState.STANDING:
        found.state = ArticleState.EXPIRED
    return found


def _frame(found: Article, now: datetime) -> Frame:
    rows = light(now).exclude(pk=found.pk)
    prints = public_prints([found.pk])[:MOST_PRINTS]
    beside = rows.filter(section=found.section_id).exclude(kind=ArticleKind.EXPERT)
    members = cards(rows.filter(campaign=found)[:MEMBERS]) if _is_campaign(found) else []
    return Frame(
        related=cards(beside[:RELATED], pictures=False),
        members=members,
        reprints=[Reprint(row.outlet, row.url, row.printed_at or row.seen_at) for row in prints],
        versions=found.version,
        counts_reads=True,
    )


def _is_campaign(found: Article) -> bool:
    return found.kind == ArticleKind.CAMPAIGN


@public
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """The texts that stood at this address, the newest first; of what no longer stands, nothing."""
    found = _known(slug, now_of(request))
    if found.state != ArticleState.STANDING:
        return draw(found)
    versions: list[Any] = list(found.versions.order_by("-number"))
    context = {"article": found, "versions": versions}
    return show(request, "portal/history.html", context, is_fresh=True, shelf=KEPT)


@public
@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The full text of a document that stands now, as the file the editors put there; always saved, never opened in place."""
    found = _known(slug, now_of(request))
    blob = str(found.extra.get("file_blob", ""))
    if found.state != ArticleState.STANDING or not blob or not blobs.exists(blob):
        raise Http404("no such file")
    name = str(found.extra.get("file_name") or found.slug)
    answer = FileResponse(blobs.open_lasting(blob), as_attachment=True, filename=name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
