"""Which posts do what kind of work, and who stands inside a case."""

from hoiam.agencies.states import Role
from hoiam.core.actor import Actor
from hoiam.handling.models import Case
from hoiam.handling.states import PartyRole

DESK = (Role.FOCAL_POINT, Role.CHIEF_OF_OFFICE, Role.HEAD, Role.DEPUTY, Role.SPOKESPERSON)
DECIDERS = (Role.HEAD, Role.DEPUTY, Role.CHIEF_OF_OFFICE, Role.SPOKESPERSON)
VERIFIERS = (*DESK, Role.HEAD_OF_REGION, Role.EXAMINER, Role.ENFORCEMENT_OFFICER)
WRITERS = (*DESK, Role.EXAMINER)
CLERKS = (*DESK, Role.RECORDS_CLERK)


def in_scope(actor: Actor, case: Case) -> bool:
    """Whether the case is in the actor's sight: of the actor's agencies, or one of them has a part in it."""
    return actor.sees(case.agency_id) or any(actor.sees(p.agency_id) for p in case.parties.all())


def at_case(actor: Actor, case: Case, roles: tuple[Role, ...]) -> bool:
    """Whether the actor holds one of the roles at the case's own agency."""
    return any(actor.has_role(role, agency_id=case.agency_id) for role in roles)


def verifies(actor: Actor, case: Case) -> bool:
    """Whether the actor verifies at the case's agency or at a unit that does a part of it.

    Who is only informed, and who only sees (the centre), does not do what others must answer for.
    """
    doing = {party.agency_id for party in case.parties.all() if party.role != PartyRole.INFORMED}
    places = {case.agency_id, *doing}
    return any(post.agency_id in places and post.role in VERIFIERS for post in actor.posts)
