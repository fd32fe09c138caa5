"""A unit's own rows in place of the product defaults."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import case_agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.monitoring.defaults import EscalationFact, RouteFact
from hoiam.monitoring.models import EscalationStep, Route, Routing
from hoiam.monitoring.states import Hours

GRAVEST = 3


@transaction.atomic
def save_routing(
    agency: Agency,
    *,
    routes: Sequence[RouteFact],
    steps: Sequence[EscalationFact],
    actor: Actor,
    now: datetime,
    ministry_email: str = "",
    reason: str = "",
) -> Routing:
    """The unit's rows as given, in place of those before.

    Raises:
        InvalidInput: a grave matter would reach nobody at some hour, or the unit is a regional office.
        NotAllowed: the actor may not change this unit's rows.
    """
    authority.check(actor, "save_routing", agency)
    if case_agency(agency).pk != agency.pk:
        raise InvalidInput("Phòng khu vực dùng quy tắc của tỉnh. Hãy sửa ở trang của tỉnh.")
    _check(routes)
    routing, _ = Routing.objects.update_or_create(
        agency=agency,
        defaults={
            "saved_at": now,
            "saved_by": actor.official,
            "ministry_email": ministry_email.strip(),
        },
    )
    routing.routes.all().delete()
    routing.steps.all().delete()
    Route.objects.bulk_create(
        Route(routing=routing, severity=r.severity, recipient=r.recipient, hours=r.hours)
        for r in routes
    )
    EscalationStep.objects.bulk_create(
        EscalationStep(
            routing=routing,
            severity=step.severity,
            ordinal=order,
            recipient=step.recipient,
            minutes=int(step.wait.total_seconds() // 60),
            office=step.office,
        )
        for order, step in enumerate(steps)
    )
    ledger.write(agency, actor=actor, step="save_routing", at=now, reason=reason)
    return routing


def _check(routes: Sequence[RouteFact]) -> None:
    grave = {route.hours for route in routes if route.severity == GRAVEST}
    if Hours.ANY not in grave and not {Hours.OFFICE, Hours.OFF} <= grave:
        raise InvalidInput(
            "Mức nghiêm trọng phải có ít nhất một người được báo ở mọi giờ. Chọn thêm một dòng “Mọi lúc”.",
            "grave",
        )


@transaction.atomic
def reset_routing(agency: Agency, *, actor: Actor, now: datetime) -> Agency:
    """The unit back on the product defaults."""
    authority.check(actor, "save_routing", agency)
    Routing.objects.filter(agency=agency).delete()
    ledger.write(agency, actor=actor, step="reset_routing", at=now)
    return agency
