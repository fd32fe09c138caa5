"""Background work of the room: letters, and the morning's reminder."""

from hoiam.scheme.jobs import doing, messages, rounds, schedules, scheme_messages, successions

__all__ = [
    "doing",
    "messages",
    "rounds",
    "schedules",
    "scheme_messages",
    "successions",
]
