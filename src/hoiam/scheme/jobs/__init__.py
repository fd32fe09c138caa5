"""Background work of the room: letters, and the morning's reminder."""

from hoiam.scheme.jobs import (
    article_pieces,
    cooperation,
    doing,
    expert_pieces,
    messages,
    rounds,
    schedules,
    scheme_messages,
    successions,
)

__all__ = [
    "article_pieces",
    "cooperation",
    "doing",
    "expert_pieces",
    "messages",
    "rounds",
    "schedules",
    "scheme_messages",
    "successions",
]
