"""Background work of the room: messages from the outbox, schedules, pages read again, the collector."""

from hoiam.monitoring.jobs import messages, rechecks, schedules

__all__ = ["messages", "rechecks", "schedules"]
