"""A digest of any kind as one plain structure, from which its letter is written as text and as HTML alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hoiam.kit.papers.words import roman
from hoiam.kit.vietnamese import show_date, show_number, show_weekday
from hoiam.monitoring.models import Digest
from hoiam.monitoring.queries.periods import Period
from hoiam.monitoring.states import DigestKind

EMPTY = "Trong ngày không có tin, bài liên quan."
EMPTY_PERIOD = "Trong những ngày này không có tin, bài liên quan."
NOTHING = "Không có."
TITLES = {
    DigestKind.DAY: "ĐIỂM TIN BÁO CHÍ",
    DigestKind.WEEK: "TỔNG HỢP DƯ LUẬN BÁO CHÍ TUẦN",
    DigestKind.MONTH: "TỔNG HỢP DƯ LUẬN BÁO CHÍ THÁNG",
    DigestKind.OUTLOOK: "DỰ BÁO TUẦN",
}
FILES = {
    DigestKind.DAY: "diem-tin",
    DigestKind.WEEK: "tong-hop-tuan",
    DigestKind.MONTH: "tong-hop-thang",
    DigestKind.OUTLOOK: "du-bao-tuan",
}


@dataclass(frozen=True)
class Entry:
    """One report of a digest: number, papers and title, what it says, and below, apart, what the desk says."""

    number: int
    lead: str
    title: str
    summary: str
    note: str
    why: str


@dataclass(frozen=True)
class Part:
    """One part: a heading, sentences, entries, a table."""

    heading: str
    lines: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The whole: title, period, agency, parts."""

    title: str
    period: str
    agency: str
    parts: tuple[Part, ...]


def period_of(digest: Digest) -> Period:
    """The days a digest covers."""
    return Period(digest.first_day, digest.day)


def title_of(digest: Digest) -> str:
    """What the digest is called, with its days: "Điểm tin báo chí ngày 05/08/2026"."""
    name = TITLES[DigestKind(digest.kind)]
    return f"{name[:1]}{name[1:].lower()} {days_of(digest)}"


def days_of(digest: Digest) -> str:
    """Its days after its name: "ngày 05/08/2026", "03/08/2026 – 09/08/2026", "8/2026"."""
    period = period_of(digest)
    if digest.kind == DigestKind.DAY:
        return str(period)
    if digest.kind == DigestKind.MONTH:
        return f"{digest.day.month}/{digest.day.year}"
    return f"{show_date(period.first)} – {show_date(period.last)}"


def file_of(digest: Digest) -> str:
    """The name of its Word file."""
    return f"{FILES[DigestKind(digest.kind)]}-{digest.day:%Y-%m-%d}.docx"


def sheet_of(digest: Digest) -> Sheet:
    """The digest as it is read in a letter."""
    parts = BUILDERS[DigestKind(digest.kind)](digest)
    if digest.remarks:
        parts = [*parts, Part("Nhận xét, đề xuất", tuple(digest.remarks.splitlines()))]
    if digest.kind != DigestKind.DAY:
        parts = _numbered(parts)
    return Sheet(
        TITLES[DigestKind(digest.kind)],
        str(period_of(digest)),
        str(digest.agency.full_name),
        tuple(parts),
    )


def _numbered(parts: list[Part]) -> list[Part]:
    return [
        Part(f"{roman(place)}. {part.heading}", part.lines, part.entries, part.head, part.rows)
        for place, part in enumerate(parts, start=1)
    ]


def _day(digest: Digest) -> list[Part]:
    if not digest.content["count"]:
        return [Part("", (EMPTY if digest.first_day == digest.day else EMPTY_PERIOD,))]
    return [
        Part(
            f"{roman(place)}- {section['title']}",
            entries=tuple(_entry(n, row) for n, row in enumerate(section["entries"], start=1)),
        )
        for place, section in enumerate(digest.content["sections"], start=1)
    ]


def _entry(number: int, row: dict[str, Any]) -> Entry:
    note = f"{row['agency']} · {row['severity_label']} · {row['state']}"
    return Entry(number, ", ".join(row["outlets"]), row["title"], row["summary"], note, row["why"])


