"""A digest as the page shows it: Roman sections, entries with the present state of their cases, a short text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hoiam.handling.models import Case
from hoiam.kit.papers.words import roman
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.actions.sheets import EMPTY, EMPTY_PERIOD, title_of
from hoiam.monitoring.models import Digest
from hoiam.monitoring.states import DigestKind


@dataclass(frozen=True)
class EntryShown:
    """One entry; `cases` are those the reader may open."""

    number: int
    entry: dict[str, Any]
    outlets: str
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class SectionShown:
    """One Roman section of the digest."""

    heading: str
    entries: tuple[EntryShown, ...]


def address_of(digest: Digest) -> str:
    """Where the page of a digest of any kind is."""
    day = digest.day.isoformat()
    if digest.kind == DigestKind.DAY:
        return reverse("desk-digest", args=[digest.agency_id, day])
    return reverse("desk-sheet", args=[digest.kind, digest.agency_id, day])


def stories_in(digest: Digest) -> list[int]:
    """The stories the digest tells of."""
    return [
        entry["story"] for section in digest.content["sections"] for entry in section["entries"]
    ]


def sections_shown(digest: Digest, cases: Iterable[Case]) -> list[SectionShown]:
    """The sections in the ministry's layout, each entry with the cases opened on its story."""
    of_story: dict[int | None, list[Case]] = {}
    for case in cases:
        of_story.setdefault(case.story_id, []).append(case)
    return [
        SectionShown(
            f"{roman(place)}- {section['title']}",
            tuple(
                EntryShown(
                    number,
                    entry,
                    ", ".join(entry["outlets"]),
                    tuple(of_story.get(entry["story"], ())),
                )
                for number, entry in enumerate(section["entries"], start=1)
            ),
        )
        for place, section in enumerate(digest.content["sections"], start=1)
    ]


def short_text(digest: Digest, url: str) -> str:
    """What is pasted into a chat: counts, papers and units, and the address; no title, for a title may name people."""
    lines = [f"{title_of(digest)} – {digest.agency}"]
    if not digest.content["count"]:
        lines.append(EMPTY if digest.first_day == digest.day else EMPTY_PERIOD)
    else:
        lines.append(f"{show_number(digest.content['count'])} vụ việc:")
    lines += [
        f"- {entry['severity_label']}: {', '.join(entry['outlets'])} ({entry['agency']})"
        for section in digest.content["sections"]
        for entry in section["entries"]
    ]
    return "\n".join([*lines, f"Đọc đủ (cần đăng nhập): {url}"])
