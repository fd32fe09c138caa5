"""A digest of any kind as a Word file, written by the kit in the form of its kind of paper."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from hoiam.agencies.models import Agency, Post
from hoiam.agencies.queries import in_force, superior
from hoiam.agencies.states import Role
from hoiam.core import blobs
from hoiam.kit.papers import write
from hoiam.kit.vietnamese import VIETNAM, show_number
from hoiam.monitoring.actions.sheets import (
    NOTHING,
    case_row,
    change,
    days_of,
    event_row,
    growing_row,
    mark_row,
    period_of,
    was,
)
from hoiam.monitoring.models import Digest
from hoiam.monitoring.states import DigestKind

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLANK = "……"
LONGEST_BAR = 9  # what its column holds on one line
PAPERS = {
    DigestKind.DAY: "digest",
    DigestKind.WEEK: "synthesis",
    DigestKind.MONTH: "synthesis",
    DigestKind.OUTLOOK: "outlook",
}


def digest_word(digest: Digest, *, now: datetime) -> bytes:
    """The digest as a Word file, dated `now`."""
    return write(PAPERS[DigestKind(digest.kind)], digest_fields(digest, now=now))


def digest_blob(digest: Digest, *, now: datetime) -> str:
    """SHA-256 of the digest's Word file, kept in the evidence store for the mail."""
    return blobs.put(digest_word(digest, now=now)).sha256


def digest_fields(digest: Digest, *, now: datetime) -> dict[str, Any]:
    """The fields of the digest's kind of paper; a time without stories has no entries, and the paper says so."""
    issued_on = now.astimezone(VIETNAM).date()
    above = superior(digest.agency, issued_on)
    shared = {
        "agency": digest.agency.full_name,
        "parent_agency": above.full_name if above else "Bộ Tư pháp",
        "place": digest.agency.seat or digest.agency.province or "Hà Nội",
        "issued_on": issued_on.isoformat(),
        "remarks": digest.remarks,
    }
    return shared | FIELDS[DigestKind(digest.kind)](digest, now)


def _day(digest: Digest, now: datetime) -> dict[str, Any]:
    return {
        "day": digest.day.isoformat(),
        "subject": f"({period_of(digest)})",
        "entries": [
            _paper_row(section["title"], entry)
            for section in digest.content["sections"]
            for entry in section["entries"]
        ],
    }


def _paper_row(section: str, entry: dict[str, Any]) -> dict[str, str]:
    return {
        "section": section,
        "outlets": ", ".join(entry["outlets"]),
        "title": entry["title"],
        "summary": entry["summary"],
        "agency": entry["agency"],
        "reasons": entry["why"],
        "state": f"{entry['severity_label']} · {entry['state']}",
    }


def _synthesis(digest: Digest, now: datetime) -> dict[str, Any]:
    """A draft: an official numbers, dates and signs it, or hands it on as it is."""
    post = head_of(digest.agency, now.astimezone(VIETNAM).date())
    month = digest.kind == DigestKind.MONTH
    span = f"tháng {days_of(digest)}" if month else f"tuần ({period_of(digest)})"
    fields: dict[str, Any] = {
        "draft": True,
        "issued_on": None,
        "agency_symbol": digest.agency.symbol or BLANK,
        "signer_title": (post.title if post else "") or "Thủ trưởng cơ quan",
        "signer": post.official.full_name if post else BLANK,
        "subject": f"Tổng hợp dư luận báo chí {span}",
        "sentences": digest.content["sentences"],
        "answers": digest.content["answers"]["sentences"],
        "stories": [_story(row) for row in digest.content["top"]] or [{"title": NOTHING}],
    }
    tallies = {f"by_{part['code']}": _tally(part["rows"]) for part in digest.content["tallies"]}
    return fields | tallies


def head_of(agency: Agency, today: date) -> Post | None:
    """The post of who heads the agency today, with its title and its holder."""
    posts = Post.objects.filter(in_force(today), agency=agency, role=Role.HEAD)
    return posts.select_related("official").order_by("id").first()


def _story(row: dict[str, Any]) -> dict[str, str]:
    return {
        "title": f"{row['title']}\n({row['agency']})",
        "items": show_number(row["items"]),
        "outlets": show_number(row["outlets"]),
        "severity": row["severity_label"],
        "answer": row["answer"],
    }


def _tally(rows: list[list[Any]]) -> list[dict[str, str]]:
    top = max((items for _, items, _, _ in rows), default=0)
    told = [
        {
            "name": name,
            "stories": show_number(stories),
            "items": show_number(items),
            "before": was(before) if before is None else f"{was(before)} ({change(items, before)})",
            "bar": bar(items, top),
        }
        for name, items, stories, before in rows
    ]
    return told or [{"name": NOTHING}]


def bar(count: int, top: int) -> str:
    """A bar of full blocks, one at least for what is there: a table that is read as a chart.

    >>> bar(6, 9), bar(1, 100), bar(0, 5)
    ('██████', '█', '')
    """
    return "█" * (max(1, round(LONGEST_BAR * count / top)) if count and top else 0)


def _outlook(digest: Digest, now: datetime) -> dict[str, Any]:
    content = digest.content
    level = content["level"]
    return {
        "subject": f"({period_of(digest)})",
        "level": f"{level['label']}. {level['advice']}",
        "reasons": level["reasons"],
        "cases": _rows(content["cases"], case_row, ("matter", "state", "due")),
        "events": _rows(content["events"], event_row, ("day", "matter", "source")),
        "growing": _rows(content["growing"], growing_row, ("matter", "before", "items")),
        "marks": _rows(content["anniversaries"], mark_row, ("day", "mark", "matter")),
        "rhythm": content["rhythm"]["words"],
    }


def _rows(
    rows: list[dict[str, Any]],
    cells: Callable[[dict[str, Any]], tuple[str, ...]],
    names: tuple[str, ...],
) -> list[dict[str, str]]:
    told = [dict(zip(names, cells(row), strict=True)) for row in rows]
    return told or [{names[0]: NOTHING}]


FIELDS: dict[Any, Callable[[Digest, datetime], dict[str, Any]]] = {
    DigestKind.DAY: _day,
    DigestKind.WEEK: _synthesis,
    DigestKind.MONTH: _synthesis,
    DigestKind.OUTLOOK: _outlook,
}
