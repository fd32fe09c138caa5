"""What each reading leaves on its source: counters, the day's ledger, rhythm, fault."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.sources.rhythm import interval, note_rhythm
from hoiam.monitoring.models import Collection, Source, SourceDay
from hoiam.monitoring.queries.sources import LONGEST_REST
from hoiam.monitoring.states import POLLED

LONGEST_WAIT = LONGEST_REST.total_seconds()
COUNTERS = ("seen", "fetched", "kept", "failed", "lost", "garbled", "reprints", "changed")
# What the collector writes; the rest of a row belongs to people and may change while a source is read.
COLLECTED = (
    "due_at", "leased_until", "lease_owner", "interval_seconds", "etag", "modified", "body_hash",
    "last_tried_at", "last_success_at", "last_new_at", "usual_gap_seconds", "silent_since",
    "failures", "problem", *COUNTERS,
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What a clean reading leaves for the next one: the site may then say "not modified"."""

    etag: str = ""
    modified: str = ""
    body_hash: str = ""


@transaction.atomic
def note_collection(
    source: Source,
    collection: Collection,
    *,
    now: datetime,
    problem: str = "",
    seen: Seen | None = None,
    wait: float | None = None,
) -> Source:
    """The source after one reading: counters, rhythm, next due time, fault; the lease is given back.

    Something new ends a silence; that one began is found for all sources together, by `note_silence`.

    Args:
        source: as it was leased.
        collection: the figures of this reading.
        now: the moment the reading ended.
        problem: one sentence, or blank.
        seen: what the next reading may compare with; None leaves what is there.
        wait: seconds the site asked us to stay away.
    """
    owner = source.lease_owner
    source = _counted(source, collection, now, problem)
    if problem and not collection.seen:
        source.failures += 1
    else:
        source.failures, source.last_success_at = 0, now
    if seen is not None:
        source.etag, source.modified, source.body_hash = seen.etag, seen.modified, seen.body_hash
    if source.kind in POLLED:
        _note_turn(source, owner, now, wait)
    source.save(update_fields=COLLECTED)
    return source


@transaction.atomic
def note_broken_off(
    source: Source, collection: Collection, *, now: datetime, problem: str
) -> Source:
    """The source after a reading that a fault of ours broke off: what it kept counts, and the fault is told.

    It was neither a success nor a failure of the site, its list does not pass for read, and the lease runs out by itself:
    who raised the fault decides what comes next.
    """
    source = _counted(source, collection, now, problem)
    source.save(update_fields=COLLECTED)
    return source


@transaction.atomic
def note_own_fault(source: Source, *, now: datetime, problem: str) -> Source:
    """The source after a reading that broke off and is not just tried again: the fault is told, and it rests longer.

    The reading itself was counted when it broke off.
    """
    owner = source.lease_owner
    source = Source.objects.select_for_update().get(pk=source.pk)
    source.failures, source.last_tried_at, source.problem = source.failures + 1, now, problem
    _note_turn(source, owner, now, None)
    source.save(update_fields=COLLECTED)
    return source


def _counted(source: Source, collection: Collection, now: datetime, problem: str) -> Source:
    """The source under lock with the figures of a reading added, its fault told; not saved yet."""
    source = Source.objects.select_for_update().get(pk=source.pk)
    if _is_news(collection, problem):
        collection.source, collection.at = source, now
        collection.save()
    for name, count in _note_day(source, collection, now).items():
        setattr(source, name, getattr(source, name) + count)
    source.last_tried_at, source.problem = now, problem
    if source.last_new_at is not None and source.last_new_at > now:
        source.last_new_at = now  # written while the clock was ahead: silence counts from here
    if collection.kept:
        note_rhythm(source, collection.kept, now)
        source.silent_since = None
    return source


def _note_turn(source: Source, owner: str, now: datetime, wait: float | None) -> None:
    """When the source is read again; the lease is given back by who holds it."""
    source.interval_seconds = interval(source, now)
    rest = max(source.interval_seconds * min(8, 1 + source.failures), min(wait or 0, LONGEST_WAIT))
    if source.lease_owner == owner:
        source.due_at = now + timedelta(seconds=rest)
        source.leased_until, source.lease_owner = None, ""


def _is_news(collection: Collection, problem: str) -> bool:
    # "Nothing new" a thousand times a day is not worth a row; the day's ledger counts the readings.
    return bool(collection.seen or collection.failed or collection.problems or problem)


def _note_day(source: Source, collection: Collection, now: datetime) -> dict[str, int]:
    """What the reading adds to the ledger of its Vietnamese day, by counter.

    An entry that cannot be read stands in the feed all day long: of `lost` the day keeps the worst reading, not the sum.
    """
    local = now.astimezone(VIETNAM)
    day, _ = SourceDay.objects.get_or_create(source=source, day=local.date())
    gained = {name: getattr(collection, name) for name in COUNTERS}
    gained["lost"] = max(0, collection.lost - day.lost)
    more = {name: F(name) + count for name, count in gained.items()}
    if collection.kept:
        more["hours"] = F("hours").bitor(1 << local.hour)
    SourceDay.objects.filter(pk=day.pk).update(readings=F("readings") + 1, **more)
    return gained
