"""What people decided about folding, kept as pairs of items: a later item and a run from the beginning obey it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from hoiam.core.actor import Actor
from hoiam.kit.news import Decisions
from hoiam.monitoring.models import FoldingDecision, Story

Pair = tuple[int, int]


def remember(pairs: Iterable[Pair], *, together: bool, actor: Actor | None, now: datetime) -> None:
    """Nothing; the pairs are kept. A later decision about the same two items takes the place of the earlier."""
    for pair in pairs:
        item, other = sorted(pair)
        if item != other:
            FoldingDecision.objects.update_or_create(
                item_id=item,
                other_id=other,
                defaults={
                    "together": together,
                    "by": actor.official if actor else None,
                    "at": now,
                },
            )


def take_back(pairs: Iterable[Pair]) -> None:
    """Nothing; what was decided about these pairs no longer binds."""
    for pair in pairs:
        item, other = sorted(pair)
        FoldingDecision.objects.filter(item=item, other=other).delete()


def untie(story: Story, other: Story) -> None:
    """Nothing; no item of the one is held together with an item of the other: their leads may have turned since."""
    crossing = Q(item__story=story, other__story=other) | Q(item__story=other, other__story=story)
    FoldingDecision.objects.filter(crossing, together=True).delete()


def decisions_since(moment: datetime) -> Decisions:
    """The decisions about items of this time and later, as folding takes them."""
    recent = FoldingDecision.objects.filter(Q(item__at__gte=moment) | Q(other__at__gte=moment))
    rows = list(recent.values_list("item_id", "other_id", "together"))
    return Decisions(
        together=[(str(one), str(other)) for one, other, joined in rows if joined],
        apart=[(str(one), str(other)) for one, other, joined in rows if not joined],
    )
