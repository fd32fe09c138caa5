"""The register of enforcement agencies through time, built from data files (organisation.md §1, §3)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import nfc, normalise, slug, squash

from .places import CITY, District, Gazetteer, Province, aliases, districts, provinces, today_of
from .values import AgencyFact

_DATA: Final = files(__package__) / "data"
_SHORT_KINDS: Final = {CITY: "TP."}
NEWEST: Final = date.max
UNKNOWN_OFFICE: Final = "chưa rõ Phòng"


class Register:
    """Agencies through time: an iterable of facts, looked up by code, by name and by day."""

    def __init__(
        self, facts: Iterable[AgencyFact], extra_districts: Iterable[District] = ()
    ) -> None:
        self.facts: tuple[AgencyFact, ...] = _with_predecessors(tuple(facts))
        self.by_code: Mapping[str, AgencyFact] = MappingProxyType({f.code: f for f in self.facts})
        if len(self.by_code) != len(self.facts):
            raise ValueError("Hai cơ quan trong danh mục trùng mã; mỗi mã chỉ dùng một lần.")
        self.districts: tuple[District, ...] = (*districts(), *extra_districts)
        names = {fact.province for fact in self.facts if fact.province}
        names |= {district.province for district in self.districts}
        self.gazetteer: Gazetteer = Gazetteer(sorted(names), self.districts, aliases())
        self.old_cities: frozenset[str] = frozenset(
            f.province
            for f in self.facts
            if f.code.startswith("tha-") and f.kind == CITY and f.province
        )
        self.kinds_of: dict[str, set[str | None]] = {}
        for fact in self.facts:
            if fact.level == "province" and fact.province:
                self.kinds_of.setdefault(fact.province, set()).add(fact.kind)
        self._by_name: dict[str, list[AgencyFact]] = {}
        for fact in self.facts:
            for name in {fact.name, fact.full_name}:
                self._by_name.setdefault(_name_key(name), []).append(fact)

    def __iter__(self) -> Iterator[AgencyFact]:
        return iter(self.facts)

    def today(self, code: str, day: date) -> AgencyFact | None:
        """The agency that answers on `day` for the agency of this code; None when nobody does.

        >>> register().today("cuc-thads-hau-giang", date(2025, 8, 1)).name
        'THADS TP. Cần Thơ'
        """
        fact: AgencyFact | None = self.by_code.get(code)
        seen: set[str] = set()
        while fact is not None and fact.valid_to is not None and fact.valid_to < day:
            if fact.code in seen or not fact.successors:
                return None
            seen.add(fact.code)
            fact = self.by_code.get(fact.successors[0])
        return fact

    def named(self, name: str, day: date | None = None) -> AgencyFact | None:
        """The agency of a canonical or full name on a day; None when none or more than one bears it.

        >>> register().named("Chi cục THADS huyện Vị Thủy", date(2020, 1, 1)).code
        'chi-cuc-vi-thuy-hau-giang'
        """
        found = self._by_name.get(_name_key(name), [])
        if day is not None:
            found = [fact for fact in found if fact.is_valid(day)]
        return found[0] if len(found) == 1 else None

    def extended(
        self, facts: Iterable[AgencyFact], extra_districts: Iterable[District] = ()
    ) -> "Register":
        """A register with more agencies (an imported list of Phòng, a fictional province in tests)."""
        known = len(districts())
        return Register((*self.facts, *facts), (*self.districts[known:], *extra_districts))


def canonical_place(kind: str, name: str) -> str:
    """The place as it ends an agency's name.

    >>> canonical_place("thành phố", "Tuy Hòa"), canonical_place("quận", "1")
    ('TP. Tuy Hòa', 'quận 1')
    """
    return f"{_SHORT_KINDS.get(kind, kind)} {name}"


def district_code(district: District, doubled: bool) -> str:
    """The stable code of a district's agency; the kind is in it only where names would collide."""
    named = doubled or district.name.isdigit()
    parts = (district.kind if named else "", district.name, district.province)
    return "chi-cuc-" + "-".join(slug(part) for part in parts if part)


@cache
def register() -> Register:
    """The register as delivered: the centre, provinces, districts and military, without the Phòng.

    >>> len([f for f in register() if f.code.startswith("cuc-thads-") and f.code != "cuc-thads-hue"])
    63
    """
    facts = yaml_of(nfc((_DATA / "centre.yaml").read_text(encoding="utf-8")))
    return Register(
        (*_centre(facts), *_military(facts["military"]), *_provinces(facts), *_districts(facts))
    )


def _name_key(name: str) -> str:
    return squash(normalise(name)).lower()


def _with_predecessors(facts: tuple[AgencyFact, ...]) -> tuple[AgencyFact, ...]:
    before: dict[str, list[str]] = {}
    for fact in facts:
        for code in fact.successors:
            before.setdefault(code, []).append(fact.code)
    return tuple(
        replace(f, predecessors=tuple(dict.fromkeys((*f.predecessors, *before.get(f.code, ())))))
        for f in facts
    )


def _centre(facts: Mapping[str, Any]) -> Iterator[AgencyFact]:
    for row in facts["centre"]:
        yield AgencyFact(
            code=row["code"],
            name=row["name"],
            full_name=row["full_name"],
            level="centre",
            province=None,
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            successors=tuple(row["successors"]),
        )


