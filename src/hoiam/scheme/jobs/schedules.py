"""The morning's own reminder: each person hears once a day what is due today and what runs late, of cases and of tasks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import holders
from hoiam.agencies.states import DESK_ROLES
from hoiam.core.jobs import daily, job
from hoiam.handling.models import Clock
from hoiam.handling.queries.lights import OPEN
from hoiam.handling.states import ClockState
from hoiam.kit.rulebook import Calendar, default, end_of_day
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.actions.work_notices import tell
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.jobs.messages import UNIT_ROLES
from hoiam.scheme.models import Assignment, Task
from hoiam.scheme.queries.task_dues import task_period
from hoiam.scheme.states import AssignmentRole, AssignmentState, SchemeState

AT, ON_DAYS_OFF = "MD-87", "MD-88"
HOURS = "hour"
WHY = "who holds it is reminded"
MOST_LINES = 15  # of one letter's part: the rest is on the page it leads to


@dataclass(frozen=True)
class _Matter:
    """One thing to tell of: its line, and whether its time is over."""

    words: str
    is_late: bool


@daily(str(default(AT).value))
@job()
def remind_holders(now: datetime, slot: str) -> int:
    """How many people were told: who holds a clock or a task that is late or due today, or the desk where nobody does.

    On days off only clocks in hours are told of: the law's hours run through them, its days do not (law.md §3).
    """
    today = datetime.fromisoformat(slot).astimezone(VIETNAM).date()
    calendar = calendar_in_use()
    works = calendar.is_working(today) or bool(default(ON_DAYS_OFF).value)
    found: dict[int, list[_Matter]] = defaultdict(list)
    people: dict[int, Official] = {}
    for person, matter in (*_clocks(now, today, works), *_tasks(today, calendar, works)):
        people[person.pk] = person
        found[person.pk].append(matter)
    for pk, matters in found.items():
        _tell(people[pk], matters, today, now)
    return len(found)


def _clocks(now: datetime, today: date, works: bool) -> Iterator[tuple[Official, _Matter]]:
    rows = Clock.objects.system(WHY).filter(state__in=OPEN)
    rows = rows.exclude(state=ClockState.PAUSED).filter(due_at__lte=end_of_day(today))
    if not works:
        rows = rows.filter(unit=HOURS)
    for clock in rows.select_related("case__agency", "holder").order_by("due_at", "pk"):
        local = clock.due_at.astimezone(VIETNAM) if clock.due_at else now
        words = f"{clock.case.number}: {clock.title}, hạn {local:%H:%M %d/%m/%Y}"
        for person in _who(clock, today):
            yield person, _Matter(words, local < now)


def _who(clock: Clock, today: date) -> Iterable[Official]:
    if clock.holder is not None and clock.holder.is_active:
        return [clock.holder]
    return holders(clock.case.agency, DESK_ROLES, today)


def _tasks(today: date, calendar: Calendar, works: bool) -> Iterator[tuple[Official, _Matter]]:
    """The open parts of tasks whose last day has come; one that ends on a day off is told of on the working day before."""
    if not works:
        return
    lasts = {
        task.pk: last for task in _running() if (last := task_period(task, today, calendar).last)
    }
    due = {pk: last for pk, last in lasts.items() if calendar.previous_working(last) <= today}
    rows = Assignment.objects.system(WHY).filter(
        task__in=due, state__in=(AssignmentState.OPEN, AssignmentState.DOING)
    )
    desks: dict[int, list[Official]] = {}
    rows = rows.exclude(role=AssignmentRole.INFORMED).select_related("agency", "task__scheme")
    for row in rows.order_by("task__scheme", "task__order", "pk"):
        if row.agency_id not in desks:
            desks[row.agency_id] = _desk(row.agency, today)
        last = due[row.task_id]
        words = f"nhiệm vụ {row.task.ref}, {row.task.scheme}: hạn đến hết {show_date(last)}"
        for person in desks[row.agency_id]:
            yield person, _Matter(words, last < today)


def _running() -> Iterable[Task]:
    rows = Task.objects.filter(scheme__state=SchemeState.ACTIVE)
    return rows.select_related("scheme")


def _desk(agency: Agency, today: date) -> list[Official]:
    return list(holders(agency, UNIT_ROLES, today))


def _tell(person: Official, matters: list[_Matter], today: date, now: datetime) -> None:
    late = [each for each in matters if each.is_late]
    due = [each for each in matters if not each.is_late]
    parts = []
    for title, rows in ((f"Quá hạn ({len(late)})", late), (f"Hạn hôm nay ({len(due)})", due)):
        if rows:
            parts.append(title)
            parts += [f"• {each.words}" for each in rows[:MOST_LINES]]
            if len(rows) > MOST_LINES:
                parts.append(f"• và {len(rows) - MOST_LINES} việc khác trên trang Hôm nay.")
    subject = f"Việc hôm nay: {len(due)} đến hạn, {len(late)} quá hạn"
    # What is due today must be known today: quiet hours that end later do not hold it back.
    before = end_of_day(today) if due else None
    tell([person], subject, "\n".join(parts), f"morning:{today:%Y%m%d}", now, before=before)
