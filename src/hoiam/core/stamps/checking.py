"""Checking sealed things, without a network: bytes, row, list, token, ledger; each with a sentence that says what differs."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from hoiam.core import blobs, ledger
from hoiam.core.stamps import anchors, sealing, tokens
from hoiam.core.stamps.kinds import Kind
from hoiam.core.stamps.lists import line
from hoiam.core.stamps.models import Sealed, Stamp
from hoiam.kit.vietnamese import show_datetime

_HEAD_SHOWN = 12


@dataclass(frozen=True)
class Mark:
    """One thing that was looked at: it holds, it does not, or (None) it could not be told yet."""

    holds: bool | None
    words: str
    code: str = ""
    """blob, facts, inner, stamp, listing, unstamped, ledger."""


@dataclass(frozen=True)
class Verdict:
    """What a check of one thing found."""

    kind: Kind
    row: Any
    marks: tuple[Mark, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing speaks against it."""
        return all(mark.holds is not False for mark in self.marks)

    @property
    def faults(self) -> list[Mark]:
        """What speaks against it."""
        return [mark for mark in self.marks if mark.holds is False]

    @property
    def name(self) -> str:
        """How a finding names the thing."""
        return f"{self.kind.label} {self.row.pk} ({self.kind.name(self.row)})"


@dataclass
class Checker:
    """Checks many things; lists and tokens are read once."""

    _stamps: dict[int, tuple[frozenset[str], Mark]] = field(default_factory=dict)

    def check(self, kind: Kind, row: Any, sealed: list[Sealed] | None = None) -> Verdict:
        """What became of one thing.

        Args:
            kind: of the register.
            row: with what its facts need.
            sealed: its seals with their stamps, when they were read before.
        """
        facts = kind.facts(row)
        marks = list(self._bytes(kind, row, facts["blob"]))
        marks += self._rows(kind, row, facts, sealed)
        return Verdict(kind, row, tuple(marks))

    def check_all(self, kind: Kind, rows: QuerySet) -> Iterator[Verdict]:
        """The same for many rows, their seals read in step."""
        batch: list[Any] = []
        for row in rows.iterator(chunk_size=500):
            batch.append(row)
            if len(batch) == 500:
                yield from self._batch(kind, batch)
                batch = []
        yield from self._batch(kind, batch)

    def _batch(self, kind: Kind, batch: list[Any]) -> Iterator[Verdict]:
        found: dict[int, list[Sealed]] = {row.pk: [] for row in batch}
        seals = Sealed.objects.filter(kind=kind.code, subject_id__in=list(found))
        for each in seals.select_related("stamp").order_by("id"):
            found[each.subject_id].append(each)
        for row in batch:
            yield self.check(kind, row, found[row.pk])

    def _bytes(self, kind: Kind, row: Any, sha256: str) -> Iterator[Mark]:
        try:
            data = blobs.read(sha256)
        except blobs.NoSuchBlob:
            yield Mark(False, f"Tệp không còn trong kho chứng cứ (mã {_short(sha256)}).", "blob")
            return
        except OSError as error:
            yield Mark(False, f"Không đọc được tệp trong kho ({error.strerror}).", "blob")
            return
        found = hashlib.sha256(data).hexdigest()
        if found != sha256:
            words = f"Tệp đã bị sửa: mã SHA-256 không khớp (lúc niêm phong {_short(sha256)}, bây giờ {_short(found)})."
            yield Mark(False, words, "blob")
            return
        yield Mark(True, "Mã SHA-256 của tệp đúng như lúc niêm phong.", "blob")
        for words in kind.inner(row, data):
            yield Mark(False, words, "inner")

    def _rows(
        self, kind: Kind, row: Any, facts: dict[str, Any], sealed: list[Sealed] | None
    ) -> Iterator[Mark]:
        if sealed is None:
            found = Sealed.objects.filter(kind=kind.code, subject_id=row.pk)
            sealed = list(found.select_related("stamp").order_by("id"))
        if not sealed:
            yield Mark(None, "Chưa có dấu thời gian; hệ thống đóng dấu trong ít phút.", "unstamped")
            return
        changed = _changed(sealed[0].facts, facts)
        if changed:
            yield Mark(False, f"Bản ghi đã bị sửa sau khi niêm phong: {changed}.", "facts")
        else:
            yield Mark(True, "Bản ghi đúng như lúc niêm phong.", "facts")
        for each in sealed:
            yield self._stamped(each)

    def _stamped(self, sealed: Sealed) -> Mark:
        lines, mark = self.stamp(sealed.stamp)
        if mark.holds is not True:
            return mark
        if line(sealed.kind, sealed.subject_id, sealed.sha256, sealed.facts) not in lines:
            return Mark(
                False, "Không có tên trong bảng kê đã đóng dấu: phần mô tả đã bị sửa.", "listing"
            )
        return mark

    def stamp(self, stamp: Stamp) -> tuple[frozenset[str], Mark]:
        """The lines of the stamp's list, and whether the stamp holds."""
        if stamp.pk not in self._stamps:
            self._stamps[stamp.pk] = _checked(stamp)
        return self._stamps[stamp.pk]


def _checked(stamp: Stamp) -> tuple[frozenset[str], Mark]:
    nothing: frozenset[str] = frozenset()
    where = f"Dấu thời gian {stamp.get_authority_display()} ({stamp.name}) lúc {show_datetime(stamp.gen_time)}"
    try:
        listing, token = blobs.read(stamp.listing), blobs.read(stamp.token)
    except blobs.NoSuchBlob:
        return nothing, Mark(False, f"{where}: mất tệp dấu hoặc bảng kê.", "stamp")
    try:
        trusted = sealing.roots(stamp.authority)
        if not trusted:
            words = f"{where}: chưa kiểm tra được vì thiếu chứng thư gốc."
            return nothing, Mark(None, words, "stamp")
        found = hashlib.sha256(listing).hexdigest()
        said = tokens.check(token, sha256=found, roots=trusted)
    except tokens.StampFault as fault:
        return nothing, Mark(False, f"{where} không hợp lệ. {fault}", "stamp")
    if (said.gen_time, said.authority[:200]) != (stamp.gen_time, stamp.name):
        words = f"{where}: giờ hoặc tên ghi trong cơ sở dữ liệu khác với trong dấu ({said.authority}, {show_datetime(said.gen_time)})."
        return nothing, Mark(False, words, "stamp")
    return frozenset(listing.decode().splitlines()), Mark(True, f"{where}: hợp lệ.", "stamp")


def ledger_faults() -> Iterator[ledger.Break]:
    """Every place where the diary's chain or an anchor of it does not hold."""
    yield from ledger.breaks()
    yield from anchors.breaks()


def _changed(before: dict[str, Any], after: dict[str, Any]) -> str:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return "; ".join(f"{name} “{before.get(name)}” nay là “{after.get(name)}”" for name in names)


def _short(sha256: str) -> str:
    return f"{sha256[:_HEAD_SHOWN]}…"


def when_stamped(verdict: Verdict) -> datetime | None:
    """The earliest moment a believed stamp proves, None without one."""
    found = Sealed.objects.filter(kind=verdict.kind.code, subject_id=verdict.row.pk)
    times = found.order_by("stamp__gen_time").values_list("stamp__gen_time", flat=True)
    return times.first()
