"""How this room tells people of their work: by the ways and in the hours each has chosen, unless a clock runs out first."""

from collections.abc import Iterable
from datetime import datetime

from hoiam.agencies.models import Official
from hoiam.handling.models import Case, Paper
from hoiam.handling.queries.urgency import needed_by
from hoiam.monitoring.actions.notices import Message
from hoiam.monitoring.actions.notices import tell as tell_people
from hoiam.monitoring.addresses import path_of
from hoiam.monitoring.queries.routing import Told
from hoiam.monitoring.states import NoticeKind

LONGEST_KEY = 140
# A page by its name, with the keys it takes.
Page = tuple[str, *tuple[int | None, ...]]


def tell(
    people: Iterable[Official],
    subject: str,
    text: str,
    key: str,
    now: datetime,
    *,
    page: Page = ("desk-home",),
    before: datetime | None = None,
    severity: int = 0,
) -> None:
    """One notice to each of these people for this occasion, however often it is told.

    Args:
        text: never the content of a case, only where to look.
        page: name of the page it leads to, with its keys.
        before: by when it must be known; in quiet hours that end later it goes at once. None lets it wait.
        severity: a grave matter goes at once to those who allow that.
    """
    message = Message(
        kind=NoticeKind.WORK,
        severity=severity,
        title=subject,
        text=text,
        path=path_of(*page),
        needed_by=before,
    )
    once = {person.pk: person for person in people}
    told = [Told(person, "") for person in once.values()]
    tell_people(told, message, key=key[:LONGEST_KEY], now=now)


def tell_of_case(
    people: Iterable[Official],
    subject: str,
    text: str,
    key: str,
    now: datetime,
    *,
    case: Case,
    severity: int = 0,
) -> None:
    """As `tell`, of a case: it may wait for the morning only when no clock of the case runs out before."""
    page, before = ("desk-case", case.pk), needed_by(case, now)
    tell(people, subject, text, key, now, page=page, before=before, severity=severity)


def tell_of_paper(
    people: Iterable[Official], subject: str, text: str, key: str, now: datetime, *, paper: Paper
) -> None:
    """As `tell_of_case`, leading to one paper of the case."""
    page, before = ("desk-paper", paper.pk), needed_by(paper.case, now)
    tell(people, subject, text, key, now, page=page, before=before)
