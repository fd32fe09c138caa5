"""Background work of the room: messages from the outbox, schedules, pages read again, the collector."""

from hoiam.monitoring.jobs import (
    lexicon,
    messages,
    rechecks,
    schedules,
    second_net,
    sending,
    snapshots,
    telling,
)

__all__ = [
    "lexicon",
    "messages",
    "rechecks",
    "schedules",
    "second_net",
    "sending",
    "snapshots",
    "telling",
]
