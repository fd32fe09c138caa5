"""Which office of the register stood for a province or a district on a day, and how it was called."""

from datetime import date

from .agency_register import Register, canonical_place
from .places import District, provinces
from .values import AgencyFact


def provincial_fact(register: Register, name: str, as_of: date) -> AgencyFact | None:
    """The provincial agency of a territory's name on a day.

    A province that was renamed with its land unchanged (Thừa Thiên Huế) is found under either name;
    a merged one (Hậu Giang) keeps its last own agency after the merger.
    """
    names = [name]
    for province in provinces():
        if len(province.predecessors) == 1 and name in (province.name, *province.predecessors):
            names += [province.name, *province.predecessors]
    own = [f for f in register.facts if f.level == "province" and f.province in names]
    valid = [fact for fact in own if fact.is_valid(as_of)]
    if valid:
        return min(valid, key=lambda fact: fact.province != name)
    past = [fact for fact in own if fact.valid_to and fact.valid_to < as_of]
    return max(past, key=lambda fact: fact.valid_to or date.min, default=own[0] if own else None)


def district_fact(register: Register, district: District, is_team: bool) -> AgencyFact | None:
    """The Đội or the Chi cục of a district, or None when the register has none."""
    for fact in register.facts:
        if (
            fact.district == district.name
            and fact.province == district.province
            and fact.kind == district.kind
            and fact.code.startswith("doi-tha-") == is_team
        ):
            return fact
    return None


def is_city(register: Register, province: str, day: date) -> bool:
    """Whether a province is a city of the centre on a day."""
    return any(
        register.named(f"{head} TP. {province}", day) is not None for head in ("THADS", "Cục THADS")
    )


def is_lasting(name: str) -> bool:
    """Whether the province has had one land and one name all the time."""
    return any(province.predecessors == (name,) for province in provinces())


def district_name(kind: str, name: str, is_team: bool) -> str:
    """The name of a district's office, as a Đội before 01/7/2009 or as the Chi cục that followed."""
    return f"{'Đội THA' if is_team else 'Chi cục THADS'} {canonical_place(kind, name)}"
