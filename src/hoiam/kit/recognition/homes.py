"""The home of an outlet in the time of an item: its old province until the merger, then also the one that took it in."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from .agency_register import Register
from .places import held_by
from .source import Source
from .values import Document

_CAPITAL: Final = re.compile(r"(?<![^\W_])[^\W\d_]\w*")


def homes_of(document: Document, as_of: date, register: Register) -> tuple[str, ...]:
    """The outlet's provinces on a day, the narrowest first; empty when nobody knows where it is at home.

    A paper of Bắc Giang writes of the districts of Bắc Giang for ever, but from the merger on the office above them and the
    Phòng are those of Bắc Ninh: the last name is the province of that day. What is given wins over the outlet's name.
    """
    home = _known(document.home_province, register) or province_in(document.outlet, register)
    return tuple(dict.fromkeys((home, held_by(home, as_of)))) if home else ()


def province_in(outlet: str, register: Register) -> str | None:
    """The province an outlet bears in its name ("Báo Cao Bằng"), or None."""
    source = Source("outlet", outlet)
    for start, _ in capitals(source):
        met = register.gazetteer.at(source.low, start)
        if met and met[1].provinces:
            return met[1].provinces[0]
    return None


def capitals(source: Source) -> Iterable[tuple[int, int]]:
    """The words that may begin a name: written with a capital (without marks: any)."""
    for word in _CAPITAL.finditer(source.work):
        if word.group()[0].isupper() or source.is_folded:
            yield word.start(), word.end()


def _known(given: str | None, register: Register) -> str | None:
    place = register.gazetteer.named(given) if given else None
    return place.provinces[0] if place and place.provinces else None
