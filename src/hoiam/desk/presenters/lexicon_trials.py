"""A dry run of the lexicon as its page shows it: the outcome in words, and the items it is about."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hoiam.desk.presenters.lexicon import points, words
from hoiam.desk.templatetags.desk import SEVERITIES
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.models import Item, LexiconTrial
from hoiam.monitoring.states import Stance

REASONS_SHOWN = 5
ITEMS_SHOWN = 30


@dataclass(frozen=True)
class TriedItem:
    """One item of a dry run: what changes for it, and the words that decide."""

    item: Item
    url: str
    title_spans: list[Any]
    text: str
    text_spans: list[Any]
    change: str
    reasons: tuple[str, ...]


LISTS = (
    ("added", "Sẽ thêm", "tin đang bị bỏ qua sẽ thành liên quan"),
    ("dropped", "Sẽ bỏ", "tin như thế này từ nay không được báo; tin đã có trên bàn vẫn giữ"),
    ("changed", "Sẽ xét khác", "vẫn liên quan, khác mức độ, sắc thái hoặc loại"),
)


def trial_sentence(trial: LexiconTrial) -> str:
    """The outcome in one sentence."""
    counts = {
        name: show_number(trial.counts.get(name, 0)) for name in ("added", "dropped", "changed")
    }
    return (
        f"Sẽ thêm {counts['added']} tin, bỏ {counts['dropped']} tin; "
        f"xét khác mức độ, sắc thái hoặc loại {counts['changed']} tin."
    )


def tried_lists(trial: LexiconTrial) -> list[tuple[str, str, int, list[TriedItem]]]:
    """The three lists of a dry run: title, what it means, how many in all, the first items; one query."""
    kept = {name: rows[:ITEMS_SHOWN] for name, rows in trial.rows.items()}
    items = Item.objects.in_bulk([row["item"] for rows in kept.values() for row in rows])
    return [
        (
            title,
            means,
            trial.counts.get(name, 0),
            [_tried(items[r["item"]], r, name) for r in kept.get(name, []) if r["item"] in items],
        )
        for name, title, means in LISTS
    ]


def _tried(item: Item, row: dict[str, Any], name: str) -> TriedItem:
    reasons = row["reasons"]
    in_body = _spans(reasons, "text")
    return TriedItem(
        item=item,
        url=reverse("desk-item", args=[item.pk]) if item.story_id else "",
        title_spans=_spans(reasons, "title"),
        text=item.body if in_body else item.sapo,
        text_spans=in_body or _spans(reasons, "sapo"),
        change=_said(row) if name == "changed" else "",
        reasons=_told(reasons),
    )


def _told(reasons: list[dict[str, Any]]) -> tuple[str, ...]:
    """The heaviest words, each told once: what drops an item stands before what spoke for it."""
    ranked = sorted(reasons, key=lambda reason: (reason["weight"] > 0, -abs(reason["weight"])))
    told: dict[str, str] = {}
    for reason in ranked:
        told.setdefault(reason["text"].lower(), _reason(reason))
    return tuple(told.values())[:REASONS_SHOWN]


def _spans(reasons: list[dict[str, Any]], field: str) -> list[Any]:
    return [(r["start"], r["end"], "what") for r in reasons if r["field"] == field]


def _reason(reason: dict[str, Any]) -> str:
    return f"“{reason['text']}” ({points(reason['weight'])})"


def _said(row: dict[str, Any]) -> str:
    parts = []
    for name, say in (("severity", _severity), ("stance", _stance), ("kind", _kind)):
        old, new = row["before"][name], row["after"][name]
        if old != new:
            parts.append(f"{say(old)} → {say(new)}")
    return " · ".join(parts)


def _severity(level: int) -> str:
    return SEVERITIES[level].lower()


def _stance(stance: str) -> str:
    return Stance(stance).label.lower() if stance else "chưa rõ"


def _kind(kind: str) -> str:
    return words()["kinds"].get(kind, kind)
