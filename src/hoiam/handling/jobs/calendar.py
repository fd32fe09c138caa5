"""After the calendar changed: open clocks counted again in batches, and their holders told in one letter each."""

from collections.abc import Iterable
from datetime import datetime

from hoiam.agencies.models import Official
from hoiam.agencies.queries import holders
from hoiam.agencies.states import DESK_ROLES
from hoiam.core.jobs import enqueue, job
from hoiam.core.outbox import handles
from hoiam.handling.actions.recounts import end_recount, recount_batch
from hoiam.handling.models import CalendarDay, Recount
from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime
from hoiam.monitoring.actions.work_notices import tell

MOST_LINES = 40


@handles("calendar_changed")
def begin_recount(day_id: int, now: datetime) -> None:
    """Queue the count; a second message for the same change queues nothing more."""
    row = CalendarDay.objects.get(pk=day_id)
    what = "withdrawn" if row.withdrawn_at else "announced"
    enqueue(recount_clocks, day_id, now=now, key=f"recount:{day_id}:{what}")


@job()
def recount_clocks(day_id: int, now: datetime) -> int:
    """How many clocks the change moved. Safe to run again: what has moved does not move twice."""
    row = CalendarDay.objects.get(pk=day_id)
    last: int | None = 0
    while last is not None:
        last = recount_batch(row, after=last, now=now)
    return end_recount(row, now=now)


@handles("clocks_recounted")
def tell_the_holders(day_id: int, now: datetime) -> None:
    """One letter to each holder with all the clocks that moved; the desk of the unit where nobody holds one."""
    row = CalendarDay.objects.get(pk=day_id)
    is_withdrawal = row.withdrawn_at is not None
    moved = row.recounts.filter(is_withdrawal=is_withdrawal).select_related(
        "clock__case__agency", "clock__holder"
    )
    today = now.astimezone(VIETNAM).date()
    desks: dict[int, list[Official]] = {}
    letters: dict[Official, list[Recount]] = {}
    for one in moved.order_by("new_due_at", "pk"):
        case = one.clock.case
        if one.clock.holder is None and case.agency_id not in desks:
            desks[case.agency_id] = list(holders(case.agency, DESK_ROLES, today))
        for person in [one.clock.holder] if one.clock.holder else desks[case.agency_id]:
            letters.setdefault(person, []).append(one)
    verb = "thu hồi" if is_withdrawal else row.get_kind_display().lower()
    for person, lines in letters.items():
        text = (
            f"Lịch đổi: {show_date(row.day)} – {verb} – {row.name} ({row.source}).\n"
            f"Hạn sau đây của bạn được tính lại:\n{_lines(lines)}"
        )
        key = f"recounted:{row.pk}:{int(is_withdrawal)}"
        soonest = min((one.new_due_at for one in lines if one.new_due_at), default=None)
        subject = f"{len(lines)} hạn được tính lại vì lịch nghỉ đổi"
        tell([person], subject, text, key, now, before=soonest)


def _lines(moved: Iterable[Recount]) -> str:
    told = [
        f"- {one.clock.case.number} · {one.clock.title}: "
        f"{show_datetime(one.old_due_at)} → {show_datetime(one.new_due_at)}"
        for one in moved
    ]
    more = len(told) - MOST_LINES
    return "\n".join(told[:MOST_LINES] + ([f"… và {more} hạn nữa."] if more > 0 else []))
