"""Background work of the room: messages from the outbox, schedules, the watch on outlets."""

from hoiam.handling.jobs import messages, schedules, watch

__all__ = ["messages", "schedules", "watch"]