def _synthesis(digest: Digest) -> list[Part]:
    content = digest.content
    head = ("Phân loại", "Vụ việc", "Bài", "Kỳ trước", "Tăng, giảm")
    tallies = [
        Part(part["title"], () if part["rows"] else (NOTHING,), head=head, rows=_tally(part))
        for part in content["tallies"]
    ]
    top = tuple(_top_row(row) for row in content["top"])
    return [
        Part("Tình hình chung", tuple(content["sentences"])),
        *tallies,
        Part("Vụ việc được nêu nhiều", () if top else (NOTHING,), head=TOP_HEAD, rows=top),
        Part("Trả lời, xử lý", tuple(content["answers"]["sentences"])),
    ]


TOP_HEAD = ("Vụ việc (đơn vị)", "Bài", "Báo", "Mức độ", "Trả lời")


def _top_row(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        f"{row['title']} ({row['agency']})",
        show_number(row["items"]),
        show_number(row["outlets"]),
        row["severity_label"],
        row["answer"],
    )


def _tally(part: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (name, show_number(stories), show_number(items), was(before), change(items, before))
        for name, items, stories, before in part["rows"]
    )


def was(before: int | None) -> str:
    """The figure of the period before, a dash when nobody watched then."""
    return "–" if before is None else show_number(before)


def change(now: int, before: int | None) -> str:
    """The difference as a person writes it: "+3", "−2", "không đổi"; a dash when there is nothing to compare."""
    if before is None:
        return "–"
    by = now - before
    if by == 0:
        return "không đổi"
    return f"+{show_number(by)}" if by > 0 else f"−{show_number(-by)}"


def _outlook(digest: Digest) -> list[Part]:
    content = digest.content
    level = content["level"]
    return [
        Part(
            f"Mức độ: {level['label']}",
            (level["advice"], *(f"– {reason}" for reason in level["reasons"])),
        ),
        _part("Hồ sơ đang mở", ("Hồ sơ", "Tình trạng", "Hạn gần nhất"), content["cases"], case_row),
        _part("Lịch đã được báo trước", ("Ngày", "Việc", "Nguồn, câu trong bài"), content["events"], event_row),
        _part("Vụ việc đang lớn lên", ("Vụ việc", "Tuần trước nữa", "Tuần trước"), content["growing"], growing_row),
        _part("Mốc của vụ việc cũ", ("Ngày", "Mốc", "Vụ việc"), content["anniversaries"], mark_row),
        Part("Nhịp tin", (content["rhythm"]["words"],)),
    ]  # fmt: skip


def _part(
    heading: str,
    head: tuple[str, ...],
    rows: list[dict[str, Any]],
    cells: Callable[[dict[str, Any]], tuple[str, ...]],
) -> Part:
    return Part(heading, () if rows else (NOTHING,), head=head, rows=tuple(cells(r) for r in rows))


def day_words(iso: str) -> str:
    """ "Thứ Tư, 05/08/2026"."""
    day = date.fromisoformat(iso)
    weekday = show_weekday(day)
    return f"{weekday[:1].upper()}{weekday[1:]}, {show_date(day)}"


def case_row(row: dict[str, Any]) -> tuple[str, str, str]:
    """An open case: number and title, state, what is due."""
    return f"{row['number']}: {row['title']}", row["state"], row["due"]


def event_row(row: dict[str, Any]) -> tuple[str, str, str]:
    """An announced day: when, what, where it was read."""
    hour = f", {row['hour']}" if row["hour"] else ""
    return (
        f"{day_words(row['day'])}{hour}",
        f"{row['label']}: {row['title']}",
        f"{row['outlet']}: “{row['sentence']}”",
    )


def growing_row(row: dict[str, Any]) -> tuple[str, str, str]:
    """A growing story with its reports of two weeks."""
    return row["title"], f"{show_number(row['before'])} bài", f"{show_number(row['items'])} bài"


def mark_row(row: dict[str, Any]) -> tuple[str, str, str]:
    """A mark of an earlier story."""
    happened = show_date(date.fromisoformat(row["happened"]))
    return day_words(row["day"]), f"{row['words']} (từ {happened})", row["title"]


BUILDERS: dict[Any, Callable[[Digest], list[Part]]] = {
    DigestKind.DAY: _day,
    DigestKind.WEEK: _synthesis,
    DigestKind.MONTH: _synthesis,
    DigestKind.OUTLOOK: _outlook,
}
