"""Counts over cases: the 3×3 lights, the late board, lamps of provinces, statutory indicators I4–I6."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db.models import Count, Exists, F, OuterRef, Q

from hoiam.core.actor import Actor
from hoiam.handling.models import Clock, Obligation, Paper, Statement
from hoiam.handling.queries.cases import cases_visible_to
from hoiam.handling.queries.lights import clock_light
from hoiam.handling.states import ENDED_BY, ClockState, PaperState
from hoiam.kit.rulebook import Light
from hoiam.kit.vietnamese import VIETNAM


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


@dataclass(frozen=True)
class Indicator:
    """One statutory indicator: both terms, never a percentage alone."""

    code: str
    title: str
    part: int
    whole: int | None


def statutory_indicators(actor: Actor, *, first: date, last: date) -> list[Indicator]:
    """I4, I5 and I6 of NĐ 244/2026 (Phụ lục) over cases opened in the period; I1–I3 come with their own rooms.

    Khoản 6 counts in I6 and not in I4 (law.md §8).
    """
    start = datetime.combine(first, time.min, tzinfo=VIETNAM)
    end = datetime.combine(last + timedelta(days=1), time.min, tzinfo=VIETNAM)
    cases = cases_visible_to(actor).filter(opened_at__gte=start, opened_at__lt=end)
    said = Q(Exists(Statement.objects.filter(case=OuterRef("pk"))))
    unusual, timed, wrong = Q(_has("efg")), Q(_has("ef")), Q(_has("h"))
    # One query for the three ratios: the overview has a budget.
    found = cases.order_by().aggregate(
        i4_part=Count("pk", unusual & said),
        i4=Count("pk", unusual),
        i5_part=Count("pk", timed & said & ~Q(_late())),
        i5=Count("pk", timed),
        i6_part=Count("pk", wrong & Q(_answered())),
        i6=Count("pk", wrong),
    )
    titles = (
        ("I4", "vụ việc bất thường đã phát ngôn"),
        ("I5", "vụ việc phát ngôn đúng hạn"),
        ("I6", "vụ việc có phản hồi, yêu cầu cải chính"),
    )
    return [
        Indicator(code, title, found[f"{code.lower()}_part"], found[code.lower()])
        for code, title in titles
    ]


def _late() -> Exists:
    return Exists(
        Clock.objects.filter(case=OuterRef("pk"), rule__in=ENDED_BY["record_statement"])
        .exclude(state=ClockState.CANCELLED)
        .filter(Q(ended_at=None) | Q(ended_at__gt=F("due_at")))
    )


def _answered() -> Exists:
    return Exists(
        Paper.objects.filter(
            case=OuterRef("pk"),
            kind__in=["response", "correction_demand"],
            state__in=[PaperState.SENT, PaperState.DELIVERED],
        )
    )


def _has(letters: str) -> Exists:
    return Exists(Obligation.objects.filter(case=OuterRef("pk"), letter__in=list(letters)))
