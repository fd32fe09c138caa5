"""What the portal shows of legal answers: the letters room tells that one changed, pages kept before are drawn anew."""

from datetime import datetime

from hoiam.core.outbox import handles
from hoiam.newsroom.actions.stamps import turn_stamp


@handles("legal_answer_changed")
def draw_anew(answer_id: int, now: datetime) -> None:
    """Nothing; the first page of the portal shows no answer that was withdrawn."""
    turn_stamp()
