"""Pieces asked for: those an actor may see, those asked of the actor."""

from django.db.models import Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.newsroom.models import Commission
from hoiam.newsroom.policies.submissions import EDITORS
from hoiam.newsroom.states.submissions import OPEN_COMMISSION


def commissions_visible_to(actor: Actor) -> ScopedQuerySet:
    """Pieces asked of the actor, and for editors those asked for by the agencies in sight."""
    rows = Commission.objects.select_related("agency", "official", "section", "asked_by")
    own = Q(official=actor.pk)
    if not actor.has_role(*EDITORS):
        return rows.filter(own).narrowed()
    return rows.narrowed() if actor.sees_everything else rows.filter(own | Q(agency__in=actor.agency_ids)).narrowed()  # fmt: skip


def commissions_of(actor: Actor) -> ScopedQuerySet:
    """Pieces asked of the actor that are not settled, first due first."""
    rows = Commission.objects.select_related("agency", "section")
    return rows.narrowed(official=actor.pk, state__in=OPEN_COMMISSION).order_by("due_on", "pk")
