"""Background work of the room: letters, and the morning's reminder."""

from hoiam.scheme.jobs import cooperation, messages, schedules

__all__ = ["cooperation", "messages", "schedules"]
