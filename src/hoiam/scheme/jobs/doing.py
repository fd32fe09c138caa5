"""Notices about tasks and difficulties; the daily look for products that were linked before they were collected."""

from collections.abc import Iterable
from datetime import datetime

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import agencies_on, holders, superior
from hoiam.agencies.states import DESK_ROLES, Level, Role
from hoiam.core.jobs import daily, job
from hoiam.core.outbox import handles
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.actions.work_notices import Page
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.actions.products import look_for_products
from hoiam.scheme.jobs.messages import occasion, write_to
from hoiam.scheme.models import Assignment, Difficulty, TaskReminder
from hoiam.scheme.queries.task_dues import task_period

UNIT_ROLES = {*DESK_ROLES, Role.HEAD_OF_REGION}
LOOK_AT = "06:40"


def _people(agency: Agency, now: datetime) -> Iterable[Official]:
    return holders(agency, UNIT_ROLES, now.astimezone(VIETNAM).date())


def _part(pk: int) -> Assignment:
    rows = Assignment.objects.system("tell the unit")
    return rows.select_related("agency__parent", "task__scheme__owner", "handed_from__agency").get(
        pk=pk
    )


def _name(row: Assignment) -> str:
    return f"nhiệm vụ {row.task.ref}, {row.task.scheme}"


def _page(row: Assignment) -> Page:
    return ("desk-task-part", row.pk)


@handles("task_reminded")
def tell_of_reminder(reminder_id: int, now: datetime) -> None:
    """The unit's desk."""
    rows = TaskReminder.objects.system("tell the unit").select_related("by")
    reminder = rows.get(pk=reminder_id)
    row = _part(reminder.assignment_id)
    text = f"{reminder.by} nhắc {row.agency} về {_name(row)}: {row.task.title}\n{reminder.text}"
    today = now.astimezone(VIETNAM).date()
    write_to(
        _people(row.agency, now), f"Nhắc: {_name(row)}", text.strip(),
        key=f"task-reminded:{reminder.pk}", now=now, page=_page(row),
        last_day=task_period(row.task, today, calendar_in_use()).last,
    )  # fmt: skip


@handles("task_exempted")
def tell_of_exemption(assignment_id: int, now: datetime) -> None:
    """The unit's desk: it need not do this."""
    row = _part(assignment_id)
    text = f"{row.agency} không phải làm {_name(row)}: {row.reason}"
    key = f"task-exempted:{row.pk}:{occasion(row, 'exempt_assignment')}"
    write_to(_people(row.agency, now), f"Được miễn: {_name(row)}", text, key=key, now=now, page=_page(row))  # fmt: skip


@handles("task_handed_over")
def tell_of_hand_over(assignment_id: int, now: datetime) -> None:
    """The desk that takes the work on."""
    row = _part(assignment_id)
    before = f" từ {row.handed_from.agency}" if row.handed_from else ""
    text = f"{row.agency} nhận bàn giao{before} {_name(row)}: {row.task.title}"
    key = f"task-taken:{row.pk}:{occasion(row, 'take_over')}"
    write_to(_people(row.agency, now), f"Nhận bàn giao: {_name(row)}", text, key=key, now=now, page=_page(row))  # fmt: skip


def _matter(pk: int) -> Difficulty:
    rows = Difficulty.objects.system("tell who must act next").select_related("raised_by")
    return rows.select_related(
        "assignment__agency__parent", "assignment__task__scheme__owner", "raised_by"
    ).get(pk=pk)


def _those_above(matter: Difficulty, now: datetime) -> list[Official]:
    """The direct superior, who runs the scheme, and the centre: all at once (Decision 2862, V)."""
    row, today = matter.assignment, now.astimezone(VIETNAM).date()
    centre = agencies_on(today).filter(level=Level.CENTRE, fictional=False).first()
    places = {
        place.pk: place
        for place in (superior(row.agency, today), row.task.scheme.owner, centre)
        if place is not None and place.pk != row.agency_id
    }
    return [person for place in places.values() for person in holders(place, DESK_ROLES, today)]


@handles("raise_difficulty")
def tell_of_difficulty(matter_id: int, now: datetime) -> None:
    """Those above: something waits for an answer."""
    _upward(matter_id, "raise_difficulty", now)


@handles("ask_again")
def tell_of_asking_again(matter_id: int, now: datetime) -> None:
    """Those above: the answer was not enough."""
    _upward(matter_id, "ask_again", now)


def _upward(matter_id: int, step: str, now: datetime) -> None:
    matter = _matter(matter_id)
    row = matter.assignment
    what = matter.get_kind_display()
    text = (
        f"{row.agency} nêu {what.lower()} về {_name(row)}. Trả lời trước hết ngày "
        f"{show_date(matter.answer_due_on)} (mặc định sản phẩm)."
    )
    key = f"difficulty:{matter.pk}:{occasion(matter, step)}"
    write_to(
        _those_above(matter, now), f"{what}: {row.agency}", text, key=key, now=now,
        page=_page(row), last_day=matter.answer_due_on,
    )  # fmt: skip


@handles("answer_difficulty")
def tell_of_answer(matter_id: int, now: datetime) -> None:
    """The unit and who raised it."""
    _downward(matter_id, "Đã trả lời", "answer_difficulty", now)


@handles("close_difficulty")
def tell_of_closing(matter_id: int, now: datetime) -> None:
    """The unit and who raised it: closed."""
    _downward(matter_id, "Đã khép", "close_difficulty", now)


def _downward(matter_id: int, what: str, step: str, now: datetime) -> None:
    matter = _matter(matter_id)
    row = matter.assignment
    kind = matter.get_kind_display().lower()
    people = [matter.raised_by, *_people(row.agency, now)]
    key = f"difficulty-back:{matter.pk}:{occasion(matter, step)}"
    write_to(
        people, f"{what}: {kind} về nhiệm vụ {row.task.ref}", f"{what} {kind} về {_name(row)}.",
        key=key, now=now, page=_page(row),
    )  # fmt: skip


@daily(LOOK_AT)
@job()
def find_products(now: datetime, slot: str) -> int:
    """How many linked products the house has seen since."""
    return look_for_products(now)
