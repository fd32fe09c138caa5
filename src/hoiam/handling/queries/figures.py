"""Counts over cases: the 3×3 lights, the late board, lamps of provinces; clocks and orders of other authorities alike."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import chain, islice

from django.db.models import Q

from hoiam.core.actor import Actor
from hoiam.handling.models import Clock, Directive
from hoiam.handling.queries.cases import cases_visible_to
from hoiam.handling.queries.directives import directive_light
from hoiam.handling.queries.lights import clock_light
from hoiam.handling.states import ClockState
from hoiam.kit.rulebook import Light


def lights_table(
    actor: Actor,
    clocks: Iterable[Clock],
    directives: Iterable[Directive] = (),
    *,
    now: datetime,
    since: datetime,
) -> dict[tuple[str, str], int]:
    """How many stand in each cell {ok, due, late} × {wait, run, done}: open ones, and those ended since; one query.

    Args:
        clocks: `open_clocks(actor)`; read once for the whole overview.
        directives: `directives_since(actor, since)`, read once too.
    """
    seen = cases_visible_to(actor).values("pk")
    ended = Clock.objects.narrowed(case__in=seen, state=ClockState.DONE, ended_at__gte=since)
    ended = ended.only("due_at", "state", "unit", "started_at", "ended_at").order_by()
    things = chain(clocks, ended.iterator(chunk_size=2000), directives)
    return dict(Counter(_cell(_light_of(thing, now)) for thing in things))


def _cell(shown: Light) -> tuple[str, str]:
    return shown.time, "run" if shown.work == "pause" else shown.work


def late_board(
    clocks: Iterable[Clock],
    directives: Iterable[Directive] = (),
    *,
    now: datetime,
    limit: int = 10,
) -> list[tuple[Clock | Directive, Light]]:
    """Of these those that run late, longest first, with their lights; a paused clock is waited for, not late.

    Args:
        clocks: `open_clocks(actor)`, which stand in order of their due time.
        directives: of other authorities, in order of their due time; those answered are late no more.
    """
    running = (clock for clock in clocks if clock.state != ClockState.PAUSED)
    late = [
        *islice(((clock.due_at, clock) for clock in running if _is_late(clock, now)), limit),
        *islice(((each.due_at, each) for each in _open(directives) if _is_late(each, now)), limit),
    ]
    late.sort(key=lambda row: row[0] or now)
    return [(each, _light_of(each, now)) for _, each in late[:limit]]


def _open(directives: Iterable[Directive]) -> Iterable[Directive]:
    return (each for each in directives if each.answered_at is None)


def _is_late(thing: Clock | Directive, now: datetime) -> bool:
    return thing.due_at is not None and thing.due_at < now


def _light_of(thing: Clock | Directive, now: datetime) -> Light:
    return clock_light(thing, now) if isinstance(thing, Clock) else directive_light(thing, now)


def province_lamps(
    actor: Actor,
    clocks: Iterable[Clock],
    directives: Iterable[Directive] = (),
    *,
    now: datetime,
    since: datetime,
) -> dict[str, tuple[int, str, str]]:
    """For each province (by name) with cases since a moment: count, and the worst (time, work) of what is open there.

    Args:
        clocks: `open_clocks(actor)`; read once for the whole overview.
        directives: `directives_since(actor, since)`, read once too.
    """
    rank = {"late": 0, "due": 1, "ok": 2}
    cases = cases_visible_to(actor).filter(Q(opened_at__gte=since) | Q(closed_at=None))
    counts: Counter[str] = Counter(cases.order_by().values_list("agency__province", flat=True))
    worst: dict[str, tuple[str, str]] = {}
    for thing in (*clocks, *_open(directives)):
        name, key = thing.case.agency.province, _cell(_light_of(thing, now))
        if name not in worst or rank[key[0]] < rank[worst[name][0]]:
            worst[name] = key
    return {
        name: (count, *worst.get(name, ("ok", "done"))) for name, count in counts.items() if name
    }
