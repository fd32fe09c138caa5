"""Telling people of their work: by the ways and in the hours each has chosen, unless a clock runs out first."""

from collections.abc import Iterable
from datetime import datetime

from hoiam.agencies.models import Official
from hoiam.monitoring.actions import notices
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
    page: Page | str = ("desk-home",),
    before: datetime | None = None,
    severity: int = 0,
) -> None:
    """One notice to each of these people for this occasion, however often it is told.

    Args:
        text: never the content of a case or a letter, only where to look.
        page: name of the page it leads to, with its keys; or its path.
        before: by when it must be known; in quiet hours that end later it goes at once. None lets it wait.
        severity: a grave matter goes at once to those who allow that.
    """
    message = notices.Message(
        kind=NoticeKind.WORK,
        severity=severity,
        title=subject,
        text=text,
        path=page if isinstance(page, str) else path_of(*page),
        needed_by=before,
    )
    once = {person.pk: person for person in people}
    told = [Told(person, "") for person in once.values()]
    notices.tell(told, message, key=key[:LONGEST_KEY], now=now)
