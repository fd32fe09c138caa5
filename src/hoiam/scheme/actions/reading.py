"""From what the kit read in a paper to what a person is asked to confirm: values with their places, nothing made up."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from hoiam.kit import papers
from hoiam.kit.papers import PaperError
from hoiam.kit.vietnamese import fold, uncapped
from hoiam.scheme.queries.quota_words import quotas_in
from hoiam.scheme.queries.timing import Timing, timing_of
from hoiam.scheme.queries.units import Register, parts_meant
from hoiam.scheme.states import SchemeKind

NO_READER = "Bản cài đặt này chưa có bộ đọc văn bản. Hãy nhập tay các mục bên phải."
HEAD = ("kind", "number", "issued_on", "place", "issuer", "signer", "signer_title", "subject")
LISTS = ("addressees", "legal_bases", "themes")
ASKED = ("who", "what", "send_to", "channel", "sanction")
TO_ROUND, TO_TASK, TO_NOTHING = "round", "task", "skip"
BINDING = "chiu trach nhiem thi hanh"
_KINDS = (
    ("ke hoach", SchemeKind.PLAN), ("chuong trinh", SchemeKind.PROGRAMME), ("cong van", SchemeKind.DISPATCH),
)  # fmt: skip

Read = Callable[[bytes, str], Any]


def read_by_kit(data: bytes, name: str) -> Any:
    """The kit's reading of the file.

    Raises:
        PaperError: it cannot be read; the sentence says what to do.
    """
    read: Read | None = getattr(papers, "read_paper", None)
    if read is None:
        raise PaperError(NO_READER)
    return read(data, name)


def as_kept(reading: Any) -> dict[str, Any]:
    """The reading as the row keeps it: the shape of the contract, and under "spans" where every value was read."""
    return {**reading.as_json(), "spans": dict(_spans(reading))}


def _spans(reading: Any) -> Iterator[tuple[str, list[int]]]:
    for name in HEAD:
        yield from _span(name, getattr(reading, name))
    for name in LISTS:
        yield from _spans_of_list(name, getattr(reading, name))
    for at, task in enumerate(reading.tasks):
        path = f"tasks.{at}"
        yield path, [task.span.start, task.span.end]
        for name in ("title", "time", "lead"):
            yield from _span(f"{path}.{name}", getattr(task, name))
        for name in ("products", "coordinating"):
            yield from _spans_of_list(f"{path}.{name}", getattr(task, name))
    for at, asked in enumerate(reading.obligations):
        for name in ASKED:
            yield from _span(f"obligations.{at}.{name}", getattr(asked, name))
        if asked.due is not None:
            yield from _span(f"obligations.{at}.due", asked.due.words)


def _span(path: str, found: Any) -> Iterator[tuple[str, list[int]]]:
    if found is not None:
        yield path, [found.span.start, found.span.end]


def _spans_of_list(path: str, found: Any) -> Iterator[tuple[str, list[int]]]:
    for at, one in enumerate(found):
        yield from _span(f"{path}.{at}", one)


def empty_copy() -> dict[str, Any]:
    """What a person fills in when the machine read nothing."""
    head = {"kind": SchemeKind.SCHEME.value} | dict.fromkeys(
        ("title", "short", "number", "issued_on", "issuer", "signer", "starts_on", "ends_on"), ""
    )
    return {"head": head, "themes": [], "tasks": [], "obligations": []}


def first_copy(kept: dict[str, Any], text: str, today: date) -> dict[str, Any]:
    """What the person is shown first: the machine's values, and what follows from their words; empty stays empty."""
    issued = _day(kept["issued_on"])
    register = Register(issued, today)
    span = timing_of(kept["subject"] or "")
    copy = empty_copy()
    copy["head"] |= {
        "kind": kind_of(kept["kind"] or "", kept["subject"] or ""),
        "title": uncapped(kept["subject"] or "", text),
        "number": kept["number"] or "",
        "issued_on": kept["issued_on"] or "",
        "issuer": uncapped(kept["issuer"] or "", text),
        "signer": kept["signer"] or "",
        "starts_on": _iso(span.starts_on),
        "ends_on": _iso(span.ends_on),
    }
    copy["themes"] = list(kept["themes"])
    copy["tasks"] = [
        _task_copy(at, task, kept, text, register) for at, task in enumerate(kept["tasks"])
    ]
    copy["obligations"] = [
        _asked_copy(at, row, register) for at, row in enumerate(kept["obligations"])
    ]
    return copy


