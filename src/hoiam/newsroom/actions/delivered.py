"""A piece asked for that came in."""

from datetime import datetime

from hoiam.core import ledger
from hoiam.newsroom.models import Commission, Submission
from hoiam.newsroom.states.submissions import COMMISSION_STEPS, CommissionState


def deliver(submission: Submission, *, now: datetime) -> None:
    """Nothing; the wish behind the piece is marked as delivered, one that was settled stays as it is."""
    if submission.commission_id is None:
        return
    rows = Commission.objects.system("a piece came in").select_for_update(of=("self",))
    found = rows.get(pk=submission.commission_id)
    if found.state in COMMISSION_STEPS["deliver_commission"].sources:
        found.state, found.answered_at = CommissionState.DELIVERED, found.answered_at or now
        found.save(update_fields=["state", "answered_at"])
        ledger.write(found, actor=None, step="deliver_commission", at=now)
