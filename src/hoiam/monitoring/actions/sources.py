"""Keeping the list of sources, and what each collection leaves on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from hoiam.agencies.queries import channel_of
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.news import silence
from hoiam.monitoring.models import Collection, Source
from hoiam.monitoring.states import SourceKind

# Seconds: every 1–15 minutes, by the source's own rhythm.
FASTEST, SLOWEST = 60, 900
LEASE = 120
# A source that has given something once and never again is measured by this until its own rhythm is known.
FIRST_GAP = timedelta(days=1)
LONGEST_WAIT = 24 * 3600.0
# What the collector writes; the rest of a row belongs to people and may change while a source is read.
COLLECTED = (
    "due_at", "leased_until", "lease_owner", "interval_seconds", "etag", "modified", "body_hash",
    "last_tried_at", "last_success_at", "last_new_at", "usual_gap_seconds", "silent_since",
    "failures", "problem", "seen", "fetched", "kept", "failed",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What a clean reading leaves for the next one: the site may then say "not modified"."""

    etag: str = ""
    modified: str = ""
    body_hash: str = ""


@transaction.atomic
def save_source(source: Source, *, actor: Actor | None, now: datetime) -> Source:
    """The source as saved, due at once when its address is new.

    Raises:
        InvalidInput: no name, no http(s) address, or the address is already a source.
        NotAllowed: the actor may not keep sources.
    """
    if actor is not None:
        authority.check(actor, "save_source", source)
    parts = urlsplit(source.url)
    if not source.name.strip():
        raise InvalidInput("Nhập tên nguồn.", "name")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InvalidInput("Địa chỉ nguồn phải bắt đầu bằng https:// hoặc http://.", "url")
    if Source.objects.filter(url=source.url).exclude(pk=source.pk).exists():
        raise InvalidInput("Địa chỉ này đã có trong danh sách nguồn.", "url")
    before = Source.objects.filter(pk=source.pk).values_list("url", flat=True).first()
    if before is not None and before != source.url:
        # What another address answered says nothing of this one.
        source.etag = source.modified = source.body_hash = source.problem = ""
        source.due_at, source.failures = now, 0
    source.kind = source.kind or SourceKind.FEED
    source.channel = source.channel or channel_of(parts.hostname)
    source.due_at = source.due_at or now
    source.save()
    ledger.write(source, actor=actor, step="save_source", at=now, url=source.url)
    return source


@transaction.atomic
def pause_source(
    source: Source, *, actor: Actor, now: datetime, paused: bool, reason: str = ""
) -> Source:
    """The source paused or running again; a pause needs a reason."""
    authority.check(actor, "pause_source", source)
    if paused and not reason.strip():
        raise InvalidInput("Ghi lý do tạm dừng nguồn.", "reason")
    source.is_paused = paused
    source.due_at = source.due_at if paused else now
    source.save(update_fields=["is_paused", "due_at"])
    ledger.write(source, actor=actor, step="pause_source", at=now, reason=reason, paused=paused)
    return source


@transaction.atomic
def lease(
    sources: list[Source], *, owner: str, now: datetime, seconds: int = LEASE
) -> list[Source]:
    """Those of the sources this collector now holds; another may have been quicker."""
    held = []
    for source in sources:
        free = Source.objects.filter(pk=source.pk, due_at=source.due_at).exclude(
            leased_until__gt=now
        )
        if free.update(leased_until=now + timedelta(seconds=seconds), lease_owner=owner):
            source.lease_owner = owner
            held.append(source)
    return held


def extend_lease(source: Source, *, now: datetime, seconds: int = LEASE) -> bool:
    """Whether the source is still this collector's, now for `seconds` more; a long reading asks between its steps."""
    mine = Source.objects.filter(pk=source.pk, lease_owner=source.lease_owner)
    return bool(mine.update(leased_until=now + timedelta(seconds=seconds)))


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
    """The source after one reading: counters, rhythm, next due time, fault or silence; the lease is given back.

    Args:
        source: as it was leased.
        collection: the figures of this reading.
        now: the moment the reading ended.
        problem: one sentence, or blank.
        seen: what the next reading may compare with; None leaves what is there.
        wait: seconds the site asked us to stay away.
    """
    owner = source.lease_owner
    source = Source.objects.select_for_update().get(pk=source.pk)
    if _is_news(collection, problem):
        collection.source, collection.at = source, now
        collection.save()
    source.last_tried_at, source.problem = now, problem
    for name in ("seen", "fetched", "kept", "failed"):
        setattr(source, name, getattr(source, name) + getattr(collection, name))
    if problem and not collection.seen:
        source.failures += 1
    else:
        source.failures, source.last_success_at = 0, now
    if seen is not None:
        source.etag, source.modified, source.body_hash = seen.etag, seen.modified, seen.body_hash
    if collection.kept:
        _note_rhythm(source, collection.kept, now)
    source.interval_seconds = _interval(source)
    rest = max(source.interval_seconds * min(8, 1 + source.failures), min(wait or 0, LONGEST_WAIT))
    if source.lease_owner == owner:
        source.due_at = now + timedelta(seconds=rest)
        source.leased_until, source.lease_owner = None, ""
    note_silence(source, now)
    source.save(update_fields=COLLECTED)
    return source


def _is_news(collection: Collection, problem: str) -> bool:
    # "Nothing new" a thousand times a day is not worth a row; `last_tried_at` tells it.
    return bool(collection.seen or collection.failed or collection.problems or problem)


def _note_rhythm(source: Source, kept: int, now: datetime) -> None:
    if source.last_new_at is not None:
        gap = max(1.0, (now - source.last_new_at).total_seconds() / kept)
        usual = source.usual_gap_seconds or gap
        source.usual_gap_seconds = int(0.8 * usual + 0.2 * gap)
    source.last_new_at = now


def _interval(source: Source) -> int:
    gap = source.usual_gap_seconds or 600
    return int(min(SLOWEST, max(FASTEST, gap / 2)))


def note_silence(source: Source, now: datetime) -> None:
    """Set or clear since when the source is silent: a source that stops producing is a fault."""
    if source.last_new_at is None:
        return
    usual = timedelta(seconds=source.usual_gap_seconds) if source.usual_gap_seconds else FIRST_GAP
    found = silence(source.last_new_at, usual, now)
    source.silent_since = source.last_new_at if found else None
