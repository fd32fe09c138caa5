"""Counts over cases: the 3×3 lights, the late board, lamps of provinces."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db.models import Q

from hoiam.core.actor import Actor
from hoiam.handling.models import Clock
from hoiam.handling.queries.cases import cases_visible_to
from hoiam.handling.queries.lights import clock_light
from hoiam.handling.states import ClockState
from hoiam.kit.rulebook import Light


def lights_table(actor: Actor, *, now: datetime, since: datetime) -> dict[tuple[str, str], int]:
    """How many clocks stand in each cell {ok, due, late} × {wait, run, done}: open ones, and those ended since."""
    seen = cases_visible_to(actor).values("pk")
    rows = Clock.objects.narrowed(case__in=seen).filter(
        ~Q(state__in=[ClockState.DONE, ClockState.CANCELLED])
        | Q(state=ClockState.DONE, ended_at__gte=since)
    )
    counts: Counter[tuple[str, str]] = Counter()
    rows = rows.only("due_at", "state", "unit", "started_at", "ended_at")
    for clock in rows.order_by().prefetch_related("pauses").iterator(chunk_size=2000):
        found = clock_light(clock, now)
        work = "run" if found.work == "pause" else found.work
        counts[found.time, work] += 1
    return dict(counts)


def late_board(
    clocks: Iterable[Clock], *, now: datetime, limit: int = 10
) -> list[tuple[Clock, Light]]:
    """Of these clocks those that run late, longest first, with their lights; a paused one is waited for, not late.

    Args:
        clocks: `open_clocks(actor)`, which stand in order of their due time.
    """
    late = (
        clock
        for clock in clocks
        if clock.due_at is not None and clock.due_at < now and clock.state != ClockState.PAUSED
    )
    return [(clock, clock_light(clock, now)) for clock in islice(late, limit)]


def province_lamps(
    actor: Actor, clocks: Iterable[Clock], *, now: datetime, since: datetime
) -> dict[str, tuple[int, str, str]]:
    """For each province (by name) with cases since a moment: count, and the worst (time, work) of its clocks.

    Args:
        clocks: `open_clocks(actor)`; read once for the whole overview.
    """
    rank = {"late": 0, "due": 1, "ok": 2}
    cases = cases_visible_to(actor).filter(Q(opened_at__gte=since) | Q(closed_at=None))
    counts: Counter[str] = Counter(cases.order_by().values_list("agency__province", flat=True))
    worst: dict[str, tuple[str, str]] = {}
    for clock in clocks:
        found = clock_light(clock, now)
        name = clock.case.agency.province
        key = (found.time, "run" if found.work == "pause" else found.work)
        if name not in worst or rank[key[0]] < rank[worst[name][0]]:
            worst[name] = key
    return {
        name: (count, *worst.get(name, ("ok", "done"))) for name, count in counts.items() if name
    }
