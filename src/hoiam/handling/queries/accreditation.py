"""The register of accredited reporters, and who must be confirmed again."""

from datetime import date

from django.db.models import Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Accreditation
from hoiam.kit.rulebook import add_months, default_number

STALE = "MD-83"


def accreditations_visible_to(actor: Actor) -> ScopedQuerySet:
    """The registers of the actor's agencies."""
    if not actor.is_active:
        return Accreditation.objects.none().narrowed()
    rows = Accreditation.objects.select_related("agency", "reporter", "press_agency")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def accreditation_list(
    actor: Actor, *, today: date, tab: str = "standing", words: str = ""
) -> ScopedQuerySet:
    """The rows of a tab: `standing` today, `stale` (to be confirmed again), `ended`, or all."""
    rows = accreditations_visible_to(actor)
    stands = Q(valid_to=None) | Q(valid_to__gte=today)
    if tab in ("standing", "stale"):
        rows = rows.filter(stands)
    if tab == "stale":
        rows = rows.filter(confirmed_on__lte=stale_before(today))
    if tab == "ended":
        rows = rows.exclude(stands)
    if words.strip():
        rows = rows.filter(
            Q(reporter__full_name__icontains=words.strip())
            | Q(press_agency__name__icontains=words.strip())
            | Q(card_number__icontains=words.strip())
        )
    return rows.order_by("press_agency__sort_key", "reporter__sort_key", "pk")


def stale_before(today: date) -> date:
    """The last day of confirmation that is too long ago (MD-83, a product default)."""
    return add_months(today, -default_number(STALE))


def is_stale(accreditation: Accreditation, today: date) -> bool:
    """Whether the reporter's office must be asked again; an ended row is left in peace."""
    if accreditation.valid_to is not None and accreditation.valid_to < today:
        return False
    return accreditation.confirmed_on <= stale_before(today)
