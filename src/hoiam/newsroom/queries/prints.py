"""Reprints: those an actor sees, the reach of one article, what may be told in public."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.newsroom.models import Article, PackageDelivery, PartnerPrint
from hoiam.newsroom.states.distribution import PrintState, SendingState

COUNTED = "reprints of one article, confirmed by a person"


def prints_visible_to(actor: Actor) -> ScopedQuerySet:
    """Reprints of articles of the actor's agencies and those below."""
    rows = PartnerPrint.objects.select_related("article__agency", "channel__press_agency", "item")
    if actor.sees_everything:
        return rows.narrowed()
    return rows.narrowed(article__agency__in=actor.agency_ids)


@dataclass(frozen=True)
class Reach:
    """How far one article came. Readers of a paper are not known and not guessed."""

    prints: tuple[PartnerPrint, ...]
    waiting: int
    sent: int
    opened: int

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that printed it, each once, in the order they did."""
        return tuple(dict.fromkeys(row.outlet for row in self.prints))

    @property
    def first_at(self) -> datetime | None:
        """When the first of them printed it, as far as known."""
        return min((row.printed_at for row in self.prints if row.printed_at), default=None)


def reach_of(article: Article) -> Reach:
    """Where an article the caller may see was printed and to how many it was sent."""
    rows = PartnerPrint.objects.system(COUNTED).filter(article=article)
    rows = rows.exclude(state=PrintState.REJECTED).select_related("channel__press_agency")
    found = sorted(rows, key=lambda row: (row.printed_at or row.seen_at, row.pk))
    sendings = PackageDelivery.objects.system(COUNTED).filter(
        notice=None, package__contents__article=article, package__contents__sent_version__gt=0
    )
    states = list(sendings.values_list("state", flat=True))
    return Reach(
        tuple(row for row in found if row.state == PrintState.CONFIRMED),
        sum(row.state == PrintState.FOUND for row in found),
        sum(state in {SendingState.SENT, SendingState.OPENED} for state in states),
        states.count(SendingState.OPENED),
    )


def public_prints(article_ids: Collection[int]) -> ScopedQuerySet:
    """What the public may know: reprints a person confirmed, of these articles, earliest first."""
    rows = PartnerPrint.objects.system("confirmed by a person: everybody may know")
    rows = rows.filter(article__in=article_ids, state=PrintState.CONFIRMED)
    return rows.select_related("channel").order_by("printed_at", "pk")


def confirmed_prints(
    agency_ids: Collection[int] | None, start: datetime, end: datetime
) -> ScopedQuerySet:
    """Confirmed reprints within the time, of articles of these agencies (None: all); by when they were printed, else seen.

    The caller narrows: it asks for agencies its actor may see.
    """
    rows = PartnerPrint.objects.system(COUNTED).filter(state=PrintState.CONFIRMED)
    when = Q(printed_at__gte=start, printed_at__lt=end)
    when |= Q(printed_at=None, seen_at__gte=start, seen_at__lt=end)
    if agency_ids is not None:
        rows = rows.filter(article__agency__in=agency_ids)
    return rows.filter(when).select_related("article").order_by("pk")
