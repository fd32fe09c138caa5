"""The morning's own reminder: each person hears once a day what is due today and what runs late."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from hoiam.agencies.models import Official
from hoiam.agencies.queries import holders
from hoiam.agencies.states import DESK_ROLES
from hoiam.core.jobs import daily, job
from hoiam.handling.models import Clock
from hoiam.handling.queries.lights import OPEN
from hoiam.handling.states import ClockState
from hoiam.kit.rulebook import default, national_calendar
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.jobs.messages import write_to

AT, ON_DAYS_OFF = "MD-87", "MD-88"
HOURS = "hour"


@daily(str(default(AT).value))
@job()
def remind_holders(now: datetime, slot: str) -> int:
    """How many letters went: to who holds a clock that is late or due today, or to the desk where nobody does.

    On days off only clocks in hours are told of: the law's hours run through them, its days do not (law.md §3).
    """
    today = datetime.fromisoformat(slot).astimezone(VIETNAM).date()
    found: dict[int, list[Clock]] = defaultdict(list)
    people: dict[int, Official] = {}
    for clock in _pressing(now, today):
        for person in _who(clock, today):
            people[person.pk] = person
            found[person.pk].append(clock)
    return sum(_tell(people[pk], clocks, today, now) for pk, clocks in found.items())


def _pressing(now: datetime, today: date) -> Iterable[Clock]:
    rows = Clock.objects.system("who holds it is reminded").filter(state__in=OPEN)
    rows = rows.exclude(state=ClockState.PAUSED).exclude(due_at=None)
    end = datetime.combine(today, datetime.max.time(), tzinfo=VIETNAM)
    rows = rows.filter(due_at__lte=end)
    if not (national_calendar().is_working(today) or default(ON_DAYS_OFF).value):
        rows = rows.filter(unit=HOURS)
    return rows.select_related("case__agency", "holder").order_by("due_at", "pk")


def _who(clock: Clock, today: date) -> Iterable[Official]:
    if clock.holder is not None and clock.holder.is_active:
        return [clock.holder]
    return holders(clock.case.agency, DESK_ROLES, today)


def _tell(person: Official, clocks: list[Clock], today: date, now: datetime) -> int:
    late = [clock for clock in clocks if clock.due_at and clock.due_at < now]
    due = [clock for clock in clocks if clock not in late]
    parts = []
    for title, rows in ((f"Quá hạn ({len(late)})", late), (f"Hạn hôm nay ({len(due)})", due)):
        if rows:
            parts.append(title)
            parts += [f"• {clock.case.number}: {clock.title}, hạn {_due(clock)}" for clock in rows]
    subject = f"Việc hôm nay: {len(due)} đến hạn, {len(late)} quá hạn"
    return write_to([person], subject, "\n".join(parts), key=f"morning:{today:%Y%m%d}", now=now)


def _due(clock: Clock) -> str:
    local = clock.due_at.astimezone(VIETNAM) if clock.due_at else None
    return f"{local:%H:%M %d/%m/%Y}" if local else ""
