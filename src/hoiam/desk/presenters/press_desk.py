"""What the pages of the press desk share: the diary in sentences, links to papers and cases."""

from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from hoiam.core import ledger
from hoiam.desk.components import Entry
from hoiam.kit.lists import yaml_of

BOOK = Path(__file__).parent.parent / "data" / "diary_press.yaml"


@cache
def phrasebook() -> dict[str, str]:
    """The sentence of each step of the diary."""
    return dict(yaml_of(BOOK.read_text(encoding="utf-8")))


def diary_of(thing: Model) -> list[Entry]:
    """The diary of one thing as a timeline, newest first."""
    entries = list(ledger.of(thing))[::-1]
    return [
        Entry(
            at=entry.at,
            text=f"{entry.actor_name} {_sentence(entry.step, entry.data)}",
            note=entry.reason,
            is_now=number == 0,
        )
        for number, entry in enumerate(entries)
    ]


def _sentence(step: str, data: dict[str, Any]) -> str:
    return phrasebook()[step].format_map(_Words(data))


class _Words(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return ""


def new_case_url() -> str:
    """Where a case is opened by hand, or nothing while no such page exists."""
    try:
        return reverse("desk-case-new")
    except NoReverseMatch:
        return ""
