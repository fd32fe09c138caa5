"""Repeated work: the outlook and the synthesis at the beginning of a week, the synthesis of a month."""

from collections.abc import Callable
from datetime import date, datetime

from hoiam.agencies.models import Agency
from hoiam.core.jobs import daily, job
from hoiam.handling.actions.outlooks import make_outlook
from hoiam.handling.actions.syntheses import make_synthesis
from hoiam.kit.rulebook import default, default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.digest import send_digest
from hoiam.monitoring.jobs.schedules import FARTHEST_BACK, desks_on, is_sending_day
from hoiam.monitoring.models import Digest
from hoiam.monitoring.queries.periods import ONE_DAY, Period, month_of, week_of
from hoiam.monitoring.states import DigestKind

MORNING = "MD-39"
Make = Callable[[Agency], Digest]


@daily(str(default(MORNING).value))
@job()
def periodic_digests(now: datetime, slot: str) -> int:
    """Make and send what this morning owes every agency that has a desk; how many were sent.

    Owed are the outlook of this week, the synthesis of the last week, the synthesis of the last month, each until it was
    sent once: so a Monday off, or a stop of some days, is made good on the next working morning, and nothing goes twice.
    """
    today = datetime.fromisoformat(slot).astimezone(VIETNAM).date()
    if not is_sending_day(today):
        return 0
    week, last_week, last_month = week_of(today), week_of(today).before, month_of(today).before
    return (
        _owed(DigestKind.OUTLOOK, week, today, now, lambda a: make_outlook(a, today, actor=None, now=now))
        + _owed(DigestKind.WEEK, last_week, today, now, _synthesis(DigestKind.WEEK, last_week, now))
        + _owed(DigestKind.MONTH, last_month, today, now, _synthesis(DigestKind.MONTH, last_month, now))
    )  # fmt: skip


def _synthesis(kind: str, period: Period, now: datetime) -> Make:
    return lambda agency: make_synthesis(agency, kind, period.first, actor=None, now=now)


def _owed(kind: str, period: Period, today: date, now: datetime, make: Make) -> int:
    """Sent now to each desk that was not sent this one; an old month is owed no longer."""
    if today > period.last + ONE_DAY * default_number(FARTHEST_BACK):
        return 0
    rows = Digest.objects.system("not sent twice").filter(kind=kind, day=period.last)
    # Made and sent while its days still ran, a synthesis was not whole; an outlook is sent before its days.
    since = period.start if kind == DigestKind.OUTLOOK else period.end
    sent = rows.filter(sent_at__gte=since)
    count = 0
    for agency in desks_on(today).exclude(pk__in=sent.values("agency")):
        send_digest(make(agency), actor=None, now=now)
        count += 1
    return count
