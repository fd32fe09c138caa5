"""What stands in a digest: the stories of one day in an agency's scope."""

from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, Q, QuerySet

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import holders
from hoiam.agencies.states import DESK_ROLES, Level, Role
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Digest, Item, Warning
from hoiam.monitoring.states import WarningState


def digests_visible_to(actor: Actor) -> ScopedQuerySet:
    """Digests made for the actor's agencies, newest first."""
    if actor.sees_everything:
        return Digest.objects.narrowed().select_related("agency")
    return Digest.objects.narrowed(agency__in=actor.agency_ids).select_related("agency")


def digest_entries(agency_ids: set[int] | None, day: date) -> ScopedQuerySet:
    """Warnings whose story had items on this day, most severe first; dismissed ones are left out.

    Args:
        agency_ids: the agency and those below it; None for the centre, which sees all.
        day: Vietnam civil date.
    """
    start = datetime.combine(day, time.min, tzinfo=VIETNAM)
    end = start + timedelta(days=1)
    rows = Warning.objects.system("a digest is made for an agency, not for a person").filter(
        story__items__at__gte=start, story__items__at__lt=end, story__items__is_relevant=True
    )
    if agency_ids is not None:
        rows = rows.filter(agency__in=agency_ids)
    todays = (
        Item.objects.filter(is_relevant=True, at__gte=start, at__lt=end)
        .select_related("channel__press_agency")
        .order_by("at", "id")
    )
    return (
        rows.exclude(state__in=[WarningState.DISMISSED, WarningState.DUPLICATE])
        .exclude(Q(story__merged_into__isnull=False))
        .distinct()
        .select_related("story__lead_item", "agency")
        .prefetch_related(Prefetch("story__items", todays, to_attr="items_today"))
        .order_by("-severity", "at", "pk")
    )


def scope_of(agency: Agency) -> set[int] | None:
    """The agencies a digest of this agency covers: all for the centre, else itself and those below it."""
    if agency.level == Level.CENTRE:
        return None
    return {agency.pk, *agency.children.values_list("pk", flat=True)}


def digest_recipients(agency: Agency, today: date) -> QuerySet[Official]:
    """Who is sent the agency's digest: its desk and its spokesperson; those without a mail address included."""
    return holders(agency, DESK_ROLES | {Role.SPOKESPERSON}, today)
