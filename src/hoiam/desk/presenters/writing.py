"""Pages of pieces as they are drawn: tabs, the steps of a piece, its text with pictures the desk gives out, the diary."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Model
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hoiam.core import ledger
from hoiam.desk.components import Entry
from hoiam.desk.presenters.spokespersons import Tab
from hoiam.newsroom.models import Submission
from hoiam.newsroom.queries.submissions import figured
from hoiam.newsroom.states.submissions import SubmissionState

BOOK = Path(__file__).parent.parent / "data" / "diary_writing.yaml"
PLACES = (
    ("desk-writing", "Bài của tôi"),
    ("desk-pieces", "Bài gửi đến"),
    ("desk-commissions", "Bài đặt viết"),
    ("desk-fact-checks", "Kiểm chứng"),
    ("desk-writers", "Ai viết gì"),
)
S = SubmissionState
_WAY = (
    ("Đang viết", {S.DRAFT, S.RETURNED}),
    ("Chờ biên tập", {S.SENT}),
    ("Đang biên tập", {S.ACCEPTED}),
    ("Đã đăng", {S.PRINTED}),
)
_IMAGE = re.compile(r'src="/anh/([0-9a-f]{64})[^"]*"')


@dataclass(frozen=True)
class Rung:
    """One step of the bar on a piece's page."""

    label: str
    state: str
    note: str = ""


def tabs(current: str) -> list[Tab]:
    """The tabs of the area."""
    return [Tab(reverse(name), label, name == current) for name, label in PLACES]


def way_of(piece: Submission) -> list[Rung]:
    """How far the piece has come; nothing when it goes no further."""
    now = next((number for number, (_, states) in enumerate(_WAY) if piece.state in states), None)
    if now is None:
        return []
    return [
        Rung(label, "past" if number < now else "now" if number == now else "next")
        for number, (label, _) in enumerate(_WAY)
    ]


def shown_body(piece: Submission) -> SafeString:
    """The text as it will look; its pictures come from the desk, for who may see the piece."""
    rows = list(piece.pictures.all())
    keys = {row.blob: row.pk for row in rows}

    def ours(found: re.Match[str]) -> str:
        address = reverse("desk-writing-picture", args=[piece.pk, keys[found[1]]])
        return f'src="{address}"'

    # Cleaned when it was written; figures are built with every word escaped.
    return mark_safe(_IMAGE.sub(ours, figured(piece.body, rows)))


def loose_pictures(piece: Submission) -> list[Any]:
    """Pictures of the piece that stand nowhere in its text."""
    placed = set(_IMAGE.findall(piece.body))
    return [row for row in piece.pictures.all() if row.blob not in placed]


@cache
def phrasebook() -> dict[str, str]:
    """The sentence of each step."""
    return dict(yaml.safe_load(BOOK.read_text(encoding="utf-8")))


def diary_of(thing: Model) -> list[Entry]:
    """The diary of one thing as a timeline, newest first."""
    return [
        Entry(
            at=entry.at,
            text=f"{entry.actor_name} {phrasebook()[entry.step]}",
            note=entry.reason,
            is_now=number == 0,
        )
        for number, entry in enumerate(reversed(list(ledger.of(thing))))
    ]
