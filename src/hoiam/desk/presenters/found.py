"""Hits of a search as rows: fetched again through the actor's own scope, marked where the words stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from hoiam.core.actor import Actor
from hoiam.core.search import Hit, highlight
from hoiam.handling.queries import cases_visible_to
from hoiam.letters.queries import letters_visible_to
from hoiam.monitoring.models import Item
from hoiam.monitoring.queries import warnings_visible_to


@dataclass(frozen=True)
class FoundRow:
    """One found thing."""

    kind: str
    title: str
    spans: list[Any]
    url: str
    text: str
    text_spans: list[Any]
    meta: tuple[str, ...]
    at: date


def found(hits: Iterable[Hit], text: str, actor: Actor) -> list[FoundRow]:
    """The rows of the hits, best first; what the actor may not see is left out even if the index named it."""
    hits = list(hits)
    rows = {
        **_cases([h.key for h in hits if h.kind == "case"], text, actor),
        **_warnings([h.key for h in hits if h.kind == "warning"], text, actor),
        **_letters([h.key for h in hits if h.kind == "letter"], text, actor),
        **_items([h.key for h in hits if h.kind == "item"], text),
    }
    return [rows[hit.kind, hit.key] for hit in hits if (hit.kind, hit.key) in rows]


def _cases(keys: list[str], text: str, actor: Actor) -> dict[tuple[str, str], FoundRow]:
    if not keys:
        return {}
    rows = cases_visible_to(actor).filter(pk__in=keys).select_related("agency")
    return {
        ("case", str(case.pk)): FoundRow(
            kind="Hồ sơ",
            title=case.title,
            spans=highlight(case.title, text),
            url=reverse("desk-case", args=[case.pk]),
            text="",
            text_spans=[],
            meta=(case.number, str(case.agency), str(case.get_state_display())),
            at=case.opened_at,
        )
        for case in rows
    }


def _warnings(keys: list[str], text: str, actor: Actor) -> dict[tuple[str, str], FoundRow]:
    if not keys:
        return {}
    rows = (
        warnings_visible_to(actor).filter(pk__in=keys).select_related("story__lead_item", "agency")
    )
    return {
        ("warning", str(w.pk)): FoundRow(
            kind="Vụ việc trên báo",
            title=w.story.title,
            spans=highlight(w.story.title, text),
            url=reverse("desk-story", args=[w.story_id]),
            text=w.story.sapo,
            text_spans=highlight(w.story.sapo, text),
            meta=(str(w.agency or "Chưa gán đơn vị"), str(w.get_state_display())),
            at=w.story.first_at,
        )
        for w in rows
    }


def _letters(keys: list[str], text: str, actor: Actor) -> dict[tuple[str, str], FoundRow]:
    if not keys:
        return {}
    rows = letters_visible_to(actor).filter(pk__in=keys).select_related("agency")
    return {
        ("letter", str(letter.pk)): FoundRow(
            kind="Đơn thư",
            title=letter.title,
            spans=highlight(letter.title, text),
            url=reverse("desk-letter", args=[letter.pk]),
            text=letter.content,
            text_spans=highlight(letter.content, text),
            meta=(letter.number, str(letter.agency), str(letter.get_state_display())),
            at=letter.received_at,
        )
        for letter in rows
    }


def _items(keys: list[str], text: str) -> dict[tuple[str, str], FoundRow]:
    if not keys:
        return {}
    return {
        ("item", str(item.pk)): FoundRow(
            kind="Tin trong kho",
            title=item.title,
            spans=highlight(item.title, text),
            url=item.url,
            text=item.sapo,
            text_spans=highlight(item.sapo, text),
            meta=(item.outlet or "Không rõ báo",),
            at=item.shown_at,
        )
        for item in Item.objects.filter(pk__in=keys).defer("body")
    }
