"""Trying a file first, then taking all of it or nothing; taken again, nothing is new."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.news import precision_of
from hoiam.monitoring.actions.incoming import Incoming, url_key
from hoiam.monitoring.actions.intake import ITEM_FAULTS, Line, take_in
from hoiam.monitoring.actions.sources import note_collection, save_source
from hoiam.monitoring.actions.uploads.columns import chosen_columns
from hoiam.monitoring.actions.uploads.rows import RowFault, comment_row, vendor_row
from hoiam.monitoring.actions.uploads.tables import Table, read_table
from hoiam.monitoring.models import Collection, Comment, Item, ItemImport, Source
from hoiam.monitoring.states import UPLOADED, SourceKind

BATCH = 300
LOOKED_UP = 500
MOST_FAULTS = 500
NOT_KEPT = (
    "Có dòng không lưu được nên chưa nhập dòng nào. Hãy thử lại tệp; nếu vẫn lỗi, báo quản trị."
)
Ready = dict[str, str]


@transaction.atomic
def try_upload(
    source: Source,
    data: bytes,
    *,
    file_name: str,
    actor: Actor,
    now: datetime,
    named: Mapping[str, str] | None = None,
) -> ItemImport:
    """The report of a trial: how many rows are good, known, and what must be mended; no item or comment is written.

    The columns that served are kept with the source, for the next file. Of comments' writers only codes leave this function.

    Args:
        source: of kind vendor or comments.
        data: the file's bytes; the file itself is not kept.
        file_name: as the person's machine calls it.
        actor: who uploads.
        now: the moment.
        named: headings a person wrote for the things wanted; they go before those kept with the source.

    Raises:
        InvalidInput: the file as a whole cannot be read, or a column is missing; nothing was written.
        NotAllowed: the actor may not upload here.
    """
    authority.check(actor, "upload_items", source)
    if source.kind not in UPLOADED:
        raise WrongState("Nguồn này được đọc tự động, không nhận tệp tải lên.")
    table = read_table(data)
    columns = _columns(table, source, named or {})
    ready, faults = _rows(table, columns, source, now)
    run = ItemImport(
        source=source,
        file_name=file_name[:200],
        at=now,
        by=actor.official,
        dry_run=True,
        lines=len(table.rows),
        known=0 if faults else _known(source, ready),
        ready=[] if faults else ready,
        problems=[fault.as_json() for fault in faults[:MOST_FAULTS]],
    )
    run.save()
    if not faults:
        save_source(source, actor=actor, now=now, rule={"columns": columns})
    ledger.write(run, actor=actor, step="try_upload", at=now, rows=run.lines, faults=len(faults))
    return run


@transaction.atomic
def take_upload(run: ItemImport, *, actor: Actor, now: datetime) -> ItemImport:
    """The same report after all its rows were taken in; those already in the house are only counted.

    Raises:
        WrongState: no trial, already taken, or rows are to be mended.
        InvalidInput: the database refused a row; nothing was taken.
        NotAllowed: the actor may not upload here.
    """
    run = ItemImport.objects.select_for_update(of=("self",)).select_related("source").get(pk=run.pk)
    authority.check(actor, "upload_items", run.source)
    if not run.dry_run or run.problems or not run.ready:
        raise WrongState("Chỉ nhập được một lần, sau khi thử không còn dòng lỗi. Hãy thử lại tệp.")
    take = _take_items if run.source.kind == SourceKind.VENDOR else _take_comments
    try:
        with transaction.atomic():
            take(run, now)
    except ITEM_FAULTS as error:
        raise InvalidInput(NOT_KEPT) from error
    run.dry_run, run.ready, run.ended_at = False, [], now
    run.save()
    note_collection(run.source, Collection(seen=run.lines, kept=run.taken), now=now)
    ledger.write(run, actor=actor, step="take_upload", at=now, taken=run.taken, known=run.known)
    return run


def _columns(table: Table, source: Source, named: Mapping[str, str]) -> dict[str, str]:
    typed = {name: column for name, column in named.items() if column.strip()}
    kept = source.rule.get("columns", {})
    there = {name: column for name, column in kept.items() if column in table.columns}
    return chosen_columns(table.columns, source.kind, {**there, **typed})


def _rows(
    table: Table, columns: Mapping[str, str], source: Source, now: datetime
) -> tuple[list[Ready], list[RowFault]]:
    ready: list[Ready] = []
    faults: list[RowFault] = []
    for row in table.rows:
        if source.kind == SourceKind.VENDOR:
            made, wrong = vendor_row(row, columns, now)
        else:
            made, wrong = comment_row(row, columns, now, source_id=source.pk)
        ready.append(made)
        faults += wrong
    return ready, faults


def _known(source: Source, ready: Sequence[Ready]) -> int:
    """How many of the rows are in the house already, or stand twice in the file."""
    is_vendor = source.kind == SourceKind.VENDOR
    keys = [
        url_key(_incoming(row, source)) if is_vendor else _comment_key(row, source) for row in ready
    ]
    once = list(dict.fromkeys(keys))
    have = 0
    for start in range(0, len(once), LOOKED_UP):
        part = once[start : start + LOOKED_UP]
        rows = (
            Item.objects.filter(url_key__in=part)
            if is_vendor
            else Comment.objects.filter(key__in=part)
        )
        have += rows.count()
    return len(keys) - len(once) + have


def _take_items(run: ItemImport, now: datetime) -> None:
    line, source = Line(now=now), run.source
    run.taken = run.known = run.relevant = 0
    for start in range(0, len(run.ready), BATCH):
        batch = [_incoming(row, source) for row in run.ready[start : start + BATCH]]
        done = take_in(batch, now=now, line=line)
        run.taken += len(done.items)
        run.known += done.known
        run.relevant += len(done.relevant)


def _incoming(row: Mapping[str, Any], source: Source) -> Incoming:
    published = datetime.fromisoformat(row["published"]) if row["published"] else None
    return Incoming(
        title=row["title"],
        url=row["url"],
        sapo=row["sapo"],
        outlet=row["outlet"] or source.name,
        published_at=published,
        published_raw=row["raw"],
        published_from="import" if published else "",
        published_precision=precision_of(published, row["raw"]) if published else "minute",
        source_id=source.pk,
    )


def _take_comments(run: ItemImport, now: datetime) -> None:
    made = {key: row for row in run.ready for key in [_comment_key(row, run.source)]}
    before = run.source.comments.count()
    Comment.objects.bulk_create(
        [_comment(key, row, run, now) for key, row in made.items()],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    run.taken = run.source.comments.count() - before
    run.known = run.lines - run.taken


def _comment(key: str, row: Mapping[str, Any], run: ItemImport, now: datetime) -> Comment:
    return Comment(
        source=run.source,
        taken_by=run,
        key=key,
        post_url=row["post"],
        pseudonym=row["pseudonym"],
        text=row["text"],
        at=datetime.fromisoformat(row["at"]) if row["at"] else None,
        at_raw=row["raw"],
        taken_at=now,
    )


def _comment_key(row: Mapping[str, Any], source: Source) -> str:
    words = "|".join(
        (str(source.pk), row["post"], row["pseudonym"], row["at"] or row["raw"], row["text"])
    )
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
