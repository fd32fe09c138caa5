"""Background work of the room."""

from hoiam.letters.jobs import messages, schedules

__all__ = ["messages", "schedules"]
