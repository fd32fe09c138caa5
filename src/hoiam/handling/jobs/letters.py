"""Telling people of a case or a paper of it: before the first of its clocks runs out."""

from collections.abc import Iterable
from datetime import datetime

from hoiam.agencies.models import Official
from hoiam.handling.models import Case, Paper
from hoiam.handling.queries.urgency import needed_by
from hoiam.monitoring.actions.work_notices import tell


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
