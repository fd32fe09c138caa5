"""Pages captured at a wish or by a plan: the network is spoken to here, never in an action's transaction."""

from datetime import datetime

from hoiam.core.jobs import enqueue, every, job
from hoiam.core.outbox import handles
from hoiam.monitoring.actions.snapshots import run_plans, take_snapshot
from hoiam.monitoring.models import Snapshot


@handles("snapshot_asked")
def hand_over(snapshot_id: int, now: datetime) -> None:
    """Hand the wish to a job of its own: handlers run inside a transaction."""
    enqueue(shoot, snapshot_id, now=now, key=f"snapshot:{snapshot_id}")


@job(most_tries=3)
def shoot(snapshot_id: int, now: datetime) -> str:
    """The state of the snapshot after it was tried."""
    snapshot = Snapshot.objects.select_related("item", "plan", "asked_by").get(pk=snapshot_id)
    return str(take_snapshot(snapshot, now=now).state)


@every(minutes=5)
@job()
def run_capture_plans(now: datetime) -> int:
    """Ask for the pages whose plans are due; how many."""
    return run_plans(now)
