"""The diary of a case as sentences: who did what, why, and what was passed over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from hoiam.core.models import LedgerEntry
from hoiam.desk.components import Entry
from hoiam.desk.moments import say_datetime
from hoiam.handling.models import Case
from hoiam.handling.states import (
    CaseChannel,
    CaseState,
    MomentKind,
    PartyRole,
    ReplyKind,
    StatementForm,
)
from hoiam.kit.lists import yaml_of
from hoiam.kit.papers import kind as paper_kind

BOOK = Path(__file__).parent.parent / "data" / "diary_cases.yaml"
# What a step writes along with itself stands beneath it, not as a line of its own.
ALONG = frozenset({"open_obligation", "add_party", "record_moment", "issue", "start_outlet_clocks"})
# Saving again and again is one line: these steps of one person in a row are folded.
FOLDED = frozenset({"edit_paper", "write_fact"})


@cache
def phrasebook() -> dict[str, str]:
    """The sentence of each step of the diary."""
    return dict(yaml_of(BOOK.read_text(encoding="utf-8")))


@dataclass
class _Line:
    entry: LedgerEntry
    times: int = 1
    along: list[LedgerEntry] = field(default_factory=list)


def entries_of(case: Case, diary: Iterable[LedgerEntry]) -> list[Entry]:
    """The diary as a timeline, newest first, ending with the moment the system first saw the report."""
    words = _Words(case)
    told = [
        Entry(at=line.entry.at, text=_sentence(line, words), note=_note(line, words))
        for line in reversed(list(_folded(diary)))
    ]
    if case.first_seen_at is not None:
        told.append(Entry(at=case.first_seen_at, text="Hệ thống thấy bài lần đầu"))
    return [_first_is_now(entry, at == 0) for at, entry in enumerate(told)]


@dataclass(frozen=True)
class Remark:
    """One opinion on the case (ý kiến)."""

    text: str
    by: str
    at: datetime


def remarks_of(diary: Iterable[LedgerEntry]) -> list[Remark]:
    """The opinions of a case, oldest first, as the diary keeps them: the page reads it anyway."""
    return [Remark(e.reason, e.actor_name, e.at) for e in diary if e.step == "add_note"]


def _first_is_now(entry: Entry, is_now: bool) -> Entry:
    return Entry(entry.at, entry.text, entry.note, is_now)


def _folded(diary: Iterable[LedgerEntry]) -> Iterator[_Line]:
    last: _Line | None = None
    for entry in diary:
        if last is not None and _is_again(last.entry, entry):
            last.entry, last.times = entry, last.times + 1
            continue
        if last is not None and _is_along(last.entry, entry):
            last.along.append(entry)
            continue
        if last is not None:
            yield last
        last = _Line(entry)
    if last is not None:
        yield last


def _is_again(before: LedgerEntry, entry: LedgerEntry) -> bool:
    return (
        entry.step in FOLDED
        and (entry.step, entry.actor_name) == (before.step, before.actor_name)
        and entry.data.get("paper") == before.data.get("paper")
    )


def _is_along(before: LedgerEntry, entry: LedgerEntry) -> bool:
    same = (entry.at, entry.actor_name) == (before.at, before.actor_name)
    return same and entry.step in ALONG and before.step not in ALONG


def _phrase(entry: LedgerEntry, words: "_Words") -> str:
    return phrasebook().get(entry.step, entry.step).format_map(words.of(entry))


def _sentence(line: _Line, words: "_Words") -> str:
    told = f"{line.entry.actor_name} {_phrase(line.entry, words)}"
    return f"{told} ({line.times} lần)" if line.times > 1 else told


def _note(line: _Line, words: "_Words") -> str:
    entry = line.entry
    beside = "; ".join(_phrase(each, words) for each in line.along)
    passed = [f"“{CaseState(state).label}”" for state in entry.data.get("skipped") or ()]
    parts = [
        entry.data.get("how", ""),
        entry.reason,
        f"còn thiếu {entry.data['lacking']}" if entry.data.get("lacking") else "",
        f"vẫn đóng vì: {entry.data['waived']}" if entry.data.get("waived") else "",
        f"bỏ qua bước {', '.join(passed)}" if passed else "",
        beside,
    ]
    shown = " · ".join(part for part in parts if part)
    return f"{shown[:1].upper()}{shown[1:]}"


class _Words:
    """What the codes in a record mean to a reader of this case."""

    def __init__(self, case: Case) -> None:
        self.agencies = {p.agency.code: p.agency.name for p in case.parties.all()}
        self.papers = {p.pk: p for p in case.papers.all()}

    def of(self, entry: LedgerEntry) -> "_Filled":
        data: dict[str, Any] = entry.data
        filled = _Filled({key: str(value) for key, value in data.items()})
        filled["kind"] = _label(MomentKind, data.get("kind")).lower()
        filled["role"] = _label(PartyRole, data.get("role")).lower()
        filled["reply"] = _label(ReplyKind, data.get("reply")).lower()
        filled["channel"] = _label(CaseChannel, data.get("channel")).lower()
        filled["form"] = _label(StatementForm, data.get("form")).lower()
        filled["letter"] = f"loại {data.get('letter', '')}".strip()
        filled["agency"] = self.agencies.get(str(data.get("agency")), str(data.get("agency", "")))
        filled["paper"] = self._paper(data.get("paper"))
        for name in ("moment", "new", "old"):
            filled[name] = _moment(data.get(name))
        return filled

    def _paper(self, pk: Any) -> str:
        paper = self.papers.get(pk)
        if paper is None:
            return "văn bản"
        title = paper_kind(paper.kind).title
        shown = f"{title[:1].lower()}{title[1:]}"
        return f"{shown} số {paper.symbol}" if paper.symbol else shown


class _Filled(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _label(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else str(value or "")


def _moment(value: Any) -> str:
    return say_datetime(datetime.fromisoformat(value)) if value else ""
