"""The gazetteer: provinces old and new, districts, their aliases; finds a name at a place in a text."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import nfc, normalise, strip_marks

_DATA: Final = files(__package__) / "data"
_WORD: Final = re.compile(r"[^\W_]+")
_GAP: Final = re.compile(r"[\s\u00a0.\-–'’]{0,3}")
_LONGEST: Final = 6
CITY: Final = "thành phố"


@dataclass(frozen=True)
class Province:
    """A province or city of the centre; `since` None when it stood before all our dates."""

    name: str
    is_city: bool
    predecessors: tuple[str, ...]
    since: date | None
    city_since: date | None

    @property
    def shown(self) -> str:
        """The name as it stands alone in a list of provinces."""
        return shown_province(self.name)


@dataclass(frozen=True)
class District:
    """A district of the time before 01/7/2025, with the old province that held it."""

    name: str
    kind: str
    province: str
    valid_to: date | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """What a name in a text may mean: a province and/or districts of that name."""

    provinces: tuple[str, ...] = ()
    districts: tuple[District, ...] = ()


def shown_province(name: str) -> str:
    """The province as written alone: only Hồ Chí Minh keeps its "TP.".

    >>> shown_province("Hồ Chí Minh"), shown_province("Cần Thơ")
    ('TP. Hồ Chí Minh', 'Cần Thơ')
    """
    return "TP. Hồ Chí Minh" if name == "Hồ Chí Minh" else name


def key_of(name: str) -> str:
    """The key a name is looked up by: lower case, words only.

    >>> key_of("Phan Rang - Tháp Chàm"), key_of("Ea H'leo")
    ('phan rang tháp chàm', 'ea h leo')
    """
    return " ".join(_WORD.findall(normalise(name).lower()))


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a data file of this room; lines that begin with # are comments."""
    lines = nfc((_DATA / name).read_text(encoding="utf-8")).splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def provinces() -> tuple[Province, ...]:
    """The 34 provinces of today with the old ones they were made of."""
    found = []
    for row in read_rows("provinces.csv"):
        kind, _, city_since = row["kind"].partition("@")
        parts = tuple(part.strip() for part in row["predecessors"].split(";"))
        found.append(
            Province(row["name"], kind == "city", parts, _day(row["since"]), _day(city_since))
        )
    return tuple(found)


@cache
def districts() -> tuple[District, ...]:
    """All districts up to 30/6/2025, and those merged away before that day."""
    last = [District(r["name"], r["kind"], r["province_old"]) for r in read_rows("districts.csv")]
    before = [
        District(
            row["name"],
            row["kind"],
            row["province_old"],
            _day(row["valid_to"]),
            tuple(part.strip() for part in row["successors"].split(";") if part.strip()),
        )
        for row in read_rows("districts_before.csv")
    ]
    return tuple(last + before)


@cache
def today_of(old_province: str) -> str:
    """The province of today that holds the land of an old one.

    >>> today_of("Hậu Giang"), today_of("Cà Mau")
    ('Cần Thơ', 'Cà Mau')
    """
    for province in provinces():
        if old_province in (*province.predecessors, province.name):
            return province.name
    return old_province


def held_by(name: str, day: date) -> str:
    """The province that holds the land of a province on a day: itself until it is merged or renamed.

    >>> held_by("Bắc Giang", date(2025, 6, 30)), held_by("Bắc Giang", date(2025, 7, 1))
    ('Bắc Giang', 'Bắc Ninh')
    """
    for province in _heirs().get(name, ()):
        if province.since is None or province.since <= day:
            return province.name
    return name


@cache
def _heirs() -> Mapping[str, tuple[Province, ...]]:
    """The provinces that took in the land of one that is no more, by its name."""
    heirs: dict[str, tuple[Province, ...]] = {}
    for province in provinces():
        for before in province.predecessors:
            heirs[before] = (*heirs.get(before, ()), province)
    return heirs


class Gazetteer:
    """Names of places by key, with marks and (for text without marks) without."""

    def __init__(
        self,
        names: Iterable[str],
        known_districts: Iterable[District],
        aliases: Mapping[str, str],
    ) -> None:
        by_key: dict[str, Place] = {}
        for name in names:
            _join(by_key, key_of(name), Place(provinces=(name,)))
        for district in known_districts:
            _join(by_key, key_of(district.name), Place(districts=(district,)))
        for alias, name in aliases.items():
            if key_of(name) in by_key:
                _join(by_key, key_of(alias), by_key[key_of(name)])
        self._marked = by_key
        self._folded: dict[str, Place] = {}
        for key, place in by_key.items():
            _join(self._folded, strip_marks(key), place)

    def at(self, low: str, start: int, *, folded: bool = False) -> tuple[int, Place] | None:
        """The longest name that begins at `start` of a lower-case text: its end and its meaning."""
        table = self._folded if folded else self._marked
        best: tuple[int, Place] | None = None
        key, here = "", start
        for _ in range(_LONGEST):
            word = _WORD.match(low, here)
            if word is None:
                break
            key = f"{key} {word.group()}" if key else word.group()
            place = table.get(key)
            if place is not None:
                best = (word.end(), place)
            gap = _GAP.match(low, word.end())
            here = gap.end() if gap else word.end()
            if here == word.end():
                break
        return best

    def named(self, name: str) -> Place:
        """What a name alone may mean; empty when it is not known."""
        return self._marked.get(key_of(name), Place())


def _join(table: dict[str, Place], key: str, place: Place) -> None:
    old = table.get(key, Place())
    table[key] = Place(
        tuple(dict.fromkeys(old.provinces + place.provinces)),
        tuple(dict.fromkeys(old.districts + place.districts)),
    )


@cache
def aliases() -> Mapping[str, str]:
    """Other spellings of places, by spelling."""
    written: dict[str, list[str]] = yaml_of(
        nfc((_DATA / "place_aliases.yaml").read_text(encoding="utf-8"))
    )
    return {alias: name for name, spellings in written.items() for alias in spellings}
