"""Repeated work on speaking: periodic duties raise themselves every morning."""

from datetime import datetime

from hoiam.core.jobs import daily, job
from hoiam.handling.actions.duties import raise_duties

RAISED_AT = "00:20"


@daily(RAISED_AT)
@job()
def periodic_duties(now: datetime) -> int:
    """Raise what today's periods owe; run twice, it raises nothing twice."""
    return raise_duties(actor=None, now=now)
