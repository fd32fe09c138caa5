"""Anchors (neo nhật ký): the ledger's head of each day, sealed and copied into a folder beside the database.

A chain alone does not show that its end was cut off together with its head. The sheet of an earlier day does: the record it
names must still be there, with that digest and that many before it.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from hoiam.core import blobs
from hoiam.core.ledger import Break
from hoiam.core.models import LedgerEntry, LedgerHead
from hoiam.core.stamps import kinds, local, sealing, tokens
from hoiam.core.stamps.kinds import Kind
from hoiam.core.stamps.models import LedgerAnchor, Stamp
from hoiam.kit.vietnamese import VIETNAM, show_date

_SHEET = (
    "HOIAM-NEO-NHAT-KY 1\nngay: {day}\nluc: {at}\nso-ban-ghi: {count}\n"
    "ban-ghi-cuoi: {entry}\nma-bam: {digest}\n"
)
_READ = re.compile(
    r"HOIAM-NEO-NHAT-KY 1\nngay: (\S+)\nluc: \S+\nso-ban-ghi: (\d+)\n"
    r"ban-ghi-cuoi: (\d+)\nma-bam: ([0-9a-f]{64})\n"
)


@dataclass(frozen=True)
class Sheet:
    """What an anchor says."""

    day: date
    count: int
    entry_id: int
    digest: str


def facts_of(anchor: LedgerAnchor) -> dict[str, object]:
    """What the row says."""
    return {
        "blob": anchor.blob,
        "day": anchor.day.isoformat(),
        "count": anchor.count,
        "entry": anchor.entry_id,
        "digest": anchor.digest,
    }


ANCHOR = kinds.register(
    Kind(
        code="anchor",
        label="Neo nhật ký",
        rows=LedgerAnchor.objects.all,
        facts=facts_of,
        name=lambda anchor: f"ngày {show_date(anchor.day)}",
    )
)


def folder() -> Path:
    """Where the sheets are copied."""
    return Path(settings.HOIAM_STAMPS) / "anchors"


def anchor_head(now: datetime) -> LedgerAnchor | None:
    """The anchor of this day, made and stamped; the one already made, or None while the ledger is empty.

    Raises:
        BlobFault: the store cannot be written.
    """
    day = now.astimezone(VIETNAM).date()
    made = LedgerAnchor.objects.filter(day=day).first() or _made(day, now)
    if made is not None:
        _copy(made, now)
    return made


@transaction.atomic
def _made(day: date, now: datetime) -> LedgerAnchor | None:
    head = LedgerHead.objects.select_for_update().filter(pk=1).first()
    last = LedgerEntry.objects.order_by("-id").first()
    if head is None or last is None:
        return None
    sheet = _SHEET.format(
        day=day.isoformat(), at=now.isoformat(), count=head.count, entry=last.pk, digest=last.digest
    )
    anchor = LedgerAnchor.objects.create(
        day=day,
        at=now,
        count=head.count,
        entry_id=last.pk,
        digest=last.digest,
        blob=blobs.put(sheet.encode()).sha256,
    )
    sealing.seal([(ANCHOR, anchor)], now=now)
    return anchor


def _copy(anchor: LedgerAnchor, now: datetime) -> None:
    """The sheet with its own token beside the database: two small files a day, copied by any backup."""
    folder().mkdir(parents=True, exist_ok=True)
    if (folder() / f"{anchor.day.isoformat()}.tsr").exists():
        return
    # A token over the sheet itself, so that it stands alone outside the house.
    token = local.load(sealing.folder()).stamp(anchor.blob, now=now)
    for ending, data in ((".txt", blobs.read(anchor.blob)), (".tsr", token)):
        place = folder() / f"{anchor.day.isoformat()}{ending}"
        part = place.with_suffix(ending + ".part")
        part.write_bytes(data)
        os.replace(part, place)


def breaks() -> Iterator[Break]:
    """Every anchor the ledger no longer fits, of the rows and of the copies beside the database."""
    seen: set[Sheet] = set()
    for anchor in LedgerAnchor.objects.all():
        seen.add(Sheet(anchor.day, anchor.count, anchor.entry_id, anchor.digest))
    for path in sorted(folder().glob("*.txt")) if folder().exists() else ():
        sheet, why = _read(path)
        if why:
            yield Break(0, f"bản sao neo {path.name}: {why}")
        if sheet is not None:
            seen.add(sheet)
    for sheet in sorted(seen, key=lambda each: (each.day, each.entry_id)):
        why = _unfit(sheet)
        if why:
            yield Break(sheet.entry_id, f"không khớp neo ngày {show_date(sheet.day)}: {why}")


def _read(path: Path) -> tuple[Sheet | None, str]:
    data = path.read_bytes()
    found = _READ.fullmatch(data.decode("utf-8", "replace"))
    if found is None:
        return None, "tờ neo đã bị sửa"
    day, count, entry, digest = found.groups()
    sheet = Sheet(date.fromisoformat(day), int(count), int(entry), digest)
    token = path.with_suffix(".tsr")
    if not token.exists():
        return sheet, "mất dấu thời gian"
    try:
        sha256 = blobs.sha256_of(data)
        tokens.check(token.read_bytes(), sha256=sha256, roots=sealing.roots(Stamp.LOCAL))
    except tokens.StampFault as fault:
        return None, str(fault).rstrip(".")
    return sheet, ""


def _unfit(sheet: Sheet) -> str:
    entry = LedgerEntry.objects.filter(pk=sheet.entry_id).first()
    if entry is None:
        last = LedgerEntry.objects.order_by("-id").values_list("pk", flat=True).first() or 0
        return (
            f"các bản ghi sau bản ghi {last} đã bị cắt bỏ"
            if last < sheet.entry_id
            else "bản ghi đã mất"
        )
    if entry.digest != sheet.digest:
        return "bản ghi đã bị viết lại"
    count = LedgerEntry.objects.filter(pk__lte=sheet.entry_id).count()
    if count != sheet.count:
        return f"lúc ấy có {sheet.count} bản ghi, nay còn {count}"
    return ""
