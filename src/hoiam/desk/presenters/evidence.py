"""Sealed things as the desk shows them: is it unaltered, by which stamps, and who had it in hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hoiam.core.ledger import digest_of
from hoiam.core.models import LedgerEntry
from hoiam.core.stamps.checking import Checker, Mark, Verdict
from hoiam.core.stamps.kinds import Kind

CUSTODY = {
    "receive": "nhận vào kho chứng cứ",
    "take_out": "lấy ra",
    "export_dossier": "đưa vào bộ hồ sơ xuất",
    "add_evidence": "thêm vào hồ sơ",
    "ask_snapshot": "cho chụp trang",
}


@dataclass(frozen=True)
class Seal:
    """The state of a sealed thing: one word with its shape, and each thing that was looked at."""

    state: str
    """whole, broken or open."""
    word: str
    marks: tuple[Mark, ...]

    @property
    def is_broken(self) -> bool:
        """Whether it may not be used as proof."""
        return self.state == "broken"


@dataclass(frozen=True)
class CustodyLine:
    """One line of the custody log."""

    at: datetime
    who: str
    words: str
    why: str


def seal_of(kind: Kind, row: Any, diary: Iterable[LedgerEntry] = ()) -> Seal:
    """What a check of the thing shows now: its bytes, row, stamps, and its own lines of the diary."""
    verdict: Verdict = Checker().check(kind, row)
    marks = (*verdict.marks, *_chain(list(diary)))
    if any(mark.holds is False for mark in marks):
        return Seal("broken", "Đã khác so với lúc niêm phong", marks)
    if any(mark.holds is None for mark in marks):
        return Seal("open", "Chưa thấy sai khác, chưa đủ dấu", marks)
    return Seal("whole", "Nguyên vẹn như lúc niêm phong", marks)


def _chain(diary: list[LedgerEntry]) -> tuple[Mark, ...]:
    if not diary:
        return ()
    bad = [entry.pk for entry in diary if entry.digest != digest_of(entry)]
    if bad:
        return (Mark(False, f"Sổ giao nhận: bản ghi {bad[0]} đã bị sửa.", "ledger"),)
    return (Mark(True, f"Sổ giao nhận: {len(diary)} dòng, mã băm đều đúng.", "ledger"),)


def custody_lines(diary: Iterable[LedgerEntry]) -> list[CustodyLine]:
    """The custody log, newest first."""
    lines = [
        CustodyLine(entry.at, entry.actor_name, CUSTODY.get(entry.step, entry.step), entry.reason)
        for entry in diary
    ]
    return lines[::-1]
