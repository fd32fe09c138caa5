"""Background work of the room: letters, and the morning's reminder."""

from hoiam.scheme.jobs import doing, messages, schedules

__all__ = ["doing", "messages", "schedules"]
