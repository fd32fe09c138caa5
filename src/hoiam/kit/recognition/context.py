"""Which province a text points to: the places it names, its dateline, the home of its outlet."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from hoiam.kit.vietnamese import strip_marks

from .agency_register import Register
from .eras import era_of
from .grammar import Mention
from .homes import capitals, homes_of
from .places import District
from .source import Source
from .values import Document

_DATELINE: Final = re.compile(r"\s*[(\[]?\s*(?=\w)")
_KIND_WORDS: Final = ("huyện", "quận", "thị xã", "thành phố", "tp", "tp.", "tx", "tx.", "h.", "q.")
_KIND_WORDS_FOLDED: Final = tuple(strip_marks(word) for word in _KIND_WORDS)
_MAN_AND_CITY: Final = ("hồ chí minh", "ho chi minh")
_BEFORE_CITY: Final = (
    "phố",
    "tp",
    "tp.",
    "tại",
    "ở",
    "pho",
    "tai",
    "o",
    ",",
    "(",
    ".",
    "–",
    "-",
    ":",
    "và",
)
_SEATS: Final = ("cấp cao tại ", "cấp cao ở ", "tối cao tại ", "cap cao tai ", "toi cao tai ")


class Votes(Counter[str]):
    """How often a text points to each province, with the districts it names beyond doubt."""

    districts: frozenset[District] = frozenset()


def province_votes(
    found: Sequence[Mention], sources: Sequence[Source], document: Document, register: Register
) -> Votes:
    """The votes of all places of a text; the dateline weighs five, the outlet's own province two."""
    votes = Votes()
    named: set[District] = set()
    for source in sources:
        for start, end in capitals(source):
            met = register.gazetteer.at(source.low, start, folded=source.is_folded)
            if met is None or met[0] < end:
                continue
            place = met[1]
            before = source.low[max(0, start - 8) : start].rstrip()
            if _is_the_man(source.low[start : met[0]], before) or _is_seat(source.low[:start]):
                continue
            for province in place.provinces[:1]:
                votes[province] += 5 if _is_dateline(source, start) else 1
            if (
                not place.provinces
                and len(place.districts) == 1
                and before.endswith(_KIND_WORDS_FOLDED if source.is_folded else _KIND_WORDS)
            ):
                named.add(place.districts[0])
                votes[place.districts[0].province] += 1
    for mention in found:
        for province in mention.parent.provinces if mention.parent else ():
            votes[province] += 1
    homes = homes_of(document, era_of(document, sources)[0], register)
    home = next((name for name in homes if name in votes), None)
    if home:
        votes[home] += 2
    votes.districts = frozenset(named)
    return votes


def _is_the_man(name: str, before: str) -> bool:
    """Whether "Hồ Chí Minh" is the president, not the city: no word for a city, no "tại" stands before it."""
    return name in _MAN_AND_CITY and bool(before) and not before.endswith(_BEFORE_CITY)


def _is_seat(before: str) -> bool:
    """Whether the name only says where a high court sits: "TAND cấp cao tại Đà Nẵng" judges twelve provinces."""
    return before.endswith(_SEATS)


def _is_dateline(source: Source, start: int) -> bool:
    opened = _DATELINE.match(source.work)
    if opened is None or opened.end() != start:
        return False
    return re.match(r"[^.\n]{2,30}?\s?[:)–-]\s", source.work[start:]) is not None
