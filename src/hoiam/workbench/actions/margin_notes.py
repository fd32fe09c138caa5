"""Notes in the margin of a text, left for the house to tell of."""

from collections.abc import Iterable
from datetime import datetime

from wagtail.models import Comment, CommentReply

from hoiam.core import outbox


def post_margin_notes(
    *,
    new: Iterable[Comment],
    answers: Iterable[CommentReply],
    settled: Iterable[Comment],
    now: datetime,
) -> int:
    """How many messages were left: one for each new note, each answer, each note marked as done."""
    kinds = (
        ("margin_note_made", new),
        ("margin_note_answered", answers),
        ("margin_note_settled", settled),
    )
    posted = [outbox.post(kind, row.pk, at=now) for kind, rows in kinds for row in rows]
    return len(posted)
