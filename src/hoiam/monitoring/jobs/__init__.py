"""Background work of the room: messages from the outbox, schedules, the collector."""

from hoiam.monitoring.jobs import messages, schedules, sending, telling

__all__ = ["messages", "schedules", "sending", "telling"]
