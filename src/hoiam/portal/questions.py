"""Legal questions with their answers as lists of the portal show them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from hoiam.letters.queries import published_answers
from hoiam.newsroom.states import ArticleKind
from hoiam.portal.lists import light


@dataclass(frozen=True)
class Asked:
    """One question on a list."""

    title: str
    url: str
    at: datetime
    place: str
    note: str = ""


def latest_questions(now: datetime, count: int) -> list[Asked]:
    """The newest answers: of the letters room, and those that editors published as articles."""
    answers = [
        Asked(row.question, reverse("portal-question", args=[row.slug]), row.published_at, row.agency.name)
        for row in published_answers(now)[:count]
    ]  # fmt: skip
    found = [*answers, *asked_in_articles(now, count)]
    return sorted(found, key=lambda row: row.at, reverse=True)[:count]


def asked_in_articles(now: datetime, count: int) -> list[Asked]:
    """The newest questions that stand as articles."""
    rows = light(now).filter(kind=ArticleKind.QUESTION)[:count]
    return [
        Asked(row.title, reverse("portal-article", args=[row.slug]), row.published_at, row.agency.name)
        for row in rows
    ]  # fmt: skip
