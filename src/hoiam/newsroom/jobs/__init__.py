"""Background work of the room."""

from hoiam.newsroom.jobs import articles

__all__ = ["articles"]
