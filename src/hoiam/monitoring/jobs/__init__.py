"""Background work of the room: messages from the outbox, schedules, the collector."""

from hoiam.monitoring.jobs import messages, schedules

__all__ = ["messages", "schedules"]
