"""Background work of the room: messages from the outbox, schedules."""

from hoiam.handling.jobs import messages, schedules, speaking

__all__ = ["messages", "schedules", "speaking"]
