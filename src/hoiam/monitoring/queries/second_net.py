"""What the second net learns from and reads, and the list it fills (Cần xem thêm)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.monitoring.models import Item, SecondLook, SecondNet, Warning
from hoiam.monitoring.states import DismissalReason, LookState, TrialState, WarningState

# What an official did with a warning says whether its story concerned the System.
YES = (WarningState.TAKEN, WarningState.CASED, WarningState.DUPLICATE)
# "Another agency's" is a no to the agency, not to the System.
NOT_A_NO = (DismissalReason.OTHER_AGENCY,)
MOST_BACKGROUND = 20_000
MEMORY = timedelta(days=365)  # not-law: how much of the past the net learns from


@dataclass(frozen=True)
class Labelled:
    """How many items officials took up, and how many they put aside."""

    accepted: int
    rejected: int


def accepted_items(now: datetime) -> QuerySet[Item]:
    """Items whose story was taken up, opened as a case or marked as a duplicate, or that were accepted from the list."""
    taken = _warnings().filter(state__in=YES)
    return _judged(now, Exists(taken), LookState.ACCEPTED)


def rejected_items(now: datetime) -> QuerySet[Item]:
    """Items put aside as not relevant: dismissed before every agency, or rejected from the list."""
    dismissed = _warnings().filter(state=WarningState.DISMISSED).exclude(dismissal__in=NOT_A_NO)
    others = _warnings().exclude(state=WarningState.DISMISSED)
    return _judged(now, Exists(dismissed) & ~Exists(others), LookState.REJECTED)


def _warnings() -> ScopedQuerySet:
    return Warning.objects.system("the net learns of all").filter(story=OuterRef("story"))


def _judged(now: datetime, by_warning: Any, by_look: LookState) -> QuerySet[Item]:
    """Items of the net's memory that one of the two says yes to; the few relevant ones are asked, never all there are."""
    warned = Item.objects.filter(by_warning, is_relevant=True)
    looked = SecondLook.objects.system("the net learns of all").filter(state=by_look)
    chosen = Q(pk__in=warned.values("pk")) | Q(pk__in=looked.values("item"))
    return _remembered(now).filter(chosen)


def background_items(now: datetime) -> QuerySet[Item]:
    """Items recognition passed over and nobody judged: at most `MOST_BACKGROUND`, spread evenly."""
    rows = _remembered(now).filter(is_relevant=False, second_look=None, duplicate_of=None)
    step = rows.count() // MOST_BACKGROUND + 1
    return rows.annotate(rest=F("pk") % step).filter(rest=0)


def labelled(now: datetime) -> Labelled:
    """How many decisions there are to learn from; one query."""
    sets = {"accepted": accepted_items(now), "rejected": rejected_items(now)}
    counted = [
        rows.order_by().values(label=Value(name)).annotate(n=Count("pk"))
        for name, rows in sets.items()
    ]
    found = {row["label"]: row["n"] for row in counted[0].union(counted[1], all=True)}
    return Labelled(found.get("accepted", 0), found.get("rejected", 0))


def _remembered(now: datetime) -> QuerySet[Item]:
    return Item.objects.filter(at__gte=now - MEMORY)


def net_in_use() -> SecondNet | None:
    """The newest net that was taught well."""
    return SecondNet.objects.filter(state=TrialState.DONE).select_related("by").first()


def last_teaching() -> SecondNet | None:
    """The newest teaching, also one that waits or failed; without the model."""
    return SecondNet.objects.select_related("by").defer("model").first()


def teachings_shown() -> tuple[SecondNet | None, SecondNet | None]:
    """The net in use and the newest teaching of any state, without their models; one query."""
    newest = SecondNet.objects.order_by("-pk").values("pk")
    done = newest.filter(state=TrialState.DONE)
    rows = SecondNet.objects.filter(Q(pk__in=newest[:1]) | Q(pk__in=done[:1]))
    found = list(rows.select_related("by").defer("model"))
    in_use = next((net for net in found if net.state == TrialState.DONE), None)
    return in_use, found[0] if found else None


def unread_items(net: SecondNet, limit: int) -> Iterator[Item]:
    """The next items the net has not read, in the order they came."""
    rows = Item.objects.filter(pk__gt=net.read_to).select_related("source", "second_look")
    return rows.order_by("pk")[:limit].iterator()


def second_looks_visible_to(actor: Actor) -> ScopedQuerySet:
    """The list of the centre: items no agency was named for yet belong to it; nobody else sees any."""
    rows = SecondLook.objects.narrowed()
    return rows if actor.sees_everything else rows.none()


def looks_listed(actor: Actor, state: str) -> ScopedQuerySet:
    """The rows of one tab: the open ones by score, the settled ones newest first."""
    rows = second_looks_visible_to(actor).filter(state=state).select_related("item", "by")
    return rows if state == LookState.OPEN else rows.order_by("-settled_at", "-pk")
