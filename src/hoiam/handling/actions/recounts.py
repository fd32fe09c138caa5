"""Open clocks counted again after the calendar changed: in batches, safe to run twice, each change kept and told."""

import logging
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from hoiam.core import ledger, outbox
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.actions.clocks import OPEN
from hoiam.handling.models import CalendarDay, Case, Clock, Recount
from hoiam.handling.queries.calendars import announced, calendar_with
from hoiam.handling.queries.histories import history_of, recounted
from hoiam.kit.rulebook import Calendar, RulebookError
from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime

_log = logging.getLogger(__name__)

# Units that lean on the calendar; an hour on the wall clock runs through every holiday.
BY_CALENDAR = ("calendar_day", "working_day", "working_hour", "month", "year")
BATCH = 500
ONE_DAY = timedelta(days=1)  # not-law: the end of a day


@transaction.atomic
def recount_batch(row: CalendarDay, *, after: int, now: datetime) -> int | None:
    """Key of the last clock looked at, to go on from; None when there was none left.

    A clock is written only when its due time moved. Run again over the same clocks nothing moves, so nothing is written.
    """
    clocks = list(_touched(row).filter(pk__gt=after).order_by("pk")[:BATCH])
    if not clocks:
        return None
    # The cases first, in one order, as every step does: then nobody changes these clocks meanwhile.
    cases = Case.objects.system("lock before their clocks").filter(
        pk__in={clock.case_id for clock in clocks}
    )
    list(cases.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))
    fresh = _touched(row).filter(pk__in=[clock.pk for clock in clocks])
    before, since = _calendars(row)
    moved = []
    for clock in fresh.select_for_update(of=("self",)):
        old = clock.due_at
        if _move(clock, row, before, since):
            moved.append((clock, old))
    _write(row, moved, now)
    return clocks[-1].pk


def _touched(row: CalendarDay) -> ScopedQuerySet:
    """Open clocks that count over this day: it lies between their start and their end, in either direction."""
    begin = datetime.combine(row.day, time.min, VIETNAM)
    end = begin + ONE_DAY
    ahead = Q(started_at__lt=end, due_at__gte=begin)
    back = Q(due_at__lt=end, started_at__gte=begin)
    return (
        Clock.objects.system("a calendar change moves every open clock")
        .filter(ahead | back, state__in=OPEN, unit__in=BY_CALENDAR)
        .select_related("case", "tightening__agency")
        .prefetch_related("extensions__signer", "pauses")
    )


def _calendars(row: CalendarDay) -> tuple[Calendar, Calendar]:
    """The calendar without this change, and as it stands."""
    days = announced()
    others = [day for day in days if day.pk != row.pk]
    return calendar_with(others if row.withdrawn_at is None else [*others, row]), calendar_with(
        days
    )


def _move(clock: Clock, row: CalendarDay, before: Calendar, since: Calendar) -> bool:
    """Whether the due time of the clock moved, by this change and nothing else; it is set then."""
    events = history_of(clock)
    try:
        found = recounted(clock, since, events)
        if clock.due_at is None or found.due_at is None or found.due_at == clock.due_at:
            return False
        was = recounted(clock, before, events)
    except RulebookError as error:
        _log.warning("clock %s cannot be counted again: %s", clock.pk, error)
        return False
    if was.due_at is None or was.due_at == found.due_at:
        return False
    if was.due_at == clock.due_at:
        clock.due_at, clock.law_due_at, clock.steps = found.due_at, found.law_due_at, found.steps
    else:
        # Counted by older data: it moves as far as the change moves it, its own steps stay.
        clock.due_at += found.due_at - was.due_at
    clock.steps = [*clock.steps, _told(row, clock)]
    return True


def _told(row: CalendarDay, clock: Clock) -> str:
    what = f"{show_date(row.day)} ({row.name}, {row.source})"
    verb = "thu hồi ngày" if row.withdrawn_at else f"thêm ngày {row.get_kind_display().lower()}"
    due = show_datetime(clock.due_at) if clock.due_at else ""
    return f"Tính lại vì lịch đổi: {verb} {what}. Hạn mới {due}."


def _write(row: CalendarDay, moved: list[tuple[Clock, datetime]], now: datetime) -> None:
    is_withdrawal = row.withdrawn_at is not None
    for clock, _ in moved:
        clock.save(update_fields=["due_at", "law_due_at", "steps"])
    Recount.objects.bulk_create(
        [
            Recount(
                clock=clock,
                day=row,
                is_withdrawal=is_withdrawal,
                old_due_at=old,
                new_due_at=clock.due_at,
                at=now,
            )
            for clock, old in moved
        ],
        ignore_conflicts=True,
    )
    ledger.write_all(
        [
            ledger.Line(
                clock.case,
                "recount_clock",
                f"{row.name} {show_date(row.day)}, {row.source}",
                {
                    "clock": clock.pk,
                    "rule": clock.rule,
                    "old": old.isoformat(),
                    "new": clock.due_at.isoformat(),
                },
            )
            for clock, old in moved
        ],
        actor=None,
        at=now,
    )


@transaction.atomic
def end_recount(row: CalendarDay, *, now: datetime) -> int:
    """How many clocks this change moved; their holders are told once, and nobody when none moved."""
    row = CalendarDay.objects.select_for_update(of=("self",)).get(pk=row.pk)
    moved = row.recounts.filter(is_withdrawal=row.withdrawn_at is not None).count()
    if row.recounted_at is None:
        row.recounted_at = now
        row.save(update_fields=["recounted_at"])
        if moved:
            outbox.post("clocks_recounted", row.pk, at=now)
    return moved
