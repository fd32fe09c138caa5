"""The register recognition works with: the facts of the kit and what this house's database adds to them."""

from datetime import date
from functools import cached_property, lru_cache

from hoiam.agencies.models import Agency, Succession
from hoiam.agencies.queries import answering
from hoiam.agencies.states import Level
from hoiam.kit.recognition import AgencyFact, Register, register


def register_in_use() -> Register:
    """The kit's register extended with agencies only the database knows (imported Phòng, the fictional province)."""
    base = register()
    shipped = base.by_code
    own = [agency for agency in Agency.objects.order_by("id") if agency.code not in shipped]
    before: dict[int, list[str]] = {}
    for link in Succession.objects.filter(successor__in=own).select_related("predecessor"):
        before.setdefault(link.successor_id, []).append(link.predecessor.code)
    facts = [
        AgencyFact(
            code=agency.code,
            name=agency.name,
            full_name=agency.full_name,
            level=agency.level,
            province=agency.province or None,
            valid_from=agency.valid_from,
            valid_to=agency.valid_to,
            predecessors=tuple(before.get(agency.pk, ())),
        )
        for agency in own
    ]
    return _extended(tuple(facts)) if facts else base


@lru_cache(maxsize=2)
def _extended(facts: tuple[AgencyFact, ...]) -> Register:
    # Built anew only when the house's own agencies changed: gazetteer and grammar hang on the object.
    return register().extended(facts)


class AgencyFinder:
    """Agencies of the database by code, with the office that answers on one day; remembers what it looked up."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.by_code = {agency.code: agency for agency in Agency.objects.select_related("parent")}
        self._today: dict[int, Agency | None] = {}

    def named(self, code: str | None) -> Agency | None:
        """The agency of this code, or None."""
        return self.by_code.get(code or "")

    def today(self, agency: Agency | None) -> Agency | None:
        """Who answers for this agency on the finder's day."""
        if agency is None:
            return None
        if agency.pk not in self._today:
            self._today[agency.pk] = answering(agency, self.day)
        return self._today[agency.pk]

    @cached_property
    def _of_province(self) -> dict[str, Agency]:
        """An agency of every province there ever was; the one in force wins where a name was kept."""
        rows = [a for a in self.by_code.values() if a.level == Level.PROVINCE and a.province]
        rows.sort(key=lambda a: (a.valid_to or date.max, a.pk))
        return {agency.province: agency for agency in rows}

    def province(self, name: str) -> Agency | None:
        """Who answers today for this province, whose name may be an old one ("Ninh Thuận")."""
        return self.today(self._of_province.get(name.removeprefix("TP. ")))
