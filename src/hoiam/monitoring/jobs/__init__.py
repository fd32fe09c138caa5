"""Background work of the room: messages from the outbox, schedules, the collector."""

from hoiam.monitoring.jobs import lexicon, messages, schedules, second_net

__all__ = ["lexicon", "messages", "schedules", "second_net"]
