"""Who is told: the rows of a unit or the product defaults, and the people behind each recipient on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import agencies_on, case_agency, holders, superior
from hoiam.agencies.states import DESK_ROLES, Level, Role
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.monitoring.defaults import (
    EscalationFact,
    RouteFact,
    default_escalation,
    default_routes,
)
from hoiam.monitoring.hours import is_office_hour, next_change
from hoiam.monitoring.models import Routing, Warning
from hoiam.monitoring.states import Hours, Recipient

OWN_ROLES = {
    Recipient.FOCAL_POINT: (Role.FOCAL_POINT,),
    Recipient.DEPUTY: (Role.DEPUTY,),
    Recipient.CHIEF_OF_OFFICE: (Role.CHIEF_OF_OFFICE,),
    Recipient.HEAD: (Role.HEAD,),
    Recipient.SPOKESPERSON: (Role.SPOKESPERSON, Role.AUTHORISED_SPOKESPERSON),
}
SUPERIOR_ROLES = {
    Recipient.SUPERIOR_DESK: (Role.FOCAL_POINT, Role.CHIEF_OF_OFFICE),
    Recipient.SUPERIOR_HEAD: (Role.HEAD, Role.DEPUTY),
}


@dataclass(frozen=True)
class RoutingRows:
    """What holds for a unit now; `is_own` when it changed the defaults."""

    routes: tuple[RouteFact, ...]
    steps: tuple[EscalationFact, ...]
    is_own: bool
    ministry_email: str = ""

    def steps_of(self, severity: int) -> tuple[EscalationFact, ...]:
        """The steps up of one severity, in order."""
        return tuple(step for step in self.steps if step.severity == severity)


@dataclass(frozen=True)
class Told:
    """Somebody to be told, and in what capacity."""

    official: Official
    recipient: str


def routing_of(agency: Agency) -> RoutingRows:
    """The rows of the unit that handles matters of this agency (a regional office's province); two queries at most."""
    unit = case_agency(agency)
    own = Routing.objects.filter(agency=unit).prefetch_related("routes", "steps").first()
    if own is None:
        return RoutingRows(default_routes(), default_escalation(), False)
    return RoutingRows(
        tuple(RouteFact(r.severity, r.recipient, r.hours) for r in own.routes.all()),
        tuple(
            EscalationFact(s.severity, s.recipient, timedelta(minutes=s.minutes), s.office)
            for s in own.steps.all()
        ),
        True,
        own.ministry_email,
    )


def place_of(warning: Warning, today: date) -> Agency | None:
    """The agency whose desk answers for the row: its own, or the centre for a row of nobody."""
    return warning.agency or centre_on(today)


def centre_on(today: date) -> Agency | None:
    """The centre of the System on this day."""
    return agencies_on(today).filter(level=Level.CENTRE).order_by("fictional", "pk").first()


def told_now(agency: Agency, severity: int, now: datetime) -> list[Told]:
    """Who is to be told at this moment of a matter of this severity at this agency; each person once.

    When a severity is routed but nobody holds the roles, the desk is told, and where there is none the superior's:
    a warning never falls between posts.
    """
    wanted = [r for r in routing_of(agency).routes if r.severity == severity and _holds(r, now)]
    if not wanted:
        return []
    today = now.astimezone(VIETNAM).date()
    found = _once(
        Told(person, route.recipient)
        for route in wanted
        for person in people_for(route.recipient, agency, today)
    )
    return found or _rescue(agency, today)


def told_later(agency: Agency, severity: int, now: datetime) -> datetime | None:
    """When somebody will be told of a severity that has rows, but none for this hour; None when somebody is told now."""
    rows = [route for route in routing_of(agency).routes if route.severity == severity]
    if not rows or any(_holds(route, now) for route in rows):
        return None
    return next_change(now, calendar_in_use())


def people_for(recipient: str, agency: Agency, today: date) -> list[Official]:
    """The officials behind one recipient for matters of this agency; none for a mailbox."""
    unit = case_agency(agency)
    if recipient == Recipient.REGION_HEAD:
        roles = (Role.HEAD_OF_REGION, Role.HEAD, Role.FOCAL_POINT)
        return list(holders(agency, roles, today)) if agency.pk != unit.pk else []
    if recipient in OWN_ROLES:
        return list(holders(unit, OWN_ROLES[Recipient(recipient)], today))
    above = superior(unit, today) if recipient in SUPERIOR_ROLES else None
    return list(holders(above, SUPERIOR_ROLES[Recipient(recipient)], today)) if above else []


def lines_places(agency: Agency, severity: int, superior_from: int, today: date) -> list[Agency]:
    """The units whose own lines carry a matter of this agency: itself, its province, and above for grave ones."""
    unit = case_agency(agency)
    above = superior(unit, today) if severity >= superior_from else None
    return list(dict.fromkeys(place for place in (agency, unit, above) if place is not None))


def _holds(route: RouteFact, now: datetime) -> bool:
    if route.hours == Hours.ANY:
        return True
    return is_office_hour(now, calendar_in_use()) is (route.hours == Hours.OFFICE)


def _once(rows: Iterable[Told]) -> list[Told]:
    found: dict[int, Told] = {}
    for row in rows:
        found.setdefault(row.official.pk, row)
    return list(found.values())


def _rescue(agency: Agency, today: date) -> list[Told]:
    unit = case_agency(agency)
    places = [unit, superior(unit, today)]
    for place, recipient in zip(
        places, (Recipient.FOCAL_POINT, Recipient.SUPERIOR_DESK), strict=True
    ):
        people = list(holders(place, DESK_ROLES, today)) if place else []
        if people:
            return [Told(person, recipient) for person in people]
    return []
