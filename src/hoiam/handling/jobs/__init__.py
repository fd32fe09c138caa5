"""Background work of the room: messages from the outbox."""

from hoiam.handling.jobs import messages

__all__ = ["messages"]
