"""Open clocks counted again after the calendar changed: in batches, safe to run twice, each change kept and told."""

import logging
from collections import defaultdict
from collections.abc import Hashable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from hoiam.core import ledger, outbox
from hoiam.core.bulk import update_rows
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.actions.clocks import OPEN
from hoiam.handling.models import CalendarDay, Case, Clock, Extension, Pause, Recount
from hoiam.handling.queries.calendars import announced, calendar_with
from hoiam.handling.queries.histories import Event, history, recounted
from hoiam.kit.rulebook import Calendar, RulebookError
from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime

Dues = tuple[datetime | None, datetime | None]
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
    rows = touched(row).filter(pk__gt=after).order_by("pk")
    keys = list(rows.values_list("pk", "case")[:BATCH])
    if not keys:
        return None
    # The cases first, in one order, as every step does: then nobody changes these clocks meanwhile.
    cases = Case.objects.system("lock before their clocks").filter(
        pk__in={case for _, case in keys}
    )
    list(cases.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))
    found = Again(row, [pk for pk, _ in keys])
    moved = []
    for clock in found.clocks_that_move():
        old = clock.due_at
        if found.move(clock):
            moved.append((clock, old))
    _write(row, moved, now)
    return keys[-1][0]


def touched(row: CalendarDay) -> ScopedQuerySet:
    """Open clocks that count over this day: it lies between their start and their end, in either direction."""
    begin = datetime.combine(row.day, time.min, VIETNAM)
    end = begin + ONE_DAY
    ahead = Q(started_at__lt=end, due_at__gte=begin)
    back = Q(due_at__lt=end, started_at__gte=begin)
    return Clock.objects.system("a calendar change moves every open clock").filter(
        ahead | back, state__in=OPEN, unit__in=BY_CALENDAR
    )


def _calendars(row: CalendarDay) -> tuple[Calendar, Calendar]:
    """The calendar without this change, and as it stands."""
    days = announced()
    others = [day for day in days if day.pk != row.pk]
    return calendar_with(others if row.withdrawn_at is None else [*others, row]), calendar_with(
        days
    )


class Again:
    """The count of one batch: most clocks do not move, and are known not to without being read whole."""

    def __init__(self, row: CalendarDay, keys: list[int]) -> None:
        self.row, self.keys = row, keys
        self.before, self.since = _calendars(row)
        self.known: dict[Hashable, Dues] = {}
        self.dues: dict[int, Dues] = {}
        self.events: dict[int, list[Event]] = {}
        extended, paused = defaultdict(list), defaultdict(list)
        for one in Extension.objects.filter(clock__in=keys).select_related("signer"):
            extended[one.clock_id].append(one)
        for pause in Pause.objects.filter(clock__in=keys):
            paused[pause.clock_id].append(pause)
        for pk in extended.keys() | paused.keys():
            self.events[pk] = history(extended[pk], paused[pk])

    def clocks_that_move(self) -> list[Clock]:
        """The clocks of the batch that this change moves, whole and under lock."""
        names = ("pk", "due_at", "rule", "started_at", "unit", "values", "tightening")
        moving = []
        for pk, due, *rest in touched(self.row).filter(pk__in=self.keys).values_list(*names):
            try:
                was, new = self.dues[pk] = self._dues(pk, *rest)
            except RulebookError as error:
                _log.warning("clock %s cannot be counted again: %s", pk, error)
                continue
            if was is not None and new not in (None, was, due):
                moving.append(pk)
        return list(_whole(moving).order_by("pk").select_for_update(of=("self",)))

    def move(self, clock: Clock) -> bool:
        """Whether the due time of the clock moved, by this change and nothing else; it is set then."""
        was, new = self.dues[clock.pk]
        if clock.due_at is None or was is None or new is None:
            return False
        if was == clock.due_at:
            found = recounted(clock, self.since, self.events.get(clock.pk, []))
            clock.due_at, clock.law_due_at = found.due_at, found.law_due_at
            clock.steps = found.steps
        else:
            # Counted by older data: it moves as far as the change moves it, its own steps stay.
            clock.due_at += new - was
        clock.steps = [*clock.steps, _told(self.row, clock)]
        return True

    def _dues(
        self,
        pk: int,
        rule: str,
        started_at: datetime,
        unit: str,
        values: dict[str, str],
        tightening: int | None,
    ) -> Dues:
        """When the clock is due without the change, and with it; alike for one rule begun on one day."""
        if pk in self.events or unit == "working_hour":
            return self._count(pk)
        day = started_at.astimezone(VIETNAM).date()
        key = (rule, day, tuple(sorted(values.items())), tightening)
        if key not in self.known:
            self.known[key] = self._count(pk)
        return self.known[key]

    def _count(self, pk: int) -> Dues:
        clock, events = _whole([pk]).get(), self.events.get(pk, [])
        was, new = (recounted(clock, days, events).due_at for days in (self.before, self.since))
        return was, new


def _whole(keys: list[int]) -> ScopedQuerySet:
    rows = Clock.objects.system("a calendar change moves every open clock")
    return rows.filter(pk__in=keys).select_related("case", "tightening__agency")


def _told(row: CalendarDay, clock: Clock) -> str:
    what = f"{show_date(row.day)} ({row.name}, {row.source})"
    verb = "thu hồi ngày" if row.withdrawn_at else f"thêm ngày {row.get_kind_display().lower()}"
    due = show_datetime(clock.due_at) if clock.due_at else ""
    return f"Tính lại vì lịch đổi: {verb} {what}. Hạn mới {due}."


def _write(row: CalendarDay, moved: list[tuple[Clock, datetime]], now: datetime) -> None:
    is_withdrawal = row.withdrawn_at is not None
    update_rows([clock for clock, _ in moved], ["due_at", "law_due_at", "steps"])
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
