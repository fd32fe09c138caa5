"""Background work of the room: letters, and the morning's reminder."""

from hoiam.scheme.jobs import (
    cooperation,
    doing,
    messages,
    rounds,
    schedules,
    scheme_messages,
    successions,
)

__all__ = [
    "cooperation",
    "doing",
    "messages",
    "rounds",
    "schedules",
    "scheme_messages",
    "successions",
]
