"""Background work of the room: messages from the outbox, schedules."""

from hoiam.handling.jobs import calendar, messages, press_desk, schedules, speaking, watch

__all__ = [
    "calendar",
    "messages",
    "press_desk",
    "schedules",
    "speaking",
    "watch",
]
