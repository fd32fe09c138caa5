"""The append-only diary: who did what, when, why, on which subject; each record carries the hash of the one before.

An edit or a removal from the middle is found at the exact record; a cut tail at the last one left, by the head row. Who
rewrites the head row too is not seen from inside: the head is anchored outside, which backup and mail do.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from hoiam.core.actor import Actor
from hoiam.core.models import LedgerEntry, LedgerHead


@dataclass(frozen=True)
class Break:
    """A record where the chain does not hold, and why; `entry_id` is 0 when no record is left to point to."""

    entry_id: int
    why: str


def write(
    subject: models.Model,
    *,
    actor: Actor | None,
    step: str,
    at: datetime,
    reason: str = "",
    **data: Any,
) -> LedgerEntry:
    """The new record, chained to the last one. Must run inside the action's own transaction.

    Args:
        subject: the row the step was taken on.
        actor: who acts, or None for the system itself.
        step: name of the verb.
        at: timezone-aware moment of the step.
        reason: why, as the actor gave it.
        data: what else the reader of the diary needs; JSON-able values only.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the ledger is written inside the action's transaction")
    if at.utcoffset() is None:
        raise ValueError("the moment of a step has a time zone")
    # One row is locked by every writer, so that two records never claim the same predecessor.
    head, _ = LedgerHead.objects.select_for_update().get_or_create(pk=1)
    entry = LedgerEntry(
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        actor=actor.official if actor is not None else None,
        actor_name=str(actor) if actor is not None else "Hệ thống",
        step=step,
        at=at,
        reason=reason,
        data=data,
        before=head.digest,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    LedgerHead.objects.filter(pk=1).update(digest=entry.digest, count=head.count + 1)
    return entry


@dataclass(frozen=True)
class Line:
    """What one record of `write_all` says; see `write`."""

    subject: models.Model
    step: str
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def write_all(lines: Sequence[Line], *, actor: Actor | None, at: datetime) -> int:
    """How many new records were chained, in their order: for one act that changes many subjects at once.

    Must run inside the action's own transaction, after the locks of its subjects.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the ledger is written inside the action's transaction")
    if not lines:
        return 0
    head, _ = LedgerHead.objects.select_for_update().get_or_create(pk=1)
    entries, before = [], head.digest
    for line in lines:
        entry = LedgerEntry(
            subject_kind=line.subject._meta.label_lower,
            subject_id=line.subject.pk,
            actor=actor.official if actor is not None else None,
            actor_name=str(actor) if actor is not None else "Hệ thống",
            step=line.step,
            at=at,
            reason=line.reason,
            data=line.data,
            before=before,
        )
        before = entry.digest = digest_of(entry)
        entries.append(entry)
    LedgerEntry.objects.bulk_create(entries)
    LedgerHead.objects.filter(pk=1).update(digest=before, count=head.count + len(entries))
    return len(entries)


def digest_of(entry: LedgerEntry) -> str:
    """SHA-256 over the record's own content and the digest before it, as hex."""
    content = [
        entry.before,
        entry.subject_kind,
        entry.subject_id,
        entry.actor_id,
        entry.actor_name,
        entry.step,
        entry.at.astimezone(UTC).isoformat(),
        entry.reason,
        entry.data,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def of(subject: models.Model) -> models.QuerySet[LedgerEntry]:
    """The diary of one subject, oldest first."""
    return LedgerEntry.objects.filter(
        subject_kind=subject._meta.label_lower, subject_id=subject.pk
    ).order_by("id")


def breaks() -> Iterator[Break]:
    """Every place where the chain does not hold; nothing when the diary is whole."""
    before, count, last = "", 0, 0
    for entry in LedgerEntry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.before != before:
            yield Break(entry.pk, "bản ghi ngay trước đã bị xóa, chèn hoặc sửa")
        if entry.digest != digest_of(entry):
            yield Break(entry.pk, "nội dung bản ghi đã bị sửa")
        before, count, last = entry.digest, count + 1, entry.pk
    yield from _break_at_head(before, count, last)


def _break_at_head(digest: str, count: int, last: int) -> Iterator[Break]:
    head = LedgerHead.objects.filter(pk=1).first()
    if head is None:
        if count:
            yield Break(last, "dòng đầu chuỗi đã bị xóa")
    elif head.digest != digest:
        cut = head.count > count
        yield Break(
            last,
            "các bản ghi sau bản ghi này đã bị cắt bỏ"
            if cut
            else "bản ghi cuối không khớp đầu chuỗi",
        )
