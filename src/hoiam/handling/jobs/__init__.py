"""Background work of the room: messages from the outbox, schedules."""

from hoiam.handling.jobs import messages, press_desk, schedules

__all__ = ["messages", "press_desk", "schedules"]
