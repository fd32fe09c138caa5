"""Experts, contributors and pieces in sight; pieces counted by person and unit."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.monitoring.queries.periods import Period
from hoiam.newsroom.models import Commission
from hoiam.newsroom.queries import commissions_visible_to
from hoiam.scheme.models import Contribution, Contributor, Expert, ExpertInvitation
from hoiam.scheme.states.people import Consent


def _seen(rows: ScopedQuerySet, actor: Actor) -> ScopedQuerySet:
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def experts_visible_to(actor: Actor) -> ScopedQuerySet:
    """Experts on the lists of the agencies in sight; those of the centre who agreed are offered to everybody."""
    rows = Expert.objects.select_related("agency")
    if actor.sees_everything:
        return rows.narrowed()
    offered = Q(agency__level="centre", consent=Consent.GIVEN)
    return rows.filter(Q(agency__in=actor.agency_ids) | offered).narrowed()


def invitations_of(expert: Expert, actor: Actor) -> QuerySet[ExpertInvitation]:
    """Invitations of the expert; those to write a piece only for who may see the piece that is asked for."""
    rows = expert.invitations.select_related("commission")
    if actor.sees(expert.agency_id):
        return rows
    return rows.filter(Q(commission=None) | Q(commission__in=commissions_visible_to(actor)))


def invitation_to(commission: Commission) -> ExpertInvitation | None:
    """The invitation by which the piece was asked of an expert; None when somebody else was asked."""
    rows = ExpertInvitation.objects.filter(commission=commission)
    return rows.select_related("expert").first()


def experts_to_ask(actor: Actor) -> ScopedQuerySet:
    """Experts in sight who agreed and left an address for mail."""
    return experts_visible_to(actor).filter(consent=Consent.GIVEN).exclude(email="")


def contributors_visible_to(actor: Actor) -> ScopedQuerySet:
    """Contributors of the units in sight."""
    return _seen(Contributor.objects.select_related("agency", "official"), actor)


def contributions_visible_to(actor: Actor) -> ScopedQuerySet:
    """Pieces in the books of the units in sight."""
    rows = Contribution.objects.select_related(
        "agency", "contributor", "channel", "theme", "item", "article", "entered_by"
    )
    return _seen(rows, actor)


@dataclass(frozen=True)
class Tally:
    """Pieces of one person or unit in a period, and how many of them the system found itself."""

    pk: int
    name: str
    place: str
    pieces: int
    found: int


def _in(agency_ids: Collection[int] | None, period: Period) -> ScopedQuerySet:
    rows = Contribution.objects.system("counted for agencies the caller may see").filter(
        happened_on__gte=period.first, happened_on__lte=period.last
    )
    return rows if agency_ids is None else rows.filter(agency__in=agency_ids)


def pieces_by_person(agency_ids: Collection[int] | None, period: Period) -> list[Tally]:
    """Contributors by pieces, most first."""
    rows = (
        _in(agency_ids, period)
        .exclude(contributor=None)
        .order_by()
        .values("contributor", "contributor__full_name", "contributor__title", "agency__name")
        .annotate(n=Count("pk"), found=Count(Coalesce("item", "article")))
        .order_by("-n", "contributor__sort_key")
    )
    return [
        Tally(
            row["contributor"],
            row["contributor__full_name"],
            ", ".join(part for part in (row["contributor__title"], row["agency__name"]) if part),
            row["n"],
            row["found"],
        )
        for row in rows
    ]


def pieces_by_unit(agency_ids: Collection[int] | None, period: Period) -> list[Tally]:
    """Units by pieces, most first."""
    rows = _in(agency_ids, period).order_by().values("agency")
    counted = rows.annotate(n=Count("pk"), found=Count(Coalesce("item", "article"))).order_by(
        "-n", "agency"
    )
    names = Agency.objects.in_bulk([row["agency"] for row in counted])
    return [
        Tally(row["agency"], names[row["agency"]].name, "", row["n"], row["found"])
        for row in counted
    ]
