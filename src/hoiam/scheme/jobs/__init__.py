"""Background work of the room: letters, and the morning's reminder."""

from hoiam.scheme.jobs import messages, schedules, scheme_messages, successions

__all__ = ["messages", "schedules", "scheme_messages", "successions"]