def _military(facts: Mapping[str, Any]) -> Iterator[AgencyFact]:
    head = facts["department"]
    yield AgencyFact(
        head["code"], head["name"], head["full_name"], "military", None, None, None, ours=False
    )
    for region in facts["regions"]:
        yield AgencyFact(
            f"phong-tha-quan-khu-{slug(region)}",
            f"Phòng THA Quân khu {region}",
            f"Phòng Thi hành án Quân khu {region}",
            "military",
            None,
            None,
            None,
            ours=False,
        )


def _provinces(facts: Mapping[str, Any]) -> Iterator[AgencyFact]:
    renamed = facts["renamed"]
    for province in provinces():
        for old in province.predecessors:
            yield from _old_province(old, facts)
        yield from _new_province(province, facts)
    yield _provincial(
        "cuc-thads",
        "Cục THADS",
        renamed["new"],
        True,
        (renamed["since"], _before(facts["eras"]["named_thads"])),
        (f"thads-{slug(renamed['new'])}",),
    )


def _old_province(name: str, facts: Mapping[str, Any]) -> Iterator[AgencyFact]:
    eras, renamed = facts["eras"], facts["renamed"]
    is_city = name in facts["old_cities"]
    is_renamed = name == renamed["old"]
    end = renamed["since"] if is_renamed else eras["named_thads"]
    heir = f"cuc-thads-{slug(renamed['new'])}" if is_renamed else f"thads-{slug(today_of(name))}"
    if today_of(name) == "Đồng Nai":
        heir = "thads-dong-nai-tinh"
    cuc = f"cuc-thads-{slug(name)}"
    yield _provincial("tha", "THADS", name, is_city, (None, _before(eras["named_cuc"])), (cuc,))
    yield _provincial(
        "cuc-thads", "Cục THADS", name, is_city, (eras["named_cuc"], _before(end)), (heir,)
    )


def _new_province(province: Province, facts: Mapping[str, Any]) -> Iterator[AgencyFact]:
    start = facts["eras"]["named_thads"]
    if province.city_since is None:
        yield _provincial("thads", "THADS", province.name, province.is_city, (start, None), ())
        return
    code = f"thads-{slug(province.name)}"
    first = _provincial(
        "thads", "THADS", province.name, False, (start, _before(province.city_since)), (code,)
    )
    yield replace(first, code=f"{code}-tinh")
    yield _provincial("thads", "THADS", province.name, True, (province.city_since, None), ())


def _provincial(
    prefix: str,
    head: str,
    name: str,
    is_city: bool,
    years: tuple[date | None, date | None],
    successors: tuple[str, ...],
) -> AgencyFact:
    kind = CITY if is_city else "tỉnh"
    full = head.replace("THADS", "Thi hành án dân sự")
    return AgencyFact(
        code=f"{prefix}-{slug(name)}",
        name=f"{head} {canonical_place(kind, name)}",
        full_name=f"{full} {kind} {name}",
        level="province",
        province=name,
        valid_from=years[0],
        valid_to=years[1],
        successors=successors,
        kind=kind,
    )


def _districts(facts: Mapping[str, Any]) -> Iterator[AgencyFact]:
    eras = facts["eras"]
    seen: dict[tuple[str, str], int] = {}
    for district in districts():
        seen[district.province, district.name] = seen.get((district.province, district.name), 0) + 1
    codes = {
        (d.province, d.kind, d.name): district_code(d, seen[d.province, d.name] > 1)
        for d in districts()
    }
    for district in districts():
        yield from _district(district, codes, eras)


def _district(
    district: District, codes: Mapping[tuple[str, str, str], str], eras: Mapping[str, date]
) -> Iterator[AgencyFact]:
    code = codes[district.province, district.kind, district.name]
    last = _before(eras["named_thads"])
    # The province answers until an imported list says which Phòng covers the district.
    heirs: tuple[str, ...] = (f"thads-{slug(today_of(district.province))}",)
    if today_of(district.province) == "Đồng Nai":
        heirs = ("thads-dong-nai-tinh",)
    if district.valid_to is not None:
        heirs = tuple(
            c
            for (p, _, n), c in codes.items()
            if p == district.province and n in district.successors
        )
    place, where = canonical_place(district.kind, district.name), _where(district)
    # A district that was divided before the Chi cục came to be had only a Đội.
    has_chi_cuc = district.valid_to is None or district.valid_to >= eras["named_cuc"]
    yield AgencyFact(
        code=code.replace("chi-cuc-", "doi-tha-", 1),
        name=f"Đội THA {place}",
        full_name=f"Đội Thi hành án {where}",
        valid_from=None,
        valid_to=min(_before(eras["named_cuc"]), district.valid_to or date.max),
        successors=(code,) if has_chi_cuc else heirs,
        level="district",
        province=district.province,
        district=district.name,
        kind=district.kind,
    )
    if not has_chi_cuc:
        return
    yield AgencyFact(
        code=code,
        name=f"Chi cục THADS {place}",
        full_name=f"Chi cục Thi hành án dân sự {where}",
        valid_from=eras["named_cuc"],
        valid_to=district.valid_to or last,
        successors=heirs,
        level="district",
        province=district.province,
        district=district.name,
        kind=district.kind,
    )


def _where(district: District) -> str:
    centre = district.province in {"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ"}
    return f"{district.kind} {district.name}, {CITY if centre else 'tỉnh'} {district.province}"


def _before(day: date) -> date:
    return day - timedelta(days=1)
