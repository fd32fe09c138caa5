"""Background work of the room: letters, and the morning's reminder."""

from hoiam.scheme.jobs import messages, rounds, schedules

__all__ = ["messages", "rounds", "schedules"]
