"""Sources, their health, and the ledger of their days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from hoiam.monitoring.models import Comment, ItemImport, Source, SourceDay
from hoiam.monitoring.queries.source_pasts import SPAN, habit_of, holidays
from hoiam.monitoring.states import POLLED, Health

# The first that holds is the health of a source; what needs a person stands before what does not.
HEALTH_IS: tuple[tuple[str, Q], ...] = (
    ("paused", Q(is_paused=True)),
    ("by_hand", ~Q(kind__in=list(POLLED)) | Q(url="")),
    ("failing", Q(failures__gt=0)),
    ("unchecked", Q(last_success_at=None)),
    ("silent", Q(silent_since__isnull=False)),
    ("faulty", ~Q(problem="")),
)
RANK = {health: place for place, health in enumerate(Health)}
TOLD = ("day", "readings", "kept", "lost", "garbled", "reprints", "hours")
LONGEST_REST = timedelta(days=1)  # not-law: the longest a site may ask to be left alone
# not-law: how far the clocks of two collectors may be apart, and longer than any lease
SKEW = timedelta(minutes=15)
RHYTHM_SPAN = timedelta(days=14)  # not-law: the days of which "usually so many a day" is the median


@dataclass(frozen=True)
class Rhythm:
    """What a source usually gives, from its last fourteen whole days: items a day, and what went wrong in them.

    `hours` says in which hours and on which days it usually speaks, from a longer past; blank while that is not known.
    """

    a_day: float | None = None
    lost: int = 0
    garbled: int = 0
    kept: int = 0
    reprints: int = 0
    hours: str = ""


def sources_listed(health: str = "", kind: str = "", name: str = "") -> QuerySet[Source]:
    """Sources with their `health`: those in trouble first, then by name; narrowed to a health, a kind, a part of the name."""
    rows = _with_health().select_related("channel__press_agency")
    rows = rows.filter(health=health) if health in Health.values else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(Q(name__icontains=name) | Q(url__icontains=name)) if name else rows
    ranks = [When(health=value, then=Value(place)) for value, place in RANK.items()]
    return rows.alias(rank=Case(*ranks)).order_by("rank", "-failures", "silent_since", "name", "id")


def health_counts() -> dict[str, int]:
    """How many sources are in each health; those of none are left out."""
    rows = _with_health().order_by().values("health").annotate(count=Count("pk"))
    return {row["health"]: row["count"] for row in rows}


def health_of(source: Source) -> Health:
    """The health of one row in hand, by the same order as the list."""
    holds = (
        ("paused", source.is_paused),
        ("by_hand", source.kind not in POLLED or not source.url),
        ("failing", source.failures > 0),
        ("unchecked", source.last_success_at is None),
        ("silent", source.silent_since is not None),
        ("faulty", bool(source.problem)),
    )
    return Health(next((name for name, is_so in holds if is_so), "well"))


def rhythms(sources: Iterable[Source], today: date) -> dict[int, Rhythm]:
    """The rhythm of each source by its number; a source without a whole day behind it has no figure yet."""
    asked = [source.pk for source in sources]
    days: dict[int, list[Any]] = {}
    rows = SourceDay.objects.filter(source__in=asked, day__gte=today - SPAN, day__lt=today)
    for row in rows.order_by("day").values_list("source_id", *TOLD, named=True):
        days.setdefault(row.source_id, []).append(row)
    off = holidays(today)
    return {pk: _rhythm(found, today, off) for pk, found in days.items()}


def source_days(source: Source, today: date, span: int) -> list[SourceDay]:
    """The last `span` days of a source, oldest first; a day nobody read it has empty figures."""
    first = today - timedelta(days=span - 1)
    kept = {row.day: row for row in SourceDay.objects.filter(source=source, day__gte=first)}
    days = [first + timedelta(days=step) for step in range(span)]
    return [kept.get(day) or SourceDay(source=source, day=day) for day in days]


def silent_sources() -> QuerySet[Source]:
    """Sources that stopped producing and are not paused: a fault."""
    return Source.objects.filter(is_paused=False).exclude(silent_since=None)


def due_sources(now: datetime, limit: int) -> QuerySet[Source]:
    """Sources whose time has come and that no other collector holds.

    A clock that was set forward and back leaves times no right clock writes; such a source is due, or it would be
    unread until the wrong time comes round. A site may well ask to be left alone for up to a day: that is kept.
    """
    return (
        Source.objects.filter(_is_due(now), is_paused=False, kind__in=list(POLLED))
        .exclude(url="")
        .exclude(is_held(now))
        .select_related("channel")
        .order_by("due_at")[:limit]
    )


def overdue_sources(since: datetime) -> QuerySet[Source]:
    """Sources whose time came before that moment and whose reading got nowhere since.

    No collector runs, it cannot keep up, or it takes the source up again and again and never comes through: a lease in
    force says nothing of that.
    """
    rows = Source.objects.filter(is_paused=False, due_at__lt=since, kind__in=list(POLLED))
    return rows.exclude(url="").exclude(last_tried_at__gte=since)


def is_held(now: datetime) -> Q:
    """Whether a collector holds the source: a lease that ends later than any could was written by a wrong clock."""
    return Q(leased_until__gt=now, leased_until__lte=now + SKEW)


def _is_due(now: datetime) -> Q:
    from_ahead = Q(last_tried_at__gt=now + SKEW) | Q(due_at__gt=now + LONGEST_REST + SKEW)
    return Q(due_at__lte=now) | from_ahead


def latest_imports(limit: int = 5) -> QuerySet[ItemImport]:
    """The last imports of items from files, with the lines that could not be taken."""
    return ItemImport.objects.select_related("by", "source").defer("ready")[:limit]


def comments_by_post(source: Source, limit: int) -> list[dict[str, object]]:
    """The posts of the official page with how many comments each has, the most spoken of first."""
    rows = Comment.objects.filter(source=source).order_by().values("post_url")
    return list(rows.annotate(count=Count("pk")).order_by("-count", "post_url")[:limit])


def _with_health() -> QuerySet[Source]:
    whens = [When(condition, then=Value(health)) for health, condition in HEALTH_IS]
    either = Case(*whens, default=Value("well"), output_field=CharField())
    return Source.objects.annotate(health=either)


def _rhythm(past: list[Any], today: date, off: frozenset[date]) -> Rhythm:
    read = [(row.day, row.kept, row.hours) for row in past if row.readings]
    habit = habit_of(read, off)
    hours = habit.words if habit is not None else ""
    days = [row for row in past if row.day >= today - RHYTHM_SPAN]
    if not days:
        return Rhythm(hours=hours)
    # A day between the first and today without a row gave nothing: it counts.
    span = (today - days[0].day).days
    counts = [row.kept for row in days] + [0] * (span - len(days))
    return Rhythm(
        a_day=median(counts),
        lost=sum(row.lost for row in days),
        garbled=sum(row.garbled for row in days),
        kept=sum(row.kept for row in days),
        reprints=sum(row.reprints for row in days),
        hours=hours,
    )
