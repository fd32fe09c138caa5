"""Stamping as repeated work: the house's own authority every few minutes, the configured one each hour, the anchor daily."""

from datetime import datetime

from hoiam.core.jobs import daily, every, job
from hoiam.core.stamps.anchors import anchor_head
from hoiam.core.stamps.sealing import seal_outside, seal_waiting


@every(minutes=5)
@job()
def stamp_here(now: datetime) -> int:
    """Stamp what came in since, and what older releases left unstamped; how many."""
    return seal_waiting(now)


@every(minutes=60)
@job(most_tries=3)
def stamp_outside(now: datetime) -> int:
    """Have the configured authority stamp what it has not; how many. Without one, none."""
    return seal_outside(now)


@daily("23:55")
@job()
def anchor_ledger(now: datetime) -> int:
    """Anchor the ledger's head of this day; how many records stand before it."""
    made = anchor_head(now)
    return made.count if made else 0
