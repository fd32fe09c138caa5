"""Background work of the room."""

from hoiam.newsroom.jobs import articles, submissions

__all__ = ["articles", "submissions"]
