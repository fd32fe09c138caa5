"""The first page of the portal."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hoiam.agencies.queries import public_spokespersons
from hoiam.agencies.states import Level
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.queries.partner_feeds import partner_items
from hoiam.newsroom.queries.sections import filled_sections
from hoiam.newsroom.states import ArticleKind
from hoiam.newsroom.states.themes import THEMES
from hoiam.portal.lists import NEWS, cards, light
from hoiam.portal.questions import latest_questions
from hoiam.portal.rim import MIXED, now_of, public, show

LEADS, A_BLOCK, BLOCKS, ROW, SPEAKERS = 5, 4, 6, 3, 3


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead stories, releases, campaigns, sections, themes, documents, questions, who may speak."""
    now = now_of(request)
    leads = cards(light(now).filter(kind__in=NEWS)[:LEADS])
    context = {
        "lead": leads[0] if leads else None,
        "next": leads[1:],
        "releases": _of(now, ArticleKind.RELEASE),
        "documents": _of(now, ArticleKind.DOCUMENT),
        "campaigns": cards(light(now).filter(kind=ArticleKind.CAMPAIGN)[:2]),
        "questions": latest_questions(now, A_BLOCK),
        "partners": list(partner_items()[:A_BLOCK]),
        "blocks": _blocks(now, {card.pk for card in leads}),
        "themes": THEMES,
        "speakers": _speakers(now),
    }
    return show(request, "portal/home.html", context, is_fresh=True, shelf=MIXED)


def _of(now: datetime, kind: ArticleKind) -> list[Any]:
    return cards(light(now).filter(kind=kind)[:A_BLOCK], pictures=False)


def _blocks(now: datetime, shown: set[int]) -> list[tuple[Any, list[Any]]]:
    """Sections that have something not shown above, each with its newest."""
    found = []
    for section in filled_sections(now):
        rows = light(now).filter(section=section, kind__in=NEWS).exclude(pk__in=shown)[:A_BLOCK]
        if made := cards(rows):
            found.append((section, made))
        if len(found) == BLOCKS:
            break
    # Whole rows of three: a section alone on a row leaves a hole.
    return found[: max(ROW, len(found) - len(found) % ROW)]


def _speakers(now: datetime) -> list[Any]:
    """The first people of the public list: those of the centre before those of provinces."""
    people = list(public_spokespersons(now.astimezone(VIETNAM).date())[:40])
    people.sort(key=lambda person: person.agency.level != Level.CENTRE)
    return people[:SPEAKERS]