def _task_copy(
    at: int, task: dict[str, Any], kept: dict[str, Any], text: str, register: Register
) -> dict[str, Any]:
    start = (kept["spans"].get(f"tasks.{at}") or [0, 0])[0]
    lead, coordinating = task["lead"] or "", list(task["coordinating"])
    group = heading_of(text, task["ref"], start)
    heading = group.partition(". ")[2]
    if heading and (place := text.rfind(heading, 0, start)) >= 0:
        kept["spans"][f"tasks.{at}.group"] = [place, place + len(heading)]
    return {
        "from": f"tasks.{at}",
        # A paper may number nothing; the person sees that the number is ours.
        "ref": task["ref"] or str(at + 1),
        "numbered_here": not task["ref"],
        "group": group,
        "title": task["title"],
        "products": list(task["products"]),
        "time": task["time"] or "",
        "lead": lead,
        "coordinating": coordinating,
        "informed": [],
        "units": parts_meant(register, lead, coordinating),
        "theme": None,
        "quotas": _quotas_of([task["title"], *task["products"]], task["time"] or ""),
        **timing_copy(timing_of(task["time"] or "")),
    }


def _quotas_of(words: Iterable[str], time: str = "", channel: str = "") -> list[str]:
    """The quotas set in these words, each in words a person mends and the house reads again."""
    found = (str(owed) for each in words for owed in quotas_in(each, time, channel))
    return list(dict.fromkeys(found))


def timing_copy(timing: Timing) -> dict[str, Any]:
    """A timing as the working copy keeps it."""
    return {
        "rhythm": str(timing.rhythm),
        "starts_on": _iso(timing.starts_on),
        "ends_on": _iso(timing.ends_on),
        "due_on": _iso(timing.due_on),
        "due_kind": str(timing.due_kind),
        "per_year": timing.per_year,
    }


def _asked_copy(at: int, row: dict[str, Any], register: Register) -> dict[str, Any]:
    what = fold(row["what"])
    becomes = TO_ROUND if "bao cao" in what and row["due"] else TO_TASK
    # The closing clause of every decision names who carries it out; it asks nothing that could be followed.
    if what.startswith(BINDING):
        becomes = TO_NOTHING
    return {
        "from": f"obligations.{at}",
        **{name: row.get(name) or "" for name in ("who", "what", "due", "due_kind", "send_to", "channel", "sanction")},
        "units": parts_meant(register, row.get("who") or "", []),
        "quotas": _quotas_of([row["what"]]),
        "becomes": becomes,
    }  # fmt: skip


def kind_of(kind: str, subject: str) -> str:
    """The kind of scheme a paper of this kind gives, by its own name first."""
    plain, about = fold(kind), fold(subject)
    for word, found in _KINDS:
        if word in plain:
            return found.value
    if "de an" in about:
        return SchemeKind.SCHEME.value
    return next((found.value for word, found in _KINDS if word in about), SchemeKind.SCHEME.value)


def heading_of(text: str, ref: str, before: int) -> str:
    """The heading of the group a task stands under ("2.1 Xây dựng …"), read upward from it; "" when there is none."""
    parts = [part for part in ref.split(".") if part]
    numbers = [part for part in parts if part.isdigit()]
    depth = 2 if len(parts) > 2 else 1
    if len(parts) < 2 or len(numbers) < depth:
        return ""
    group = ".".join(numbers[:depth])
    pattern = re.compile(rf"^[ \t]*{re.escape(group)}[.):]?[ \t]+(\S[^\n]*)$", re.MULTILINE)
    found = [match[1].strip().rstrip(".:") for match in pattern.finditer(text[:before])]
    return f"{group}. {found[-1]}"[:500] if found else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
