"""Lists of rewards in sight; press agencies counted by what they wrote about the System."""

from collections.abc import Collection

from django.db.models import Count, Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.monitoring.queries.periods import Period, items_in
from hoiam.monitoring.states import Stance
from hoiam.scheme.models import RewardList
from hoiam.scheme.queries.network import Tally


def rewards_visible_to(actor: Actor) -> ScopedQuerySet:
    """Lists of the agencies the actor sees."""
    rows = RewardList.objects.select_related("agency", "proposed_by", "reviewed_by", "settled_by")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def pieces_by_press(agency_ids: Collection[int] | None, period: Period) -> list[Tally]:
    """Press agencies by stories they told about these agencies, most first; unfavourable ones and reprints aside."""
    scope = None if agency_ids is None else set(agency_ids)
    rows = (
        items_in(scope, period)
        .filter(finding__stance__in=[Stance.POSITIVE, Stance.NEUTRAL], duplicate_of=None)
        .filter(~Q(channel=None))
        .order_by()
        .values("channel__press_agency", "channel__press_agency__name")
        .annotate(n=Count("story", distinct=True))
        .order_by("-n", "channel__press_agency__name")
    )
    return [
        Tally(row["channel__press_agency"], row["channel__press_agency__name"], "", row["n"], row["n"])
        for row in rows
    ]  # fmt: skip
