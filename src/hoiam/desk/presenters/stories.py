"""Items of a story as its page shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q

from hoiam.core.models import LedgerEntry
from hoiam.desk.components import Entry
from hoiam.desk.moments import say_moment
from hoiam.desk.presenters.versions import edited_words
from hoiam.desk.presenters.watch import spans_of
from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.models import Item, Story, Warning
from hoiam.monitoring.queries.reprints import firsts_of
from hoiam.monitoring.states import PART_WORDS, VersionKind

MENDING = ("merge_stories", "undo_merge", "split_item", "undo_split", "add_agency", "turn_lead")
TIERS = {
    "json-ld": "ghi trong dữ liệu trang",
    "meta": "ghi trong thẻ của trang",
    "page": "đọc trên trang",
    "url": "suy từ địa chỉ",
    "feed": "theo nguồn tin",
    "import": "theo tệp nhập",
    "person": "người ghi nhận nhập",
}


@dataclass(frozen=True)
class ShownItem:
    """One item with its highlights and how it came to this story."""

    item: Item
    title_spans: list[Any]
    sapo_spans: list[Any]
    body_spans: list[Any]
    moment: str
    moment_from: str
    is_reprint: bool
    link_words: str
    edited: str = ""


def items_shown(items: Sequence[Item], now: datetime) -> list[ShownItem]:
    """The items of a story in order, each with spans by field; reprints are those the chain of copies calls so."""
    copies = firsts_of(items)
    return [_shown(item, now, is_reprint=item.pk in copies) for item in items]


def item_shown(item: Item, now: datetime) -> ShownItem:
    """One item by itself; whether it is a reprint is what its record says."""
    return _shown(item, now, is_reprint=item.duplicate_of_id is not None)


def _shown(item: Item, now: datetime, *, is_reprint: bool) -> ShownItem:
    finding = getattr(item, "finding", None)
    return ShownItem(
        item=item,
        title_spans=spans_of(finding, "title"),
        sapo_spans=spans_of(finding, "sapo"),
        body_spans=spans_of(finding, "text"),
        moment=say_moment(item.shown_at, now),
        moment_from=TIERS.get(item.published_from, "")
        if item.published_at
        else "lúc hệ thống thấy",
        is_reprint=is_reprint,
        link_words="đăng lại" if is_reprint else _link(item),
        edited=edited_words(item, now),
    )


def _link(item: Item) -> str:
    if not item.story_shared:
        return ""
    shared = ", ".join(f"“{word}”" for word in item.story_shared[:4])
    return f"cùng vụ việc vì có {shared} (điểm {show_number(round(item.story_score or 0, 2))})"


@cache
def _phrases() -> dict[str, str]:
    book = Path(__file__).parent.parent / "data" / "diary_watch.yaml"
    return dict(yaml_of(book.read_text(encoding="utf-8")))


def diary_of(warnings: Iterable[Warning], story: Story, items: Sequence[Item]) -> list[LedgerEntry]:
    """What was done with a story and its warnings, and what papers changed, newest first; one query."""
    about = Q(subject_kind=Warning._meta.label_lower, subject_id__in=[w.pk for w in warnings])
    about |= Q(subject_kind=Story._meta.label_lower, subject_id=story.pk, step__in=MENDING)
    ids = [item.pk for item in items]
    about |= Q(subject_kind=Item._meta.label_lower, subject_id__in=ids, step="note_version")
    return list(LedgerEntry.objects.filter(about).order_by("-id"))


def split_step(diary: Iterable[LedgerEntry]) -> LedgerEntry | None:
    """The step that split this story off another; None when it was not."""
    return next((entry for entry in diary if entry.step == "split_item"), None)


def history_of(diary: Iterable[LedgerEntry], items: Sequence[Item]) -> list[Entry]:
    """The diary in words."""
    outlets = {item.pk: item.outlet or "báo" for item in items}
    return [_entry(entry, outlets) for entry in diary]


def _entry(entry: LedgerEntry, outlets: dict[int, str]) -> Entry:
    if entry.step != "note_version":
        text = _phrases()[entry.step].format(actor=entry.actor_name)
        return Entry(at=entry.at, text=text, note=entry.reason)
    what = VersionKind(entry.data["kind"]).label.lower()
    changed = ", ".join(PART_WORDS[part] for part in entry.data["parts"])
    phrase = _phrases()[entry.step].format(actor=entry.actor_name, outlet=outlets[entry.subject_id])
    return Entry(at=entry.at, text=f"{phrase}: {what}", note=entry.reason or changed)
