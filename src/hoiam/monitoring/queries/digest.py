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
from hoiam.monitoring.states import DigestKind, WarningState

# A digest sent by hand while its day still ran does not close the day; so many of them in a row are looked past.
LOOKED_AT = 40


def digests_visible_to(actor: Actor, kind: str = DigestKind.DAY) -> ScopedQuerySet:
    """Digests of one kind made for the actor's agencies, newest first."""
    rows = Digest.objects.filter(kind=kind)
    if not actor.sees_everything:
        rows = rows.filter(agency__in=actor.agency_ids)
    return rows.narrowed().select_related("agency")


def digest_entries(
    agency_ids: set[int] | None, day: date, first: date | None = None
) -> ScopedQuerySet:
    """Warnings whose story had items on this day, most severe first; dismissed ones are left out.

    Args:
        agency_ids: the agency and those below it; None for the centre, which sees all.
        day: Vietnam civil date.
        first: with it the items of the days from `first` to `day`, as after a weekend.
    """
    start = datetime.combine(first or day, time.min, tzinfo=VIETNAM)
    end = datetime.combine(day, time.min, tzinfo=VIETNAM) + timedelta(days=1)
    rows = Warning.objects.system("a digest is made for an agency, not for a person").filter(
        story__items__at__gte=start, story__items__at__lt=end, story__items__is_relevant=True
    )
    if agency_ids is not None:
        rows = rows.filter(agency__in=agency_ids)
    todays = (
        Item.objects.filter(is_relevant=True, at__gte=start, at__lt=end)
        .select_related("channel__press_agency", "finding")
        .prefetch_related("finding__attributions__agency_today")
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


def covered_until(agency: Agency, day: date) -> date | None:
    """The last day before this one that a digest sent after that day's end covers; None when there is none."""
    sent = Digest.objects.system("what was covered is not told again").filter(
        agency=agency, kind=DigestKind.DAY, day__lt=day
    )
    rows = sent.exclude(sent_at=None).order_by("-day").values_list("day", "sent_at")[:LOOKED_AT]
    whole = (told for told, at in rows if at.astimezone(VIETNAM).date() > told)
    return next(whole, None)
